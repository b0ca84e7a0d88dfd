// SPDX-License-Identifier: Apache-2.0
// The answer of attribute for programs: JSON and CSV.
#include <fmt/format.h>

#include "desk/attribute_words.h"
#include "desk/chain_json.h"
#include "desk/envelope.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string Plain(double number) { return fmt::format("{:.15g}", number); }

std::string PlainOrNone(const std::optional<double>& number) { return number ? Plain(*number) : ""; }

Json OrNull(const std::optional<double>& number) { return number ? Json(*number) : Json(); }

Json CappedJson(const CappedCredit& one, const AskedJourneys& asked) {
  return {{"credit", one.credit},
          {"value", one.value},
          {"set_aside", one.set_aside},
          {"value_set_aside", one.value_set_aside},
          {"by", one.cap < 0 ? Json() : Json(asked.hold_outs[static_cast<std::size_t>(one.cap)].id)}};
}

Json ChannelJson(const ChannelCredit& one, const AskedJourneys& asked, const Credits& credits,
                 const CreditWords& words) {
  Json json = {{"channel", words.Name(one.channel)},
               {"credit", one.credit},
               {"value", one.value},
               {"share", one.share},
               {"low", OrNull(one.low)},
               {"high", OrNull(one.high)},
               {"share_low", OrNull(one.share_low)},
               {"share_high", OrNull(one.share_high)},
               {"value_low", OrNull(one.value_low)},
               {"value_high", OrNull(one.value_high)},
               {"level", one.low ? Json(0.95) : Json()},
               {"n", static_cast<std::int64_t>(credits.persons)}};
  if (one.removal_effect) {
    json["removal_effect"] = *one.removal_effect;
    json["removal_low"] = OrNull(one.removal_low);
    json["removal_high"] = OrNull(one.removal_high);
  }
  if (one.channel == Players::kMerged) {
    Json merged = Json::array();
    for (const ChannelCode channel : credits.players.merged) merged.push_back(asked.channels[channel]);
    json["merges"] = std::move(merged);
  }
  if (!one.positions.empty()) {
    Json positions = Json::array();
    for (const auto& [position, credit] : one.positions)
      positions.push_back({{"position", position}, {"credit", credit}});
    json["positions"] = std::move(positions);
  }
  return json;
}

Json ModelsJson(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                const CreditWords& words) {
  Json models = Json::array();
  for (const ModelCredit& model : credits.models) {
    Json channels = Json::array();
    const std::vector<CappedCredit> capped = words.Capped(model);
    for (const ChannelCredit& one : model.channels) {
      channels.push_back(ChannelJson(one, asked, credits, words));
      if (!capped.empty()) channels.back()["capped"] = CappedJson(capped[channels.size() - 1], asked);
    }
    Json json = {{"model", model.id},
                 {"state", StateOf(model)},
                 {"headline", model.id == kHeadlineModel},
                 {"reason", model.reason.empty() ? Json() : Json(model.reason)},
                 {"order", model.id == "markov" ? Json(command.order) : Json()},
                 {"credit", model.channels.empty() ? Json() : Json(model.credit)},
                 {"value", model.channels.empty() ? Json() : Json(model.value)},
                 {"channels", std::move(channels)}};
    if (!model.no_interval.empty()) json["no_interval"] = model.no_interval;
    if (model.conversion_rate) json["conversion_rate"] = *model.conversion_rate;
    if (!capped.empty())
      json["capped"] = {{"credit", SumOf(capped).credit}, {"set_aside", SumOf(capped).set_aside}};
    models.push_back(std::move(json));
  }
  return models;
}

Json CoverageJson(const AskedJourneys& asked, const Credits& credits) {
  Json causes = Json::array();
  for (const CoverageCause& cause : asked.causes) {
    causes.push_back({{"cause", cause.id},
                      {"conversions", cause.conversions},
                      {"credited", cause.credited},
                      {"says", cause.says},
                      {"fix", cause.fix}});
  }
  const double credited = credits.totals.conversions;
  return {{"subject", asked.subject},
          {"conversions", asked.conversions},
          {"credited", credited},
          {"share", asked.conversions > 0 ? Json(credited / asked.conversions) : Json()},
          {"value", credits.totals.value},
          {"currency", asked.currency.empty() ? Json() : Json(asked.currency)},
          {"journeys", credits.totals.journeys},
          {"persons", asked.from_touches ? Json(credits.persons) : Json()},
          {"touches", asked.touches},
          {"causes", std::move(causes)}};
}

Json RulesJson(const AskedJourneys& asked, const AttributeCommand& command) {
  const JourneyRules& rules = asked.rules;
  return {{"version", kJourneyRulesVersion},
          {"from", asked.from_touches ? "touches" : "paths"},
          {"channel", command.paths.empty() ? Json(command.by) : Json()},
          {"window_days", rules.window_days > 0 ? Json(rules.window_days) : Json()},
          {"direct", rules.drop_direct ? "dropped" : "kept"},
          {"repeats", rules.collapse ? "collapsed" : "kept"},
          {"most_touches", rules.most_touches > 0 ? Json(rules.most_touches) : Json()},
          {"half_life_days", rules.half_life_days},
          {"too_old", asked.too_old},
          {"direct_dropped", asked.shaped.direct_dropped},
          {"collapsed", asked.shaped.collapsed},
          {"journeys_cut", asked.shaped.cut},
          {"sentences", ToSentences(rules, asked.from_touches)}};
}

