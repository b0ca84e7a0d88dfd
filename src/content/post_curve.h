// SPDX-License-Identifier: Apache-2.0
// How a post's counter grew with its age, and what other posts of its account had at that age.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// A counter as it stood at an age.
struct CurvePoint {
  double age = 0;  ///< days since publication
  double value = 0;
};

/// Points of one post, by age.
using PostCurve = std::vector<CurvePoint>;

/// The counter at that age: as read, or in a straight line between two readings that are no more than
/// `widest` days apart. Nothing is assumed before the first reading (most of a life falls into its first
/// hours) nor after the last.
std::optional<double> AtAge(const PostCurve& curve, double age, double widest = 7);

enum class AgainstUsual : std::uint8_t { kAbove, kWithin, kBelow, kTooLittle };
/// "above", "within", "below", "too_little_data".
std::string_view ToWord(AgainstUsual answer);

/// The usual of an account at one age.
struct UsualBand {
  AgainstUsual answer = AgainstUsual::kTooLittle;
  double median = 0;
  Interval band;
  double level = 0;  ///< share of ordinary posts that fall into the band, 0.8 or a little more
  int posts = 0;     ///< past posts with a number at that age
};

/// Fewest past posts for a band.
inline constexpr int kFewestForBand = 9;

/// Past numbers at the age of the post, and its own. The band lies between the r-th smallest and the r-th
/// largest, r = floor((n+1)/10): the next post of the same kind falls into it with probability 1 - 2r/(n+1),
/// free of any distribution (order statistics).
UsualBand AgainstPast(double value, std::span<const double> past);

/// The same for a post that is hours old, from readings of past posts at nearby ages (half to twice): each is
/// carried to the post's age along the slope of log1p(value) on log(age) among them, held between 0 and 1.5.
/// Ages > 0.
UsualBand AgainstNearbyAges(const CurvePoint& post, std::span<const CurvePoint> past);

}  // namespace backcast
