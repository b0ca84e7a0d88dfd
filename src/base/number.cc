// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace backcast {
namespace {

constexpr std::string_view kNothing = "—";
constexpr std::string_view kMinus = "−";

/// Decimals that leave `digits` significant ones, never more than `most`.
int DecimalsFor(double size, int digits, int most) {
  if (size == 0) return 0;
  const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
  return std::clamp(digits - before, 0, most);
}

/// The size rounded to three significant digits, so that 999.6 is seen as 1000 before a scale is chosen.
double ThreeDigits(double size) {
  if (size == 0) return 0;
  const double step = std::pow(10, std::floor(std::log10(size)) - 2);
  return std::round(size / step) * step;
}

std::string Grouped(double size, int decimals, bool keep_zeros) {
  std::string text = fmt::format("{:.{}f}", size, decimals);
  if (!keep_zeros && text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

struct Scale {
  double factor;
  std::string_view word;
};

std::string Short(double size, bool money) {
  static constexpr std::array<Scale, 3> kScales = {{{1e9, " bn"}, {1e6, " M"}, {1e3, " k"}}};
  const double rounded = ThreeDigits(size);
  for (const Scale& scale : kScales) {
    if (rounded < scale.factor) continue;
    const double part = rounded / scale.factor;
    return Grouped(part, DecimalsFor(part, 3, 2), false) + std::string(scale.word);
  }
  const bool cents = money && rounded >= 1 && rounded < 10 && rounded != std::floor(rounded);
  return Grouped(rounded, DecimalsFor(rounded, 3, 6), cents);
}

std::string Exact(double size, bool money) {
  if (size >= 1 || size == 0)
    return Grouped(size, 2, money && std::round(size * 100) != std::round(size) * 100);
  return Grouped(size, DecimalsFor(size, 3, 6), false);
}

std::string Percent(double size, bool tile) {
  const double percent = size * 100;
  if (percent < 1) return Grouped(percent, DecimalsFor(percent, tile ? 2 : 3, 6), false) + " %";
  if (tile) return Grouped(ThreeDigits(percent), DecimalsFor(ThreeDigits(percent), 3, 1), false) + " %";
  return Grouped(percent, 2, false) + " %";
}

std::string Duration(double seconds, bool tile) {
  if (seconds < 60) return Grouped(seconds, DecimalsFor(seconds, 3, tile ? 1 : 2), false) + " s";
  struct Part {
    std::int64_t seconds;
    std::string_view word;
  };
  static constexpr std::array<Part, 4> kParts = {{{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}}};
  if (seconds > 8.64e12) return Grouped(seconds / 86400, 0, false) + " d";
  std::size_t first = 0;
  while (seconds < static_cast<double>(kParts[first].seconds)) ++first;
  const std::size_t last = tile ? std::min<std::size_t>(first + 1, 3) : 3;
  auto left = static_cast<std::int64_t>(std::llround(seconds / static_cast<double>(kParts[last].seconds)) *
                                        kParts[last].seconds);
  std::string text;
  for (std::size_t i = 0; i <= last; ++i) {
    const std::int64_t count = left / kParts[i].seconds;
    left -= count * kParts[i].seconds;
    if (count == 0) continue;
    text += (text.empty() ? "" : " ") + Grouped(static_cast<double>(count), 0, false) +
            std::string(kParts[i].word);
  }
  return text;
}

bool IsCurrencyCode(std::string_view unit) {
  return unit.size() == 3 && unit.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

}  // namespace

std::string FormatNumber(double value, std::string_view unit, bool tile) {
  if (!std::isfinite(value)) return std::string(kNothing);
  const double size = std::abs(value);
  const bool money = IsCurrencyCode(unit) || unit == "currency";
  std::string text;
  if (unit == "ratio") {
    text = Percent(size, tile);
  } else if (unit == "seconds" || unit == "duration") {
    text = Duration(size, tile);
  } else {
    text = tile ? Short(size, money) : Exact(size, money);
    if (IsCurrencyCode(unit)) text += " " + std::string(unit);
    if (unit == "percent_points") text += " pp";
  }
  const bool is_nothing = text.find_first_of("123456789") == std::string::npos;
  return value < 0 && !is_nothing ? std::string(kMinus) + text : text;
}

std::string Counted(std::int64_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

}  // namespace backcast
