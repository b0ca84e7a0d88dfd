// SPDX-License-Identifier: Apache-2.0
// A KPI that rises while the outcome that it used to bring does not follow (METHODS 6).
#pragma once

#include <cstdint>
#include <span>

namespace backcast {

struct FixationTest {
  enum class State : std::uint8_t {
    kTooShort,  ///< fewer than 52 + 26 weeks
    kNoLink,    ///< the reference weeks show no link that could come apart
    kNoAlarm,
    kAlarm,
  };
  State state = State::kTooShort;
  double elasticity = 0, elasticity_se = 0;  ///< in the reference weeks
  double kpi_rise = 0, kpi_rise_se = 0;      ///< ln, above its own line and season, in the recent weeks
  double expected = 0, expected_se = 0;      ///< ln, of the outcome: elasticity times rise
  double observed = 0, observed_se = 0;      ///< ln, of the outcome above its own line and season
  double gap = 0, gap_se = 0;                ///< ln, observed less expected, judged as one series
  bool rose = false;  ///< the KPI, by two standard errors, and its link was shown: it could come apart
  int reference_weeks = 0;
};

/// `kpi` and `outcome`: logs of the same consecutive weeks, oldest first, turned so that up is good; the
/// outcome follows after `lag_weeks`. Reference: all but the last 26 weeks. Elasticity, rise, move and gap
/// each come from Ar1LeastSquares beside a straight line and, with two years, a yearly wave, so that a trend
/// that either has of its own is neither a link nor a gap; a rise may take six weeks, and weeks that jump
/// (Jumps) do not count. A link is shown at 1.96 standard errors. Alarm: the KPI rose by two standard errors,
/// and the outcome, less what the link promised, stayed behind by 1.96 of them and below half of what was
/// promised.
FixationTest TestFixation(std::span<const double> kpi, std::span<const double> outcome, int lag_weeks);

}  // namespace backcast
