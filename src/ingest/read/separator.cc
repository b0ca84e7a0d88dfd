// SPDX-License-Identifier: Apache-2.0
// Which separator and which quoting a text uses: the ones under which most of its lines have the same number
// of cells.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/number.h"
#include "ingest/cells.h"
#include "ingest/read/layout.h"

namespace backcast {
namespace {

constexpr std::array kSeparators = {',', ';', '\t', '|'};
constexpr std::size_t kJudgedRecords = 200;
constexpr std::size_t kJudgedBytes = 256 << 10;

/// How well one format explains the text.
struct Fitness {
  double agreement =
      0;  ///< share of lines with the most frequent width, among those that this format splits at all
  double split = 0;        ///< share of lines that it splits
  std::size_t width = 0;   ///< that most frequent width
  std::size_t strays = 0;  ///< text behind closing quotes, quotes that stay open
  std::size_t quoted = 0;  ///< cells in quotes
  double score() const { return width < 2 ? 0 : agreement * split; }
};

Fitness Judge(const SearchedText& searched, std::size_t begin, const CellStyle& format) {
  Scanner scanner(format);
  // The scanner writes only when it is told to undo doubled quotes.
  char* const text = const_cast<char*>(searched.text.data());
  const std::size_t size = std::min(searched.text.size(), begin + kJudgedBytes);
  scanner.Begin(text + begin, text + size, searched.whole && size == searched.text.size());
  std::vector<std::string_view> cells;
  std::map<std::size_t, std::size_t> widths;
  Fitness fitness;
  std::size_t judged = 0, split = 0;
  while (judged < kJudgedRecords && scanner.place() < text + size) {
    cells.clear();
    const Record record = scanner.Next(cells);
    if (record.ended != Ended::kRecord) {
      fitness.strays += record.ended == Ended::kOpenQuote;
      break;
    }
    fitness.strays += record.stray_quote;
    fitness.quoted += record.quoted;
    if (record.blank || cells[0].starts_with("# ")) continue;
    ++judged;
    std::size_t filled = 0;
    for (const std::string_view cell : cells) filled += !cell.empty();
    // A title line padded with separators says nothing about the width, and is not split by any format.
    if (cells.size() < 2 || (filled < 2 && judged < 20)) continue;
    ++split;
    ++widths[cells.size()];
  }
  for (const auto& [width, count] : widths) {
    if (count >= widths[fitness.width]) fitness.width = width;
  }
  if (split > 0) fitness.agreement = static_cast<double>(widths[fitness.width]) / static_cast<double>(split);
  if (judged > 0) fitness.split = static_cast<double>(split) / static_cast<double>(judged);
  return fitness;
}

bool Better(const Fitness& a, const Fitness& b) {
  if (a.score() > b.score() + 0.001) return true;
  return a.score() > b.score() - 0.001 && a.width > b.width;
}

/// `sep=,` or `sep=<TAB><TAB>…` on the first line, perhaps quoted; the separator and the length of that line.
std::optional<std::pair<char, std::size_t>> SeparatorLine(std::string_view text) {
  const std::size_t end = text.substr(0, 256).find_first_of("\r\n");
  if (end == text.npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  if (line.starts_with('"')) line.remove_prefix(1);
  if (line.size() < 5 || (line[0] | 32) != 's' || (line[1] | 32) != 'e' || (line[2] | 32) != 'p' ||
      line[3] != '=') {
    return std::nullopt;
  }
  const char separator = line[4];
  if (std::find(kSeparators.begin(), kSeparators.end(), separator) == kSeparators.end() && separator != ' ')
    return std::nullopt;
  if (line.substr(5).find_first_not_of("\", ;\t|") != line.npos) return std::nullopt;
  const bool pair = text.substr(end).starts_with("\r\n");
  return std::pair{separator, end + (pair ? 2 : 1)};
}

/// Records that are quoted once more have one cell, inside which the separator is found.
bool IsWrapped(const SearchedText& searched, std::size_t begin, CellStyle& format) {
  std::array<std::size_t, 4> inner{};
  std::size_t judged = 0, wrapped = 0;
  char* const text = const_cast<char*>(searched.text.data());
  Scanner scanner(format);
  scanner.Begin(text + begin, text + searched.text.size(), searched.whole);
  std::vector<std::string_view> cells;
  while (judged < 20 && scanner.place() < text + searched.text.size()) {
    cells.clear();
    const Record record = scanner.Next(cells);
    if (record.ended != Ended::kRecord) break;
    if (record.blank) continue;
    ++judged;
    if (record.quoted != 1 ||
        std::any_of(cells.begin() + 1, cells.end(), [](auto cell) { return !cell.empty(); }))
      continue;
    const std::size_t quotes = static_cast<std::size_t>(std::count(cells[0].begin(), cells[0].end(), '"'));
    bool any = false;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) {
      const bool here = cells[0].find(kSeparators[i]) != std::string_view::npos;
      inner[i] += here;
      any = any || here;
    }
    wrapped += any && quotes % 2 == 0;
  }
  if (judged < 2 || wrapped * 10 < judged * 9) return false;
  const auto most = std::max_element(inner.begin(), inner.end());
  format.separator = kSeparators[static_cast<std::size_t>(most - inner.begin())];
  return *most * 10 >= judged * 9;
}

}  // namespace

CellStyle DetectFormat(const SearchedText& searched, std::size_t& begin) {
  begin = 0;
  CellStyle best;
  best.line_per_record = searched.line_per_record;
  if (searched.line_per_record) return best;
  const auto given = SeparatorLine(searched.text);
  if (given) begin = given->second;
  Fitness fitness;
  for (const char separator : kSeparators) {
    if (given && given->first != separator) continue;
    CellStyle format = best;
    format.separator = separator;
    format.quoting = Quoting::kStandard;
    Fitness here = Judge(searched, begin, format);
    if (here.strays > (separator == '\t' ? 0u : 1u)) {
      format.quoting = Quoting::kNone;
      const Fitness plain = Judge(searched, begin, format);
      if (plain.score() > here.score() + 0.02 || (plain.agreement == 1 && here.agreement < 1)) {
        here = plain;
      } else {
        format.quoting = Quoting::kStandard;
      }
    }
    if (Better(here, fitness)) {
      best = format;
      fitness = here;
    }
  }
  if (given) best.separator = given->first;
  if (fitness.score() < 0.5 && !given) {
    // One column, unless every record was quoted once more.
    CellStyle wrapped = best;
    wrapped.separator = ',';
    wrapped.quoting = Quoting::kStandard;
    if (IsWrapped(searched, begin, wrapped)) {
      wrapped.unwrap = true;
      return wrapped;
    }
  }
  return best;
}

std::string Fit(std::vector<std::string_view>& cells, std::size_t first, std::size_t columns) {
  const std::size_t width = cells.size() - first;
  if (width < columns) {
    return "has " + Counted(static_cast<std::int64_t>(width), "cell") + " where the header has " +
           std::to_string(columns);
  }
  for (std::size_t i = first + columns; i < cells.size(); ++i) {
    if (!Trim(cells[i]).empty()) {
      return "has " + std::to_string(width) + " cells where the header has " + std::to_string(columns) +
             " columns";
    }
  }
  cells.resize(first + columns);
  return {};
}

}  // namespace backcast
