// SPDX-License-Identifier: Apache-2.0
// Walks over the records of a text's beginning and cuts it into tables: title lines, a header, rows.
#include <algorithm>
#include <optional>

#include "ingest/cells.h"
#include "ingest/read/encoding.h"
#include "ingest/read/layout.h"

namespace backcast {
namespace {

constexpr std::size_t kSampleRecords = 50;
constexpr std::size_t kPreambleRecords = 200;
constexpr std::size_t kKeyValueRecords = 20;
constexpr std::size_t kSearchedRecords = 200'000;

/// What the walk remembers of a record; its cells are read again when they are needed.
struct Line {
  std::size_t from = 0, to = 0;
  std::int64_t number = 1;
  std::uint32_t width = 0;
  std::uint32_t filled = 0;  ///< cells up to the last one with text
  bool gap_before = false;   ///< an empty line, or one of separators only, comes before
  bool comment = false;      ///< begins with "# "
  bool stray_quote = false;
};

enum class Kind : std::uint8_t { kEmpty, kWord, kYear, kValue };

Kind KindOf(std::string_view cell) {
  if (cell.empty()) return Kind::kEmpty;
  if (cell.size() > 64) return Kind::kWord;
  if (cell.size() == 4 && (cell.starts_with("19") || cell.starts_with("20")) &&
      ReadCount(cell, NumberStyle::kPoint))
    return Kind::kYear;
  if (ReadNumber(cell, NumberStyle::kAuto) || ReadPercent(cell, PercentKind::kPercent, NumberStyle::kAuto))
    return Kind::kValue;
  const bool has_digit = std::any_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!has_digit) return cell == "-" || cell == "--" ? Kind::kValue : Kind::kWord;
  if (ReadMoney(cell, NumberStyle::kAuto) || ReadDuration(cell, NumberStyle::kAuto)) return Kind::kValue;
  const std::string_view cells[] = {cell};
  return GuessDates(cells) ? Kind::kValue : Kind::kWord;
}

class Walk {
 public:
  Walk(const SearchedText& searched, std::string name, const ReadLimits& limits)
      : searched_(searched), name_(std::move(name)), limits_(limits) {
    format_ = DetectFormat(searched, begin_);
  }

  Result<std::vector<TableSpec>> Tables() {
    BACKCAST_CHECK(ScanAs());
    std::vector<TableSpec> tables;
    std::size_t from = 0;
    std::optional<std::size_t> header = FindHeader(0, lines_.size());
    if (!header) return Headerless();
    while (header) {
      std::size_t next = 0;
      const std::optional<std::size_t> next_header = FindBreak(*header, next);
      const std::size_t end = next_header ? next : lines_.size();
      if (tables.size() == static_cast<std::size_t>(limits_.members)) return TooManyTables();
      BACKCAST_TRY(TableSpec table, MakeTable(from, *header, end));
      table.more_may_follow = !next_header && !complete_;
      if (next_header) table.end = lines_[next].from;
      if (!tables.empty() &&
          lines_[from].comment) {  // "# Property: ..." above the first table is said of all
        const auto& said = tables.front().head.preamble;
        table.head.preamble.insert(table.head.preamble.end(), said.begin(), said.end());
      }
      tables.push_back(std::move(table));
      from = end;
      header = next_header;
    }
    return tables;
  }

 private:
  using Cells = std::vector<std::string>;

