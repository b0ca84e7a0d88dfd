// SPDX-License-Identifier: Apache-2.0
// Two sets of posts side by side: how many times as much one does, and by how many engagements on average.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "content/theme_lift.h"
#include "measure/interval.h"

namespace backcast {

/// A mean difference and its interval of 95 %.
struct Difference {
  double value = 0;
  Interval interval;
  double standard_error = 0, degrees = 0, p = 1;
};

/// mean(one) - mean(other) with unequal variances: B. L. Welch, Biometrika 34 (1947). Nothing below two
/// values on either side, or when neither side varies.
std::optional<Difference> WelchDifference(std::span<const double> one, std::span<const double> other);

enum class GroupVerdict : std::uint8_t { kMore, kNoDifferenceSeen, kLess, kTooLittle };
/// "more", "no_difference_seen", "less", "too_little_data".
std::string_view ToWord(GroupVerdict verdict);

/// One set of posts against another.
struct GroupComparison {
  std::string name, against;  ///< labels of the two sets; `against` "" = all other posts
  int posts = 0, against_posts = 0;
  std::optional<Lift> lift;         ///< of typical (log) engagement, levels taken away
  std::optional<Difference> means;  ///< of engagements as they are, nothing taken away
  double adjusted_p = 1;
  GroupVerdict verdict = GroupVerdict::kTooLittle;
  std::string needs;
};

/// Values of the posts of a set: `residual` in logs without levels, `engagements` as counted.
struct GroupValues {
  std::vector<double> residuals, engagements;
};

/// A comparison without its verdict: the interval from 5 posts on each side.
GroupComparison CompareGroups(std::string name, const GroupValues& one, std::string against,
                              const GroupValues& other);

/// Verdicts of comparisons that are looked at together: p adjusted over all of them (Benjamini-Hochberg,
/// 0.10), and the interval leaves out zero. `least`: posts on each side below which the verdict is too little
/// data.
void JudgeTogether(const std::vector<GroupComparison*>& comparisons, int least);

}  // namespace backcast
