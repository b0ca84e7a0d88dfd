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
  double kpi_rise = 0, kpi_rise_se = 0;      ///< ln, the last 20 weeks against the reference
  double expected = 0, expected_se = 0;      ///< ln, of the outcome: elasticity times rise
  double observed = 0, observed_se = 0;
  int reference_weeks = 0;
};

/// `kpi` and `outcome`: logs of the same consecutive weeks, oldest first, turned so that up is good.
/// Reference: all but the last 26 weeks. Alarm: the KPI rose by two standard errors, the outcome stayed below
/// what the link promised by 1.96 of them, and below half of it. Errors are inflated by first
/// autocorrelation.
FixationTest TestFixation(std::span<const double> kpi, std::span<const double> outcome, int lag_weeks);

}  // namespace backcast
