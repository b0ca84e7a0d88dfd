// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_table.h"

#include <algorithm>
#include <numeric>

#include "report/hostile.h"

namespace backcast {
namespace {

constexpr int kGap = 2, kLeast = 8;

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

std::string AnswerTable::ToCsv() const {
  std::string out;
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      out += (i > 0 ? "," : "") + EscapeCsv(Visible(cells[i]), true);
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

std::string Wrapped(std::string_view sentence, int indent) {
  std::string out, line(static_cast<std::size_t>(indent), ' ');
  bool fresh = true;
  for (std::size_t from = 0; from < sentence.size();) {
    const std::size_t end = std::min(sentence.find(' ', from), sentence.size());
    const std::string_view word = sentence.substr(from, end - from);
    if (!fresh && WidthOf(line) + 1 + WidthOf(word) > kTextColumns) {
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
