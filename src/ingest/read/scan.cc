// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/scan.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace backcast {
namespace {

constexpr char kQuote = '"';

/// `""` to `"`, in place; the new length.
std::size_t UndoDoubled(char* text, std::size_t size) {
  char* to = text;
  for (const char* from = text; from < text + size; ++from) {
    *to++ = *from;
    if (*from == kQuote && from + 1 < text + size && from[1] == kQuote) ++from;
  }
  return static_cast<std::size_t>(to - text);
}

}  // namespace

std::size_t CountLines(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool lone_return = text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
    if (text[at] == '\n' || lone_return) ++lines;
  }
  return lines;
}

Scanner::Scanner(const CellStyle& format) : format_(format) {}

void Scanner::Begin(char* begin, char* end, bool last) {
  place_ = begin;
  end_ = end;
  last_ = last;
  block_ = nullptr;
  Seek(begin);
}

std::uint64_t Scanner::Mask(const char* block) const {
  const char separator = format_.separator;
  const char quote = format_.quoting == Quoting::kNone ? '\n' : kQuote;
  std::uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i separators = _mm_set1_epi8(separator), quotes = _mm_set1_epi8(quote);
  const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
  for (std::ptrdiff_t part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + 16 * part));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, separators), _mm_cmpeq_epi8(bytes, quotes)),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
    mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << (16 * part);
  }
#else
  for (int i = 0; i < 64; ++i) {
    const char c = block[i];
    mask |= std::uint64_t{c == separator || c == quote || c == '\n' || c == '\r'} << i;
  }
#endif
  return mask;
}

void Scanner::Seek(char* to) {
  if (block_ != nullptr && to >= block_ && to < block_ + 64 && to < end_) {
    mask_ &= ~std::uint64_t{0} << (to - block_);
    return;
  }
  block_ = to;
  mask_ = to < end_ ? Mask(to) : 0;
}

char* Scanner::NextSpecial() {
  while (mask_ == 0) {
    block_ += 64;
    if (block_ >= end_) {
      block_ = end_;
      return end_;
    }
    mask_ = Mask(block_);
  }
  char* const found = block_ + __builtin_ctzll(mask_);
  mask_ &= mask_ - 1;
  return found < end_ ? found : end_;
}

/// Reads the quoted cell that begins at `field`. Returns the byte behind the cell (a separator, a line end,
/// or end_), nullptr when the closing quote is not in the text, or `field` itself when the quote is an
/// ordinary character.
char* Scanner::Quoted(char* field, Record& record, bool& doubled, std::string_view& cell) {
  char* at = field + 1;
  char* const line_end = format_.quoting == Quoting::kSameLine
                             ? static_cast<char*>(std::memchr(at, '\n', static_cast<std::size_t>(end_ - at)))
                             : nullptr;
  if (format_.quoting == Quoting::kSameLine && line_end == nullptr && !last_) return nullptr;
  char* const limit = line_end != nullptr ? line_end : end_;
  doubled = false;
  for (;;) {
    at = static_cast<char*>(std::memchr(at, kQuote, static_cast<std::size_t>(limit - at)));
    if (at == nullptr) return format_.quoting == Quoting::kSameLine ? field : nullptr;
    if (at + 1 == end_) {
      if (!last_) return nullptr;
      break;
    }
    if (at[1] != kQuote) break;
    doubled = true;
    at += 2;
  }
  char* after = at + 1;
  while (after < limit && *after == ' ' && format_.separator != ' ') ++after;
  const bool clean = after == end_ || *after == format_.separator || *after == '\n' || *after == '\r';
  if (after == end_ && !last_) return nullptr;
  if (!clean) {
    if (format_.quoting == Quoting::kSameLine) return field;
    record.stray_quote = true;
    Seek(at + 1);
    for (after = NextSpecial(); after < end_ && *after == kQuote;) after = NextSpecial();
    if (after == end_ && !last_) return nullptr;
    cell = {field, static_cast<std::size_t>(after - field)};
    doubled = false;
    return after;
  }
  cell = {field + 1, static_cast<std::size_t>(at - field - 1)};
  record.lines += CountLines(cell);
  return after;
}

void Scanner::EndLine(char* at, Record& record) {
  record.next = at;
  if (at < end_) {
    ++record.next;
    if (*at == '\r' && record.next < end_ && *record.next == '\n') ++record.next;
  } else {
    --record.lines;
  }
  if (format_.line_per_record && at < end_) record.lines = 1;
  place_ = record.next;
  Seek(place_);
}

Record Scanner::Next(std::vector<std::string_view>& cells) {
  const std::size_t first = cells.size();
  char* field = place_;
  Record record;
  doubled_.clear();
  const auto unfinished = [&](Ended ended) {
    record.open_cells = cells.size() - first;
    cells.resize(first);
    record.ended = ended;
    record.open_field = field;
    Seek(place_);
    block_ = nullptr;
    Seek(place_);
    return record;
  };
  for (;;) {
    char* special = NextSpecial();
    if (special < end_ && *special == kQuote && format_.quoting != Quoting::kNone) {
      if (special != field) continue;
      bool doubled = false;
      std::string_view cell;
      char* const after = Quoted(field, record, doubled, cell);
      if (after == nullptr) return unfinished(last_ ? Ended::kOpenQuote : Ended::kIncomplete);
      if (after == field) continue;
      ++record.quoted;
      if (doubled) doubled_.push_back(cells.size());
      cells.push_back(cell);
      Seek(after);
      if (after < end_ && *after == format_.separator) {
        field = after + 1;
        Seek(field);
        continue;
      }
      special = after;
    } else {
      if (special == end_ && !last_) return unfinished(Ended::kIncomplete);
      cells.emplace_back(field, static_cast<std::size_t>(special - field));
      if (special < end_ && *special == format_.separator) {
        field = special + 1;
        continue;
      }
    }
    if (special < end_ && *special == '\r' && special + 1 == end_ && !last_)
      return unfinished(Ended::kIncomplete);
    record.blank = cells.size() == first + 1 && cells[first].empty() && record.quoted == 0;
    EndLine(special, record);
    break;
  }
  return record;
}

void Scanner::Undouble(std::vector<std::string_view>& cells) {
  for (const std::size_t which : doubled_) {
    std::string_view& cell = cells[which];
    cell = {cell.begin(), UndoDoubled(const_cast<char*>(cell.begin()), cell.size())};
  }
}

bool Unwrap(std::vector<std::string_view>& cells, std::size_t first, const CellStyle& format) {
  if (cells.size() == first || cells[first].find(format.separator) == std::string_view::npos) return false;
  for (std::size_t i = first + 1; i < cells.size(); ++i) {
    if (!cells[i].empty()) return false;
  }
  const std::string_view whole = cells[first];
  cells.resize(first);
  char* const begin = const_cast<char*>(whole.data());
  CellStyle inner = format;
  inner.unwrap = false;
  Scanner scanner(inner);
  scanner.Begin(begin, begin + whole.size(), true);
  const Record record = scanner.Next(cells);
  if (record.ended != Ended::kRecord || record.stray_quote) {
    cells.resize(first);
    cells.push_back(whole);
    return false;
  }
  scanner.Undouble(cells);
  return true;
}

}  // namespace backcast
