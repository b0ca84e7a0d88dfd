// SPDX-License-Identifier: Apache-2.0
#include "content/theme_lift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "measure/random.h"

namespace backcast {
namespace {

using testing::HasSubstr;

struct Theme {
  std::string name;
  int posts = 0;
  double effect = 0;  ///< in logs
};

/// Posts of three months of two accounts, photos and reels that do half as much again.
std::vector<LiftPost> Posts(const std::vector<Theme>& themes, std::uint64_t seed, double sd = 0.6) {
  Random random(seed);
  std::vector<LiftPost> posts;
  for (const Theme& theme : themes) {
    for (int i = 0; i < theme.posts; ++i) {
      const auto month = random.Below(3), account = random.Below(2);
      const bool reel = random.Below(2) == 1;
      const double mean = 4 + 0.3 * static_cast<double>(month) + 1.5 * static_cast<double>(account) +
                          (reel ? std::log(1.5) : 0) + theme.effect;
      posts.push_back({"account " + std::to_string(account) + ", " + std::to_string(month),
                       reel ? "reel" : "photo",
                       std::floor(std::exp(mean + sd * random.Normal())),
                       {theme.name}});
    }
  }
  return posts;
}

const ThemeEffect& Find(const ThemeLifts& lifts, const std::string& theme) {
  return *std::find_if(lifts.themes.begin(), lifts.themes.end(),
                       [&](const ThemeEffect& effect) { return effect.theme == theme; });
}

TEST(MeasureThemes, FindsTheThemeThatDoesTwiceTheUsual) {
  const auto posts = Posts(
      {{"dogs", 40, std::log(2.2)}, {"tips", 40, 0}, {"routes", 40, 0}, {"shop", 40, -0.6}, {"rare", 3, 0}},
      1);
  const ThemeLifts lifts = MeasureThemes(posts, Several::kShared);
  EXPECT_EQ(lifts.needs, "");
  EXPECT_EQ(lifts.posts, 160);
  EXPECT_EQ(lifts.themes[0].theme, "dogs");
  EXPECT_EQ(lifts.themes[0].verdict, ThemeVerdict::kTryMore);
  EXPECT_LT(lifts.themes[0].lift->value, *lifts.themes[0].raw) << "shrunken";
  EXPECT_EQ(Find(lifts, "shop").verdict, ThemeVerdict::kDrop);
  EXPECT_EQ(Find(lifts, "rare").verdict, ThemeVerdict::kTooLittle);
  EXPECT_EQ(Find(lifts, "rare").needs, "have 3 posts, need 5");
  EXPECT_NEAR(lifts.post_sd, 0.6, 0.1);
}

TEST(MeasureThemes, ALittleLessIsKept) {
  const ThemeLifts lifts = MeasureThemes(
      Posts({{"a", 900, 0}, {"b", 900, 0}, {"c", 900, 0}, {"d", 900, -0.12}}, 7), Several::kShared);
  const ThemeEffect& effect = Find(lifts, "d");
  EXPECT_LT(effect.lift->high, 0);
  EXPECT_LE(effect.adjusted_p, 0.10);
  EXPECT_EQ(effect.verdict, ThemeVerdict::kKeep);
}

TEST(MeasureThemes, FormatAndAccountDoNotPoseAsTheme) {
  // One theme is all reels on the large account, and does nothing by itself.
  int called = 0;
  double raw = 0;
  constexpr int kWorlds = 200;
  for (int world = 0; world < kWorlds; ++world) {
    auto posts = Posts({{"a", 40, 0}, {"b", 40, 0}, {"c", 40, 0}, {"d", 60, 0}},
                       2000 + static_cast<std::uint64_t>(world));
    std::erase_if(posts, [](const LiftPost& post) {
      return post.themes[0] == "d" && (post.format != "reel" || !post.row.starts_with("account 1"));
    });
    const ThemeLifts lifts = MeasureThemes(posts, Several::kShared);
    const ThemeEffect& effect = Find(lifts, "d");
    raw += std::log1p(*effect.raw) / kWorlds;
    called += effect.verdict == ThemeVerdict::kTryMore || effect.verdict == ThemeVerdict::kDrop;
  }
  EXPECT_LE(called, kWorlds / 20);
  EXPECT_NEAR(raw, 0, 0.05) << "of 1.9 that account and format do";
}

TEST(MeasureThemes, OrderOfThePostsDoesNotMatter) {
  auto posts = Posts({{"a", 30, 0.4}, {"b", 30, 0}, {"c", 30, 0}, {"d", 30, 0}}, 3);
  const ThemeLifts first = MeasureThemes(posts, Several::kShared);
  std::reverse(posts.begin(), posts.end());
  const ThemeLifts again = MeasureThemes(posts, Several::kShared);
  for (std::size_t i = 0; i < first.themes.size(); ++i) {
    EXPECT_EQ(first.themes[i].theme, again.themes[i].theme);
    EXPECT_EQ(first.themes[i].lift->value, again.themes[i].lift->value);
  }
}

TEST(MeasureThemes, APostOfTwoThemesCountsOnce) {
  auto posts = Posts({{"a", 30, 0.4}, {"b", 30, 0}, {"c", 30, 0}, {"d", 30, 0}}, 3);
  for (std::size_t i = 0; i < 30; ++i) posts[i].themes.push_back("d");
  const ThemeLifts shared = MeasureThemes(posts, Several::kShared),
                   first = MeasureThemes(posts, Several::kFirst);
  EXPECT_EQ(Find(shared, "a").posts, 30);
  EXPECT_DOUBLE_EQ(Find(shared, "a").weight, 15);
  EXPECT_DOUBLE_EQ(Find(shared, "d").weight, 45);
  EXPECT_EQ(shared.posts, 120);
  EXPECT_DOUBLE_EQ(Find(first, "a").weight, 30);
  EXPECT_DOUBLE_EQ(Find(first, "d").weight, 30);
}

TEST(MeasureThemes, RefusesBelowTheMinimumAndSaysWhatIsMissing) {
  EXPECT_THAT(
      MeasureThemes(Posts({{"a", 30, 0}, {"b", 30, 0}, {"c", 30, 0}, {"d", 4, 0}}, 1), Several::kShared)
          .needs,
      HasSubstr("have 3 themes of 5 posts or more, need 4"));
  EXPECT_THAT(
      MeasureThemes(Posts({{"a", 9, 0}, {"b", 9, 0}, {"c", 9, 0}, {"d", 9, 0}}, 1), Several::kShared).needs,
      HasSubstr("have 36 posts with a theme, need 40"));
  EXPECT_EQ(MeasureThemes({}, Several::kShared).needs, "have 0 themes of 5 posts or more, need 4");
  std::vector<LiftPost> same;
  for (int i = 0; i < 60; ++i) same.push_back({"a", "photo", 5, {"t" + std::to_string(i % 5)}});
  EXPECT_THAT(MeasureThemes(same, Several::kShared).needs, HasSubstr("exactly the same"));
}

TEST(MeasureThemes, AnnouncesNobodyWhereNoThemeDiffers) {
  int announced = 0;
  constexpr int kQuarters = 400;
  for (int quarter = 0; quarter < kQuarters; ++quarter) {
    std::vector<Theme> themes;
    for (int i = 0; i < 8; ++i) themes.push_back({"t" + std::to_string(i), 6 + 5 * (i % 4), 0});
    const ThemeLifts lifts =
        MeasureThemes(Posts(themes, 1000 + static_cast<std::uint64_t>(quarter), 0.9), Several::kShared);
    announced += std::any_of(lifts.themes.begin(), lifts.themes.end(), [](const ThemeEffect& effect) {
      return effect.verdict == ThemeVerdict::kTryMore || effect.verdict == ThemeVerdict::kDrop;
    });
  }
  EXPECT_LE(announced, kQuarters / 20);
}

}  // namespace
}  // namespace backcast