  Result<Done> ScanAll() {
    lines_.clear();
    stray_quotes_ = quoted_ = 0;
    complete_ = false;
    Scanner scanner(format_);
    char* const text = const_cast<char*>(searched_.text.data());
    char* const end = text + searched_.text.size();
    scanner.Begin(text + begin_, end, searched_.whole);
    std::vector<std::string_view> cells;
    std::int64_t number = begin_ > 0 ? 2 : 1;
    bool gap = false;
    while (scanner.place() < end && lines_.size() < kSearchedRecords) {
      cells.clear();
      char* const from = scanner.place();
      const Record record = scanner.Next(cells);
      if (record.ended == Ended::kOpenQuote) return OpenQuote(number, from, record.open_field);
      if (record.ended == Ended::kIncomplete) return lines_.empty() ? Overlong(number) : Result<Done>(Done{});
      if (cells.size() > limits_.columns) return TooWide(number);
      Line line;
      line.from = static_cast<std::size_t>(from - text);
      line.to = static_cast<std::size_t>(record.next - text);
      line.number = number;
      number += static_cast<std::int64_t>(record.lines);
      line.stray_quote = record.stray_quote;
      stray_quotes_ += record.stray_quote;
      quoted_ += record.quoted;
      line.comment = cells[0].starts_with("# ") || cells[0].starts_with("#-") || cells[0].starts_with("##") ||
                     (cells.size() == 1 && cells[0] == "#");
      if (format_.unwrap && cells[0].find(format_.separator) != std::string_view::npos) {
        line.width = line.filled = static_cast<std::uint32_t>(Split(line).size());
      } else {
        line.width = static_cast<std::uint32_t>(cells.size());
        for (std::uint32_t i = 0; i < line.width; ++i) {
          if (!Trim(cells[i]).empty()) line.filled = i + 1;
        }
      }
      if (line.filled == 0) {
        gap = true;
        continue;
      }
      line.gap_before = gap;
      gap = false;
      lines_.push_back(line);
    }
    complete_ = searched_.whole && scanner.place() >= end;
    return Done{};
  }

  /// Scans with the usual quotes first. Quotes that are ordinary characters show themselves by text behind
  /// them, or by staying open, in a file whose lines all agree without quoting; only TAB files are written so
  /// by programs.
  Result<Done> ScanAs() {
    const auto uneven = [this] {
      std::size_t count = 0;
      for (std::size_t i = 1; i < lines_.size(); ++i) count += lines_[i].width != lines_[i - 1].width;
      return count;
    };
    Result<Done> usual = ScanAll();
    if (format_.quoting != Quoting::kStandard || format_.line_per_record) return usual;
    const bool tabs = format_.separator == '\t';
    if (usual.ok() && (stray_quotes_ == 0 || (!tabs && stray_quotes_ < 2))) {
      if (tabs && quoted_ == 0 && !complete_) format_.quoting = Quoting::kSameLine;
      return usual;
    }
    if (!usual.ok() && !tabs) return usual;
    const std::size_t with = usual.ok() ? uneven() : lines_.size() + 1;
    format_.quoting = Quoting::kNone;
    BACKCAST_CHECK(ScanAll());
    if (uneven() <= with && uneven() * 100 <= lines_.size()) return Done{};
    format_.quoting = Quoting::kStandard;
    return ScanAll();
  }

  Error OpenQuote(std::int64_t number, const char* from, const char* field) const {
    const std::int64_t line =
        number + static_cast<std::int64_t>(CountLines({from, static_cast<std::size_t>(field - from)}));
    return {Code::kInput, name_ + ":" + std::to_string(line), "a quote opened here is never closed",
            "close it, or double a quote that is part of the text"};
  }
  Error TooWide(std::int64_t number) const {
    return {Code::kInput, name_ + ":" + std::to_string(number),
            "the line has more than " + std::to_string(limits_.columns) + " columns", "export fewer columns"};
  }
  Error TooManyTables() const {
    return {Code::kInput, name_, "holds more than " + std::to_string(limits_.members) + " tables",
            "check that empty lines stand between tables only"};
  }
  Result<Done> Overlong(std::int64_t number) const {
    return Error{Code::kInput, name_ + ":" + std::to_string(number),
                 "the first record does not end within " + std::to_string(searched_.text.size()) + " bytes",
                 "check that it is a table, and that quotes are closed"};
  }

  /// The cells of a line as text of their own, doubled quotes undone, trimmed.
  Cells Split(const Line& line) const {
    std::string copy(searched_.text.substr(line.from, line.to - line.from));
    const std::size_t size = copy.size();
    copy.append(64, '\0');
    Scanner scanner(format_);
    scanner.Begin(copy.data(), copy.data() + size, true);
    std::vector<std::string_view> cells;
    scanner.Next(cells);
    scanner.Undouble(cells);
    if (format_.unwrap) Unwrap(cells, 0, format_);
    return Cells(cells.begin(), cells.end());
  }
  Cells Trimmed(const Line& line) const {
    Cells cells = Split(line);
    for (std::string& cell : cells) cell = std::string(Trim(cell));
    return cells;
  }

