// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/journey_words.h"
#include "report/hostile.h"

namespace backcast {
namespace {

Quantity RateOf(const char* name, const StepCounts& counts) {
  const auto rate = RateOfStep(counts);
  Quantity quantity{.name = name, .value = rate ? rate->rate : 0, .unit = "ratio"};
  if (rate && rate->interval) {
    quantity.low = rate->interval->low;
    quantity.high = rate->interval->high;
  }
  quantity.n = static_cast<std::int64_t>(counts.from);
  return quantity;
}

}  // namespace

std::vector<Claim> JourneyClaims(const JourneyAnswer& answer) {
  std::vector<Claim> claims;
  if (answer.compare.days() <= 0 || !answer.steps.weakest) return claims;
  const JourneyStep& step = answer.steps.steps[*answer.steps.weakest];
  const CountedStage &from = answer.volumes.stages[step.from], &to = answer.volumes.stages[step.to];
  const Interval& change = *step.change.interval;
  std::vector<Quantity> quantities = {
      {.name = "change",
       .value = 100 * step.change.difference,
       .low = 100 * change.low,
       .high = 100 * change.high,
       .n = static_cast<std::int64_t>(step.judged.now.from + step.judged.before.from),
       .unit = "percent_points"},
      RateOf("before", step.judged.before),
      RateOf("now", step.judged.now)};
  if (step.within) quantities.push_back({.name = "within", .value = *step.within, .unit = "count"});
  const std::string key =
      std::string("journey.weakest") + (step.within ? ".within" : "") + (to.owner.empty() ? ".unowned" : "");
  Say(claims, key, std::move(quantities),
      {{"from", from.stage.title}, {"to", to.stage.title}, {"owner", to.owner}});
  return claims;
}

std::string FillingUp(const JourneyAnswer& answer) {
  std::string list;
  for (const JourneyStep& step : answer.steps.steps) {
    if (step.whole && step.within)
      list += (list.empty() ? "" : ", ") + Visible(answer.volumes.stages[step.to].stage.title);
  }
  if (list.empty()) return "";
  return list +
         ": so far; what began late had less time for it. The verdict is that of the persons, who had it.";
}

std::string NoWeakStep(const JourneyAnswer& answer) {
  if (answer.compare.days() <= 0 || answer.steps.weakest) return "";
  std::string needs;
  for (const JourneyStep& step : answer.steps.steps) {
    if (!step.whole || step.change.verdict != StepVerdict::kTooLittle || step.change.needs.empty()) continue;
    needs += (needs.empty() ? "" : "; ") + Visible(answer.volumes.stages[step.to].stage.title) + ": " +
             step.change.needs;
  }
  return "No step fell by more than chance explains." +
         (needs.empty() ? "" : " Too little data for " + needs + ".");
}

}  // namespace backcast
