// SPDX-License-Identifier: Apache-2.0
#include "chain/advice.h"

#include <algorithm>
#include <cmath>

#include "measure/regression.h"

namespace backcast {
namespace {

constexpr double kPush = 0.3, kGuess = 0.3;
constexpr double kPower = 1.96 + 0.84;
constexpr int kLeastWeeks = 8, kHalfYear = 26, kYear = 52;
constexpr int kRegions = 8;

double SdOf(const std::vector<double>& logs) {
  const auto fit = LeastSquares(logs, SlowMovement(logs.size()));
  if (!fit || fit->degrees <= 0) return 0;
  double squares = 0;
  for (const double value : fit->residuals) squares += value * value;
  return std::sqrt(squares / fit->degrees);
}

/// ln of what the test would do to `from`: three tenths, or as far as its target.
double PushOf(const ChainNode& from, const NodeData& data) {
  double push = std::log1p(kPush);
  if (from.goal.target && *from.goal.target > 0 && data.now && *data.now > 0 && from.combine != Combine::kSum)
    push = std::max(push, std::min(1.0, std::abs(std::log(*from.goal.target / *data.now))));
  return push;
}

}  // namespace

std::string_view ToWord(Design design) {
  switch (design) {
    case Design::kHoldOut:
      return "hold_out";
    case Design::kOnOff:
      return "on_off";
    case Design::kNotTestable:
      return "not_testable";
  }
  return "";
}

std::vector<Advice> Advise(const ValueChain& chain, const ChainData& data,
                           const std::vector<LinkEvidence>& evidence, int regions) {
  std::vector<Advice> all;
  for (const LinkEvidence& link : evidence) {
    const ChainNode* from = chain.Find(link.from);
    const ChainNode* to = chain.Find(link.to);
    const NodeData* x = data.Find(link.from);
    const NodeData* y = data.Find(link.to);
    if (link.kind != LinkKind::kInfluence || link.grade == "experimental" || from == nullptr ||
        to == nullptr || !from->in_plan)
      continue;
    if (x == nullptr || y == nullptr || x->daily.empty() || y->daily.empty() || !y->now) continue;
    const AlignedWeeks weeks = Align(x->daily, y->daily);
    if (weeks.to.size() < static_cast<std::size_t>(kLeastWeeks)) continue;
    Advice advice;
    advice.from = link.from;
    advice.to = link.to;
    advice.owner = from->owner;
    advice.weeks_seen = static_cast<int>(weeks.to.size());
    advice.weekly_sd = SdOf(weeks.to);
    if (!(advice.weekly_sd > 0)) continue;
    const double push = PushOf(*from, *x);
    double elasticity = kGuess, doubt = kGuess;
    if (link.test && link.test->elasticity_high > link.test->elasticity_low) {
      doubt = (link.test->elasticity_high - link.test->elasticity_low) / 2;
      if (link.Shown()) elasticity = std::abs(link.test->elasticity);
    }
    const double effect = elasticity * push;
    const double share = regions >= kRegions ? 0.5 : 1;
    advice.push = std::expm1(push);
    advice.effect_wanted = std::expm1(effect);
    advice.detectable = std::expm1(kPower * share * advice.weekly_sd * std::sqrt(4.0 / kHalfYear));
    advice.weeks =
        std::max(kLeastWeeks,
                 static_cast<int>(std::ceil(4 * std::pow(kPower * share * advice.weekly_sd / effect, 2))));
    advice.design = advice.weeks > kYear  ? Design::kNotTestable
                    : regions >= kRegions ? Design::kHoldOut
                                          : Design::kOnOff;
    advice.at_stake = std::abs(*y->now) * std::expm1(std::min(2.0, doubt * push));
    Say(advice.claims, "advice." + std::string(ToWord(advice.design)),
        {{.name = "weeks",
          .value = static_cast<double>(advice.weeks),
          .n = advice.weeks_seen,
          .unit = "count"},
         {.name = "push", .value = advice.push, .unit = "relative"},
         {.name = "effect", .value = advice.effect_wanted, .unit = "relative"},
         {.name = "detectable", .value = advice.detectable, .n = advice.weeks_seen, .unit = "relative"},
         {.name = "stake",
          .value = advice.at_stake,
          .unit = to->unit == "currency" ? data.currency : to->unit}},
        {{"from", from->title}, {"to", to->title}});
    all.push_back(std::move(advice));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Advice& a, const Advice& b) { return a.at_stake > b.at_stake; });
  return all;
}

}  // namespace backcast
