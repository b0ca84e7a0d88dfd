// SPDX-License-Identifier: Apache-2.0
#include "report/exhibits.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/hostile.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr int kLeastName = 14;

std::string Filled(std::string_view key, const std::string& subject) {
  std::string text(Say(key));
  const std::size_t place = text.find("{}");
  return place == std::string::npos ? text : text.replace(place, 2, subject);
}

std::string ColumnName(const std::string& column) { return std::string(Say("exhibit.column." + column)); }

/// A column of numbers stands to the right.
bool IsNumbers(const Exhibit& exhibit, std::size_t column) {
  return std::any_of(exhibit.rows.begin(), exhibit.rows.end(),
                     [&](const auto& row) { return !row[column].number.empty(); });
}

std::string HtmlRow(const Exhibit& exhibit, const std::vector<ExhibitCell>& row) {
  std::string html = "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><bdi>" +
                     EscapeHtml(CellPhrase(row[0])) + "</bdi></th>";
  for (std::size_t column = 1; column < row.size(); ++column) {
    const std::string phrase = EscapeHtml(CellPhrase(row[column]));
    const bool state = !row[column].number.empty() && !row[column].number[0].value;
    html += fmt::format("<td role=\"cell\"{} data-label=\"{}\">{}</td>",
                        phrase.empty()               ? " class=\"void\""
                        : IsNumbers(exhibit, column) ? " class=\"n\""
                                                     : "",
                        EscapeHtml(ColumnName(exhibit.columns[column])),
                        state ? "<span class=\"state\">" + phrase + "</span>" : "<bdi>" + phrase + "</bdi>");
  }
  return html + "</tr>";
}

std::string HtmlTableOf(const Exhibit& exhibit) {
  if (exhibit.rows.empty()) return "";
  std::string html =
      "<table role=\"table\" class=\"card exhibit\"><thead role=\"rowgroup\"><tr role=\"row\">";
  for (std::size_t column = 0; column < exhibit.columns.size(); ++column) {
    html += fmt::format("<th role=\"columnheader\" scope=\"col\"{}>{}</th>",
                        IsNumbers(exhibit, column) ? " class=\"n\"" : "",
                        EscapeHtml(ColumnName(exhibit.columns[column])));
  }
  html += "</tr></thead><tbody role=\"rowgroup\">";
  for (const auto& row : exhibit.rows) html += HtmlRow(exhibit, row);
  return html + "</tbody></table>";
}

std::string HtmlList(std::string_view kind, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  std::string html = fmt::format("<ul class=\"plain {}\">", kind);
  for (const std::string& item : items) html += "<li dir=\"auto\">" + EscapeHtml(item) + "</li>";
  return html + "</ul>";
}

std::vector<std::string> TextsOf(const std::vector<Claim>& claims) {
  std::vector<std::string> texts;
  for (const Claim& claim : claims) texts.push_back(claim.text());
  return texts;
}

std::vector<std::string> CellsOf(const Exhibit& exhibit, std::size_t column) {
  std::vector<std::string> cells = {ColumnName(exhibit.columns[column])};
  for (const auto& row : exhibit.rows) cells.push_back(Visible(CellPhrase(row[column])));
  return cells;
}

}  // namespace

std::string TitleOf(const Exhibit& exhibit) {
  return Filled("exhibit." + exhibit.id + ".title", exhibit.subject);
}
std::string LeadOf(const Exhibit& exhibit) {
  return Filled("exhibit." + exhibit.id + ".lead", exhibit.subject);
}

std::string CellPhrase(const ExhibitCell& cell) {
  if (cell.number.empty()) return cell.words;
  const Value& value = cell.number[0];
  const std::string interval = value.value ? IntervalPhrase(value, true) : "";
  return ValuePhrase(value, true) + (interval.empty() ? "" : " (" + interval + ")");
}

std::string HtmlExhibits(const Scorecard& card) {
  std::string html;
  for (const Exhibit& exhibit : card.exhibits) {
    html += "<section class=\"exhibit\"><h2 dir=\"auto\">" + EscapeHtml(TitleOf(exhibit)) +
            "</h2><p class=\"lead\">" + EscapeHtml(LeadOf(exhibit)) + "</p>" +
            HtmlList("said", TextsOf(exhibit.claims)) + HtmlTableOf(exhibit) +
            HtmlList("quiet", exhibit.notes);
    if (!exhibit.command.empty())
      html += "<p class=\"quiet\">" + EscapeHtml(Say("exhibit.whole")) + " <code>" +
              EscapeHtml(exhibit.command) + "</code></p>";
    html += "</section>";
  }
  return html;
}

std::string MarkdownExhibits(const Scorecard& card) {
  std::string page;
  for (const Exhibit& exhibit : card.exhibits) {
    page += "## " + EscapeMarkdown(TitleOf(exhibit)) + "\n\n" + EscapeMarkdown(LeadOf(exhibit)) + "\n\n";
    for (const Claim& claim : exhibit.claims) page += "- " + EscapeMarkdown(claim.text()) + "\n";
    if (!exhibit.claims.empty()) page += "\n";
    if (!exhibit.rows.empty()) {
      std::string rule;
      for (std::size_t column = 0; column < exhibit.columns.size(); ++column) {
        page += "| " + EscapeMarkdown(ColumnName(exhibit.columns[column])) + " ";
        rule += IsNumbers(exhibit, column) ? "|---:" : "|---";
      }
      page += "|\n" + rule + "|\n";
      for (const auto& row : exhibit.rows) {
        for (const ExhibitCell& cell : row) page += "| " + EscapeMarkdown(CellPhrase(cell)) + " ";
        page += "|\n";
      }
      page += "\n";
    }
    for (const std::string& note : exhibit.notes) page += "- " + EscapeMarkdown(note) + "\n";
    if (!exhibit.notes.empty()) page += "\n";
  }
  return page;
}

std::vector<std::string> TextRows(const Exhibit& exhibit, int width) {
  if (exhibit.rows.empty()) return {};
  std::vector<std::vector<std::string>> columns;
  std::vector<int> widths;
  int taken = 0;
  for (std::size_t column = 0; column < exhibit.columns.size(); ++column) {
    columns.push_back(CellsOf(exhibit, column));
    int widest = 0;
    for (const std::string& cell : columns.back()) widest = std::max(widest, DisplayWidth(cell));
    widths.push_back(widest);
    if (column > 0) taken += widest + 2;
  }
  std::vector<std::string> lines;
  if (width - taken >= kLeastName) {
    widths[0] = std::min(widths[0], width - taken);
    for (std::size_t row = 0; row < columns[0].size(); ++row) {
      std::string line = Pad(columns[0][row], widths[0]);
      for (std::size_t column = 1; column < columns.size(); ++column)
        line += "  " + Pad(columns[column][row], widths[column], IsNumbers(exhibit, column));
      lines.push_back(std::move(line));
    }
    return lines;
  }
  for (std::size_t row = 1; row < columns[0].size(); ++row) {
    lines.push_back(Truncate(columns[0][row], width));
    for (std::size_t column = 1; column < columns.size(); ++column) {
      if (!columns[column][row].empty())
        lines.push_back(Truncate("  " + columns[column][0] + ": " + columns[column][row], width));
    }
  }
  return lines;
}

}  // namespace backcast
