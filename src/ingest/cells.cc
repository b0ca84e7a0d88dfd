// SPDX-License-Identifier: Apache-2.0
#include "ingest/cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace backcast {
namespace {

constexpr std::size_t kDigits = 40;

/// A number as it is written: its digits without separators, how many of them are decimals, and an exponent.
struct Written {
  bool negative = false;
  std::array<char, kDigits> digits{};
  std::size_t count = 0;
  std::size_t decimals = 0;
  int exponent = 0;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Length of a blank at the beginning of text, also of one outside ASCII; 0 when there is none.
std::size_t BlankLength(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r') return 1;
  if (text.starts_with("\xc2\xa0")) return 2;  // no-break space
  if (text.starts_with("\xe2\x80") && text.size() > 2 &&
      (text[2] == '\xaf' || static_cast<unsigned char>(text[2]) <= 0x8b))
    return 3;
  if (text.starts_with("\xef\xbb\xbf")) return 3;
  return 0;
}

/// Length of an apostrophe between thousands.
std::size_t ApostropheLength(std::string_view text) {
  if (text.starts_with('\'')) return 1;
  return text.starts_with("\xe2\x80\x99") ? 3 : 0;
}

/// A sign at the beginning of text is taken off; the typographic minus counts.
bool TakeSign(std::string_view& text, bool& negative) {
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
    return true;
  }
  if (text.starts_with("\xe2\x88\x92")) {
    negative = true;
    text.remove_prefix(3);
    return true;
  }
  return false;
}

/// The decimal mark of one number by itself; '\0' when it cannot be told or there is none.
char OwnMark(std::string_view text) {
  const std::size_t point = text.rfind('.'), comma = text.rfind(',');
  const bool has_point = point != text.npos, has_comma = comma != text.npos;
  if (has_point && has_comma) return point > comma ? '.' : ',';
  if (!has_point && !has_comma) return '\0';
  const char mark = has_point ? '.' : ',';
  const std::size_t at = has_point ? point : comma;
  if (std::count(text.begin(), text.end(), mark) > 1) return mark == '.' ? ',' : '.';
  std::size_t behind = 0;
  while (at + 1 + behind < text.size() && IsDigit(text[at + 1 + behind])) ++behind;
  std::size_t before = 0;
  while (before < at && IsDigit(text[at - 1 - before])) ++before;
  const bool like_thousands = behind == 3 && before >= 1 && before <= 3 && text[at - before] != '0';
  return like_thousands ? '\0' : mark;
}

char Mark(std::string_view text, NumberStyle style) {
  if (style == NumberStyle::kPoint) return '.';
  if (style == NumberStyle::kComma) return ',';
  const char own = OwnMark(text);
  return own == '\0' ? '.' : own;
}

/// Groups of a whole part, as in 1,234,567 or 12,34,567: the last has 3 digits, those between 2 or 3, the
/// first 1 to 3.
class Groups {
 public:
  void Digit() { ++here_; }
  bool Separator() {
    if (here_ == 0 || here_ > 3 || (seen_ > 0 && here_ < 2)) return false;
    if (seen_ > 0) narrow_ = narrow_ || here_ == 2;
    first_ = seen_ == 0 ? here_ : first_;
    ++seen_;
    here_ = 0;
    return true;
  }
  bool Fine() const { return seen_ == 0 || (here_ == 3 && !(narrow_ && first_ == 3)); }

