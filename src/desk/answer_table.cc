// SPDX-License-Identifier: Apache-2.0
#include "desk/answer_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr int kGap = 2, kLeast = 8;
/// A word longer than this may be broken inside.
constexpr int kLongWord = 20;

/// The parts of a cell that stay in one line while they can: a number and its limits.
std::vector<std::string> PartsOf(const std::string& cell, bool number) {
  const std::size_t limits = number ? cell.find(" (") : std::string::npos;
  if (limits == std::string::npos) return {cell};
  return {cell.substr(0, limits), cell.substr(limits + 1)};
}

int LongestWord(const std::string& text) {
  int longest = 1;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    longest = std::max(longest, DisplayWidth(text.substr(from, end - from)));
    from = end + 1;
  }
  return std::min(longest, kLongWord);
}

/// The fewest columns a cell can be folded into.
int LeastOf(const std::string& cell, bool number) {
  int least = 1;
  for (const std::string& part : PartsOf(cell, number)) {
    const int width = DisplayWidth(part);
    least = std::max(least, number && width <= kLongWord ? width : LongestWord(part));
  }
  return least;
}

std::vector<std::string> Fold(const std::string& cell, bool number, int width) {
  if (DisplayWidth(cell) <= width) return {cell};
  std::vector<std::string> lines;
  for (const std::string& part : PartsOf(cell, number)) {
    for (std::string& line : Wrap(part, width)) lines.push_back(std::move(line));
  }
  return lines;
}

/// "-0.6" as a whole: a spreadsheet runs nothing of it.
bool IsNumber(std::string_view cell) {
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return fault == std::errc() && end == cell.data() + cell.size() && std::isfinite(value);
}

std::string Cut(const std::string& text, int width) {
  if (WidthOf(text) <= width) return text;
  std::size_t at = 0;
  for (int i = 0; i + 1 < width; ++i) NextCodePoint(text, at);
  return text.substr(0, at) + "…";
}

/// Takes from the widest column of text until a line fits.
void Narrow(std::vector<int>& widths, const std::vector<bool>& numbers, int room) {
  while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
    int widest = -1;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool number = i < numbers.size() && numbers[i];
      if (number || widths[i] <= kLeast) continue;
      if (widest < 0 || widths[i] > widths[static_cast<std::size_t>(widest)]) widest = static_cast<int>(i);
    }
    if (widest < 0) return;
    --widths[static_cast<std::size_t>(widest)];
  }
}

/// Every row as its first cell and the others below it, each behind its header.
std::string AsLists(const std::vector<std::vector<std::string>>& lines, int columns, int indent) {
  std::string out;
  const auto add = [&](const std::string& text, int deeper) {
    const std::vector<std::string> wrapped = Wrap(text, columns - indent - deeper - kGap);
    for (std::size_t i = 0; i < wrapped.size(); ++i)
      out += std::string(static_cast<std::size_t>(indent + deeper + (i > 0 ? kGap : 0)), ' ') + wrapped[i] +
             "\n";
  };
  for (std::size_t line = 1; line < lines.size(); ++line) {
    for (std::size_t i = 0; i < lines[line].size(); ++i)
      add(i == 0 ? lines[line][i] : lines[0][i] + ": " + lines[line][i], i == 0 ? 0 : kGap);
  }
  return out;
}

}  // namespace

int WidthOf(std::string_view text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string AnswerTable::ToText(int indent) const {
  std::vector<std::vector<std::string>> lines = {headers};
  for (const auto& row : rows) {
    lines.emplace_back();
    for (const std::string& cell : row) lines.back().push_back(Visible(cell));
  }
  std::vector<int> widths(headers.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], WidthOf(line[i]));
  }
  Narrow(widths, numbers, kTextColumns - indent - kGap * (static_cast<int>(headers.size()) - 1));
  std::string out;
  for (const auto& line : lines) {
    std::string text(static_cast<std::size_t>(indent), ' ');
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string cell = Cut(line[i], widths[i]);
      const std::string blanks(static_cast<std::size_t>(std::max(0, widths[i] - WidthOf(cell))), ' ');
      const bool number = i < numbers.size() && numbers[i];
      if (i > 0) text += std::string(kGap, ' ');
      text += number ? blanks + cell : cell + blanks;
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out += text + "\n";
  }
  return out;
}

std::string AnswerTable::Folded(int columns, int indent) const {
  std::vector<std::vector<std::string>> lines = {headers};
  for (const auto& row : rows) {
    lines.emplace_back();
    for (const std::string& cell : row) lines.back().push_back(Visible(cell));
  }
  const auto number = [&](std::size_t line, std::size_t i) {
    return line > 0 && i < numbers.size() && numbers[i];
  };
  std::vector<int> widths(headers.size(), 1), least(headers.size(), 1);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (std::size_t i = 0; i < lines[line].size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(lines[line][i]));
      least[i] = std::max(least[i], LeastOf(lines[line][i], number(line, i)));
    }
  }
  const int room = columns - indent - kGap * (static_cast<int>(headers.size()) - 1);
  if (std::accumulate(least.begin(), least.end(), 0) > room) return AsLists(lines, columns, indent);
  while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] > least[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    }
    --widths[widest];
  }
  std::string out;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 0;
    for (std::size_t i = 0; i < lines[line].size(); ++i) {
      cells.push_back(Fold(lines[line][i], number(line, i), widths[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t at = 0; at < height; ++at) {
      std::string text(static_cast<std::size_t>(indent), ' ');
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text += std::string(kGap, ' ');
        text += Pad(at < cells[i].size() ? cells[i][at] : "", widths[i], i < numbers.size() && numbers[i]);
      }
      while (!text.empty() && text.back() == ' ') text.pop_back();
      out += text + "\n";
    }
  }
  return out;
}

std::string AnswerTable::ToCsv() const {
  std::string out;
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      out += (i > 0 ? "," : "") + EscapeCsv(Visible(cells[i]), !IsNumber(cells[i]));
    out += "\r\n";
  };
  line(headers);
  for (const auto& row : rows) line(row);
  return out;
}

std::string AnswerTable::ToMarkdown() const {
  std::string out;
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) out += "| " + EscapeMarkdown(cell) + " ";
    out += "|\n";
  };
  line(headers);
  for (std::size_t i = 0; i < headers.size(); ++i) out += i < numbers.size() && numbers[i] ? "|---:" : "|---";
  out += "|\n";
  for (const auto& row : rows) line(row);
  return out;
}

std::string Wrapped(std::string_view sentence, int indent, int columns) {
  std::string out, line(static_cast<std::size_t>(indent), ' ');
  bool fresh = true;
  for (std::size_t from = 0; from < sentence.size();) {
    const std::size_t end = std::min(sentence.find(' ', from), sentence.size());
    const std::string_view word = sentence.substr(from, end - from);
    if (!fresh && WidthOf(line) + 1 + WidthOf(word) > columns) {
      out += line + "\n";
      line.assign(static_cast<std::size_t>(indent), ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + std::string(word);
    fresh = false;
    from = end + 1;
  }
  return out + line + "\n";
}

}  // namespace backcast
