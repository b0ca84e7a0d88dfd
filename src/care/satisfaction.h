// SPDX-License-Identifier: Apache-2.0
// What customers answered when they were asked: CSAT, NPS, CES. Answers on different scales are never merged,
// and the share of those asked who answered stands beside (STANDARDS: NPS, CSAT, CES).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// One who was asked.
struct SurveyAnswer {
  std::string kind;             ///< csat, nps, ces; others are left out
  std::optional<double> score;  ///< nothing: asked and did not answer
  double scale_min = 0, scale_max = 0;
  double person = 0;  ///< code; answers of one person are no independent answers. Below zero: not known
};

/// All answers of one kind on one scale.
struct Satisfaction {
  std::string kind;
  double scale_min = 0, scale_max = 0;
  int asked = 0, answered = 0;
  bool asked_known = false;                   ///< false: the files list answers only
  std::optional<Interval> response_interval;  ///< Wilson, of answered in asked
  std::optional<double> value;                ///< csat: share of the top two boxes; nps: points; ces: mean
  std::optional<Interval> interval;
  std::string needs;  ///< not empty: too little data
  int off_scale = 0;  ///< answers outside their scale, left out
};

/// Answers below which nothing is shown: csat, ces; nps.
inline constexpr int kFewestAnswers = 30, kFewestForNps = 100;

/// By kind and scale, in that order. Top two boxes: at least three quarters up the scale; a scale of two
/// (good, bad) has its top one. NPS needs 0 to 10.
std::vector<Satisfaction> ReadSatisfaction(std::span<const SurveyAnswer> answers);

}  // namespace backcast