 private:
  int here_ = 0, seen_ = 0, first_ = 0;
  bool narrow_ = false;
};

/// Reads a number from the first to the last character of trimmed text.
std::optional<Written> ReadWritten(std::string_view text, NumberStyle style) {
  Written number;
  TakeSign(text, number.negative);
  const char mark = Mark(text, style);
  const char thousands = mark == '.' ? ',' : '.';
  Groups groups;
  bool whole = true, any = false;
  std::size_t separator_length = 0;
  while (!text.empty()) {
    const char c = text[0];
    if (IsDigit(c)) {
      if (number.count == kDigits) return std::nullopt;
      any = true;
      if (whole) groups.Digit();
      if (number.count > 0 || c != '0' || !whole) {
        number.digits[number.count++] = c;
        number.decimals += !whole;
      }
      text.remove_prefix(1);
      continue;
    }
    if (c == mark && whole) {
      whole = false;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t other = std::max(BlankLength(text), ApostropheLength(text));
    const std::size_t length = c == thousands ? 1 : other;
    if (whole && length > 0 && (separator_length == 0 || separator_length == length)) {
      if (!groups.Separator()) return std::nullopt;
      separator_length = length;
      text.remove_prefix(length);
      continue;
    }
    if ((c == 'e' || c == 'E') && any) {
      text.remove_prefix(text.size() > 1 && text[1] == '+' ? 2 : 1);
      const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number.exponent);
      if (fault != std::errc() || rest != text.data() + text.size() || std::abs(number.exponent) > 400)
        return std::nullopt;
      break;
    }
    return std::nullopt;
  }
  if (!any || !groups.Fine()) return std::nullopt;
  return number;
}

std::optional<double> ToDouble(const Written& number) {
  std::array<char, kDigits + 16> text;
  char* end = text.data();
  if (number.negative) *end++ = '-';
  if (number.count == 0) *end++ = '0';
  end = std::copy_n(number.digits.data(), number.count, end);
  *end++ = 'e';
  end =
      std::to_chars(end, text.data() + text.size(), number.exponent - static_cast<int>(number.decimals)).ptr;
  double value = 0;
  const auto [rest, fault] = std::from_chars(text.data(), end, value);
  if (fault == std::errc::result_out_of_range) {
    return number.exponent < 0 ? std::optional<double>(0.0) : std::nullopt;
  }
  return fault == std::errc() && rest == end && std::isfinite(value) ? std::optional<double>(value)
                                                                     : std::nullopt;
}

/// The number times 10^places, rounded half away from zero when `round`, refused when not whole otherwise.
std::optional<std::int64_t> ToScaled(const Written& number, int places, bool round) {
  int shift = places - static_cast<int>(number.decimals) + number.exponent;
  std::size_t count = number.count;
  bool up = false;
  while (shift < 0 && count > 0) {
    const char dropped = number.digits[--count];
    if (!round && dropped != '0') return std::nullopt;
    up = dropped >= '5';
    ++shift;
  }
  if (shift < 0) {
    up = false;
    shift = 0;
  }
  std::int64_t value = 0;
  const auto append = [&](int digit) {
    return !__builtin_mul_overflow(value, std::int64_t{10}, &value) &&
           !__builtin_sub_overflow(value, std::int64_t{digit}, &value);
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (!append(number.digits[i] - '0')) return std::nullopt;
  }
  for (; shift > 0 && value != 0; --shift) {
    if (!append(0)) return std::nullopt;
  }
  if (up && __builtin_sub_overflow(value, std::int64_t{1}, &value)) return std::nullopt;
  if (number.negative) return value;
  if (value == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return -value;
}

/// Longer ones first.
constexpr std::array<std::string_view, 21> kSigns = {
    "US$",      "NZ$",       "HK$",       "MX$", "A$", "C$", "S$",  "R$",  "$",  "\xc2\xa3", "\xc2\xa5",
    "\xc2\xa2", "z\xc5\x82", "K\xc4\x8d", "kr.", "kr", "Kr", "Fr.", "Rs.", "Rs", "lei"};

/// Currency signs and codes around a number; what is left is the number.
std::string_view WithoutCurrency(std::string_view text) {
  const auto sign_length = [](std::string_view at) -> std::size_t {
    for (const std::string_view sign : kSigns) {
      if (at.starts_with(sign)) return sign.size();
    }
    // U+20A0..U+20BF are currency signs.
    if (at.starts_with("\xe2\x82") && at.size() > 2 && static_cast<unsigned char>(at[2]) >= 0xa0) return 3;
    const auto capital = [&](std::size_t i) { return at[i] >= 'A' && at[i] <= 'Z'; };
    const bool code =
        at.size() >= 3 && capital(0) && capital(1) && capital(2) && (at.size() == 3 || !IsLetter(at[3]));
    return code ? 3 : 0;
  };
  text = Trim(text);
  if (const std::size_t length = sign_length(text); length > 0) text.remove_prefix(length);
  text = Trim(text);
  for (std::size_t length = 1; length <= 3 && length < text.size(); ++length) {
    const std::string_view tail = text.substr(text.size() - length);
    if (!IsDigit(tail[0]) && sign_length(tail) == length &&
        (length == text.size() || !IsLetter(text[text.size() - length - 1]))) {
      text.remove_suffix(length);
      break;
    }
  }
  return Trim(text);
}

/// Tells point from comma in one cell; kAuto when it shows nothing.
NumberStyle Shown(std::string_view cell) {
  std::string_view text = WithoutCurrency(cell);
  if (text.ends_with('%')) text = Trim(text.substr(0, text.size() - 1));
  bool negative = false;
  TakeSign(text, negative);
  const char mark = OwnMark(text);
  if (mark == '\0') return NumberStyle::kAuto;
  const NumberStyle style = mark == '.' ? NumberStyle::kPoint : NumberStyle::kComma;
  return ReadWritten(text, style) ? style : NumberStyle::kAuto;
}

bool LowerEquals(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 32) : a) == b;
         });
}

}  // namespace

