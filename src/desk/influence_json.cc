// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_json.h"
#include "desk/influence_data.h"
#include "desk/value_table.h"

namespace backcast {
namespace {

Json Text(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json Defined(Json json, const std::string& definition) {
  json["definition"] = definition;
  return json;
}

Json Amount(const std::optional<double>& amount, const std::string& currency, double n,
            const std::string& missing) {
  return ValueJson(amount, currency, n, missing);
}

Json PerJson(const CostPer& per, const std::string& currency, bool withheld) {
  if (per.value) {
    return ValueJson(*per.value, per.interval.low, per.interval.high, currency, static_cast<double>(per.n));
  }
  Json json = ValueJson(std::nullopt, currency, static_cast<double>(per.n),
                        per.why_not.empty() ? "not reported" : per.why_not);
  if (per.too_few) json["state"] = "too_little_data";
  if (per.withheld || withheld) json["state"] = "withheld";
  return json;
}

Json PerJson(const PostCost& per, const std::string& currency, bool withheld) {
  if (per.value && per.within)
    return ValueJson(*per.value, per.within->low, per.within->high, currency, per.n);
  Json json = ValueJson(per.value, currency, per.n, per.why_not);
  if (withheld) json["state"] = "withheld";
  return json;
}

Json ShareJson(double k, double n, const std::string& missing) {
  const auto share = ShareOf(k, n);
  if (!share) return ValueJson(std::nullopt, "ratio", 0, missing);
  return ValueJson(share->value, share->interval.low, share->interval.high, "ratio", n);
}

Json ReducedJson(const std::optional<Reduced>& reduced, const std::string& unit, const std::string& missing) {
  if (!reduced) return ValueJson(std::nullopt, unit, 0, missing);
  return ValueJson(reduced->value, reduced->interval.low, reduced->interval.high, unit, reduced->n);
}

Json AudienceJson(const Creator& creator) {
  const FollowerCounts& counts = creator.followers;
  const std::string none = "no sample of this creator's followers tells";
  Json reasons = Json::array();
  for (const auto& [rule, followers] : counts.reasons)
    reasons.push_back({{"rule", rule}, {"followers", ValueJson(followers, "count", counts.told, "")}});
  return {{"sampled_on", Text(creator.sampled_on)},
          {"sampled", ValueJson(counts.sampled > 0 ? std::optional(counts.sampled) : std::nullopt, "count",
                                counts.sampled, "no sample of this creator's followers was read")},
          {"small", counts.sampled > 0 ? Json(counts.told < kFollowersForSample) : Json()},
          {"suspected_share", ShareJson(counts.suspected, counts.told, none)},
          {"reasons", std::move(reasons)},
          {"target_share", ShareJson(counts.in_target, counts.placed, none)},
          {"target_share_told", ValueJson(creator.told_target_share, "ratio", 0, "the creator told none")},
          {"quality", Defined(ReducedJson(creator.quality, "ratio", none), "audience_quality@1")}};
}

Json ScoreJson(const Creator& creator, const Framework& framework) {
  if (!creator.score) return {};
  const CreatorScore& score = *creator.score;
  Json lines = Json::array();
  for (std::size_t i = 0; i < score.lines.size(); ++i) {
    const CriterionScore& line = score.lines[i];
    Json within = line.of.interval ? Json{line.of.interval->low, line.of.interval->high} : Json();
    lines.push_back({{"id", line.id},
                     {"metric", Text(framework.metrics[i])},
                     {"column", Text(framework.columns[i])},
                     {"weight", line.weight},
                     {"good", framework.criteria[i].good},
                     {"bad", framework.criteria[i].bad},
                     {"value", line.of.value ? Json(*line.of.value) : Json()},
                     {"value_within", std::move(within)},
                     {"points", line.points ? Json(*line.points) : Json()},
                     {"contribution", line.points ? Json(line.contribution) : Json()},
                     {"missing", Text(line.of.missing)}});
  }
  return {{"score", score.score ? Json(*score.score) : Json()},
          {"worst", score.score ? Json(score.worst) : Json()},
          {"best", score.score ? Json(score.best) : Json()},
          {"weight_known", score.known},
          {"weight_all", score.all},
          {"lines", std::move(lines)}};
}

Json CreatorJson(const InfluenceAnswer& answer, const Creator& creator, const JudgedCost& cost) {
  const std::string& currency = answer.currency;
  const double n = creator.deliverables;
  Json money = Defined(Amount(creator.cost, currency, n, creator.no_cost), "influencer_cost@1");
  if (creator.cost_withheld) money["state"] = "withheld";
  Json json = {
      {"creator", Text(creator.name)},
      {"platforms", creator.platforms},
      {"codes", creator.codes},
      {"campaigns", creator.campaigns},
      {"deliverables", ValueJson(creator.deliverables, "count", n, "")},
      {"published", ValueJson(creator.out, "count", n, "")},
      {"cost", std::move(money)},
      {"orders_from", ToWord(creator.from)},
      {"orders", ValueJson(creator.orders(), "count", creator.orders().value_or(0), "nobody counted them")},
      {"orders_reported", ValueJson(creator.reported_orders, "count", n, "the collaborations name none")},
      {"first_orders", ValueJson(creator.first_orders, "count", creator.own_orders.value_or(0),
                                 "the own orders do not tell")},
      {"revenue", ValueJson(creator.revenue, currency, creator.own_orders.value_or(0),
                            creator.no_revenue.empty() ? "no own order can be told" : creator.no_revenue)},
      {"visits",
       ValueJson(creator.visits, "count", creator.visits.value_or(0), "no link of this creator is known")},
      {"engagements", ValueJson(creator.engagements, "count", n, "none are reported")},
      {"authentic_engagements",
       ReducedJson(
           creator.authentic, "count",
           creator.engagements ? "no sample of this creator's followers tells" : "none are reported")},
      {"cost_per_order",
       Defined(PerJson(cost.full, currency, creator.cost_withheld), "cost_per_influencer_order@1")},
      {"cost_per_visit", PerJson(creator.per_visit, currency, creator.cost_withheld)},
      {"cost_per_engagement", PerJson(creator.per_engagement, currency, creator.cost_withheld)},
      {"cost_per_authentic_engagement", PerJson(creator.per_authentic, currency, creator.cost_withheld)},
      {"verdict", ToWord(cost.verdict)},
      {"because", Text(cost.because)},
      {"ratio", cost.ratio ? ValueJson(cost.ratio->ratio, cost.ratio->interval.low, cost.ratio->interval.high,
                                       "ratio", static_cast<double>(cost.full.n))
                           : Json()},
      {"adjusted_p", cost.ratio ? Json(cost.adjusted_p) : Json()},
      {"audience", AudienceJson(creator)},
      {"disclosed_share",
       Defined(ShareJson(creator.disclosed, creator.marked, "nobody noted it"), "disclosure_rate@1")},
      {"on_time_share", Defined(ShareJson(creator.on_time, creator.due, "no deliverable has a due day"),
                                "collab_on_time_rate@2")},
      {"score", ScoreJson(creator, answer.framework)}};
  if (answer.framework.price) {
    json["earned_media_value"] = ValueJson(creator.media_value, currency, n, "no engagements are reported");
    json["earned_media_value"]["context_only"] = true;
  }
  return json;
}

Json DayJson(const std::optional<Day>& day) { return day ? Json(ToIso(*day)) : Json(); }

Json FaultJson(const Deliverable& one) {
  return {{"fault", ToWord(one.fault)},
          {"due", DayJson(one.due)},
          {"published", DayJson(one.published)},
          {"days_late", one.days > 0 ? Json(one.days) : Json()}};
}

}  // namespace

std::string InfluenceJson(const InfluenceAnswer& answer) {
  Json creators = Json::array(), faults = Json::array(), findings = Json::array();
  for (std::size_t i = 0; i < answer.creators.size(); ++i)
    creators.push_back(CreatorJson(answer, answer.creators[i], answer.judged[i]));
  for (const Deliverable& one : answer.faults) {
    Json fault = {{"creator", Text(one.creator)},
                  {"collaboration", Text(one.collaboration)},
                  {"deliverable", Text(one.id)}};
    fault.update(FaultJson(one));
    faults.push_back(std::move(fault));
    if (one.fault != Deliverable::Fault::kUndisclosed) continue;
    findings.push_back({{"rule", "undisclosed"},
                        {"severity", "warning"},
                        {"message", one.creator + ", " + one.collaboration + "/" + one.id +
                                        ": the post does not say that it is paid for"}});
  }
  for (const Creator& creator : answer.creators) {
    if (!creator.cost_withheld) continue;
    findings.push_back({{"rule", "cost_withheld"},
                        {"severity", "warning"},
                        {"message", creator.name + ": " + creator.no_cost}});
  }
  const Framework& framework = answer.framework;
  Json price = framework.price
                   ? Json{{"per_engagement", *framework.price}, {"why", Text(framework.price_why)}}
                   : Json();
  Json json = Envelope("influence", answer.workspace,
                       {{"creators", std::move(creators)},
                        {"deliverables_to_look_at", std::move(faults)},
                        {"shared_codes", answer.shared},
                        {"media_price", std::move(price)}});
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  json["findings"] = std::move(findings);
  return Dump(json);
}

std::string InfluenceCsv(const InfluenceAnswer& answer) {
  ValueTable table("creator");
  for (std::size_t i = 0; i < answer.creators.size(); ++i) {
    Json json = CreatorJson(answer, answer.creators[i], answer.judged[i]);
    json.erase("creator");
    table.Add(answer.creators[i].name, json);
  }
  for (const Deliverable& one : answer.faults) {
    Json json = Json::object();
    json["deliverable_to_look_at"][one.collaboration + "/" + one.id] = FaultJson(one);
    table.Add(one.creator, json);
  }
  return table.ToCsv();
}

}  // namespace backcast
