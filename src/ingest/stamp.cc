// SPDX-License-Identifier: Apache-2.0
#include "ingest/stamp.h"

#include <cmath>
#include <string>

#include "ingest/cells.h"
#include "ingest/date_words.h"

namespace backcast {
namespace {

constexpr std::size_t kLongest = 96;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int Two(const char* at) { return (at[0] - '0') * 10 + (at[1] - '0'); }

/// Lower case for ASCII and for the letters of Latin-1 and Cyrillic that month names use.
std::string Lower(std::string_view word) {
  std::string lower(word);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto byte = static_cast<unsigned char>(lower[i]);
    if (byte >= 'A' && byte <= 'Z') lower[i] = static_cast<char>(byte | 32);
    if (byte == 0xc3 && i + 1 < lower.size()) {
      const auto next = static_cast<unsigned char>(lower[i + 1]);
      if (next >= 0x80 && next <= 0x9e) lower[i + 1] = static_cast<char>(next + 0x20);
    }
  }
  return lower;
}

int FullYear(int year, int digits) {
  if (digits > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text) {}

  std::optional<Stamp> Read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (IsDigit(c)) {
        if (!Number()) return std::nullopt;
      } else if (c == '+' || (c == '-' && stamp_.has_time && !stamp_.offset_minutes && Offset(true))) {
        if (!stamp_.has_time || !Offset(false)) return std::nullopt;
      } else if (c == ' ' || c == ',' || c == '.' || c == '/' || c == '-' || c == '\'') {
        if (at_ == 0) return std::nullopt;
        ++at_;
      } else if (!Word()) {
        return std::nullopt;
      }
    }
    return Settle();
  }

 private:
  struct Part {
    int value = 0;
    int digits = 0;
    char before = ' ';  ///< the character between this number and the one before it
  };

  /// A number of the date, or the beginning of a time of day.
  bool Number() {
    std::size_t end = at_;
    std::int64_t value = 0;
    while (end < text_.size() && IsDigit(text_[end]) && end - at_ < 18)
      value = value * 10 + (text_[end++] - '0');
    if (end < text_.size() && IsDigit(text_[end])) return false;
    const int digits = static_cast<int>(end - at_);
    if (end < text_.size() && text_[end] == ':' && !stamp_.has_time && digits <= 2)
      return Time(static_cast<int>(value), end);
    if (digits > 4) {
      if (count_ > 0 || month_ > 0 || wide_ > 0) return false;
      wide_ = digits;
      stamp_.serial = value;
    } else {
      if (count_ == 3) return false;
      parts_[count_++] = {static_cast<int>(value), digits, at_ == 0 ? ' ' : text_[at_ - 1]};
    }
    at_ = end;
    return true;
  }

  /// hh:mm[:ss[.fraction]], `at` being its first colon.
  bool Time(int hour, std::size_t at) {
    const auto two = [&](std::size_t from) {
      return from + 1 < text_.size() && IsDigit(text_[from]) && IsDigit(text_[from + 1]);
    };
    if (!two(at + 1)) return false;
    const int minute = Two(&text_[at + 1]);
    int second = 0;
    std::int64_t fraction = 0;
    at += 3;
    if (at < text_.size() && text_[at] == ':') {
      if (!two(at + 1)) return false;
      second = Two(&text_[at + 1]);
      at += 3;
      if (at + 1 < text_.size() && (text_[at] == '.' || text_[at] == ',') && IsDigit(text_[at + 1])) {
        std::int64_t unit = 100'000;
        for (++at; at < text_.size() && IsDigit(text_[at]); ++at, unit /= 10)
          fraction += (text_[at] - '0') * unit;
      }
    }
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) return false;
    if (at < text_.size() && (IsDigit(text_[at]) || text_[at] == ':')) return false;
    stamp_.has_time = true;
    hour_ = hour;
    stamp_.micros = (std::int64_t{3600} * hour + std::int64_t{60} * minute + second) * 1'000'000 + fraction;
    at_ = at;
    return true;
  }

  /// +0000, -08:00, +01 behind a time; with `try_only` false is returned without a trace when it is none.
  bool Offset(bool try_only) {
    const std::size_t from = at_ + 1;
    std::size_t end = from;
    while (end < text_.size() && (IsDigit(text_[end]) || text_[end] == ':')) ++end;
    std::string digits;
    for (std::size_t i = from; i < end; ++i) {
      if (IsDigit(text_[i])) digits += text_[i];
    }
    if ((digits.size() != 2 && digits.size() != 4) || (end < text_.size() && text_[end] != ' ')) return false;
    if (try_only) return true;
    const int minutes = Two(digits.data()) * 60 + (digits.size() == 4 ? Two(digits.data() + 2) : 0);
    if (minutes > 15 * 60 || stamp_.offset_minutes.value_or(0) != 0) return false;
    stamp_.offset_minutes = text_[at_] == '-' ? -minutes : minutes;
    at_ = end;
    return true;
  }

  bool Word() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != ' ' && text_[end] != ',' && text_[end] != '.' &&
           text_[end] != '/' && text_[end] != '-' && text_[end] != '+' && !IsDigit(text_[end])) {
      ++end;
    }
    const DateWord word = FindDateWord(Lower(text_.substr(at_, end - at_)));
    if (!word.known()) return false;
    at_ = end;
    if ((word.before_noon || word.after_noon) && stamp_.has_time && !noon_) {
      if (hour_ < 1 || hour_ > 12) return false;
      noon_ = true;
      const int shift = (word.after_noon && hour_ < 12) ? 12 : (word.before_noon && hour_ == 12) ? -12 : 0;
      stamp_.micros += static_cast<std::int64_t>(shift) * 3'600'000'000;
    } else if (word.offset) {
      if (!stamp_.has_time) return false;
      stamp_.offset_minutes = word.offset_minutes;
    } else if (word.month > 0 && (month_ == 0 || month_may_be_weekday_)) {
      month_ = word.month;
      month_may_be_weekday_ = word.weekday;
    } else if (!word.weekday && !word.filler) {
      return false;
    }
    return true;
  }

  std::optional<Stamp> Settle() {
    if (wide_ > 0) return SettleWide();
    if (count_ == 0) return std::nullopt;
    if (month_ > 0) return SettleNamed();
    return count_ == 3 ? SettleThree() : SettleMonth();
  }

  std::optional<Stamp> SettleWide() {
    if (count_ > 0 || month_ > 0) return std::nullopt;
    const std::int64_t number = stamp_.serial;
    if (wide_ == 8 && number >= 19000101 && number <= 21001231) {
      stamp_.year = static_cast<int>(number / 10000);
      stamp_.month = static_cast<int>(number / 100 % 100);
      stamp_.day = static_cast<int>(number % 100);
      return stamp_;
    }
    if (stamp_.has_time) return std::nullopt;
    if ((wide_ == 10 || wide_ == 12) && SettleHour()) return stamp_;
    stamp_.form = Stamp::Form::kSerial;
    stamp_.serial_digits = wide_;
    return stamp_;
  }

  /// 2024030114 and 202403011405: a day with its hour, or hour and minute. As seconds or milliseconds they
  /// would lie after 2033 or before 1977.
  bool SettleHour() {
    const std::int64_t minutes = wide_ == 12 ? stamp_.serial : stamp_.serial * 100;
    const auto part = [&](std::int64_t unit, std::int64_t size) {
      return static_cast<int>(minutes / unit % size);
    };
    const int year = part(100'000'000, 10'000), month = part(1'000'000, 100), day = part(10'000, 100);
    const int hour = part(100, 100), minute = part(1, 100);
    if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ||
        minute > 59)
      return false;
    stamp_.year = year;
    stamp_.month = month;
    stamp_.day = day;
    stamp_.has_time = true;
    stamp_.micros = (static_cast<std::int64_t>(hour) * 60 + minute) * 60'000'000;
    return true;
  }

  std::optional<Stamp> SettleNamed() {
    stamp_.month = month_;
    if (count_ > 2) return std::nullopt;
    for (std::size_t i = 0; i < count_; ++i) {
      const Part& part = parts_[i];
      const bool is_year = part.digits >= 3 || stamp_.day > 0;
      if (is_year ? stamp_.year > 0 || part.digits == 3 : part.value < 1) return std::nullopt;
      (is_year ? stamp_.year : stamp_.day) = is_year ? FullYear(part.value, part.digits) : part.value;
    }
    return stamp_;
  }

  std::optional<Stamp> SettleThree() {
    const char mark = parts_[1].before;
    if (mark != parts_[2].before || (mark != '-' && mark != '/' && mark != '.')) return std::nullopt;
    if (parts_[0].digits == 4) {
      stamp_.year = parts_[0].value;
      stamp_.month = parts_[1].value;
      stamp_.day = parts_[2].value;
      return parts_[1].digits <= 2 && parts_[2].digits <= 2 && stamp_.day > 0 ? std::optional(stamp_)
                                                                              : std::nullopt;
    }
    if (parts_[0].digits > 2 || parts_[1].digits > 2 || parts_[2].digits == 1 || parts_[2].digits == 3)
      return std::nullopt;
    stamp_.year = FullYear(parts_[2].value, parts_[2].digits);
    stamp_.first = parts_[0].value;
    stamp_.second = parts_[1].value;
    if (stamp_.first < 1 || stamp_.second < 1) return std::nullopt;
    if (mark == '.') {
      stamp_.day = stamp_.first;
      stamp_.month = stamp_.second;
    } else {
      stamp_.form = Stamp::Form::kSlashed;
    }
    return stamp_;
  }

  /// 2024-03 or 03/2024.
  std::optional<Stamp> SettleMonth() {
    if (count_ != 2 || stamp_.has_time) return std::nullopt;
    const char mark = parts_[1].before;
    const bool year_first = parts_[0].digits == 4;
    if (mark != '-' && mark != '/') return std::nullopt;
    const Part& year = parts_[year_first ? 0 : 1];
    const Part& month = parts_[year_first ? 1 : 0];
    if (year.digits != 4 || month.digits > 2 || month.value < 1 || month.value > 12) return std::nullopt;
    stamp_.year = year.value;
    stamp_.month = month.value;
    return stamp_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Stamp stamp_;
  std::array<Part, 3> parts_{};
  std::size_t count_ = 0;
  int wide_ = 0;
  int month_ = 0;
  bool month_may_be_weekday_ = false;
  bool noon_ = false;
  int hour_ = 0;
};

