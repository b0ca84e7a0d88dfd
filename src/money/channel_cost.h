// SPDX-License-Identifier: Apache-2.0
// What one channel costs and what it brings, and what one of that costs. Pure values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"
#include "money/week_dispersion.h"

namespace backcast {

/// Below this many a cost per one is not shown, below the second it is not compared (METHODS 0).
inline constexpr double kCountToShow = 10, kCountToCompare = 30;

/// Costs by kind in one currency. A kind that nobody booked is missing, which is not nought.
struct CostParts {
  std::optional<double> media, labour, tools, fees;
  std::optional<double> other;   ///< of no kind that is known
  std::optional<double> shared;  ///< a share of what is booked on no channel, when asked for
  std::optional<double> full;    ///< the sum of all of them
  std::string withheld;          ///< why the amounts may not be shown (two currencies); then all are missing
};

/// What came of it. Missing: not reported, never nought.
struct ChannelCounts {
  std::optional<double> all;         ///< without those suspected of being no people
  std::optional<double> targeted;    ///< of all, of the target group
  std::optional<double> untargeted;  ///< of all, known not to be of it
  std::optional<double> unknown;     ///< of all, nobody knows; targeted + untargeted + unknown = all
  std::optional<double> suspected;   ///< beside all: bots, spam; all + suspected = gross
};

/// One channel in a period.
struct ChannelCost {
  std::string channel;  ///< as the facts name it; empty: of no channel
  std::string title;    ///< as a reader calls it
  CostParts cost;
  ChannelCounts counts;
  std::optional<double> cost_before, count_before;  ///< full cost and headline count of the compared period
  /// The headline count of whole weeks up to the period's end, oldest first, NaN where not known.
  std::vector<double> weekly;
};

/// Which count the cost is divided by.
enum class Headline : std::uint8_t { kTargeted, kAll };

std::optional<double> HeadlineCount(const ChannelCounts& counts, Headline headline);

/// Cost of one, or why it is not shown.
struct CostPer {
  std::optional<double> value;
  Interval interval;      ///< with `value`; the upper limit is always finite then
  std::int64_t n = 0;     ///< the count behind it
  bool too_few = false;   ///< there are some, but under kCountToShow
  bool withheld = false;  ///< there is one, and it may not be shown
  std::string why_not;    ///< set when there is no value
};

/// Cost of one of `count` (missing: not reported). No cost booked is not a cost of nought: it has no value.
/// `cost` below zero (credits outweigh costs) has none either.
CostPer CostPerOne(const std::optional<double>& cost, const std::optional<double>& count, double dispersion);

/// How costs that are booked on no channel are shared out.
enum class CostSpread : std::uint8_t {
  kNone,   ///< they stay a row of their own
  kEven,   ///< the same on every channel that has costs or counts
  kSpend,  ///< in proportion to what each channel costs already
};

/// Moves the costs of the row without a channel onto the others as `shared`; that row's `full` is then 0. The
/// sum over all rows stays. Nothing moves where the amounts are withheld or no row can take them.
void SpreadShared(std::vector<ChannelCost>& channels, CostSpread spread);

}  // namespace backcast
