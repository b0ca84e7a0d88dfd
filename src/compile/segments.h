// SPDX-License-Identifier: Apache-2.0
// Windows -> disjoint stretches of days, so that overlapping windows come from one pass over the rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace backcast {

/// The days of all windows, cut at every boundary.
struct Segments {
  std::vector<Window> stretches;          ///< disjoint, oldest first, each inside at least one window
  std::vector<std::vector<int>> windows;  ///< per window: its stretches; empty for an empty window
  std::vector<int> series;                ///< stretches of the series
};

/// `series`: no days for none.
Segments CutWindows(const std::vector<Window>& windows, const Window& series = {});

/// The condition that `day` (SQL) lies in one of the stretches; neighbours are put together.
std::string InStretches(const Segments& segments, std::string_view day);

/// The number of the stretch that `day` lies in, for days that lie in one.
std::string StretchOf(const Segments& segments, std::string_view day);

}  // namespace backcast