/// 45689.25 as days of a spreadsheet.
std::optional<Stamp> ReadSerialFraction(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == text.npos || point > 6 || text.find_first_not_of("0123456789.") != text.npos ||
      text.rfind('.') != point)
    return std::nullopt;
  const auto number = ReadNumber(text, NumberStyle::kPoint);
  if (!number || point == 0) return std::nullopt;
  Stamp stamp;
  stamp.form = Stamp::Form::kSerial;
  stamp.serial = static_cast<std::int64_t>(*number);
  stamp.serial_digits = static_cast<int>(point);
  stamp.serial_micros = std::llround((*number - static_cast<double>(stamp.serial)) * 86400) * 1'000'000;
  return stamp;
}

}  // namespace

std::optional<Stamp> ReadStamp(std::string_view cell) {
  const std::string_view text = Trim(cell);
  if (text.size() < 3 || text.size() > kLongest) return std::nullopt;
  const auto digits = [&](std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < from + count; ++i) {
      if (!IsDigit(text[i])) return false;
    }
    return true;
  };
  if (text.size() == 10 && (text[4] == '-' || text[4] == '/') && text[7] == text[4] && digits(0, 4) &&
      digits(5, 2) && digits(8, 2)) {
    Stamp stamp;
    stamp.year = Two(text.begin()) * 100 + Two(text.begin() + 2);
    stamp.month = Two(text.begin() + 5);
    stamp.day = Two(text.begin() + 8);
    return stamp.day > 0 ? std::optional(stamp) : std::nullopt;
  }
  if (const auto serial = ReadSerialFraction(text)) return serial;
  return Reading(text).Read();
}

std::optional<StampRange> ReadStampRange(std::string_view cell) {
  const std::string_view text = Trim(cell);
  if (text.size() > 2 * kLongest) return std::nullopt;
  for (const std::string_view mark : {" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", "\xe2\x80\x93", " to ",
                                      " bis ", " au ", " al ", " ~ ", ".."}) {
    const std::size_t at = text.find(mark);
    if (at == text.npos) continue;
    auto from = ReadStamp(text.substr(0, at));
    const auto to = ReadStamp(text.substr(at + mark.size()));
    if (!from || !to || from->form != to->form || from->form == Stamp::Form::kSerial) continue;
    if (from->year == 0) from->year = to->year;
    return StampRange{*from, *to};
  }
  return std::nullopt;
}

}  // namespace backcast
