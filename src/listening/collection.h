// SPDX-License-Identifier: Apache-2.0
// Whether the mentions of several brands were collected alike: a brand whose collection begins late, or has
// holes, has no share of voice that could be compared. Pure. METHODS 12: same query depth per brand.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace backcast {

/// Mentions by day of one brand, over the same days as the other brands.
using DailyMentions = std::vector<double>;

struct BrandCollection {
  std::size_t sound_from = 0;      ///< day behind the thin ones with which it begins; 0: it begins with none
  std::vector<std::size_t> thin;   ///< days with practically nothing where much was to be expected
  double found = 0, expected = 0;  ///< mentions on those days before sound_from

  bool late() const { return sound_from > 0; }
  bool sound() const { return thin.empty(); }
};

/// One entry per brand. What a day was to bring: the brand's usual share of all that was collected that day,
/// and no more than its usual day (usual: the upper quartile over days). A day is thin when it has under a
/// twentieth of that and a Poisson count would seldom be so low (1e-6). A brand of which people only began to
/// talk looks the same, so an answer says both.
std::vector<BrandCollection> CheckCollection(std::span<const DailyMentions> brands);

/// Days without one mention of any brand between the first and the last day that have some, when a usual day
/// has at least ten.
std::vector<std::size_t> EmptyDays(std::span<const DailyMentions> brands);

}  // namespace backcast
