// SPDX-License-Identifier: Apache-2.0
// The scorecard for a wiki or a pull request: GitHub-flavoured Markdown.
#include "report/chain.h"
#include "report/document.h"
#include "report/executive.h"
#include "report/exhibits.h"
#include "report/hostile.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/sparkline.h"

namespace backcast {
namespace {

class MarkdownPage {
 public:
  explicit MarkdownPage(const Scorecard& card) : card_(card), chain_(ChainOf(card)) {}

  std::string Render() {
    page_ = "# " + EscapeMarkdown(card_.workspace) + " · " + EscapeMarkdown(PeriodPhrase(card_)) + "\n\n";
    Executive();
    if (!card_.has_plan) {
      if (!card_.question.empty()) page_ += "**" + EscapeMarkdown(card_.question) + "**\n\n";
      page_ += std::string(Say("chain.no_plan")) + "\n\n";
    }
    if (const auto phrase = EmptyPhraseOf(card_))
      page_ += std::string(Say(phrase->title)) + ". " + std::string(Say(phrase->lead)) + "\n\n";
    Beside();
    Table();
    Doubts();
    page_ += MarkdownExhibits(card_);
    Findings();
    List("page.decisions", DecisionLines(card_));
    BalanceOf("page.balance_elements", "element", card_.balance.elements);
    BalanceOf("page.balance_levels", "level", card_.balance.levels);
    List("page.sources", card_.sources);
    page_ += std::string(Say("page.next")) + ": `" + NextCommand(card_) + "`\n";
    return page_;
  }

 private:
  void Heading(std::string_view key) { page_ += "## " + std::string(Say(key)) + "\n\n"; }

  void Executive() {
    const std::vector<std::string> sentences = ParagraphOf(card_);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      const std::string text = EscapeMarkdown(sentences[i]);
      page_ += i == 0 ? "**" + text + "**\n\n" : text + (i + 1 < sentences.size() ? " " : "\n\n");
    }
    for (const std::string& line : PictureInWords(card_)) page_ += "- " + EscapeMarkdown(line) + "\n";
    if (page_.ends_with("\n") && !page_.ends_with("\n\n")) page_ += "\n";
    List("page.why", FurtherReasonsOf(card_));
  }

  /// What stands beside the numbers: what is left out on purpose, what is missing, what people noted.
  void Beside() {
    List("page.not_measured", card_.not_measured);
    List("page.gaps", GapLines(card_));
    List("page.notes", FreeNotesOf(card_));
  }

  void Table() {
    if (chain_.walk.empty()) return;
    Heading("page.scorecard");
    std::string rule;
    for (const std::string_view key :
         {"column.line", "column.value", "column.doubt", "column.change", "column.target", "column.pace",
          "column.verdict", "column.owner", "column.trend"}) {
      page_ += "| " + std::string(Say(key)) + " ";
      const bool right =
          key != "column.line" && key != "column.verdict" && key != "column.owner" && key != "column.trend";
      rule += right ? "|---:" : "|---";
    }
    page_ += "|\n" + rule + "|\n";
    for (const std::size_t at : chain_.walk) {
      Row(card_.lines[at], chain_.depth[at]);
      for (const std::size_t group : chain_.groups[at]) Row(card_.lines[group], chain_.depth[at] + 1);
    }
    page_ += "\n";
  }

  void Row(const ScoreLine& line, int depth) {
    std::string title;
    for (int i = 0; i < std::min(depth, 6); ++i) title += i + 1 < depth ? "&emsp;" : "◄ ";
    const std::string name =
        line.group.empty() ? (line.title.empty() ? line.id : line.title) : GroupPhrase(line);
    title += line.weakest ? "**" + EscapeMarkdown(name) + "** (" + std::string(Say("chain.weakest")) + ")"
                          : EscapeMarkdown(name);
    const bool measured = !line.metric.empty();
    std::string doubt = IntervalPhrase(line.value, false);
    if (doubt.empty() && line.value.n && line.value.value)
      doubt = "n = " + FormatNumber(static_cast<double>(*line.value.n), "count", false);
    page_ += "| " + title;
    for (const std::string& cell :
         {measured ? ValuePhrase(line.value, false) : std::string(), doubt, ChangePhrase(line),
          GoalPhrase(line, line.target, false), PacePhrase(line), VerdictPhrase(line.verdict)}) {
      page_ += " | " + EscapeMarkdown(cell);
    }
    page_ += " | " + EscapeMarkdown(OwnerOf(line)) + " | " + Sparkline(line.trend) + " |\n";
  }

  /// Why lines have no number, the verdicts' reasons, the notes.
  void Doubts() {
    std::string list;
    for (const std::size_t at : chain_.walk) {
      const ScoreLine& line = card_.lines[at];
      const auto add = [&](const std::string& text) {
        if (!text.empty()) list += "- " + EscapeMarkdown(line.title) + ": " + EscapeMarkdown(text) + "\n";
      };
      if (line.value.state != State::kValue && !line.metric.empty()) add(line.value.reason);
      add(BecausePhrase(line));
      for (const std::string& note : line.notes) add(note);
      for (const std::string& remark : RemarksOf(card_, line)) add(remark);
    }
    if (!list.empty()) page_ += list + "\n";
  }

  void Findings() {
    if (card_.findings.empty()) return;
    Heading("page.findings");
    for (const ScoreFinding& finding : card_.findings) {
      const std::string place = PlacePhrase(finding);
      page_ += "- **" + EscapeMarkdown(Call("severity", finding.severity)) + "** " +
               EscapeMarkdown(finding.rule) + (place.empty() ? "" : " (" + EscapeMarkdown(place) + ")") +
               ": " + EscapeMarkdown(finding.message) + "\n";
      if (!finding.why.empty())
        page_ += "  - " + std::string(Say("finding.why")) + ": " + EscapeMarkdown(finding.why) + "\n";
      if (!finding.fix.empty())
        page_ += "  - " + std::string(Say("finding.fix")) + ": " + EscapeMarkdown(finding.fix) + "\n";
      if (finding.accepted) page_ += "  - **" + EscapeMarkdown(AcceptedPhrase(*finding.accepted)) + "**\n";
    }
    page_ += "\n";
  }

  void BalanceOf(std::string_view heading, std::string_view kind, const std::vector<Balance::Share>& shares) {
    if (shares.empty()) return;
    Heading(heading);
    page_ += "| " + std::string(Say("column.name")) + " | " + std::string(Say("column.kpis")) + " | " +
             std::string(Say("column.tactics")) + " | " + std::string(Say("column.data")) +
             " |\n|---|---:|---:|---:|\n";
    for (const Balance::Share& share : shares) {
      page_ += "| " + EscapeMarkdown(Call(kind, share.name)) + " | " + std::to_string(share.kpis) + " | " +
               std::to_string(share.tactics) + " | " + std::to_string(share.metrics_with_data) + " |\n";
    }
    page_ += "\n";
  }

  void List(std::string_view heading, const std::vector<std::string>& items) {
    if (items.empty()) return;
    Heading(heading);
    for (const std::string& item : items) page_ += "- " + EscapeMarkdown(item) + "\n";
    page_ += "\n";
  }

  const Scorecard& card_;
  const Chain chain_;
  std::string page_;
};

}  // namespace

std::string RenderMarkdown(const Scorecard& card) { return MarkdownPage(card).Render(); }

}  // namespace backcast
