// SPDX-License-Identifier: Apache-2.0
#include "audience/creator_score.h"

#include <algorithm>

namespace backcast {

double PointsOf(const Criterion& criterion, double value) {
  return 100 * std::clamp((value - criterion.bad) / (criterion.good - criterion.bad), 0.0, 1.0);
}

CreatorScore ScoreCreator(std::span<const Criterion> criteria, std::span<const CriterionValue> values) {
  CreatorScore result;
  double sum = 0, worst = 0, best = 0;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const Criterion& criterion = criteria[i];
    CriterionScore line{criterion.id, criterion.weight, values[i], {}, 0};
    result.all += criterion.weight;
    if (line.of.value) {
      line.points = PointsOf(criterion, *line.of.value);
      line.contribution = criterion.weight * *line.points;
      result.known += criterion.weight;
      sum += line.contribution;
      const Interval within = line.of.interval.value_or(Interval{*line.of.value, *line.of.value});
      const double one = PointsOf(criterion, within.low), other = PointsOf(criterion, within.high);
      worst += criterion.weight * std::min(one, other);
      best += criterion.weight * std::max(one, other);
    }
    result.lines.push_back(std::move(line));
  }
  if (result.known <= 0) {
    for (CriterionScore& line : result.lines) line.contribution = 0;
    return result;
  }
  for (CriterionScore& line : result.lines) line.contribution /= result.known;
  result.score = sum / result.known;
  result.worst = worst / result.known;
  result.best = best / result.known;
  return result;
}

}  // namespace backcast
