// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "content/compare_posts.h"
#include "content/median_polish.h"
#include "content/post_curve.h"
#include "content/theme_lift.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

constexpr int kFewestCut = 20;

/// How much there is to look at.
struct Size {
  int themes = 8;
  std::uint64_t fewest = 6, more = 35;  ///< posts of a theme: from `fewest` on, below `fewest + more`
};
constexpr Size kSmall{4, 10, 6};

/// A quarter of posts: two accounts of different size, three months that grow, three formats of which one
/// does twice as much; some formats and accounts have more of some themes.
struct Quarter {
  std::vector<LiftPost> posts;
  std::vector<int> weekdays;
  std::vector<double> truth;  ///< of each theme in logs, mean 0
};

Quarter MakeQuarter(const std::string& kind, int index, double themes_sd, const Size& size) {
  constexpr double kPostSd = 0.9;
  Random random(WorldSeed(kind, index));
  Quarter quarter;
  double mean = 0;
  for (int theme = 0; theme < size.themes; ++theme) {
    quarter.truth.push_back(themes_sd * random.Normal());
    mean += quarter.truth.back() / size.themes;
  }
  for (double& effect : quarter.truth) effect -= mean;
  for (int theme = 0; theme < size.themes; ++theme) {
    const auto posts = size.fewest + random.Below(size.more);
    const double leaning = 0.25 + 0.5 * random.Uniform();
    for (std::uint64_t i = 0; i < posts; ++i) {
      const auto month = random.Below(3), format = random.Uniform() < leaning ? 0 : 1 + random.Below(2);
      const bool large = random.Uniform() < leaning;
      const double level =
          4 + (large ? 1.4 : 0) + 0.15 * static_cast<double>(month) + (format == 0 ? std::log(2.0) : 0);
      quarter.posts.push_back({(large ? "large " : "small ") + std::to_string(month),
                               "format " + std::to_string(format),
                               std::floor(std::exp(level + quarter.truth[static_cast<std::size_t>(theme)] +
                                                   kPostSd * random.Normal())),
                               {"theme " + std::to_string(theme)}});
      quarter.weekdays.push_back(static_cast<int>(random.Below(7)));
    }
  }
  return quarter;
}

struct Seen {
  Rate announced;        ///< quarters in which any theme is called
  Rate covers;           ///< intervals that hold the true lift
  Rate best_overstated;  ///< quarters in which the best theme does less than said
  Rate found, wrong_way;
  Rate cut_called;  ///< quarters in which any weekday is called
};

Seen& operator+=(Seen& sum, const Seen& more) {
  sum.announced += more.announced;
  sum.covers += more.covers;
  sum.best_overstated += more.best_overstated;
  sum.found += more.found;
  sum.wrong_way += more.wrong_way;
  sum.cut_called += more.cut_called;
  return sum;
}

bool AnyWeekdayCalled(const Quarter& quarter) {
  std::vector<TwoWayValue> values;
  for (const LiftPost& post : quarter.posts)
    values.push_back({post.row, post.format, std::log1p(post.value)});
  const std::vector<double> residuals = MedianPolish(values).residuals;
  std::vector<GroupComparison> days;
  for (int day = 0; day < 7; ++day) {
    GroupValues one, others;
    for (std::size_t i = 0; i < residuals.size(); ++i) {
      GroupValues& into = quarter.weekdays[i] == day ? one : others;
      into.residuals.push_back(residuals[i]);
      into.engagements.push_back(quarter.posts[i].value);
    }
    days.push_back(CompareGroups(std::to_string(day), one, "", others));
  }
  std::vector<GroupComparison*> all;
  for (GroupComparison& day : days) all.push_back(&day);
  JudgeTogether(all, kFewestCut);
  return std::any_of(days.begin(), days.end(), [](const GroupComparison& day) {
    return day.verdict == GroupVerdict::kMore || day.verdict == GroupVerdict::kLess;
  });
}

