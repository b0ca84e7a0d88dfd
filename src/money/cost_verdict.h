// SPDX-License-Identifier: Apache-2.0
// Which channel gets one of what matters for less than the channel it is held against. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "money/channel_cost.h"
#include "money/cost_ratio.h"

namespace backcast {

enum class CostVerdict : std::uint8_t {
  kReference,  ///< the channel that the others are held against
  kCheaper,
  kDearer,
  kNoDifference,  ///< enough data, and no difference shown
  kTooLittle,     ///< under kCountToCompare here or there, or too few weeks to know how the counts vary
  kNoCost,        ///< no cost is booked: that is not cheaper
  kNotCompared,   ///< no number to compare: not reported, withheld, credits, of no channel, no reference
};
/// "reference", "cheaper", "dearer", "no_difference_shown", "too_little_data", "no_cost_booked",
/// "not_compared".
std::string_view ToWord(CostVerdict verdict);

/// One channel with its cost per one and the decision about it.
struct JudgedCost {
  ChannelCost channel;
  Dispersion dispersion;  ///< of the headline count
  CostPer full;           ///< full cost over the headline count
  CostPer media;          ///< media alone over the headline count
  CostPer all;            ///< full cost over everybody counted, targeted or not
  CostPer gross;          ///< the same with those suspected of being no people; only where they are known
  CostVerdict verdict = CostVerdict::kNotCompared;
  std::string because;             ///< a state, no claim: why there is no comparison; empty when there is one
  std::optional<CostRatio> ratio;  ///< of `full` over the reference's
  CostPer reference;               ///< what `full` is held against
  double adjusted_p = 1;           ///< over all rows compared (Benjamini-Hochberg); with `ratio`
  std::optional<double> have, needed;    ///< of the smaller count, where it is too little or shows nothing
  std::vector<std::string> kinds_apart;  ///< kinds of cost that only one of the two has booked
  std::optional<CostRatio> change;       ///< of the cost per one now over that of the compared period
  bool change_shown = false;             ///< after adjustment over all rows
};

/// How the rows are held against each other.
struct CostQuestion {
  Headline headline = Headline::kTargeted;
  double period_weeks = 4;
  std::string against;  ///< channel that is the reference; empty: each against all others together
};

/// Rows in the order given. A verdict needs kCountToCompare of both, kWeeksForDispersion whole weeks of both,
/// a cost above zero of both, and a p of at most 0.05 after adjustment over all rows compared; the same for
/// the changes. With two rows the verdicts mirror each other whichever is the reference. `needed` is what a
/// difference of half as much again would need.
std::vector<JudgedCost> JudgeCosts(const std::vector<ChannelCost>& channels, const CostQuestion& question);

/// The channel that rows are held against when none was named: the first of `wished` that has a cost and a
/// count, else nothing (each against all others).
std::string ReferenceOf(const std::vector<ChannelCost>& channels, const std::vector<std::string>& wished,
                        Headline headline);

}  // namespace backcast