std::string_view Trim(std::string_view cell) {
  while (const std::size_t length = BlankLength(cell)) cell.remove_prefix(length);
  for (;;) {
    bool cut = false;
    for (const std::size_t length : {1, 2, 3}) {
      if (cell.size() >= length && BlankLength(cell.substr(cell.size() - length)) == length) {
        cell.remove_suffix(length);
        cut = true;
        break;
      }
    }
    if (!cut) return cell;
  }
}

NumberStyle GuessStyle(std::span<const std::string_view> cells) {
  std::size_t point = 0, comma = 0;
  for (const std::string_view cell : cells) {
    const NumberStyle shown = Shown(cell);
    point += shown == NumberStyle::kPoint;
    comma += shown == NumberStyle::kComma;
  }
  return comma > point ? NumberStyle::kComma : NumberStyle::kPoint;
}

std::optional<std::int64_t> ReadCount(std::string_view cell, NumberStyle style) {
  if (!cell.empty() && cell.size() <= 18 && std::all_of(cell.begin(), cell.end(), IsDigit)) {
    std::int64_t value = 0;
    for (const char c : cell) value = value * 10 + (c - '0');
    return value;
  }
  const auto number = ReadWritten(Trim(cell), style);
  if (!number || number->exponent != 0) return std::nullopt;
  return ToScaled(*number, 0, false);
}

std::optional<double> ReadNumber(std::string_view cell, NumberStyle style) {
  const auto number = ReadWritten(Trim(cell), style);
  return number ? ToDouble(*number) : std::nullopt;
}

std::optional<std::int64_t> ReadMoney(std::string_view cell, NumberStyle style) {
  std::string_view text = Trim(cell);
  bool negative = false;
  if (text.size() > 2 && text.starts_with('(') && text.ends_with(')')) {
    negative = true;
    text = Trim(text.substr(1, text.size() - 2));
  } else if (text.size() > 1 && text.ends_with('-')) {
    negative = true;
    text = Trim(text.substr(0, text.size() - 1));
  }
  bool signed_before = false;
  const bool has_sign = TakeSign(text, signed_before);
  if (has_sign && negative) return std::nullopt;
  text = WithoutCurrency(text);
  if (text.empty() || ((has_sign || negative) && (text[0] == '-' || text[0] == '+'))) return std::nullopt;
  auto number = ReadWritten(text, style);
  if (!number) return std::nullopt;
  number->negative = number->negative != (negative || signed_before);
  constexpr std::int64_t kLargest = 999'999'999'999'999'999;  // DECIMAL(18,4)
  const auto value = ToScaled(*number, 4, true);
  return value && *value <= kLargest && *value >= -kLargest ? value : std::nullopt;
}

std::optional<double> ReadPercent(std::string_view cell, PercentKind kind, NumberStyle style) {
  std::string_view text = Trim(cell);
  const bool sign = text.ends_with('%');
  if (sign) text = Trim(text.substr(0, text.size() - 1));
  auto number = ReadWritten(text, style);
  if (!number) return std::nullopt;
  if (sign || kind == PercentKind::kPercent) number->exponent -= 2;
  return ToDouble(*number);
}

std::optional<bool> ReadFlag(std::string_view cell) {
  const std::string_view text = Trim(cell);
  for (const std::string_view yes : {"true", "yes", "y", "t", "1", "on"}) {
    if (LowerEquals(text, yes)) return true;
  }
  for (const std::string_view no : {"false", "no", "n", "f", "0", "off"}) {
    if (LowerEquals(text, no)) return false;
  }
  return std::nullopt;
}

}  // namespace backcast
