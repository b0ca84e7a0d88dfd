// SPDX-License-Identifier: Apache-2.0
// Does a theme do more than the usual? Effects of themes on the engagement of posts, shrunken, with the price
// of looking at many paid. METHODS 5.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "content/content_rules.h"

namespace backcast {

/// One post that counts: organic, of the age at which posts are compared.
struct LiftPost {
  std::string row;     ///< account and month
  std::string format;  ///< media type
  double value = 0;    ///< engagements, >= 0
  std::vector<std::string> themes;
};

/// Least data (METHODS 0).
struct LiftMinimum {
  int themes = 4, posts_of_theme = 5, posts = 40;
};

enum class ThemeVerdict : std::uint8_t { kTryMore, kKeep, kNoDifferenceSeen, kDrop, kTooLittle };
/// "try_more", "keep", "no_difference_seen", "drop", "too_little_data".
std::string_view ToWord(ThemeVerdict verdict);

/// Times the usual, minus one: 1.0 is twice as much.
struct Lift {
  double value = 0, low = 0, high = 0;
};

struct ThemeEffect {
  std::string theme;
  int posts = 0;              ///< that have the theme
  double weight = 0;          ///< posts, a shared one by its part
  std::optional<double> raw;  ///< lift before shrinking; overstates the best theme
  std::optional<Lift> lift;   ///< shrunken, 95 %
  double adjusted_p = 1;      ///< over all themes (Benjamini-Hochberg)
  ThemeVerdict verdict = ThemeVerdict::kTooLittle;
  std::string needs;  ///< why there is none: "have 3 posts, need 5"
};

struct ThemeLifts {
  std::vector<ThemeEffect> themes;  ///< of every theme that has a post, the largest lift first, then by id
  std::string needs;                ///< not empty: refused, and what is missing
  int posts = 0;                    ///< that stand behind the lifts
  double post_sd = 0;               ///< of one post in logs, within themes
  int posts_for_a_quarter = 0;      ///< of one theme, to see +25 % with 80 % power
};

/// z = log1p(value) without the levels of account-month and format (MedianPolish); theme means, a pooled
/// standard deviation whose degrees of freedom pay for themes and levels; EmpiricalBayes with the correction
/// of Morris. A theme is called different when its adjusted p is at most 0.10 and its interval leaves out
/// zero; it is kept all the same when it is called less and the interval rules out a loss of a fifth. The
/// usual is the common mean of the themes. Pure; the order of the posts does not matter.
ThemeLifts MeasureThemes(std::span<const LiftPost> posts, Several several, const LiftMinimum& minimum = {});

/// Parts of the post in its themes, adding up to one: equal parts, or the first alone.
std::vector<double> PartsOf(const std::vector<std::string>& themes, Several several);

}  // namespace backcast