  /// A header names its columns: words, of which at least two differ; years and dates may be among them.
  bool LooksLikeHeader(const Line& line, std::size_t least) const {
    if (line.comment || line.filled < least) return false;
    const Cells cells = Trimmed(line);
    std::size_t words = 0, years = 0, values = 0;
    bool differ = least < 2;
    const std::string* first = nullptr;
    for (const std::string& cell : cells) {
      const Kind kind = KindOf(cell);
      words += kind == Kind::kWord;
      years += kind == Kind::kYear;
      values += kind == Kind::kValue;
      if (kind == Kind::kEmpty) continue;
      if (first == nullptr) {
        first = &cell;
        if (kind != Kind::kWord) return false;
      }
      differ = differ || cell != *first;
    }
    return differ && words > 0 && (values == 0 || words >= 4 * values);
  }

  /// Most of the next few lines have as many cells as this one.
  bool RowsFollow(std::size_t at, std::size_t end) const { return 2 * ShareOfRows(at, end) > 1; }

  double ShareOfRows(std::size_t at, std::size_t end) const {
    std::size_t same = 0, seen = 0;
    for (std::size_t i = at + 1; i < end && seen < 5; ++i) {
      if (seen > 0 && (lines_[i].gap_before || lines_[i].comment)) break;
      ++seen;
      // A sheet stores no empty cells behind the last one of a row.
      same += format_.line_per_record ? lines_[i].filled <= lines_[at].filled
                                      : lines_[i].width == lines_[at].width;
    }
    return seen > 0 ? static_cast<double>(same) / static_cast<double>(seen) : 0;
  }

  /// Lines like "Account name,Acme" over a wider table are its preamble, not a table of their own.
  bool IsKeyValues(std::size_t at, std::size_t end) const {
    if (lines_[at].filled != 2) return false;
    std::size_t values = 0;
    for (std::size_t i = at + 1; i < std::min(end, at + kKeyValueRecords); ++i) {
      if (lines_[i].comment || lines_[i].filled == 1) return false;
      if (lines_[i].filled > 2) {
        const bool own_table = lines_[i].gap_before && values * 2 > i - at - 1;
        return !own_table && LooksLikeHeader(lines_[i], 3) && RowsFollow(i, end);
      }
      values += KindOf(Trimmed(lines_[i])[1]) == Kind::kValue;
    }
    return false;
  }

