// SPDX-License-Identifier: Apache-2.0
// The scorecard for a terminal.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/chain.h"
#include "report/document.h"
#include "report/executive.h"
#include "report/exhibits.h"
#include "report/hostile.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/sparkline.h"
#include "report/width.h"

namespace backcast {
namespace {

struct TextColumn {
  std::string_view heading;
  int width;
  bool right;
};

std::string_view InkOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "32";
    case Verdict::kLikely:
      return "36";
    default:
      return "";
  }
}

class TextPage {
 public:
  TextPage(const Scorecard& card, const TextStyle& style)
      : card_(card), style_(style), width_(std::clamp(style.width, 60, 160)), chain_(ChainOf(card)) {}

  std::string Render() {
    Head();
    Empty();
    if (card_.has_plan) {
      Tree();
    } else {
      Loose();
    }
    List("page.why", FurtherReasonsOf(card_));
    List("page.not_measured", card_.not_measured);
    List("page.gaps", GapLines(card_));
    List("page.notes", FreeNotesOf(card_));
    Exhibits();
    Findings();
    List("page.decisions", DecisionLines(card_));
    BalanceTable();
    List("page.sources", card_.sources);
    Line();
    Line(Ink(std::string(Say("page.next")) + ": ", "2") + Ink(NextCommand(card_), "1"));
    return style_.unicode ? page_ : ToAscii(page_);
  }

 private:
  void Line(const std::string& text = "") {
    const std::size_t end = text.find_last_not_of(' ');
    page_ += end == std::string::npos ? "" : text.substr(0, end + 1);
    page_ += '\n';
  }

  std::string Ink(const std::string& text, std::string_view code) const {
    if (!style_.colour || code.empty() || text.empty()) return text;
    return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
  }

  void Paragraph(const std::string& text, std::string_view ink = "", const std::string& first = "",
                 const std::string& rest = "") {
    const std::vector<std::string> lines =
        Wrap(Visible(text), width_ - std::max(DisplayWidth(first), DisplayWidth(rest)));
    for (std::size_t i = 0; i < lines.size(); ++i) Line((i == 0 ? first : rest) + Ink(lines[i], ink));
  }

  void Rule() {
    std::string rule;
    for (int i = 0; i < width_; ++i) rule += "─";
    Line(Ink(rule, "2"));
  }

  void Heading(std::string_view key) {
    Line();
    Line(Ink(std::string(Say(key)), "1"));
  }

  void Head() {
    const std::string period = PeriodPhrase(card_);
    const std::string name =
        Truncate(Visible(card_.workspace), std::max(12, width_ - DisplayWidth(period) - 3));
    Paragraph(name + " · " + period, "1");
    Rule();
    const std::vector<std::string> sentences = ParagraphOf(card_);
    std::string rest;
    for (std::size_t i = 1; i < sentences.size(); ++i) rest += (i > 1 ? " " : "") + sentences[i];
    if (!sentences.empty()) Paragraph(sentences[0], "1");
    if (!rest.empty()) Paragraph(rest);
    const std::vector<std::string> picture = PictureInWords(card_);
    if (!picture.empty()) Line();
    for (const std::string& line : picture) Paragraph(line, "", "", "  ");
    if (!card_.has_plan) {
      if (!card_.question.empty()) Paragraph(card_.question, "1");
      Paragraph(std::string(Say("chain.no_plan")));
    }
    Line();
  }

  void Empty() {
    const auto phrase = EmptyPhraseOf(card_);
    if (!phrase) return;
    Paragraph(std::string(Say(phrase->title)) + ".", "1");
    Paragraph(std::string(Say(phrase->lead)));
    Line();
  }

  /// The columns behind the title, as many as the width has room for.
  std::vector<TextColumn> Columns() const {
    std::vector<TextColumn> columns = {{"column.value", 12, true}, {"column.change", 8, true}};
    if (card_.has_plan) {
      columns.push_back({"column.target", 10, true});
      columns.push_back({"column.pace", 4, true});
      columns.push_back({"column.verdict", 12, false});
    }
    if (Wide()) {
      columns.push_back({"column.trend", 12, false});
      if (card_.has_plan) columns.push_back({"column.owner", 20, false});
    }
    return columns;
  }

  bool Wide() const { return width_ >= 112 || (!card_.has_plan && width_ >= 72); }

  int TitleWidth() const {
    int left = width_;
    for (const TextColumn& column : Columns()) left -= column.width + 1;
    return left;
  }

