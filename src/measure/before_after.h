// SPDX-License-Identifier: Apache-2.0
// Whether a number changed after a day that was declared beforehand (METHODS 4).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace backcast {

inline constexpr int kDaysBefore = 56, kDaysAfter = 28;  ///< least
inline constexpr int kPlaceboPast = 42;                  ///< days before every fake day
inline constexpr int kFakes = 19;                        ///< least

struct BeforeAfterQuestion {
  std::span<const double> days;  ///< oldest first, one per day, on the scale to be used; NaN = not known
  int change = 0;                ///< index of the first day that should be different
  int direction = 0;             ///< declared: +1 or -1
  std::span<const double> control =
      {};  ///< the same days of a number that the change cannot touch; may be empty
};

struct BeforeAfter {
  enum class Verdict : std::uint8_t {
    kChanged,         ///< both legs, the declared way
    kChangedAgainst,  ///< both legs, the other way
    kNoChangeShown,
    kCannotTell,  ///< too few days; see `needs`
  };
  Verdict verdict = Verdict::kCannotTell;
  double effect = 0, low = 0, high = 0;  ///< step on the scale of the days; 95 %, first leg
  double p_series = 1;                   ///< first leg: interrupted time series with AR(1) errors
  double p_placebo = 1;                  ///< second leg: rank among fake days
  int before = 0, after = 0, fakes = 0;  ///< days and fake days behind it
  std::string needs;                     ///< for kCannotTell: what there is and what is needed
};

/// First leg: level, straight line, step, weekday, and the control where there is one (interrupted time
/// series, Bernal et al. 2017), with errors whose memory is not known (Ar1LeastSquares). Second leg: the same
/// step, without the memory, at every fake day of the past; the change and every fake day are looked at over
/// stretches of one shape, at most 84 days before and as many behind as the change has, so that slow seasons
/// bend both alike; p is the rank. The interval is as wide as the larger of the first leg's error and the
/// spread of the fake steps. Changed: both p at most 0.05 and an interval without zero. One leg alone is too
/// often chance: with memory ordinary least squares is wrong in two of five cases, and a slow season that
/// turns makes an AR(1) leg wrong in one of four (docs/truth.md).
BeforeAfter TestBeforeAfter(const BeforeAfterQuestion& question);

}  // namespace backcast