  std::optional<std::size_t> FindHeader(std::size_t from, std::size_t end) const {
    const std::size_t limit = std::min(end, from + kPreambleRecords);
    for (std::size_t i = from; i < limit; ++i) {
      if (LooksLikeHeader(lines_[i], 2) && RowsFollow(i, end) && !IsKeyValues(i, end)) return i;
    }
    for (std::size_t i = from; i < limit; ++i) {  // a header over ragged rows
      if (LooksLikeHeader(lines_[i], 2) && ShareOfRows(i, end) > 0) return i;
    }
    for (std::size_t i = from; i < limit; ++i) {  // a header over nothing
      if (LooksLikeHeader(lines_[i], 2) && i + 1 == end) return i;
    }
    const bool narrow = std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(from),
                                    lines_.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](const Line& line) { return line.filled == 1; });
    for (std::size_t i = from; narrow && i < limit; ++i) {
      if (LooksLikeHeader(lines_[i], 1)) return i;
    }
    return std::nullopt;
  }

  /// The header of the table behind the one with this `header`, if another begins; `at` is set to its first
  /// line.
  std::optional<std::size_t> FindBreak(std::size_t header, std::size_t& at) const {
    const Cells names = Trimmed(lines_[header]);
    if (lines_[header].filled < 2) return std::nullopt;
    for (std::size_t i = header + 1; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (!line.gap_before && !line.comment && line.filled > 1) continue;
      std::size_t next = i;
      while (next < lines_.size() && next < i + 12 && (lines_[next].comment || lines_[next].filled == 1))
        ++next;
      if (next == lines_.size() || (next == i && !line.gap_before)) continue;
      const bool titled = next > i;
      const bool commented = std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(i),
                                         lines_.begin() + static_cast<std::ptrdiff_t>(next),
                                         [](const Line& each) { return each.comment; });
      const bool same_header = lines_[next].width == lines_[header].width && Trimmed(lines_[next]) == names;
      bool begins = same_header;
      if (!begins && (commented || line.gap_before) &&
          (titled || lines_[next].width != lines_[header].width)) {
        begins = LooksLikeHeader(lines_[next], 2) && RowsFollow(next, lines_.size()) &&
                 (commented || !LooksLikeHeader(lines_[next + 1], 1));
      }
      if (begins) {
        at = i;
        return next;
      }
    }
    return std::nullopt;
  }

  Result<TableSpec> MakeTable(std::size_t from, std::size_t header, std::size_t end) const {
    TableSpec table;
    table.format = format_;
    table.head.separator = format_.separator;
    table.head.header = Trimmed(lines_[header]);
    table.head.header_line = lines_[header].number;
    for (std::size_t i = from; i < header; ++i) {
      Cells cells = Trimmed(lines_[i]);
      if (cells == table.head.header) {
        table.head.preamble.clear();  // a table without rows came before
        continue;
      }
      while (cells.size() > 1 && cells.back().empty()) cells.pop_back();
      table.head.preamble.push_back(std::move(cells));
    }
    while (table.head.header.size() > 1 && table.head.header.back().empty()) table.head.header.pop_back();
    for (const std::string& column : table.head.header) {
      if (column.size() > limits_.field_bytes || ValidUtf8(column) != column.size()) {
        return Error{Code::kInput, name_ + ":" + std::to_string(lines_[header].number),
                     "the header is not valid UTF-8", "save the file as UTF-8"};
      }
    }
    table.begin = lines_[header].to;
    const std::string_view raw =
        searched_.text.substr(lines_[header].from, lines_[header].to - lines_[header].from);
    const std::size_t taken = format_.line_per_record ? 1 : CountLines(raw);
    table.first_line = lines_[header].number + static_cast<std::int64_t>(taken);
    FillSample(header + 1, end, table);
    return table;
  }

  void FillSample(std::size_t from, std::size_t end, TableSpec& table) const {
    for (std::size_t i = from; i < end && table.head.sample.size() < kSampleRecords; ++i) {
      const std::string_view raw = searched_.text.substr(lines_[i].from, lines_[i].to - lines_[i].from);
      if (lines_[i].stray_quote || ValidUtf8(raw) != raw.size() || raw.find('\0') != raw.npos) continue;
      const Cells cells = Split(lines_[i]);
      if (Trimmed(lines_[i]) == table.head.header) continue;
      std::vector<std::string_view> views(cells.begin(), cells.end());
      if (format_.line_per_record) views.resize(std::max(views.size(), table.head.header.size()));
      if (!Fit(views, 0, table.head.header.size()).empty()) continue;
      table.head.sample.emplace_back(views.begin(), views.end());
    }
  }

  /// No line names the columns: they are numbered, and every line is a record.
  Result<std::vector<TableSpec>> Headerless() const {
    if (lines_.empty()) return Error{Code::kInput, name_, "holds no table: it has no line with text", ""};
    std::vector<std::size_t> widths;
    for (const Line& line : lines_) widths.push_back(line.width);
    std::sort(widths.begin(), widths.end());
    const std::size_t width = widths[widths.size() / 2];
    if (std::count(widths.begin(), widths.end(), width) * 2 < static_cast<std::ptrdiff_t>(widths.size()) ||
        (width < 2 && lines_.size() < 2)) {
      return Error{Code::kInput, name_, "holds no table: no line names its columns",
                   "the first line of a table must hold the names of the columns"};
    }
    TableSpec table;
    table.format = format_;
    table.head.separator = format_.separator;
    table.head.header_line = 0;
    for (std::size_t i = 1; i <= width; ++i) table.head.header.push_back("column " + std::to_string(i));
    table.begin = begin_;
    table.first_line = begin_ > 0 ? 2 : 1;
    table.more_may_follow = !complete_;
    FillSample(0, lines_.size(), table);
    std::vector<TableSpec> tables;
    tables.push_back(std::move(table));
    return tables;
  }

  const SearchedText& searched_;
  std::string name_;
  const ReadLimits& limits_;
  CellStyle format_;
  std::size_t begin_ = 0;
  std::vector<Line> lines_;
  std::size_t stray_quotes_ = 0;
  std::size_t quoted_ = 0;
  bool complete_ = false;  ///< every line of the text is in lines_
};

}  // namespace

Result<std::vector<TableSpec>> FindTables(const SearchedText& searched, const std::string& name,
                                          const ReadLimits& limits) {
  return Walk(searched, name, limits).Tables();
}

}  // namespace backcast
