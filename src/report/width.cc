// SPDX-License-Identifier: Apache-2.0
#include "report/width.h"

#include <algorithm>
#include <array>
#include <utility>

#include "report/hostile.h"

namespace backcast {
namespace {

using Range = std::pair<char32_t, char32_t>;

// Unicode 15: general categories Mn, Me and the format characters that Visible() leaves in.
constexpr std::array<Range, 74> kNoWidth = {{
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x05BF, 0x05BF},   {0x05C1, 0x05C2},
    {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A},   {0x061C, 0x061C},   {0x064B, 0x065F},
    {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4},   {0x06E7, 0x06E8},   {0x06EA, 0x06ED},
    {0x0711, 0x0711}, {0x0730, 0x074A}, {0x07A6, 0x07B0},   {0x07EB, 0x07F3},   {0x0816, 0x082D},
    {0x0859, 0x085B}, {0x08CA, 0x0902}, {0x093A, 0x093A},   {0x093C, 0x093C},   {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0951, 0x0957}, {0x0962, 0x0963},   {0x0981, 0x0981},   {0x09BC, 0x09BC},
    {0x09C1, 0x09C4}, {0x09CD, 0x09CD}, {0x0A01, 0x0A02},   {0x0A3C, 0x0A51},   {0x0A81, 0x0A82},
    {0x0ABC, 0x0ABC}, {0x0AC1, 0x0AC8}, {0x0ACD, 0x0ACD},   {0x0B3C, 0x0B3C},   {0x0B4D, 0x0B4D},
    {0x0BCD, 0x0BCD}, {0x0C3E, 0x0C40}, {0x0C46, 0x0C56},   {0x0CBC, 0x0CBC},   {0x0CCC, 0x0CCD},
    {0x0D4D, 0x0D4D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},   {0x0EB1, 0x0EB1},
    {0x0EB4, 0x0EBC}, {0x0EC8, 0x0ECE}, {0x0F71, 0x0F7E},   {0x0F80, 0x0F84},   {0x102D, 0x1030},
    {0x1032, 0x1037}, {0x1039, 0x103A}, {0x135D, 0x135F},   {0x17B4, 0x17B5},   {0x17B7, 0x17BD},
    {0x17C6, 0x17C6}, {0x17C9, 0x17D3}, {0x1AB0, 0x1ACE},   {0x1DC0, 0x1DFF},   {0x200B, 0x200F},
    {0x20D0, 0x20F0}, {0x302A, 0x302D}, {0x3099, 0x309A},   {0xA66F, 0xA67D},   {0xFB1E, 0xFB1E},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1D167, 0x1D169}, {0xE0100, 0xE01EF},
}};

// Unicode 15: East_Asian_Width W and F.
constexpr std::array<Range, 56> kWide = {{
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

template <std::size_t kSize>
bool In(const std::array<Range, kSize>& ranges, char32_t code) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), code,
                                      [](char32_t c, const Range& range) { return c < range.first; });
  return after != ranges.begin() && code <= (after - 1)->second;
}

int WidthOf(char32_t code) {
  if (code < 0x20 || code == 0x7F) return 0;
  if (code < 0x300) return 1;
  if (In(kNoWidth, code)) return 0;
  return In(kWide, code) ? 2 : 1;
}

/// The beginning of `text` that fits in `columns`, with the marks that belong to its last letter.
std::size_t Fitting(std::string_view text, int columns) {
  std::size_t end = 0;
  int used = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += WidthOf(NextCodePoint(text, at));
    if (used > columns) break;
    end = at;
  }
  return end;
}

char AsciiOf(char32_t code) {
  static constexpr std::array<std::pair<char32_t, char>, 36> kPairs = {{
      {0x00A0, ' '},  {0x00B1, '~'}, {0x00B7, '.'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''},
      {0x2019, '\''}, {0x201C, '"'}, {0x201D, '"'}, {0x2022, '*'}, {0x2026, '~'}, {0x2190, '<'},
      {0x2192, '>'},  {0x2212, '-'}, {0x2500, '-'}, {0x2502, '|'}, {0x250A, ':'}, {0x2514, '`'},
      {0x251C, '+'},  {0x2581, '_'}, {0x2582, '.'}, {0x2583, '-'}, {0x2584, ':'}, {0x2585, '='},
      {0x2586, '+'},  {0x2587, '*'}, {0x2588, '#'}, {0x25A0, '#'}, {0x25B2, '+'}, {0x25B3, '/'},
      {0x25B6, '>'},  {0x25BC, '-'}, {0x25C0, '<'}, {0x25C4, '<'}, {0x25CB, '?'}, {0x25CF, '*'},
  }};
  for (const auto& [from, to] : kPairs) {
    if (from == code) return to;
  }
  return '?';
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += WidthOf(NextCodePoint(text, at));
  return width;
}

std::string Truncate(std::string_view text, int columns) {
  if (columns <= 0) return "";
  if (DisplayWidth(text) <= columns) return std::string(text);
  std::string kept(text.substr(0, Fitting(text, columns - 1)));
  while (!kept.empty() && kept.back() == ' ') kept.pop_back();
  return kept + "…";
}

std::string Pad(std::string_view text, int columns, bool right) {
  std::string fitted = Truncate(text, columns);
  const std::string blanks(static_cast<std::size_t>(std::max(0, columns - DisplayWidth(fitted))), ' ');
  return right ? blanks + fitted : fitted + blanks;
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  const int most = std::max(columns, 2);
  std::vector<std::string> lines;
  std::string line;
  const auto flush = [&] {
    lines.push_back(line);
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, blank - at);
    at = blank + 1;
    if (word.empty()) continue;
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > most) flush();
    while (DisplayWidth(word) > most) {
      const std::size_t part = Fitting(word, most);
      lines.emplace_back(word.substr(0, part));
      word.remove_prefix(part);
    }
    line += (line.empty() ? "" : " ") + std::string(word);
  }
  if (!line.empty() || lines.empty()) flush();
  return lines;
}

std::string ToAscii(std::string_view text) {
  std::string ascii;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = NextCodePoint(text, at);
    if (code < 0x80) {
      ascii += static_cast<char>(code);
    } else {
      ascii.append(static_cast<std::size_t>(WidthOf(code)), AsciiOf(code));
    }
  }
  return ascii;
}

}  // namespace backcast
