// SPDX-License-Identifier: Apache-2.0
// A creator judged by criteria of one's own, every point explained. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// One thing that counts. `good` earns 100 points, `bad` none, in between in proportion; `bad` lies above
/// `good` where less is better. REQUIRES: good != bad, weight >= 0, all finite.
struct Criterion {
  std::string id;
  double weight = 0, good = 0, bad = 0;
};

/// What is known of one criterion: a value with the limits of its interval where it has one, or why not.
struct CriterionValue {
  std::optional<double> value;
  std::optional<Interval> interval;
  std::string missing;  ///< set when there is no value
};

struct CriterionScore {
  std::string id;
  double weight = 0;
  CriterionValue of;
  std::optional<double> points;  ///< 0 to 100; nothing where the value is missing
  double contribution = 0;       ///< to the score; the lines add up to it
};

struct CreatorScore {
  std::optional<double> score;  ///< 0 to 100, weighted over what is known; nothing where nothing is
  /// The score if every value that has an interval stood at its worse end, and at its better end.
  double worst = 0, best = 0;
  double known = 0, all = 0;  ///< weights of the criteria that are known, of all
  std::vector<CriterionScore> lines;
};

/// 0 to 100.
double PointsOf(const Criterion& criterion, double value);

/// A criterion that is not known earns neither nought nor the mean: it is left out of the score, and `known`
/// over `all` says how much of the framework the score rests on. REQUIRES: as many values as criteria.
CreatorScore ScoreCreator(std::span<const Criterion> criteria, std::span<const CriterionValue> values);

}  // namespace backcast
