// SPDX-License-Identifier: Apache-2.0
// How far a series strays from its level by chance, in one stretch to come and in what was measured.
#pragma once

#include "chain/daily_series.h"

namespace backcast {

struct LogSpread {
  double sd = 0;       ///< of ln(value of one stretch) around the level; 0 with degrees 0: too little history
  double degrees = 0;  ///< of freedom behind it
  int weeks = 0;       ///< of history looked at
  bool without_season = false;  ///< the history shows its year, so that it is level and not spread
};

/// Spread of a stretch of `stretch_days` > 0, from the days of `series` before `end`, at most three years,
/// cut into stretches of whole weeks, of four at most; longer stretches than a month are taken for no
/// steadier than a month. Ordinary least squares: stretches of a month remember little of each other. The
/// level may bend: a straight line, a parabola from half a year on, from one year on a line and a yearly
/// wave, from two years on two (below half a year a season cannot be told from a line, and what it bends
/// counts as spread). A stretch without a logarithm is not known. Incidents count: a stretch to come may have
/// one too.
///
/// Measured coverage of reached * exp(-+ t * sd) in docs/truth.md.
LogSpread SpreadOfStretch(const DailySeries& series, Day end, double stretch_days);

/// Standard error of ln(mean over the `days` before `end`) as the level of these days, from the weeks of
/// `series` around a level that bends as above, with what memory they may have (NoiseAround); 0: too little
/// history.
double ErrorOfMean(const DailySeries& series, Day end, int days);

}  // namespace backcast
