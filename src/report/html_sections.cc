// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/executive.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

/// A count as a number and a bar of at most 96 pixels.
std::string Bar(int count, int most) {
  const double width = most > 0 ? 96.0 * count / most : 0;
  std::string html = fmt::format(
      "<td class=\"n bar\"><span>{}</span><svg aria-hidden=\"true\" width=\"100\" height=\"12\" viewBox=\"0 "
      "0 100 12\">",
      count);
  html += "<path class=\"zero\" d=\"M1 0V12\"/>";
  if (width > 0)
    html += fmt::format("<rect class=\"share\" x=\"2\" y=\"2\" width=\"{:.1f}\" height=\"8\"/>", width);
  return html + "</svg></td>";
}

std::string BalanceTable(std::string_view heading, std::string_view kind,
                         const std::vector<Balance::Share>& shares) {
  if (shares.empty()) return "";
  int most = 1;
  for (const Balance::Share& share : shares)
    most = std::max({most, share.kpis, share.tactics, share.metrics_with_data});
  std::string html = "<div><h3>" + EscapeHtml(Say(heading)) +
                     "</h3><table class=\"balance\"><thead><tr><th scope=\"col\"></th>";
  for (const std::string_view key : {"column.kpis", "column.tactics", "column.data"})
    html += "<th scope=\"col\">" + EscapeHtml(Say(key)) + "</th>";
  html += "</tr></thead><tbody>";
  for (const Balance::Share& share : shares) {
    html += "<tr><th scope=\"row\"><bdi>" + EscapeHtml(Call(kind, share.name)) + "</bdi></th>" +
            Bar(share.kpis, most) + Bar(share.tactics, most) + Bar(share.metrics_with_data, most) + "</tr>";
  }
  return html + "</tbody></table></div>";
}

std::string ListSection(std::string_view id, std::string_view heading, std::string_view empty,
                        const std::vector<std::string>& items) {
  std::string html = fmt::format("<section id=\"{}\"><h2>{}</h2>", id, EscapeHtml(Say(heading)));
  if (items.empty()) return html + "<p class=\"quiet\">" + EscapeHtml(Say(empty)) + "</p></section>";
  html += "<ul class=\"plain\">";
  for (const std::string& item : items) html += "<li><bdi>" + EscapeHtml(item) + "</bdi></li>";
  return html + "</ul></section>";
}

}  // namespace

std::string TitleOf(const ScoreLine& line) { return line.title.empty() ? line.id : line.title; }

std::string HtmlVerdict(const ScoreLine& line) {
  if (line.verdict == Verdict::kNone) return "";
  static constexpr std::array<std::string_view, 5> kClasses = {"none", "met", "likely", "open", "missed"};
  return fmt::format("<span class=\"verdict v-{}\"><i aria-hidden=\"true\">{}</i> {}</span>",
                     line.weakest ? "weakest" : kClasses[static_cast<std::size_t>(line.verdict)],
                     VerdictShape(line.verdict), EscapeHtml(ToWord(line.verdict)));
}

std::string HtmlBalance(const Scorecard& card) {
  if (card.balance.elements.empty() && card.balance.levels.empty()) return "";
  return "<section id=\"balance\"><h2>" + EscapeHtml(Say("page.balance")) + "</h2><p class=\"lead\">" +
         EscapeHtml(Say("page.balance_lead")) + "</p><div class=\"pair\">" +
         BalanceTable("page.balance_elements", "element", card.balance.elements) +
         BalanceTable("page.balance_levels", "level", card.balance.levels) + "</div></section>";
}

std::string HtmlFindings(const Scorecard& card) {
  std::string html = "<section id=\"findings\"><h2>" + EscapeHtml(Say("page.findings")) + "</h2>";
  if (card.findings.empty())
    return html + "<p class=\"quiet\">" + EscapeHtml(Say("page.no_findings")) + "</p></section>";
  html += "<ol class=\"findings\">";
  for (const ScoreFinding& finding : card.findings) {
    const std::string place = PlacePhrase(finding);
    html += "<li><p><b><bdi>" + EscapeHtml(finding.message) + "</bdi></b></p><p class=\"quiet\">" +
            EscapeHtml(Call("severity", finding.severity)) + " · " + EscapeHtml(finding.rule) +
            (place.empty() ? "" : " · <code>" + EscapeHtml(place) + "</code>") + "</p>";
    if (!finding.why.empty())
      html += "<p><span class=\"key\">" + EscapeHtml(Say("finding.why")) + "</span> <bdi>" +
              EscapeHtml(finding.why) + "</bdi></p>";
    if (!finding.fix.empty())
      html += "<p><span class=\"key\">" + EscapeHtml(Say("finding.fix")) + "</span> <bdi>" +
              EscapeHtml(finding.fix) + "</bdi></p>";
    if (finding.accepted)
      html += "<p><b><bdi>" + EscapeHtml(AcceptedPhrase(*finding.accepted)) + "</bdi></b></p>";
    html += "</li>";
  }
  return html + "</ol></section>";
}

std::string HtmlDecisions(const Scorecard& card) {
  if (card.decisions.empty()) return "";
  return ListSection("decisions", "page.decisions", "", DecisionLines(card));
}

std::string HtmlBeside(const Scorecard& card) {
  const std::vector<std::string> gaps = GapLines(card), notes = FreeNotesOf(card);
  std::string html;
  if (card.has_plan)
    html += ListSection("not-measured", "page.not_measured", "page.no_not_measured", card.not_measured);
  if (!gaps.empty()) html += ListSection("gaps", "page.gaps", "", gaps);
  if (!notes.empty()) html += ListSection("notes", "page.notes", "", notes);
  return html.empty() ? "" : "<div class=\"beside\">" + html + "</div>";
}

std::string HtmlSources(const Scorecard& card) {
  std::string html = ListSection("sources", "page.sources", "page.no_sources", card.sources);
  if (card.sql.empty()) return html;
  html.erase(html.rfind("</section>"));
  html += "<details class=\"sql\"><summary>" + EscapeHtml(Say("page.sql")) + "</summary>";
  for (const std::string& statement : card.sql)
    html += "<pre tabindex=\"0\">" + EscapeHtml(statement, true) + "</pre>";
  return html + "</details></section>";
}

}  // namespace backcast
