// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "ingest/cells.h"

namespace backcast {
namespace {

struct UnitName {
  std::string_view name;
  double seconds;
};

constexpr std::array kUnits = {
    UnitName{"ms", 0.001},    UnitName{"s", 1},         UnitName{"sec", 1},      UnitName{"secs", 1},
    UnitName{"second", 1},    UnitName{"seconds", 1},   UnitName{"m", 60},       UnitName{"min", 60},
    UnitName{"mins", 60},     UnitName{"minute", 60},   UnitName{"minutes", 60}, UnitName{"h", 3600},
    UnitName{"hr", 3600},     UnitName{"hrs", 3600},    UnitName{"hour", 3600},  UnitName{"hours", 3600},
    UnitName{"d", 86400},     UnitName{"day", 86400},   UnitName{"days", 86400}, UnitName{"w", 604800},
    UnitName{"week", 604800}, UnitName{"weeks", 604800}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// 0:04:34, 4:34, 1:02:03:04 (days first), with decimals on the seconds.
std::optional<double> Clock(std::string_view text) {
  std::array<double, 4> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    const bool last = colon == text.npos;
    const std::size_t whole = last ? std::min(part.find('.'), part.size()) : part.size();
    if (part.empty() || part.find_first_not_of("0123456789.") != part.npos || (count > 0 && whole != 2) ||
        (!last && part.find('.') != part.npos)) {
      return std::nullopt;
    }
    const auto value = ReadNumber(part, NumberStyle::kPoint);
    if (!value || (count > 0 && *value >= 60)) return std::nullopt;
    parts[count++] = *value;
    if (last) break;
    text.remove_prefix(colon + 1);
    if (count == parts.size()) return std::nullopt;
  }
  if (count < 2) return std::nullopt;
  double seconds = 0;
  for (std::size_t i = 0; i < count; ++i) seconds = seconds * (count == 4 && i == 1 ? 24 : 60) + parts[i];
  return seconds;
}

/// "1d 2h", "3m 20s", "2 hours, 5 minutes", "PT4M34S".
std::optional<double> Units(std::string_view text) {
  if (text.starts_with('P') || text.starts_with('p')) text.remove_prefix(1);
  double seconds = 0;
  bool any = false;
  while (!(text = Trim(text)).empty()) {
    if (text[0] == ',' || text[0] == 'T') {
      text.remove_prefix(1);
      continue;
    }
    std::size_t digits = 0;
    while (digits < text.size() && (IsDigit(text[digits]) || text[digits] == '.')) ++digits;
    const auto value = digits > 0 ? ReadNumber(text.substr(0, digits), NumberStyle::kPoint) : std::nullopt;
    if (!value) return std::nullopt;
    text = Trim(text.substr(digits));
    std::size_t letters = 0;
    std::array<char, 8> lower{};
    while (letters < text.size() && letters < lower.size() &&
           ((text[letters] | 32) >= 'a' && (text[letters] | 32) <= 'z') &&
           !(letters > 0 && text[letters] == 'T')) {
      lower[letters] = static_cast<char>(text[letters] | 32);
      ++letters;
    }
    const UnitName* unit = nullptr;
    for (const UnitName& each : kUnits) {
      if (each.name == std::string_view(lower.data(), letters)) unit = &each;
    }
    if (unit == nullptr) return std::nullopt;
    seconds += *value * unit->seconds;
    any = true;
    text.remove_prefix(letters);
    if (text.starts_with('.')) text.remove_prefix(1);
  }
  return any ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::optional<double> ReadDuration(std::string_view cell, NumberStyle style) {
  std::string_view text = Trim(cell);
  if (const auto plain = ReadNumber(text, style)) return plain;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto seconds = text.find(':') != text.npos ? Clock(text) : Units(text);
  if (seconds && negative) seconds = -*seconds;
  return seconds;
}

}  // namespace backcast
