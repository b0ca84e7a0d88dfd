// SPDX-License-Identifier: Apache-2.0
// Private words in free text. One pass from left to right; every look ahead or back is bounded.
#include <algorithm>
#include <array>
#include <cstring>

#include "ingest/cells.h"
#include "ingest/date_words.h"

namespace backcast {
namespace {

constexpr std::size_t kFewDigits = 8;
constexpr std::size_t kLongestNumber = 48;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsLocal(char c) {
  return IsDigit(c) || IsLetter(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
bool IsDomain(char c) { return IsDigit(c) || IsLetter(c) || c == '.' || c == '-'; }

/// End of the domain that begins at `at`, or `at` when there is none with a dot and a name of letters behind
/// it.
std::size_t DomainEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsDomain(text[end])) ++end;
  while (end > at && !IsLetter(text[end - 1]) && !IsDigit(text[end - 1])) --end;
  const std::string_view domain = text.substr(at, end - at);
  const std::size_t dot = domain.rfind('.');
  if (dot == domain.npos || dot == 0 || domain.size() - dot < 3) return at;
  const std::string_view top = domain.substr(dot + 1);
  return std::all_of(top.begin(), top.end(), IsLetter) ? end : at;
}

/// Digits in groups, as phones and accounts are written.
struct Number {
  std::size_t end = 0;
  std::string digits;
  std::array<int, 16> groups{};
  std::size_t count = 0;
  bool plus = false;
  bool bracket = false;
  char mark = '\0';  ///< the first separator
  bool marks_differ = false;
};

Number ReadNumberAt(std::string_view text, std::size_t at) {
  Number number;
  number.plus = text[at] == '+';
  std::size_t i = at + (number.plus ? 1 : 0);
  int here = 0;
  const auto close_group = [&] {
    if (here > 0 && number.count < number.groups.size()) number.groups[number.count++] = here;
    here = 0;
  };
  for (; i < text.size() && i - at < kLongestNumber; ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (IsDigit(c)) {
      number.digits += c;
      ++here;
      number.end = i + 1;
      continue;
    }
    const bool opens = c == '(' && IsDigit(next);
    const bool closes = c == ')' && number.bracket;
    const bool joins = (c == ' ' || c == '-' || c == '.' || c == '/') && (IsDigit(next) || next == '(');
    const bool after_bracket = (c == ' ' || c == '-') && i > 0 && text[i - 1] == ')' && IsDigit(next);
    if (!opens && !closes && !joins && !after_bracket) break;
    close_group();
    if (opens) number.bracket = true;
    if (joins && number.mark != '\0' && number.mark != c) number.marks_differ = true;
    if (joins && number.mark == '\0') number.mark = c;
  }
  close_group();
  return number;
}

bool LooksLikeDate(const Number& number) {
  const auto& g = number.groups;
  const auto part = [&](std::size_t from, std::size_t size) {
    return std::stoi(number.digits.substr(from, size));
  };
  if (number.count < 3 || number.bracket || number.plus) return false;
  if (g[0] == 4 && g[1] <= 2 && g[2] <= 2) return true;
  if (g[0] <= 2 && g[1] <= 2 && g[2] == 4) {
    const int first = part(0, static_cast<std::size_t>(g[0])),
              second = part(static_cast<std::size_t>(g[0]), static_cast<std::size_t>(g[1]));
    const int year = part(static_cast<std::size_t>(g[0]) + static_cast<std::size_t>(g[1]), 4);
    return first <= 31 && second <= 31 && year >= 1900 && year < 2200;
  }
  return false;
}

/// Three groups of 3, 3 and 4 digits, with the first of an area and of an exchange from 2 on, perhaps behind
/// a 1.
bool IsNorthAmerican(const Number& number) {
  std::string_view digits = number.digits;
  std::size_t from = 0;
  if (digits.size() == 11 && digits[0] == '1') {
    digits.remove_prefix(1);
    from = number.count == 4 && number.groups[0] == 1 ? 1 : 0;
  }
  if (digits.size() != 10 || digits[0] < '2' || digits[3] < '2') return false;
  if (number.count == 1) return number.digits.size() == 10;
  return number.count == from + 3 && number.groups[from] == 3 && number.groups[from + 1] == 3 &&
         number.groups[from + 2] == 4;
}

bool IsPhone(const Number& number) {
  const std::size_t size = number.digits.size();
  if (size > 15 || LooksLikeDate(number)) return false;
  if (number.plus) return size >= 8 && number.digits[0] != '0';
  if (IsNorthAmerican(number)) return true;
  if (number.bracket) return size >= 9;
  if (number.digits[0] != '0' || size < 9 || size > 14) return false;
  // 0049 30 1234567, 030 1234567, 06 12 34 56 78, 07911123456: no single digits, no decimals.
  if (number.count == 1) return size <= 11 && number.digits[1] != '0';
  for (std::size_t i = 0; i < number.count; ++i) {
    if (number.groups[i] < 2) return false;
  }
  return !(number.count == 2 && number.mark == '.');
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

bool IsCard(const Number& number) {
  const std::string& digits = number.digits;
  if (number.plus || number.bracket || number.marks_differ || number.mark == '.' || number.mark == '/' ||
      !PassesLuhn(digits))
    return false;
  const auto& g = number.groups;
  const bool fours = number.count == 4 && digits.size() == 16 && g[0] == 4 && g[1] == 4 && g[2] == 4;
  const bool express = number.count == 3 && digits.size() == 15 && g[0] == 4 && g[1] == 6 && g[2] == 5;
  if (fours || express) return digits[0] >= '2' && digits[0] <= '6';
  if (number.count != 1) return false;
  const int two = (digits[0] - '0') * 10 + (digits[1] - '0');
  if (digits.size() == 15) return two == 34 || two == 37;
  return digits.size() == 16 && (digits[0] == '4' || (two >= 51 && two <= 55));
}

/// End of an IBAN at `at`: two capitals, two digits, 11 to 30 more in blocks of four or in one piece,
/// remainder 1.
std::size_t IbanEnd(std::string_view text, std::size_t at) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (at + 15 > text.size() || !capital(text[at]) || !capital(text[at + 1]) || !IsDigit(text[at + 2]) ||
      !IsDigit(text[at + 3]))
    return at;
  std::string account;
  std::size_t end = at, best = at;
  for (std::size_t i = at; i < text.size() && account.size() < 34; ++i) {
    const char c = text[i];
    if (c == ' ' && i + 1 < text.size() && account.size() % 4 == 0) continue;
    if (!capital(c) && !IsDigit(c)) break;
    account += c;
    end = i + 1;
    const bool ends_here =
        end == text.size() || !(capital(text[end]) || IsDigit(text[end]) || IsLetter(text[end]));
    if (account.size() < 15 || !ends_here) continue;
    int remainder = 0;
    for (std::size_t k = 0; k < account.size(); ++k) {
      const char d = account[(k + 4) % account.size()];
      remainder = IsDigit(d) ? (remainder * 10 + (d - '0')) % 97 : (remainder * 100 + (d - 'A' + 10)) % 97;
    }
    if (remainder == 1) best = end;
  }
  return best;
}

/// A number inside a page's address, a handle, a hashtag, an amount, or a longer word is no phone.
bool MayBeginNumber(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  if (IsLetter(before) || IsDigit(before)) return false;
  return std::strchr("/=#_@&?%$-.,:", before) == nullptr ||
         (before == ':' && (at < 2 || !IsDigit(text[at - 2]))) ||
         (before == '.' && (at < 2 || text[at - 2] == ' ' || IsLetter(text[at - 2])));
}

bool MayEndNumber(std::string_view text, std::size_t end) {
  if (end >= text.size()) return true;
  const char after = text[end];
  if (IsLetter(after) || after == '_' || after == '%' || after == '@') return false;
  return !((after == ',' || after == '.' || after == ':') && end + 1 < text.size() && IsDigit(text[end + 1]));
}

/// What stands at `at` when it is private: its mark and where it ends.
std::string_view PrivateNumber(std::string_view text, std::size_t at, std::size_t& end) {
  const char c = text[at];
  if (c >= 'A' && c <= 'Z' && (at == 0 || !(IsLetter(text[at - 1]) || IsDigit(text[at - 1])))) {
    end = IbanEnd(text, at);
    return end > at ? "[number]" : std::string_view();
  }
  if ((!IsDigit(c) && c != '+' && c != '(') || !MayBeginNumber(text, at)) return {};
  if (c == '(' && (at + 1 >= text.size() || !(IsDigit(text[at + 1]) || text[at + 1] == '+'))) return {};
  const bool open = c == '(';
  Number number = ReadNumberAt(text, at + (open && text[at + 1] == '+' ? 1 : 0));
  number.bracket = number.bracket || open;
  end = number.end;
  if (number.digits.size() < kFewDigits || !MayEndNumber(text, end)) return {};
  if (IsCard(number)) return "[number]";
  return IsPhone(number) ? "[phone]" : std::string_view();
}

/// Behind a number that stays: nothing inside its run of digits may begin another one.
std::size_t RunEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

}  // namespace

bool MayHoldPrivate(std::string_view text) {
  if (std::memchr(text.data(), '@', text.size()) != nullptr) return true;
  std::size_t digits = 0;
  for (const char c : text) digits += IsDigit(c);
  return digits >= kFewDigits;
}

std::string MaskPrivate(std::string_view text) {
  if (text.empty() || !MayHoldPrivate(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  std::size_t kept = 0;   // text before it is in `out`
  std::size_t local = 0;  // where the run of characters of a mailbox name begins
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '@') {
      const std::size_t end = DomainEnd(text, i + 1);
      std::size_t begin = std::max(local, kept);
      while (begin < i && (text[begin] == '.' || text[begin] == '-')) ++begin;
      if (end > i + 1 && begin < i) {
        out.append(text.substr(kept, begin - kept));
        out += "[e-mail]";
        kept = end;
      }
      i = std::max(end, i + 1);
      local = i;
      continue;
    }
    if (IsDigit(c) || c == '+' || c == '(' || (c >= 'A' && c <= 'Z')) {
      std::size_t end = i;
      const std::string_view mark = PrivateNumber(text, i, end);
      if (!mark.empty() && !(end < text.size() && text[end] == '@')) {
        out.append(text.substr(kept, i - kept));
        out += mark;
        kept = i = local = end;
        continue;
      }
      if (IsDigit(c)) {
        i = RunEnd(text, i);
        continue;
      }
    }
    if (!IsLocal(c)) local = i + 1;
    ++i;
  }
  out.append(text.substr(kept));
  return out;
}

bool LooksMangled(std::string_view cell) {
  const std::string_view text = Trim(cell);
  if (text.size() < 2 || text.size() > 40) return false;
  static constexpr std::array<std::string_view, 8> kFaults = {"#NAME?", "#REF!",  "#VALUE!", "#DIV/0!",
                                                              "#N/A",   "#NULL!", "#NUM!",   "#SPILL!"};
  if (std::find(kFaults.begin(), kFaults.end(), text) != kFaults.end()) return true;
  if (text.find_first_not_of('#') == text.npos) return text.size() >= 3;
  const std::size_t e = text.find_first_of("Ee");
  if (e != text.npos && e > 0 && e + 2 < text.size() && text[e + 1] == '+') {
    const bool mantissa = text.substr(0, e).find_first_not_of("-0123456789.,") == text.npos;
    const bool exponent = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(e) + 2, text.end(), IsDigit);
    if (mantissa && exponent) return true;
  }
  const std::size_t mark = text.find_first_of(".- ");
  if (mark == text.npos) return false;
  std::string_view left = text.substr(0, mark), right = text.substr(mark + 1);
  if (right.ends_with('.')) right.remove_suffix(1);
  const auto is_short_number = [](std::string_view part) {
    return !part.empty() && part.size() <= 2 && std::all_of(part.begin(), part.end(), IsDigit);
  };
  if (!is_short_number(left)) std::swap(left, right);
  if (!is_short_number(left) || right.size() < 3 || right.size() > 8) return false;
  std::string lower;
  for (const char c : right) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  const DateWord word = FindDateWord(lower);
  return word.month > 0 || word.mangled;
}

}  // namespace backcast