Seen Look(const Quarter& quarter) {
  Seen seen;
  const ThemeLifts lifts = MeasureThemes(quarter.posts, Several::kShared);
  bool any = false, wrong = false;
  for (const ThemeEffect& effect : lifts.themes) {
    if (!effect.lift) continue;
    const double truth =
        std::expm1(quarter.truth[static_cast<std::size_t>(std::stoi(effect.theme.substr(6)))]);
    const bool more = effect.verdict == ThemeVerdict::kTryMore, less = effect.verdict == ThemeVerdict::kDrop;
    any |= more || less;
    wrong |= (more && truth <= 0) || (less && truth >= 0);
    seen.covers.Add(effect.lift->low <= truth && truth <= effect.lift->high);
    if (std::abs(std::log1p(truth)) >= std::log(1.5)) seen.found.Add(truth > 0 ? more : less);
  }
  if (!lifts.themes.empty() && lifts.themes[0].lift) {
    const ThemeEffect& best = lifts.themes[0];
    seen.best_overstated.Add(
        best.lift->value >
        std::expm1(quarter.truth[static_cast<std::size_t>(std::stoi(best.theme.substr(6)))]));
  }
  seen.announced.Add(any);
  seen.wrong_way.Add(wrong);
  seen.cut_called.Add(AnyWeekdayCalled(quarter));
  return seen;
}

Seen Sum(const std::string& kind, int worlds, double themes_sd, const Size& size = {}) {
  Seen sum;
  for (const Seen& each :
       ForAll<Seen>(worlds, [&](int i) { return Look(MakeQuarter(kind, i, themes_sd, size)); }))
    sum += each;
  return sum;
}

/// A post like all others of its account, against 9 to 60 of them; and one that does three times as much.
struct YoungSeen {
  Rate alarmed, found;
};

YoungSeen YoungPosts(int worlds) {
  YoungSeen sum;
  for (const YoungSeen& each : ForAll<YoungSeen>(worlds, [](int i) {
         Random random(WorldSeed("young posts", i));
         const auto draw = [&] { return std::floor(std::exp(4 + 0.8 * random.Normal())); };
         std::vector<double> past;
         for (std::uint64_t n = 9 + random.Below(52); n > 0; --n) past.push_back(draw());
         YoungSeen seen;
         const UsualBand usual = AgainstPast(draw(), past);
         seen.alarmed.Add(usual.answer == AgainstUsual::kAbove || usual.answer == AgainstUsual::kBelow);
         seen.found.Add(AgainstPast(3 * draw(), past).answer == AgainstUsual::kAbove);
         return seen;
       })) {
    sum.alarmed += each.alarmed;
    sum.found += each.found;
  }
  return sum;
}

}  // namespace

Chapter ContentChapter(int worlds) {
  Chapter chapter{"Themes, days and young posts",
                  "A quarter of 6 to 40 posts of each of eight themes, on two accounts of different size "
                  "that grow, in three formats of "
                  "which\none does twice as much; formats and accounts lean towards some themes. One post in "
                  "logs has a standard "
                  "deviation of 0.9.",
                  {},
                  {}};
  const Seen none = Sum("no theme differs", worlds, 0), some = Sum("themes differ", worlds, 0.25),
             much = Sum("themes differ much", worlds, 0.5),
             small_none = Sum("few posts and no theme differs", worlds, 0, kSmall),
             small_some = Sum("few posts and themes differ", worlds, 0.5, kSmall);
  const YoungSeen young = YoungPosts(worlds);
  chapter.promises = {
      {"no theme differs: quarters in which any is called", none.announced, 0, 0.05},
      {"themes differ with a standard deviation of 0.25: 95 % interval of a lift holds the truth",
       some.covers, 0.93, 0.99},
      {"the same with 0.5", much.covers, 0.93, 0.99},
      {"four themes of 10 to 15 posts, none differs: quarters in which any is called", small_none.announced,
       0, 0.05},
      {"four themes of 10 to 15 posts that differ (0.5): 95 % interval of a lift holds the truth",
       small_some.covers, 0.93, 0.99},
      {"themes differ (0.25): quarters in which a theme is called the wrong way", some.wrong_way, 0, 0.05},
      {"no weekday differs: quarters in which any is called", none.cut_called, 0, 0.08},
      {"a post like all others is called above or below its usual", young.alarmed, 0, 0.20}};
  chapter.also = {
      {"no theme differs: 95 % interval of a lift holds the truth", none.covers},
      {"themes that do half as much again or less are called (0.25)", some.found},
      {"the same (0.5)", much.found},
      {"the best theme is overstated (0.25; without shrinking nearly always)", some.best_overstated},
      {"a post that does three times as much is called above its usual", young.found}};
  return chapter;
}

}  // namespace backcast::truth
