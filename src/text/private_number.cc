// SPDX-License-Identifier: Apache-2.0
#include "text/private_number.h"

#include <algorithm>
#include <array>

#include "text/signs.h"

namespace backcast {
namespace {

constexpr std::size_t kFewDigits = 8;
constexpr std::size_t kMostDigits = 24;
constexpr std::size_t kMostGroups = 12;

/// Digits in groups, as phones and accounts are written.
struct Grouped {
  struct Group {
    int digits = 0;
    std::size_t end = 0;     ///< in the text
    std::size_t before = 0;  ///< digits up to its end
    char mark = '\0';        ///< what stands before it
  };
  std::array<char, kMostDigits> digit{};
  std::size_t size = 0;
  std::array<Group, kMostGroups> groups{};
  std::size_t count = 0;
  bool plus = false;
  bool bracket = false;  ///< has one
  bool inner = false;    ///< and goes on behind it
  bool cut = false;      ///< goes on behind the most that is read

  std::string_view digits() const { return {digit.data(), size}; }
  std::size_t end() const { return groups[count - 1].end; }
  /// The same without its last group.
  void Shorten() {
    --count;
    size = groups[count - 1].before;
    cut = false;
  }
  bool Is(std::initializer_list<int> sizes) const {
    if (sizes.size() != count) return false;
    return std::equal(sizes.begin(), sizes.end(), groups.begin(),
                      [](int n, const Group& g) { return g.digits == n; });
  }
};

/// From a digit or a plus; `open` when a bracket stands before it.
Grouped ReadGrouped(std::string_view text, std::size_t at, bool open) {
  Grouped number;
  number.bracket = open;
  number.plus = text[at] == '+';
  char mark = '\0';
  int here = 0;
  bool closed = false;
  std::size_t end = at;
  const auto close = [&] {
    if (here > 0) number.groups[number.count++] = {here, end, number.size, mark};
    here = 0;
  };
  for (std::size_t i = at + (number.plus ? 1 : 0); i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (IsAsciiDigit(c)) {
      if (number.size == kMostDigits) {
        number.cut = true;
        break;
      }
      number.inner = number.inner || closed;
      number.digit[number.size++] = c;
      ++here;
      end = i + 1;
      continue;
    }
    const bool opens = c == '(' && IsAsciiDigit(next);
    const bool closes = c == ')' && number.bracket;
    const bool joins = (c == ' ' || c == '-' || c == '.' || c == '/') && (IsAsciiDigit(next) || next == '(');
    const bool after_bracket = (c == ' ' || c == '-') && i > 0 && text[i - 1] == ')' && IsAsciiDigit(next);
    if (!opens && !closes && !joins && !after_bracket) break;
    close();
    closed = closed || closes;
    if (number.count == kMostGroups) {
      number.cut = true;
      break;
    }
    if (opens) number.bracket = true;
    mark = joins ? c : mark;
  }
  if (number.count < kMostGroups) close();
  return number;
}

int Part(const Grouped& number, std::size_t from, int size) {
  int value = 0;
  for (std::size_t i = from; i < from + static_cast<std::size_t>(size); ++i)
    value = value * 10 + (number.digit[i] - '0');
  return value;
}

bool LooksLikeDate(const Grouped& number) {
  if (number.count < 3 || number.inner || number.plus) return false;
  const int first = number.groups[0].digits, second = number.groups[1].digits,
            third = number.groups[2].digits;
  if (first == 4 && second <= 2 && third <= 2) return true;
  if (first > 2 || second > 2 || third != 4) return false;
  const int year = Part(number, number.groups[1].before, 4);
  return Part(number, 0, first) <= 31 && Part(number, number.groups[0].before, second) <= 31 &&
         year >= 1900 && year < 2200;
}

/// Three groups of 3, 3 and 4 digits, with the first of an area and of an exchange from 2 on, perhaps behind
/// a 1.
bool IsNorthAmerican(const Grouped& number) {
  std::string_view digits = number.digits();
  const bool country = digits.size() == 11 && digits[0] == '1';
  if (country) digits.remove_prefix(1);
  if (digits.size() != 10 || digits[0] < '2' || digits[3] < '2') return false;
  if (number.count == 1) return !country;
  return number.Is({3, 3, 4}) || number.Is({1, 3, 3, 4}) || number.Is({4, 3, 4});
}

bool IsPhone(const Grouped& number) {
  const std::size_t size = number.size;
  if (size < kFewDigits || size > 15 || LooksLikeDate(number)) return false;
  if (number.plus) return number.digit[0] != '0';
  if (IsNorthAmerican(number)) return true;
  if (number.bracket) return size >= 9;
  if (number.digit[0] != '0' || size < 9 || size > 14) return false;
  // 0049 30 1234567, 030 1234567, 06 12 34 56 78, 07911123456: no single digits, no decimals.
  if (number.count == 1) return size <= 11 && number.digit[1] != '0';
  for (std::size_t i = 0; i < number.count; ++i) {
    if (number.groups[i].digits < 2) return false;
  }
  return !(number.count == 2 && number.groups[1].mark == '.');
}

bool PassesLuhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int digit = (digits[i] - '0') * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

/// In the groups that are printed on cards, or in one piece with the first digits of an issuer.
bool IsCard(const Grouped& number) {
  const std::string_view digits = number.digits();
  if (number.plus || number.bracket || !PassesLuhn(digits)) return false;
  if (number.Is({4, 4, 4, 4}) || number.Is({4, 6, 5}) || number.Is({4, 6, 4}) || number.Is({4, 4, 4, 4, 3}))
    return digits[0] >= '2' && digits[0] <= '6';
  if (number.count != 1) return false;
  const int two = Part(number, 0, 2);
  if (digits.size() == 15) return two == 34 || two == 37;
  return digits.size() == 16 && (digits[0] == '4' || (two >= 51 && two <= 55) || two == 35 || two == 60 ||
                                 two == 62 || two == 64 || two == 65);
}

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

/// End of an IBAN at `at`: two capitals, two digits, 11 to 30 more in blocks of four or in one piece,
/// remainder 1.
std::size_t IbanEnd(std::string_view text, std::size_t at) {
  if (at + 15 > text.size() || !IsCapital(text[at]) || !IsCapital(text[at + 1]) ||
      !IsAsciiDigit(text[at + 2]) || !IsAsciiDigit(text[at + 3]))
    return at;
  std::array<char, 34> account{};
  std::size_t size = 0, best = at;
  for (std::size_t i = at; i < text.size() && size < account.size(); ++i) {
    const char c = text[i];
    if (c == ' ' && i + 1 < text.size() && size % 4 == 0) continue;
    if (!IsCapital(c) && !IsAsciiDigit(c)) break;
    account[size++] = c;
    const bool ends_here = i + 1 == text.size() || !(IsAsciiLetter(text[i + 1]) || IsAsciiDigit(text[i + 1]));
    if (size < 15 || !ends_here) continue;
    int remainder = 0;
    for (std::size_t k = 0; k < size; ++k) {
      const char d = account[(k + 4) % size];
      remainder =
          IsAsciiDigit(d) ? (remainder * 10 + (d - '0')) % 97 : (remainder * 100 + (d - 'A' + 10)) % 97;
    }
    if (remainder == 1) best = i + 1;
  }
  return best;
}

/// A number inside a page's address, a handle, a hashtag, an amount, or a longer word is no phone.
bool MayBegin(std::string_view text, std::size_t from, std::size_t at, const Grouped& number) {
  if (at == from) return true;
  const char before = text[at - 1];
  if (IsAsciiDigit(before)) return false;
  if (IsAsciiLetter(before)) return number.plus || text[at] == '(';
  const bool digit_before = at >= from + 2 && IsAsciiDigit(text[at - 2]);
  if (before == ',') return !digit_before || number.groups[0].digits > 3;  // a list, not thousands
  if (before == ':') return !digit_before;
  if (before == '.') return at < from + 2 || text[at - 2] == ' ' || IsAsciiLetter(text[at - 2]);
  return std::string_view("/=#_@&?%$-").find(before) == std::string_view::npos;
}

bool MayEnd(std::string_view text, const Grouped& number) {
  const std::size_t end = number.end();
  if (number.cut) return false;
  if (end >= text.size()) return true;
  const char after = text[end], next = end + 1 < text.size() ? text[end + 1] : ' ';
  if (IsAsciiDigit(after) || after == '_' || after == '%' || after == '@') return false;
  if (IsAsciiLetter(after)) return number.plus || number.count > 1;  // "ext 5"
  if (!IsAsciiDigit(next)) return true;
  if (after == ',') {
    std::size_t run = end + 1;
    while (run < text.size() && run < end + 6 && IsAsciiDigit(text[run])) ++run;
    return run - end - 1 > 3;  // a list, not thousands or decimals
  }
  return after != '.' && after != ':';
}

}  // namespace

PrivateNumber PrivateNumberAt(std::string_view text, std::size_t from, std::size_t at, std::size_t& end) {
  const char c = text[at];
  if (IsCapital(c)) {
    if (at > from && (IsAsciiLetter(text[at - 1]) || IsAsciiDigit(text[at - 1]))) return PrivateNumber::kNone;
    end = IbanEnd(text, at);
    return end > at ? PrivateNumber::kAccount : PrivateNumber::kNone;
  }
  const bool open = c == '(';
  if (!IsAsciiDigit(c) && c != '+' && !open) return PrivateNumber::kNone;
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  if (open && !IsAsciiDigit(next) && next != '+') return PrivateNumber::kNone;
  Grouped number = ReadGrouped(text, at + (open ? 1 : 0), open);
  if (number.count == 0 || !MayBegin(text, from, at, number)) return PrivateNumber::kNone;
  // What follows may be another number: "030 1234567 10 Uhr".
  for (; number.count > 0 && number.size >= kFewDigits; number.Shorten()) {
    end = number.end();
    if (open && end < text.size() && text[end] == ')' && number.count == 1) ++end;
    if (MayEnd(text, number)) {
      if (IsCard(number)) return PrivateNumber::kAccount;
      if (IsPhone(number)) return PrivateNumber::kPhone;
    }
    if (number.count == 1) break;
  }
  return PrivateNumber::kNone;
}

}  // namespace backcast
