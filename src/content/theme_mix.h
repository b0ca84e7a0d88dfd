// SPDX-License-Identifier: Apache-2.0
// The mix of themes now, and one to try next: small steps, so that what is learned from it can be read.
#pragma once

#include <string>
#include <vector>

#include "content/theme_lift.h"

namespace backcast {

struct MixShare {
  std::string theme;
  double now = 0, to_try = 0;  ///< shares of the posts that have a theme
};

/// Most by which one theme's share may move, and most that a theme may grow to.
inline constexpr double kMostMoved = 0.10, kMostOfOneTheme = 0.50;

/// Themes to try more grow by half of their share, those to drop give half of theirs; the others give at most
/// a fifth, or take what is left over. Nothing moves without a verdict that says so. Shares add up to one on
/// both sides; no theme moves by more than kMostMoved or grows beyond kMostOfOneTheme. In the order of
/// `lifts`.
std::vector<MixShare> MixToTry(const ThemeLifts& lifts);

/// Sum of squared shares: 1 for a single theme, 1/K for K equal ones.
double Concentration(const std::vector<MixShare>& mix);

}  // namespace backcast
