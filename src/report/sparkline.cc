// SPDX-License-Identifier: Apache-2.0
#include "report/sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace backcast {

std::string Sparkline(const std::vector<Point>& trend, std::size_t most) {
  static constexpr std::array<std::string_view, 8> kBars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::size_t first = trend.size() > most ? trend.size() - most : 0;
  double low = INFINITY, high = -INFINITY;
  for (std::size_t i = first; i < trend.size(); ++i) {
    if (!trend[i].value || !std::isfinite(*trend[i].value)) continue;
    low = std::min(low, *trend[i].value);
    high = std::max(high, *trend[i].value);
  }
  std::string bars;
  if (low > high) return bars;
  for (std::size_t i = first; i < trend.size(); ++i) {
    if (!trend[i].value || !std::isfinite(*trend[i].value)) {
      bars += ' ';
      continue;
    }
    const double share = high > low ? (*trend[i].value / 8 - low / 8) / (high / 8 - low / 8) : 0.45;
    bars += kBars[static_cast<std::size_t>(std::clamp(std::floor(share * 8), 0.0, 7.0))];
  }
  return bars;
}

}  // namespace backcast
