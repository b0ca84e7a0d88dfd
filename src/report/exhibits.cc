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

std::string ColumnName(const ExhibitColumn& column) {
  return column.words.empty() ? std::string(Say("exhibit.column." + column.id)) : column.words;
}

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

/// A cell in pieces that stay whole: words apart, a number with its unit, its interval.
using Pieces = std::vector<std::string>;

Pieces PiecesOf(const std::string& text, bool number) {
  Pieces pieces;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t blank = number ? text.find(" (", from) : text.find(' ', from);
    pieces.push_back(text.substr(from, blank == std::string::npos ? blank : blank - from));
    if (blank == std::string::npos) break;
    from = blank + 1;
  }
  return pieces;
}

struct TextColumn {
  std::vector<Pieces> cells;  ///< the heading first
  bool numbers = false;
  int least = 0, width = 0;
};

TextColumn ColumnOf(const Exhibit& exhibit, std::size_t column) {
  TextColumn text;
  text.numbers = IsNumbers(exhibit, column);
  text.cells.push_back(PiecesOf(Visible(ColumnName(exhibit.columns[column])), false));
  for (const auto& row : exhibit.rows)
    text.cells.push_back(PiecesOf(Visible(CellPhrase(row[column])), !row[column].number.empty()));
  for (const Pieces& cell : text.cells) {
    int whole = 0;
    for (const std::string& piece : cell) {
      const int wide = DisplayWidth(piece);
      text.least = std::max(text.least, wide);
      whole += wide + (whole > 0 ? 1 : 0);
    }
    text.width = std::max(text.width, whole);
  }
  return text;
}

/// Takes from the widest columns until all fit beside each other; false when they cannot.
bool Narrow(std::vector<TextColumn>& columns, int width) {
  int total = 2 * (static_cast<int>(columns.size()) - 1);
  for (const TextColumn& column : columns) total += column.width;
  while (total > width) {
    TextColumn* widest = nullptr;
    for (TextColumn& column : columns) {
      if (column.width > column.least && (widest == nullptr || column.width > widest->width))
        widest = &column;
    }
    if (widest == nullptr) return false;
    --widest->width;
    --total;
  }
  return true;
}

std::vector<std::string> Lines(const Pieces& cell, int width) {
  std::vector<std::string> lines;
  for (const std::string& piece : cell) {
    if (!lines.empty() && DisplayWidth(lines.back()) + 1 + DisplayWidth(piece) <= width) {
      lines.back() += " " + piece;
    } else {
      lines.push_back(Truncate(piece, width));
    }
  }
  return lines;
}

std::vector<std::string> FoldedRows(const Exhibit& exhibit, int width) {
  std::vector<std::string> lines;
  for (const auto& row : exhibit.rows) {
    lines.push_back(Truncate(Visible(CellPhrase(row[0])), width));
    for (std::size_t column = 1; column < row.size(); ++column) {
      const std::string phrase = Visible(CellPhrase(row[column]));
      if (!phrase.empty())
        lines.push_back(Truncate("  " + ColumnName(exhibit.columns[column]) + ": " + phrase, width));
    }
  }
  return lines;
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
  std::vector<TextColumn> columns;
  for (std::size_t column = 0; column < exhibit.columns.size(); ++column)
    columns.push_back(ColumnOf(exhibit, column));
  columns[0].least = std::min(columns[0].least, kLeastName);
  if (!Narrow(columns, width)) return FoldedRows(exhibit, width);
  std::vector<std::string> lines;
  for (std::size_t row = 0; row <= exhibit.rows.size(); ++row) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const TextColumn& column : columns) {
      cells.push_back(Lines(column.cells[row], column.width));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t at = 0; at < height; ++at) {
      std::string line;
      for (std::size_t column = 0; column < columns.size(); ++column) {
        line += (column > 0 ? "  " : "") + Pad(at < cells[column].size() ? cells[column][at] : "",
                                               columns[column].width, columns[column].numbers);
      }
      lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
    }
  }
  return lines;
}

}  // namespace backcast
