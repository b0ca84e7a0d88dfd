// SPDX-License-Identifier: Apache-2.0
// Whether one weekly number moves ahead of another (METHODS 3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "measure/benjamini_hochberg.h"

namespace backcast {

inline constexpr int kWeeksForLink = 26;      ///< tentative
inline constexpr int kWeeksForFirmLink = 52;  ///< firm

struct LinkQuestion {
  std::span<const double> x,
      y;            ///< same consecutive weeks, oldest first, on the scale to be used (logs), no NaN
  int max_lag = 8;  ///< weeks by which x may lead, at most a sixth of the weeks
  int permutations = 999;
  std::uint64_t seed = 1;
  int planned_lag = -1;  ///< of the elasticity; negative: the lag that was found
};

struct LinkTest {
  int n = 0;                            ///< weeks
  int lag = 0;                          ///< weeks by which x leads, of the greatest |r|
  double r = 0, r_low = 0, r_high = 0;  ///< after prewhitening; 95 %, given this lag (Fisher's z)
  double p = 1;                         ///< of the greatest |r| over all lags
  double elasticity = 0, elasticity_low = 0,
         elasticity_high = 0;  ///< change of y(t + lag) per change of x(t); 95 %
  bool same_sign_in_halves = false;
};

/// Both series lose what moves slowly (SlowMovement), the weeks in which both jump (SharedJumps) and their
/// own memory (autoregression by BIC), and are cut at three robust standard deviations (Prewhiten), so that
/// neither trend, season nor a common event makes a link. p: the share of permutations of x whose greatest
/// |r| over the lags is as large. The elasticity comes from the series themselves with the slow movement as
/// controls, weeks in which x or both jump left out, and errors with a memory that is not known
/// (Ar1LeastSquares). Counts so small that chance is a good part of their movement make it smaller than it
/// is. Nothing below kWeeksForLink weeks or where a series does not move. A hidden driver that touches x
/// first makes a link too: it is "moves with", never "causes".
std::optional<LinkTest> TestLink(const LinkQuestion& question);

enum class LinkGrade : std::uint8_t { kTooLittleData, kNoneFound, kTentative, kFirm, kAgainstPlan };

/// Firm: adjusted p <= 0.05, a year of weeks, the planned sign, in both halves. Tentative: adjusted p <=
/// 0.10. No link in less than a year is too little data. `planned_sign`: +1 or -1.
LinkGrade GradeLink(const LinkTest& test, double adjusted_p, int planned_sign);

struct LinkBreak {
  bool broken = false;
  double before = 0, after = 0;  ///< slopes of the prewhitened series before the last 26 weeks and in them
  double p = 1;                  ///< of the difference, one-sided
};

/// Whether a link that held as planned (p <= 0.01 in at least a year of weeks) no longer does in the last 26
/// weeks: the slope fell by more than chance (p <= 0.01) and to less than half. Nothing with fewer weeks or
/// without a link to break.
std::optional<LinkBreak> TestBreak(std::span<const double> x, std::span<const double> y, int planned_sign);

}  // namespace backcast
