// SPDX-License-Identifier: Apache-2.0
// What people who saw a campaign say more often than people who did not. METHODS 0, 1, 11. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "measure/interval.h"

namespace backcast {

/// Fewest answers of each kind for a verdict; below it the counts and the interval alone are shown.
inline constexpr double kAnswersForLift = 400;

/// Answers of one kind of people: how many there are, and how many of them said yes.
struct Answers {
  double yes = 0, all = 0;
  double share() const { return all > 0 ? yes / all : 0; }
};

struct BrandLift {
  enum class Verdict : std::uint8_t { kHigher, kLower, kNoneShown, kTooLittle };
  Verdict verdict = Verdict::kTooLittle;
  Answers exposed, control;
  double lift = 0;                   ///< difference of the shares: 0.03 is three points
  std::optional<Interval> interval;  ///< Newcombe, 95 %; nothing where a kind has no answer
  std::string needs;                 ///< not empty: too little, and what is needed
};

std::string_view ToWord(BrandLift::Verdict verdict);  ///< higher, lower, none_shown, too_little_data

/// Only where lots were drawn who sees the campaign does the difference say what it caused. Refused: counts
/// that are no share.
Result<BrandLift> LiftOf(const Answers& exposed, const Answers& control);

/// What one point of a lift cost, from the lower to the higher end; nothing unless the whole interval is
/// above nought.
struct CostPerPoint {
  double value = 0;
  Interval interval;
};
std::optional<CostPerPoint> CostOfPoint(double spent, const BrandLift& lift);

}  // namespace backcast