Json SpreadJson(const Credits& credits, const CreditWords& words) {
  Json spread = Json::array();
  for (const CreditSpread& one : credits.spread) {
    spread.push_back({{"channel", words.Name(one.channel)},
                      {"points", one.points()},
                      {"headline", one.headline},
                      {"band",
                       {{"low", OrNull(one.low)},
                        {"high", OrNull(one.high)},
                        {"holds_where_met_by_chance", one.known ? Json(kBandHolds) : Json()},
                        {"n", static_cast<std::int64_t>(credits.persons)}}},
                      {"least", {{"share", one.least}, {"model", one.least_model}}},
                      {"most", {{"share", one.most}, {"model", one.most_model}}}});
  }
  return spread;
}

Json HoldOutsJson(const AskedJourneys& asked, const Credits& credits, const CreditWords& words) {
  Json list = Json::array();
  if (words.headline() == nullptr) return list;
  for (const HoldOut& one : asked.hold_outs) {
    Json channels = Json::array();
    for (const int channel : one.channels) channels.push_back(words.Name(channel));
    const double credited = words.CreditedShare(one);
    list.push_back({{"experiment", one.id},
                    {"channels", std::move(channels)},
                    {"caused", ValueJson(one.caused, one.low, one.high, "ratio", static_cast<double>(one.n))},
                    {"credited", credited},
                    {"credited_too_much", words.CreditedTooMuch(one)},
                    {"cap",
                     {{"conversions", words.Most(one)},
                      {"credited", credited * credits.totals.conversions},
                      {"kind", one.kind},
                      {"from", one.days ? Json(ToIso(one.days->from)) : Json()},
                      {"to", one.days ? Json(ToIso(one.days->to - std::chrono::days{1})) : Json()},
                      {"n", one.n}}}});
  }
  return list;
}

Json OrdersJson(const Credits& credits) {
  Json orders = Json::array();
  const int best = BestOrder(credits.orders);
  for (const OrderFit& fit : credits.orders) {
    orders.push_back({{"order", fit.order},
                      {"states", fit.states},
                      {"parameters", fit.parameters},
                      {"log_likelihood", fit.log_likelihood},
                      {"bic", fit.bic},
                      {"p", OrNull(fit.p_value)},
                      {"preferred", fit.order == best}});
  }
  return orders;
}

}  // namespace

std::string CreditCsv(const AskedJourneys& asked, const Credits& credits) {
  const CreditWords words(asked, credits);
  std::string out =
      "model,state,channel,credit,low,high,n,value,share,reason,value_low,value_high,removal_effect,capped,"
      "set_aside\r\n";
  for (const ModelCredit& model : credits.models) {
    const std::string head = model.id + "," + std::string(StateOf(model)) + ",";
    if (model.channels.empty()) out += head + ",,,,,,," + EscapeCsv(model.reason, true) + ",,,,,\r\n";
    const std::vector<CappedCredit> capped = words.Capped(model);
    for (std::size_t at = 0; at < model.channels.size(); ++at) {
      const ChannelCredit& one = model.channels[at];
      out += head + EscapeCsv(words.Name(one.channel), true) + "," + Plain(one.credit) + "," +
             PlainOrNone(one.low) + "," + PlainOrNone(one.high) + "," +
             (one.low ? Plain(credits.persons) : "") + "," + Plain(one.value) + "," + Plain(one.share) +
             ",," + PlainOrNone(one.value_low) + "," + PlainOrNone(one.value_high) + "," +
             PlainOrNone(one.removal_effect) + "," +
             (capped.empty() ? "," : Plain(capped[at].credit) + "," + Plain(capped[at].set_aside)) + "\r\n";
    }
  }
  return out;
}

std::string CreditJson(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                       const std::string& workspace) {
  const CreditWords words(asked, credits);
  Json json =
      Envelope("attribute", workspace,
               {{"coverage", CoverageJson(asked, credits)},
                {"models", ModelsJson(asked, credits, command, words)},
                {"spread", SpreadJson(credits, words)},
                {"hold_outs", HoldOutsJson(asked, credits, words)},
                {"orders", OrdersJson(credits)},
                {"rules", RulesJson(asked, command)},
                {"resamples", credits.resamples},
                {"check", {{"relative_error", credits.conservation}, {"holds", credits.conservation < 1e-9}}},
                {"notes", words.Notes()}});
  if (workspace.empty()) json["workspace"] = nullptr;
  if (asked.last) json["as_of"] = ToIso(*asked.last);
  if (asked.period)
    json["period"] = {{"from", ToIso(asked.period->from)},
                      {"to", ToIso(asked.period->to - std::chrono::days{1})}};
  return Dump(json);
}

}  // namespace backcast
