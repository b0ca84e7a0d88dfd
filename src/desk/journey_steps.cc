// SPDX-License-Identifier: Apache-2.0
// From counts to rates between stages.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/number.h"
#include "desk/journey_conditions.h"
#include "desk/journey_volumes.h"
#include "measure/decompose.h"

namespace backcast {
namespace {

/// Whether the later stage counts some of the rows that the earlier one counts.
bool IsPartOf(const CountedStage& to, const CountedStage& from, const Catalogue& catalogue) {
  const Expression& later = catalogue.Find(to.metric)->expression;
  const Expression& earlier = catalogue.Find(from.metric)->expression;
  for (const Expression* one : {&later, &earlier}) {
    if (one->kind != Expression::Kind::kAggregate || one->aggregate != "count" || !one->argument.empty())
      return false;
  }
  if (later.fact != earlier.fact || later.day != earlier.day || to.stage.scope != from.stage.scope)
    return false;
  std::set<std::string> needs_later, needs_earlier;
  CollectAllOf(later.condition, needs_later);
  CollectAllOf(earlier.condition, needs_earlier);
  return std::includes(needs_later.begin(), needs_later.end(), needs_earlier.begin(), needs_earlier.end());
}

/// Whether rows of the earlier stage may come to the later one in days to come: it asks for an instant.
bool FillsUp(const Metric& later, const Schemas& schemas) {
  const Fact* fact = schemas.Find(later.expression.fact);
  std::set<std::string> columns;
  CollectAskedToBeThere(later.expression.condition, columns);
  return fact != nullptr && std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
           const FactColumn* column = fact->Find(name);
           return column != nullptr && column->type == Type::kInstant;
         });
}

/// The cohort, and the step of it, that follows the rows from the one stage to the other.
struct Followed {
  const CohortAnswer* cohort = nullptr;
  std::size_t step = 0;
};

Followed FollowerOf(const CountedStage& from, const CountedStage& to,
                    const std::vector<CohortAnswer>& cohorts, const Catalogue& catalogue) {
  if (!from.stage.scope.empty() || !to.stage.scope.empty()) return {};
  const Expression& earlier = catalogue.Find(from.metric)->expression;
  std::set<std::string> asked, begins;
  CollectAskedToBeThere(catalogue.Find(to.metric)->expression.condition, asked);
  CollectAllOf(earlier.condition, begins);
  for (const CohortAnswer& cohort : cohorts) {
    if (!cohort.because.empty() || cohort.cohort.fact != earlier.fact) continue;
    const auto where = ParseFormula("count(" + cohort.cohort.fact + " where " + cohort.cohort.where + ")");
    std::set<std::string> same;
    if (where.ok()) CollectAllOf(where.value().condition, same);
    if (same != begins) continue;
    for (std::size_t i = 0; i < cohort.cohort.steps.size(); ++i) {
      const std::vector<std::string>& at = cohort.cohort.steps[i].at;
      if (!cohort.unreported[i] && std::set<std::string>(at.begin(), at.end()) == asked) return {&cohort, i};
    }
  }
  return {};
}

/// The verdict of a step that fills up rests on those who had the time.
void JudgeByCohort(JourneyStep& step, const Followed& followed) {
  step.judged = {};
  if (followed.cohort == nullptr) return;
  step.within = followed.cohort->cohort.steps[followed.step].within;
  for (const CohortGroup& group : followed.cohort->groups) {
    if (group.whole == step.whole && group.group == step.group) step.judged = group.matured[followed.step];
  }
}

StepCounts CountsOf(std::optional<double> from, std::optional<double> to,
                    const std::map<Day, double>& from_days, const std::map<Day, double>& to_days,
                    bool part_of) {
  StepCounts counts;
  if (!from || !to) return counts;
  counts.from = *from;
  counts.to = *to;
  counts.part_of = part_of;
  std::set<Day> days;
  for (const auto& [day, value] : from_days) days.insert(day);
  for (const auto& [day, value] : to_days) days.insert(day);
  const auto at = [](const std::map<Day, double>& values, Day day) {
    const auto found = values.find(day);
    return found == values.end() ? 0.0 : found->second;
  };
  if (from_days.empty() || (to_days.empty() && *to > 0)) return counts;  // not a count that adds over days
  for (const Day day : days) {
    counts.daily_from.push_back(at(from_days, day));
    counts.daily_to.push_back(at(to_days, day));
  }
  return counts;
}

JourneyStep StepOf(std::size_t from, std::size_t to, bool part_of, const StageNumbers& earlier,
                   const StageNumbers& later) {
  JourneyStep step{.from = from,
                   .to = to,
                   .whole = true,
                   .group = "",
                   .counts = {},
                   .now = {},
                   .before = {},
                   .change = {},
                   .mix = {},
                   .rate = {}};
  step.counts.now = CountsOf(earlier.now, later.now, earlier.now_days, later.now_days, part_of);
  step.counts.before =
      CountsOf(earlier.before, later.before, earlier.before_days, later.before_days, part_of);
  step.judged = step.counts;
  step.now = RateOfStep(step.counts.now);
  step.before = RateOfStep(step.counts.before);
  return step;
}

