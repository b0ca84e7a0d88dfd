// SPDX-License-Identifier: Apache-2.0
#include "chain/chain_data.h"

#include <cmath>

namespace backcast {
namespace {

constexpr int kGapDays = 3;
constexpr double kByChance = 0.001;  ///< expected number of such runs by chance, at most

bool IsSilent(double value) { return std::isnan(value) || value == 0; }

}  // namespace

const NodeData* ChainData::Find(std::string_view id) const {
  const auto found = nodes.find(id);
  return found == nodes.end() ? nullptr : &found->second;
}

std::vector<DataDoubt> FindGaps(std::string_view node, std::string_view title, const DailySeries& series,
                                const Window& window) {
  std::vector<DataDoubt> doubts;
  if (series.empty() || series.combine != Combine::kSum) return doubts;
  double silent_days = 0;
  for (const double value : series.amount) silent_days += IsSilent(value) ? 1 : 0;
  const auto length = static_cast<double>(series.amount.size());
  // A run is a gap when the other days are so seldom silent that chance would not bring it.
  const auto by_chance = [&](int run) {
    const double other = std::max(0.0, silent_days - run), days = std::max(1.0, length - run);
    return days * std::pow((other + 1) / (days + 2), run) <= kByChance;
  };
  Day from{};
  int run = 0;
  for (Day day = window.from; day <= window.to; day += std::chrono::days{1}) {
    const auto at = (day - series.first).count();
    const bool inside = day < window.to && at >= 0 && at < static_cast<std::int64_t>(series.amount.size());
    const double value = inside ? series.amount[static_cast<std::size_t>(at)] : 1;
    const bool silent = day < window.to && (!inside || IsSilent(value));
    if (silent) {
      if (run++ == 0) from = day;
      continue;
    }
    if (run >= kGapDays && by_chance(run)) {
      doubts.push_back(
          {std::string(node),
           std::string(title) + " is silent from " + ToIso(from) + " to " +
               ToIso(day - std::chrono::days{1}) +
               ", which never happens by chance: look for a missing export before looking for a cause",
           true});
    }
    run = 0;
  }
  return doubts;
}

}  // namespace backcast
