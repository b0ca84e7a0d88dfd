// SPDX-License-Identifier: Apache-2.0
#include "money/brand_lift.h"

#include <algorithm>
#include <cmath>

namespace backcast {

std::string_view ToWord(BrandLift::Verdict verdict) {
  switch (verdict) {
    case BrandLift::Verdict::kHigher:
      return "higher";
    case BrandLift::Verdict::kLower:
      return "lower";
    case BrandLift::Verdict::kNoneShown:
      return "none_shown";
    case BrandLift::Verdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

Result<BrandLift> LiftOf(const Answers& exposed, const Answers& control) {
  BrandLift lift;
  lift.exposed = exposed;
  lift.control = control;
  lift.lift = exposed.share() - control.share();
  const double fewest = std::min(exposed.all, control.all);
  if (fewest < kAnswersForLift) {
    lift.needs = "have " + std::to_string(std::llround(fewest)) + " answers of one kind, need about " +
                 std::to_string(std::llround(kAnswersForLift));
  }
  if (fewest == 0) return lift;
  BACKCAST_TRY(lift.interval, ShareDifferenceInterval(exposed.yes, exposed.all, control.yes, control.all));
  if (lift.needs.empty()) {
    lift.verdict = lift.interval->low > 0    ? BrandLift::Verdict::kHigher
                   : lift.interval->high < 0 ? BrandLift::Verdict::kLower
                                             : BrandLift::Verdict::kNoneShown;
  }
  return lift;
}

std::optional<CostPerPoint> CostOfPoint(double spent, const BrandLift& lift) {
  if (!(spent > 0) || lift.verdict != BrandLift::Verdict::kHigher) return std::nullopt;
  const auto per = [&](double share) { return spent / (100 * share); };
  return CostPerPoint{per(lift.lift), {per(lift.interval->high), per(lift.interval->low)}};
}

}  // namespace backcast
