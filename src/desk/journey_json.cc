// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_json.h"
#include "desk/journey_answer.h"

namespace backcast {
namespace {

Json TooLittle(const std::string& unit, double n, const std::string& needs) {
  Json json = ValueJson(std::nullopt, unit, n, needs);
  json["state"] = "too_little_data";
  return json;
}

Json Rate(const std::optional<StepRate>& rate, const StepCounts& counts) {
  if (!rate) return ValueJson(std::nullopt, "ratio", 0, "nothing at the earlier stage");
  Json json = rate->interval
                  ? ValueJson(rate->rate, rate->interval->low, rate->interval->high, "ratio", counts.from)
                  : ValueJson(rate->rate, "ratio", counts.from, "");
  json["interval"] = !rate->interval ? Json() : Json(rate->wilson ? "wilson" : "days");
  if (!rate->needs.empty()) json["needs"] = rate->needs;
  return json;
}

Json GroupJson(const JourneyStep& step, const std::string& by) {
  if (step.whole) return Json::object();
  return {{by, step.group.empty() ? Json() : Json(step.group)}};
}

Json StepJson(const JourneyStep& step, const JourneyAnswer& answer) {
  const CountedStage& to = answer.volumes.stages[step.to];
  const StepChange& change = step.change;
  const double n = step.judged.now.from + step.judged.before.from;
  Json json = {{"from", answer.volumes.stages[step.from].stage.id},
               {"to", to.stage.id},
               {"group", GroupJson(step, answer.by)},
               {"rate", Rate(step.now, step.counts.now)},
               {"previous", Rate(step.before, step.counts.before)},
               {"verdict", ToWord(change.verdict)}};
  if (change.verdict == StepVerdict::kTooLittle) {
    json["change"] = TooLittle("ratio", n, change.needs);
  } else {
    json["change"] = change.interval ? ValueJson(change.difference, change.interval->low,
                                                 change.interval->high, "ratio", n)
                                     : ValueJson(change.difference, "ratio", n, "");
    json["adjusted_p"] = change.adjusted_p;
  }
  if (step.within) {
    json["judged"] = {{"within_days", *step.within},
                      {"rate", Rate(RateOfStep(step.judged.now), step.judged.now)},
                      {"previous", Rate(RateOfStep(step.judged.before), step.judged.before)}};
  }
  if (step.mix) {
    json["because_others_came"] = ValueJson(*step.mix, "ratio", n, "");
    json["because_each_did_more"] = ValueJson(*step.rate, "ratio", n, "");
  }
  if (!to.owner.empty()) json["owner"] = to.owner;
  return json;
}

Json StageJson(const CountedStage& stage, const std::string& by) {
  Json json = {{"id", stage.stage.id},
               {"title", stage.stage.title},
               {"metric", stage.metric.starts_with("journey_stage_") ? Json() : Json(stage.metric)},
               {"formula", stage.formula},
               {"of", stage.stage.of},
               {"value", ValueJson(stage.total.now, "count", stage.total.now_rows, "")},
               {"previous", ValueJson(stage.total.before, "count", stage.total.before_rows, "")}};
  json["groups"] = Json::array();
  for (const auto& [group, numbers] : stage.groups) {
    json["groups"].push_back({{"group", {{by, group.empty() ? Json() : Json(group)}}},
                              {"value", ValueJson(numbers.now, "count", numbers.now_rows, "")},
                              {"previous", ValueJson(numbers.before, "count", numbers.before_rows, "")}});
  }
  return json;
}

Json Median(const CohortStep& step) {
  if (!step.median) return TooLittle("days", step.began, step.median_needs);
  if (!step.median->value)
    return ValueJson(std::nullopt, "days", step.began, "fewer than half got there within the time observed");
  return ValueJson(*step.median->value, step.median->low, step.median->high, "days", step.began);
}

Json ShareWithin(const CohortStep& step) {
  if (step.within)
    return ValueJson(step.within->share, step.within->interval.low, step.within->interval.high, "ratio",
                     step.began);
  return TooLittle("ratio", step.began, step.began > 0 ? "nobody was observed for so long" : "nobody began");
}

Json ChangeJson(const StepChange& change, const StepPair& judged) {
  const double n = judged.now.from + judged.before.from;
  if (change.verdict == StepVerdict::kTooLittle || !change.interval)
    return TooLittle("ratio", n, change.needs);
  return ValueJson(change.difference, change.interval->low, change.interval->high, "ratio", n);
}

Json FollowedJson(const FollowedStep& followed, const CohortGroup& group, std::size_t at, bool unreported) {
  const CohortStep& step = group.steps[at];
  Json json = {{"id", followed.id}, {"title", followed.title}};
  if (unreported) {
    json["reached"] = ValueJson(std::nullopt, "count", 0, "no export fills it");
    return json;
  }
  const double n = step.began;
  json["reached"] = ValueJson(step.reached, "count", n, "");
  json["open"] = ValueJson(step.open, "count", n, "");
  json["before_start"] = step.before_start;
  json["share"] = ValueJson(n > 0 ? step.reached / n : 0, step.share.low, step.share.high, "ratio", n);
  json["median_days"] = Median(step);
  json["within_days"] = followed.within;
  json["share_within"] = ShareWithin(step);
  json["previous_within"] = ShareWithin(group.before[at]);
  json["change"] = ChangeJson(group.changes[at], group.matured[at]);
  json["verdict"] = ToWord(group.changes[at].verdict);
  if (step.median_of_reached) {
    const QuantileEstimate& median = *step.median_of_reached;
    json["median_days_of_reached"] =
        median.both_limits_exist
            ? ValueJson(median.value, median.interval.low, median.interval.high, "days", step.reached)
            : ValueJson(median.value, "days", step.reached, "");
  } else {
    json["median_days_of_reached"] = ValueJson(std::nullopt, "days", 0, "nobody got there");
  }
  return json;
}

Json CohortJson(const CohortAnswer& cohort, const std::string& by) {
  Json groups = Json::array();
  for (const CohortGroup& group : cohort.groups) {
    Json steps = Json::array();
    double began = 0;
    for (std::size_t i = 0; i < group.steps.size(); ++i) {
      began = std::max<double>(began, group.steps[i].began);
      steps.push_back(FollowedJson(cohort.cohort.steps[i], group, i, cohort.unreported[i]));
    }
    groups.push_back({{"group", group.whole ? Json::object()
                                            : Json{{by, group.group.empty() ? Json() : Json(group.group)}}},
                      {"began", ValueJson(began, "count", began, "")},
                      {"steps", std::move(steps)}});
  }
  return {{"id", cohort.cohort.id},
          {"title", cohort.cohort.title},
          {"extract", cohort.extract.empty() ? Json() : Json(cohort.extract)},
          {"because", cohort.because.empty() ? Json() : Json(cohort.because)},
          {"groups", std::move(groups)}};
}

}  // namespace

std::string JourneyJson(const JourneyAnswer& answer) {
  Json stages = Json::array(), left_out = Json::array(), steps = Json::array(), cohorts = Json::array();
  for (const CountedStage& stage : answer.volumes.stages) stages.push_back(StageJson(stage, answer.by));
  for (const LeftOutStage& stage : answer.volumes.left_out)
    left_out.push_back({{"id", stage.id}, {"title", stage.title}, {"because", stage.because}});
  for (const JourneyStep& step : answer.steps.steps) steps.push_back(StepJson(step, answer));
  for (const CohortAnswer& cohort : answer.cohorts) cohorts.push_back(CohortJson(cohort, answer.by));
  Json data = {
      {"by", answer.by.empty() ? Json() : Json(answer.by)},
      {"volumes",
       {{"stages", std::move(stages)},
        {"steps", std::move(steps)},
        {"weakest",
         answer.steps.weakest ? StepJson(answer.steps.steps[*answer.steps.weakest], answer) : Json()},
        {"left_out", std::move(left_out)}}},
      {"persons", {{"cohorts", std::move(cohorts)}}},
      {"targeting", ToJson(answer.targeting)}};
  Json json = Envelope("journey", answer.workspace, std::move(data));
  const auto span = [](const Window& window) {
    return Json{{"from", ToIso(window.from)}, {"to", ToIso(window.to - std::chrono::days{1})}};
  };
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = span(answer.period);
  json["compare"] = answer.compare.days() > 0 ? span(answer.compare) : Json();
  return Dump(json);
}

}  // namespace backcast
