// SPDX-License-Identifier: Apache-2.0
#include "desk/bots_json.h"

#include "desk/bots_data.h"
#include "desk/chain_json.h"

namespace backcast {
namespace {

Json WithState(Json json, const char* state) {
  json["state"] = state;
  return json;
}

Json VisitsJson(const VisitCount& count) {
  return {
      {"gross", ValueJson(count.gross, "count", count.gross, "")},
      {"suspected", ValueJson(count.suspected, "count", count.gross, "")},
      {"net", ValueJson(count.net(), "count", count.gross, "")},
      {"not_checked", ValueJson(count.unchecked, "count", count.gross, "")},
      {"suspected_share", count.gross > 0 ? ValueJson(count.suspected / count.gross, "ratio", count.gross, "")
                                          : ValueJson(std::nullopt, "ratio", 0, "no visits")}};
}

Json ShareJson(double part, double of, const std::optional<Interval>& interval) {
  if (of <= 0 || !interval) return ValueJson(std::nullopt, "ratio", of, "nothing to take a share of");
  return ValueJson(part / of, interval->low, interval->high, "ratio", of);
}

Json QualityJson(const RuleQuality& quality) {
  return {{"precision", ShareJson(quality.right, quality.found, quality.precision)},
          {"recall", ShareJson(quality.right, quality.of, quality.recall)}};
}

Json SampleJson(const FollowerSample& sample, int least) {
  Json rules = Json::array();
  for (const FollowerSample::Fired& rule : sample.rules) {
    Json one = {{"id", rule.id}, {"title", rule.title}, {"checked", rule.checked}};
    one["followers"] = rule.checked ? ValueJson(rule.followers, "count", sample.sampled, "")
                                    : ValueJson(std::nullopt, "count", 0, "the sample does not tell");
    if (sample.labelled > 0 && rule.checked) one["against_labels"] = QualityJson(rule.quality);
    rules.push_back(std::move(one));
  }
  Json json = {{"platform", sample.platform},
               {"account", sample.account},
               {"sampled_on", sample.day},
               {"sampled", ValueJson(sample.sampled, "count", sample.sampled, "")},
               {"suspected", ValueJson(sample.suspected, "count", sample.told(), "")},
               {"suspected_share",
                sample.told() > 0 ? ValueJson(sample.suspected / sample.told(), sample.share.low,
                                              sample.share.high, "ratio", sample.told())
                                  : ValueJson(std::nullopt, "ratio", 0, "no column that a rule looks at")},
               {"unknown", ValueJson(sample.unknown, "count", sample.sampled, "")},
               {"unknown_share", ValueJson(sample.unknown / sample.sampled, "ratio", sample.sampled, "")},
               {"rules_version", sample.version},
               {"small", sample.told() < least},
               {"labelled", ValueJson(sample.labelled, "count", sample.sampled, "")},
               {"rules", std::move(rules)}};
  if (sample.labelled > 0) json["against_labels"] = QualityJson(sample.quality);
  if (!sample.corrected) {
    json["corrected_share"] = WithState(
        ValueJson(std::nullopt, "ratio", sample.labelled, sample.correction_needs), "too_little_data");
    return json;
  }
  const CorrectedShare& corrected = *sample.corrected;
  json["corrected_share"] =
      ValueJson(corrected.share, corrected.interval.low, corrected.interval.high, "ratio", sample.told());
  json["sensitivity"] = ValueJson(corrected.sensitivity, corrected.sensitivity_interval.low,
                                  corrected.sensitivity_interval.high, "ratio", sample.labels.positives());
  json["specificity"] = ValueJson(corrected.specificity, corrected.specificity_interval.low,
                                  corrected.specificity_interval.high, "ratio", sample.labels.negatives());
  return json;
}

Json BurstsJson(const AccountBursts& account) {
  Json bursts = Json::array();
  for (const GrowthBurst& burst : account.found.bursts) {
    bursts.push_back({{"day", ToIso(burst.day)},
                      {"gained", ValueJson(burst.gained, "count", 1, "")},
                      {"expected", ValueJson(burst.expected, "count", 1, "")},
                      {"days", burst.days},
                      {"rose", burst.rose},
                      {"explained", !burst.rose.empty()}});
  }
  return {{"platform", account.platform},
          {"account", account.account},
          {"judged", account.found.judged},
          {"by", account.found.weeks ? "week" : "day"},
          {"needs", account.found.needs.empty() ? Json() : Json(account.found.needs)},
          {"bursts", std::move(bursts)}};
}

Json KpiJson(const KpiWithout& kpi) {
  Json json = {{"node", kpi.node}, {"metric", kpi.metric}};
  json["gross"] = ValueJson(kpi.gross, kpi.unit, 0, kpi.because);
  json["net"] = ValueJson(kpi.net, kpi.unit, 0, kpi.because);
  json["estimated"] = kpi.estimate.has_value();
  const bool both = kpi.gross && kpi.net && *kpi.gross != 0;
  if (kpi.estimate) {
    const LoggedShare& share = *kpi.estimate;
    json["net"] = ValueJson(*kpi.net, *kpi.gross * (1 - share.share.high), *kpi.gross * (1 - share.share.low),
                            kpi.unit, share.told);
    json["suspected_share_of_log"] =
        ValueJson(share.suspected / share.told, share.share.low, share.share.high, "ratio", share.told);
  }
  json["change"] = both ? ValueJson(*kpi.net / *kpi.gross - 1, "ratio", 0, "")
                        : ValueJson(std::nullopt, "ratio", 0, kpi.because);
  return json;
}

}  // namespace

Json FollowerSamplesJson(const BotsAnswer& answer) {
  Json samples = Json::array();
  for (const FollowerSample& sample : answer.samples)
    samples.push_back(SampleJson(sample, answer.least_sample));
  return samples;
}

Json GrowthJson(const BotsAnswer& answer) {
  Json bursts = Json::array();
  for (const AccountBursts& account : answer.bursts) bursts.push_back(BurstsJson(account));
  return bursts;
}

std::string BotsJson(const BotsAnswer& answer) {
  Json rules = Json::array(), channels = Json::array(), kpis = Json::array();
  for (const RuleState& rule : answer.rules) {
    rules.push_back({{"id", rule.id},
                     {"title", rule.title},
                     {"visits", rule.missing.empty()
                                    ? ValueJson(rule.visits, "count", answer.all.gross, "")
                                    : ValueJson(std::nullopt, "count", 0, "no file fills " + rule.missing)}});
  }
  for (const auto& [group, count] : answer.by_channel) {
    Json one = {{"channel_group", group.empty() ? Json() : Json(group)}};
    one.update(VisitsJson(count));
    channels.push_back(std::move(one));
  }
  for (const KpiWithout& kpi : answer.kpis) kpis.push_back(KpiJson(kpi));
  Json visits = Json();
  if (answer.has_visits) {
    visits = VisitsJson(answer.all);
    visits["rules"] = std::move(rules);
    visits["channels"] = std::move(channels);
    visits["not_checked_at_all"] = {"networks of data centres", "whoever takes pains to look like a person"};
  }
  Json json = Envelope("bots", answer.workspace,
                       {{"visits", std::move(visits)},
                        {"kpis", std::move(kpis)},
                        {"follower_samples", FollowerSamplesJson(answer)},
                        {"followers_not_checked", answer.followers_not_checked},
                        {"growth", GrowthJson(answer)},
                        {"targeting", ToJson(answer.targeting)}});
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace backcast
