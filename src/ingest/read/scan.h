// SPDX-License-Identifier: Apache-2.0
// Finds the cells of separated text, one record at a time, in place: a cell is a view into the text, which is
// changed only where doubled quotes are undone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

enum class Quoting : std::uint8_t {
  kStandard,  ///< a cell that begins with a quote ends at the next single one; line breaks inside are text
  kSameLine,  ///< the same, but a quote that is not closed on its line, before a separator, is an ordinary
              ///< character
  kNone,      ///< a quote is an ordinary character
};

struct CellStyle {
  char separator = ',';
  Quoting quoting = Quoting::kStandard;
  bool unwrap = false;           ///< whole records are quoted once more
  bool line_per_record = false;  ///< a record is one line whatever its cells hold (a row of a spreadsheet)
};

/// How the text of a record ended.
enum class Ended : std::uint8_t {
  kRecord,      ///< at its line end, or at the end of the text
  kIncomplete,  ///< more text is needed
  kOpenQuote,   ///< at the end of the text, inside quotes
};

struct Record {
  Ended ended = Ended::kRecord;
  char* next = nullptr;              ///< where the following record begins
  std::size_t lines = 1;             ///< line ends taken
  bool blank = false;                ///< nothing on the line
  bool stray_quote = false;          ///< text behind a closing quote
  std::size_t quoted = 0;            ///< cells in quotes
  const char* open_field = nullptr;  ///< kIncomplete, kOpenQuote: where the unfinished cell begins
  std::size_t open_cells = 0;        ///< and how many cells come before it
};

/// Line ends in `text`: CRLF, LF or CR.
std::size_t CountLines(std::string_view text);

/// Scans the records of text[begin, end), which must be followed by 64 readable bytes.
class Scanner {
 public:
  explicit Scanner(const CellStyle& format);

  /// Sets the text; `last` when nothing follows it.
  void Begin(char* begin, char* end, bool last);

  /// Scans the record at the current place and appends its cells, in which doubled quotes are still doubled.
  /// On anything but kRecord, `cells` is as before and the place is unchanged.
  Record Next(std::vector<std::string_view>& cells);

  /// Undoes the doubled quotes of the record scanned last, in the text itself: it cannot be scanned again.
  void Undouble(std::vector<std::string_view>& cells);

  char* place() const { return place_; }

 private:
  void Seek(char* to);
  char* NextSpecial();
  std::uint64_t Mask(const char* block) const;
  char* Quoted(char* field, Record& record, bool& doubled, std::string_view& cell);
  void EndLine(char* at, Record& record);

  CellStyle format_;
  char* place_ = nullptr;
  char* end_ = nullptr;
  bool last_ = true;
  char* block_ = nullptr;
  std::uint64_t mask_ = 0;
  std::vector<std::size_t> doubled_;  ///< cells of the last record with doubled quotes
};

/// A record whose only cell with text is a whole record, quoted once more: splits that cell. False when it is
/// not one.
bool Unwrap(std::vector<std::string_view>& cells, std::size_t first, const CellStyle& format);

}  // namespace backcast