  void Headings() {
    std::string title(Say("column.line"));
    if (card_.has_plan) {
      title = std::string(Say("chain.outcome")) + " ◄" + std::string(Say("chain.kpi")) + " ◄" +
              std::string(Say("chain.tactic")) + " ◄" + std::string(Say("chain.channel"));
    }
    std::string row = Pad(title, TitleWidth());
    for (const TextColumn& column : Columns())
      row += " " + Pad(Say(column.heading), column.width, column.right);
    Line(Ink(row, "2"));
  }

  /// One cell, padded; a state in words may run over the empty change column.
  std::string Cells(const ScoreLine& line) const {
    const std::vector<TextColumn> columns = Columns();
    std::string value = ValuePhrase(line.value, true), change = ChangePhrase(line);
    if (line.value.state == State::kNotFinal) value += "*";
    std::string row;
    if (DisplayWidth(value) > columns[0].width && change.empty()) {
      row = " " + Pad(value, columns[0].width + columns[1].width + 1, true);
    } else {
      row = " " + Pad(value, columns[0].width, true) + " " + Pad(change, columns[1].width, true);
    }
    if (card_.has_plan) {
      row += " " + Pad(GoalPhrase(line, line.target, true), columns[2].width, true) + " " +
             Pad(PacePhrase(line), columns[3].width, true);
      const std::string verdict = Pad(VerdictPhrase(line.verdict), columns[4].width);
      row += " " + Ink(verdict, line.weakest ? "1;31" : InkOf(line.verdict));
    }
    if (Wide()) {
      row += " " + Pad(Sparkline(line.trend), 12);
      if (card_.has_plan) row += " " + Ink(Pad(Visible(OwnerOf(line)), 20), "2");
    }
    return row;
  }

  void LineOf(const ScoreLine& line, const std::string& before, const std::string& under) {
    const int room = TitleWidth() - DisplayWidth(before);
    const std::string title =
        Visible(line.group.empty() ? (line.title.empty() ? line.id : line.title) : GroupPhrase(line));
    if (line.metric.empty()) {
      const std::string owner = Visible(OwnerOf(line));
      Line(Ink(before, "2") +
           Pad(title, std::min(width_ - DisplayWidth(before), std::max(room, DisplayWidth(title)))) +
           (DisplayWidth(title) <= room && !owner.empty()
                ? " " + Ink(Truncate(owner, width_ - TitleWidth() - 2), "2")
                : ""));
      return;
    }
    const std::vector<std::string> wrapped = Wrap(title, room);
    Line(Ink(before, "2") + Ink(Pad(wrapped[0], room), line.weakest ? "1" : "") + Cells(line));
    if (wrapped.size() > 1) {
      std::string rest;
      for (std::size_t i = 1; i < wrapped.size(); ++i) rest += (i > 1 ? " " : "") + wrapped[i];
      Line(Ink(under, "2") + Truncate(rest, width_ - DisplayWidth(under)));
    }
    Under(line, under);
  }

  /// What stands below a line: trend and owner where there is no column for them, why there is no number, the
  /// doubts.
  void Under(const ScoreLine& line, const std::string& under) {
    const std::string trend = Wide() ? "" : Sparkline(line.trend);
    const std::string owner = Wide() || !line.group.empty() ? "" : Visible(OwnerOf(line));
    if (!trend.empty() || !owner.empty()) {
      const std::string gap = trend.empty() || owner.empty() ? "" : "  ";
      Line(Ink(under, "2") + trend + gap +
           Ink(Truncate(owner, width_ - DisplayWidth(under + trend + gap)), "2"));
    }
    if (line.value.state != State::kValue && !line.value.reason.empty()) {
      Note((line.value.state == State::kNotFinal ? "* " : "") + line.value.reason, under);
    }
    if (line.weakest) {
      const std::string mark = "◄ " + std::string(Say("chain.weakest"));
      Paragraph(mark + (line.verdict_because ? ": " + line.verdict_because->text() : ""), "1;31", under,
                under);
    }
    for (const std::string& note : line.notes) Note(note, under);
    for (const std::string& remark : RemarksOf(card_, line)) Note(remark, under);
  }

  void Note(const std::string& note, const std::string& under) {
    Paragraph(note, "2", under + "· ", under + "  ");
  }

