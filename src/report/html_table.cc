// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "report/executive.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

std::string WhyOf(const Value& value) {
  if (!value.reason.empty()) return value.reason;
  return value.state == State::kValue ? ""
                                      : std::string(Say("state.why." + std::string(ToWord(value.state))));
}

class TableRows {
 public:
  TableRows(const Scorecard& card, const Chain& chain) : card_(card), chain_(chain) {}

  std::string Rows() {
    for (const std::size_t at : chain_.walk) {
      if (card_.lines[at].kind == NodeKind::kChannel)
        continue;  // the chain shows where; a channel has no number
      Row(card_.lines[at], chain_.depth[at]);
      for (const std::size_t group : chain_.groups[at]) Row(card_.lines[group], chain_.depth[at] + 1);
    }
    return std::move(html_);
  }

 private:
  void Cell(std::string_view heading, const std::string& inner, bool number = true) {
    html_ += fmt::format("<td role=\"cell\"{} data-label=\"{}\">{}</td>",
                         inner.empty() ? " class=\"void\""
                         : number      ? " class=\"n\""
                                       : "",
                         EscapeHtml(Say(heading)), inner);
  }

  void Row(const ScoreLine& line, int depth) {
    const bool measured = !line.metric.empty();
    html_ +=
        fmt::format("<tr role=\"row\" class=\"{}{}\"><th role=\"rowheader\" scope=\"row\" class=\"d{}\">",
                    line.weakest ? "weakest" : "", line.group.empty() ? "" : " group", std::min(depth, 4));
    Title(line, measured);
    html_ += "</th>";
    std::string value = measured ? EscapeHtml(ValuePhrase(line.value, false)) : "";
    if (measured && !line.value.value) value = "<span class=\"state\">" + value + "</span>";
    Cell("column.value", value);
    Cell("column.doubt", EscapeHtml(Doubt(line)));
    if (card_.has_plan) Cell("column.baseline", EscapeHtml(GoalPhrase(line, line.baseline, false)));
    if (card_.has_plan) Cell("column.target", EscapeHtml(GoalPhrase(line, line.target, false)));
    if (card_.has_plan) Cell("column.pace", EscapeHtml(PacePhrase(line)));
    Cell("column.change", EscapeHtml(ChangePhrase(line)));
    if (card_.has_plan) Cell("column.verdict", HtmlVerdict(line), false);
    if (card_.has_plan)
      Cell("column.owner", OwnerOf(line).empty() ? "" : "<bdi>" + EscapeHtml(OwnerOf(line)) + "</bdi>",
           false);
    html_ += "</tr>";
  }

  static std::string Doubt(const ScoreLine& line) {
    if (!line.value.value) return "";
    std::string interval = IntervalPhrase(line.value, false);
    if (!interval.empty()) return interval;
    return line.value.n ? "n = " + FormatNumber(static_cast<double>(*line.value.n), "count", false) : "";
  }

  void Title(const ScoreLine& line, bool measured) {
    const std::string name =
        "<bdi>" + EscapeHtml(line.group.empty() ? TitleOf(line) : GroupPhrase(line)) + "</bdi>";
    const std::string tag =
        line.weakest ? " <span class=\"tag\">" + EscapeHtml(Say("chain.weakest")) + "</span>" : "";
    if (!measured) {
      html_ += name;
      return;
    }
    html_ += "<details><summary>" + name + tag + "</summary><dl>";
    const bool total = line.group.empty();
    if (total) Detail("detail.sentence", line.sentence);
    if (total) Detail("detail.because", BecausePhrase(line));
    Detail("detail.reason", WhyOf(line.value));
    if (total) Definition(line);
    Doubts(line);
    html_ += "</dl></details>";
    for (const std::string& remark : RemarksOf(card_, line))
      html_ += "<p class=\"remark\" dir=\"auto\">" + EscapeHtml(remark) + "</p>";
  }

  void Definition(const ScoreLine& line) {
    for (const std::string& note : line.notes) Detail("detail.note", note);
    Detail("detail.definition", line.value.definition);
    Detail("detail.basis", line.value.basis.empty() ? "" : Call("basis", line.value.basis));
    if (line.target_by) Detail("detail.by", DayPhrase(*line.target_by));
    Detail("detail.guard", line.guard);
    Detail("detail.level", line.level.empty() ? "" : Call("level", line.level));
    Detail("detail.stage", line.stage.empty() ? "" : Call("stage", line.stage));
    Detail("detail.element", line.element.empty() ? "" : Call("element", line.element));
  }

  void Doubts(const ScoreLine& line) {
    if (line.value.coverage) Detail("detail.coverage", FormatNumber(*line.value.coverage, "ratio", true));
    if (line.value.n) Detail("detail.n", FormatNumber(static_cast<double>(*line.value.n), "count", false));
    const std::string interval = IntervalPhrase(line.value, false);
    if (!interval.empty())
      Detail("detail.interval", interval + " (" + FormatNumber(line.value.level, "ratio", true) + ")");
    if (line.previous.value) Detail("detail.previous", ValuePhrase(line.previous, false));
  }

  void Detail(std::string_view key, const std::string& text) {
    if (text.empty()) return;
    html_ += "<div><dt>" + EscapeHtml(Say(key)) + "</dt><dd><bdi>" + EscapeHtml(text) + "</bdi></dd></div>";
  }

  const Scorecard& card_;
  const Chain& chain_;
  std::string html_;
};

}  // namespace

std::string HtmlTable(const Scorecard& card, const Chain& chain) {
  if (chain.walk.empty()) return "";
  std::string html = "<section id=\"scorecard\"><h2>" + EscapeHtml(Say("page.scorecard")) +
                     "</h2><p class=\"lead\">" + EscapeHtml(Say("page.scorecard_lead")) +
                     "</p><table role=\"table\" class=\"card\"><thead role=\"rowgroup\"><tr role=\"row\">";
  struct Heading {
    std::string_view key;
    bool words, of_plan;
  };
  static constexpr std::array<Heading, 9> kHeadings = {{{"column.line", true, false},
                                                        {"column.value", false, false},
                                                        {"column.doubt", false, false},
                                                        {"column.baseline", false, true},
                                                        {"column.target", false, true},
                                                        {"column.pace", false, true},
                                                        {"column.change", false, false},
                                                        {"column.verdict", true, true},
                                                        {"column.owner", true, true}}};
  for (const Heading& heading : kHeadings) {
    if (heading.of_plan && !card.has_plan) continue;
    html += fmt::format("<th role=\"columnheader\" scope=\"col\"{}>{}</th>",
                        heading.words ? "" : " class=\"n\"", EscapeHtml(Say(heading.key)));
  }
  return html + "</tr></thead><tbody role=\"rowgroup\">" + TableRows(card, chain).Rows() +
         "</tbody></table></section>";
}

}  // namespace backcast
