// SPDX-License-Identifier: Apache-2.0
#include "content/theme_lift.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "content/median_polish.h"
#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"
#include "measure/shrinkage.h"

namespace backcast {
namespace {

constexpr double kCritical = 1.96;      // of METHODS 5
constexpr double kFalseShare = 0.10;    // of calls that may be false
constexpr double kLossRuledOut = 0.80;  // a theme that surely does not lose a fifth is kept
constexpr double kPower80 = 1.96 + 0.8416, kQuarter = 0.22314355131420976;  // log 1.25

struct Sum {
  int posts = 0;
  double weight = 0, squares = 0, total = 0;     // of weights, of their squares, of weighted values
  std::vector<std::pair<double, double>> parts;  // weight, value
  double mean() const { return total / weight; }
};

std::map<std::string, Sum> SumsOf(std::span<const LiftPost> posts, const std::vector<double>& residuals,
                                  Several several) {
  std::map<std::string, Sum> sums;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const std::vector<double> parts = PartsOf(posts[i].themes, several);
    for (std::size_t theme = 0; theme < parts.size(); ++theme) {
      Sum& sum = sums[posts[i].themes[theme]];
      sum.parts.emplace_back(parts[theme], residuals[i]);
      ++sum.posts;
    }
  }
  for (auto& [name, sum] : sums) {
    std::sort(sum.parts.begin(), sum.parts.end());  // so that sums do not depend on the order of the posts
    for (const auto& [weight, value] : sum.parts) {
      sum.weight += weight;
      sum.squares += weight * weight;
      sum.total += weight * value;
    }
  }
  return sums;
}

std::string Have(int have, const char* what, int need) {
  return "have " + std::to_string(have) + " " + what + ", need " + std::to_string(need);
}

struct Pooled {
  double variance = 0, degrees = 0;
};

Pooled PooledVariance(const std::vector<const Sum*>& sums, double levels) {
  Pooled pooled;
  double weight = 0;
  for (const Sum* sum : sums) {
    const double mean = sum->mean();
    for (const auto& [part, value] : sum->parts) pooled.variance += part * (value - mean) * (value - mean);
    weight += sum->weight;
  }
  pooled.degrees = weight - static_cast<double>(sums.size()) - levels;
  if (pooled.degrees >= 1) pooled.variance /= pooled.degrees;
  return pooled;
}

ThemeVerdict VerdictOf(const ThemeEffect& effect) {
  const Lift& lift = *effect.lift;
  const bool called = effect.adjusted_p <= kFalseShare;
  if (called && lift.low > 0) return ThemeVerdict::kTryMore;
  if (1 + lift.low > kLossRuledOut) return ThemeVerdict::kKeep;
  return called && lift.high < 0 ? ThemeVerdict::kDrop : ThemeVerdict::kNoDifferenceSeen;
}

}  // namespace

std::string_view ToWord(ThemeVerdict verdict) {
  switch (verdict) {
    case ThemeVerdict::kTryMore:
      return "try_more";
    case ThemeVerdict::kKeep:
      return "keep";
    case ThemeVerdict::kNoDifferenceSeen:
      return "no_difference_seen";
    case ThemeVerdict::kDrop:
      return "drop";
    case ThemeVerdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

std::vector<double> PartsOf(const std::vector<std::string>& themes, Several several) {
  if (themes.empty()) return {};
  if (several == Several::kFirst) return {1.0};
  return std::vector<double>(themes.size(), 1.0 / static_cast<double>(themes.size()));
}

ThemeLifts MeasureThemes(std::span<const LiftPost> posts, Several several, const LiftMinimum& minimum) {
  std::vector<TwoWayValue> values;
  values.reserve(posts.size());
  for (const LiftPost& post : posts) values.push_back({post.row, post.format, std::log1p(post.value)});
  const Polished polished = MedianPolish(values);
  const std::map<std::string, Sum> sums = SumsOf(posts, polished.residuals, several);

  ThemeLifts lifts;
  std::vector<const Sum*> judged;
  std::vector<std::size_t> places;
  double weight = 0;
  for (const auto& [name, sum] : sums) {
    ThemeEffect effect;
    effect.theme = name;
    effect.posts = sum.posts;
    effect.weight = sum.weight;
    if (sum.posts < minimum.posts_of_theme) {
      effect.needs = Have(sum.posts, "posts", minimum.posts_of_theme);
    } else {
      places.push_back(lifts.themes.size());
      judged.push_back(&sum);
      weight += sum.weight;
    }
    lifts.themes.push_back(std::move(effect));
  }
  lifts.posts = static_cast<int>(std::lround(weight));
  const auto refuse = [&](std::string needs) {
    lifts.needs = std::move(needs);
    for (ThemeEffect& effect : lifts.themes) {
      if (effect.needs.empty()) effect.needs = "the comparison as a whole has too little data";
    }
    return lifts;
  };
  if (static_cast<int>(judged.size()) < minimum.themes)
    return refuse(Have(static_cast<int>(judged.size()),
                       ("themes of " + std::to_string(minimum.posts_of_theme) + " posts or more").c_str(),
                       minimum.themes));
  if (lifts.posts < minimum.posts) return refuse(Have(lifts.posts, "posts with a theme", minimum.posts));
  // Levels were fitted to all posts; these pay for their share of them.
  const double levels = (polished.rows + std::max(polished.columns, 1) - 2) * weight /
                        std::max(1.0, static_cast<double>(posts.size()));
  const Pooled pooled = PooledVariance(judged, levels);
  if (pooled.degrees < 10)
    return refuse(
        "months and formats are too many for so few posts: more posts, or a longer period, are needed");
  if (pooled.variance <= 0) return refuse("all posts did exactly the same: nothing can be told apart");
  lifts.post_sd = std::sqrt(pooled.variance);
  lifts.posts_for_a_quarter = static_cast<int>(std::ceil(std::pow(kPower80 * lifts.post_sd / kQuarter, 2)));

  std::vector<double> means, errors;
  for (const Sum* sum : judged) {
    means.push_back(sum->mean());
    errors.push_back(lifts.post_sd * std::sqrt(sum->squares) / sum->weight);
  }
  const Result<Shrinkage> shrunken = EmpiricalBayes(means, errors);
  if (!shrunken.ok()) return refuse(ToSentence(shrunken.error()));
  const double usual = shrunken.value().mean;
  std::vector<double> p;
  for (std::size_t i = 0; i < judged.size(); ++i)
    p.push_back(StudentTwoSidedP((means[i] - usual) / errors[i], pooled.degrees));
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    ThemeEffect& effect = lifts.themes[places[i]];
    const ShrunkenEffect& group = shrunken.value().groups[i];
    const double away = group.estimate - usual, half = kCritical * group.sd;
    effect.raw = std::expm1(means[i] - usual);
    effect.lift = Lift{std::expm1(away), std::expm1(away - half), std::expm1(away + half)};
    effect.adjusted_p = adjusted[i];
    effect.verdict = VerdictOf(effect);
  }
  std::stable_sort(lifts.themes.begin(), lifts.themes.end(), [](const ThemeEffect& a, const ThemeEffect& b) {
    if (a.lift.has_value() != b.lift.has_value()) return a.lift.has_value();
    return a.lift && a.lift->value > b.lift->value;
  });
  return lifts;
}

}  // namespace backcast