  void Tree() {
    if (chain_.roots.empty()) return;
    Headings();
    std::map<std::size_t, std::string> under;  // what stands before a line's own further lines
    for (const std::size_t root : chain_.roots) under[root] = "";
    for (const std::size_t at : chain_.walk) {
      const std::string stem = under[at];
      const bool has_children = !chain_.children[at].empty();
      std::string before = stem;
      std::string below = stem;
      if (chain_.depth[at] > 0) {
        const bool last = last_.count(at) > 0;
        before += last ? "└◄ " : "├◄ ";
        below += last ? "   " : "│  ";
      }
      for (const std::size_t child : chain_.children[at]) under[child] = below;
      if (has_children) last_[chain_.children[at].back()] = true;
      const std::string detail = below + (has_children ? "│  " : "   ");
      LineOf(card_.lines[at], before, detail);
      for (const std::size_t group : chain_.groups[at]) LineOf(card_.lines[group], detail, detail);
    }
  }

  /// Lines by element in the order in which the elements first come.
  std::vector<std::size_t> ByElement() const {
    std::vector<std::string_view> order;
    for (const std::size_t at : chain_.walk) {
      if (std::find(order.begin(), order.end(), card_.lines[at].element) == order.end())
        order.push_back(card_.lines[at].element);
    }
    const auto rank = [&](std::size_t at) {
      return std::find(order.begin(), order.end(), card_.lines[at].element);
    };
    std::vector<std::size_t> sorted = chain_.walk;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return sorted;
  }

  void Loose() {
    if (chain_.walk.empty()) return;
    Headings();
    std::string told;
    for (const std::size_t at : ByElement()) {
      const ScoreLine& line = card_.lines[at];
      const std::string words =
          Call("element", line.element) + (line.level.empty() ? "" : " · " + Call("level", line.level));
      if (words != told && !words.empty()) Line(Ink(Truncate(Visible(words), width_), "1"));
      told = words;
      LineOf(line, "  ", "    ");
      for (const std::size_t group : chain_.groups[at]) LineOf(card_.lines[group], "    ", "      ");
    }
  }

  void Findings() {
    if (card_.findings.empty()) return;
    Heading("page.findings");
    for (const ScoreFinding& finding : card_.findings) {
      const std::string place = PlacePhrase(finding);
      Paragraph(Call("severity", finding.severity) + " " + finding.rule +
                (place.empty() ? "" : " · " + place) + " · " + finding.message);
      if (!finding.why.empty())
        Paragraph(std::string(Say("finding.why")) + ": " + finding.why, "2", "  ", "  ");
      if (!finding.fix.empty())
        Paragraph(std::string(Say("finding.fix")) + ": " + finding.fix, "", "  ", "  ");
      if (finding.accepted) Paragraph(AcceptedPhrase(*finding.accepted), "1", "  ", "  ");
    }
  }

  void Exhibits() {
    for (const Exhibit& exhibit : card_.exhibits) {
      Line();
      Paragraph(TitleOf(exhibit), "1");
      Paragraph(LeadOf(exhibit), "2");
      for (const Claim& claim : exhibit.claims) Paragraph(claim.text(), "", "· ", "  ");
      for (const std::string& line : TextRows(exhibit, width_)) Line(line);
      for (const std::string& note : exhibit.notes) Paragraph(note, "2", "· ", "  ");
    }
  }

  void BalanceTable() {
    if (card_.balance.elements.empty()) return;
    Heading("page.balance");
    const int name = std::min(30, width_ - 40);
    Line(Ink(Pad("", name) + Pad(Say("column.kpis"), 8, true) + Pad(Say("column.tactics"), 9, true) +
                 Pad(Say("column.data"), 11, true),
             "2"));
    for (const Balance::Share& share : card_.balance.elements) {
      Line(Pad(Visible(Call("element", share.name)), name) + Pad(std::to_string(share.kpis), 8, true) +
           Pad(std::to_string(share.tactics), 9, true) +
           Pad(std::to_string(share.metrics_with_data), 11, true));
    }
  }

  void List(std::string_view heading, const std::vector<std::string>& items) {
    if (items.empty()) return;
    Heading(heading);
    for (const std::string& item : items) Paragraph(item, "", "· ", "  ");
  }

  const Scorecard& card_;
  const TextStyle& style_;
  const int width_;
  const Chain chain_;
  std::map<std::size_t, bool> last_;
  std::string page_;
};

}  // namespace

std::string RenderText(const Scorecard& card, const TextStyle& style) {
  return TextPage(card, style).Render();
}

}  // namespace backcast