/// Splits the change of a whole rate into who came and what each did; nothing where groups do not add up.
void SplitChange(JourneyStep& whole, const std::vector<JourneyStep>& groups) {
  std::vector<double> w0, r0, w1, r1;
  double from0 = 0, from1 = 0;
  for (const JourneyStep& group : groups) {
    if (group.to != whole.to) continue;
    const StepCounts &now = group.counts.now, &before = group.counts.before;
    // A group that is in one period only has no rate in the other: its own rate moved by nothing.
    if (now.from <= 0 && before.from <= 0) continue;
    const double rate_now = now.from > 0 ? now.to / now.from : before.to / before.from;
    w0.push_back(before.from);
    w1.push_back(now.from);
    r0.push_back(before.from > 0 ? before.to / before.from : rate_now);
    r1.push_back(rate_now);
    from0 += before.from;
    from1 += now.from;
  }
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-6 * std::max(1.0, std::abs(b)); };
  if (w0.size() < 2 || from0 <= 0 || from1 <= 0 || !near(from0, whole.counts.before.from) ||
      !near(from1, whole.counts.now.from))
    return;
  for (double& weight : w0) weight /= from0;
  for (double& weight : w1) weight /= from1;
  const auto split = MixAndRate(w0, r0, w1, r1);
  if (!split.ok()) return;
  double mix = 0, rate = 0;
  for (const double part : split.value().mix) mix += part;
  for (const double part : split.value().rate) rate += part;
  whole.mix = mix;
  whole.rate = rate;
}

void Judge(std::vector<JourneyStep>& steps) {
  std::vector<StepPair> pairs;
  for (const JourneyStep& step : steps) pairs.push_back(step.judged);
  const std::vector<StepChange> changes = CompareSteps(pairs);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    JourneyStep& step = steps[i];
    step.change = changes[i];
    const bool still_fills = step.counts.now.from > 0 && step.judged.now.from == 0;
    if (still_fills)
      step.change.needs =
          step.within ? "nobody of the period had " + FormatNumber(*step.within, "count", true) + " days yet"
                      : "it still fills up, and no cohort follows it";
  }
}

}  // namespace

JourneySteps StepsOf(const Volumes& volumes, const std::vector<CohortAnswer>& cohorts,
                     const Catalogue& catalogue, const Schemas& schemas) {
  std::vector<JourneyStep> wholes, groups;
  for (std::size_t to = 0; to < volumes.stages.size(); ++to) {
    const CountedStage& later = volumes.stages[to];
    for (const std::string& of : later.stage.of) {
      const auto found =
          std::find_if(volumes.stages.begin(), volumes.stages.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](const CountedStage& stage) { return stage.stage.id == of; });
      if (found == volumes.stages.begin() + static_cast<std::ptrdiff_t>(to)) continue;
      const auto from = static_cast<std::size_t>(found - volumes.stages.begin());
      const bool part_of = IsPartOf(later, *found, catalogue);
      const bool fills_up = part_of && FillsUp(*catalogue.Find(later.metric), schemas);
      const Followed followed = fills_up ? FollowerOf(*found, later, cohorts, catalogue) : Followed{};
      wholes.push_back(StepOf(from, to, part_of, found->total, later.total));
      if (fills_up) JudgeByCohort(wholes.back(), followed);
      if (!later.has_dimension || !found->has_dimension) break;
      for (const auto& [group, numbers] : found->groups) {
        const auto there = later.groups.find(group);
        StageNumbers none;
        if (numbers.now) none.now = 0;
        if (numbers.before) none.before = 0;
        JourneyStep step =
            StepOf(from, to, part_of, numbers, there == later.groups.end() ? none : there->second);
        step.whole = false;
        step.group = group;
        if (fills_up) JudgeByCohort(step, followed);
        groups.push_back(std::move(step));
      }
      break;
    }
  }
  Judge(wholes);
  Judge(groups);
  for (JourneyStep& whole : wholes) {
    if (!whole.within && whole.change.verdict != StepVerdict::kTooLittle) SplitChange(whole, groups);
  }
  std::vector<StepPair> pairs;
  std::vector<StepChange> changes;
  for (const JourneyStep& step : wholes) {
    pairs.push_back(step.judged);
    changes.push_back(step.change);
  }
  JourneySteps steps;
  steps.weakest = WeakestStep(pairs, changes);
  steps.steps = std::move(wholes);
  for (JourneyStep& group : groups) steps.steps.push_back(std::move(group));
  return steps;
}

}  // namespace backcast
