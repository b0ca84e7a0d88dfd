// SPDX-License-Identifier: Apache-2.0
// Judged posts cut by format, weekday, hour and the plan's pairs of groups, each cut against the rest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/content_read.h"

namespace backcast {

/// A post of the comparison: its number at the age that counts, and what it is cut by.
struct JudgedPost {
  const ReadPost* post = nullptr;
  std::string row;  ///< account and month
  double value = 0;
  std::optional<double> kept;
  std::optional<int> weekday, hour;  ///< Monday = 0; local time of the brand

  std::string Format() const { return post->format.empty() ? "not said" : post->format; }
};

/// Fewest posts on each side for a verdict: METHODS 0 for cuts, the catalogue's human_vs_product_lift for
/// pairs.
inline constexpr int kFewestForCut = 20, kFewestForPair = 15;

/// Fills formats, weekdays, hours and pairs of the answer.
void CutPosts(const std::vector<JudgedPost>& posts, const ContentRules& rules, ContentAnswer& answer);

}  // namespace backcast
