// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_json.h"

#include <cmath>

#include "desk/chain_json.h"
#include "desk/test_return_json.h"

namespace backcast {
namespace {

Json Text(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// Value objects of one answer: unit, definition and openness are the same for all of a kind.
class CostJson {
 public:
  CostJson(const CostAnswer& answer, const Catalogue& catalogue) : answer_(answer), catalogue_(catalogue) {}

  Json Row(const JudgedCost& row, const std::vector<Claim>& claims) const {
    const CostWords& words = TheCostWords();
    const CostCounting& counting = answer_.counting;
    const CostParts& cost = row.channel.cost;
    const ChannelCounts& counts = row.channel.counts;
    const bool targeted = answer_.headline == Headline::kTargeted;
    const std::string headline = targeted ? counting.targeted : counting.count;
    Json json = {{"channel", Text(row.channel.channel)},
                 {"title", row.channel.title},
                 {"spend", Amount(cost.media, cost, words.media)},
                 {"full_cost", Amount(cost.full, cost, words.full)},
                 {"labour", Amount(cost.labour, cost, words.labour)},
                 {"tools", Amount(cost.tools, cost, words.tools)},
                 {"fees", Amount(cost.fees, cost, words.fees)},
                 {"other", Amount(cost.other, cost, "")},
                 {"shared", Amount(cost.shared, cost, "")},
                 {"count", Count(counts.all, counting.count)},
                 {"targeted_count", Count(counts.targeted, counting.targeted)},
                 {"untargeted_count", Count(counts.untargeted, counting.untargeted)},
                 {"target_unknown_count", Count(counts.unknown, "")},
                 {"suspected_count", Count(counts.suspected, counting.gross)},
                 {"cost_per", PerOne(row.full, words.full + "/" + headline)},
                 {"cost_per_on_media", PerOne(row.media, words.media + "/" + headline)},
                 {"cost_per_of_all", PerOne(row.all, words.full + "/" + counting.count)},
                 {"cost_per_with_suspected", PerOne(row.gross, words.full + "/" + counting.gross)},
                 {"dispersion", {{"factor", row.dispersion.factor}, {"weeks", row.dispersion.weeks}}},
                 {"verdict", ToWord(row.verdict)},
                 {"because", Text(row.because)},
                 {"ratio", Ratio(row.ratio, row.full.n, "")},
                 {"adjusted_p", row.ratio ? Json(row.adjusted_p) : Json()},
                 {"have", row.have ? Json(*row.have) : Json()},
                 {"needed", row.needed ? Json(*row.needed) : Json()},
                 {"kinds_apart", row.kinds_apart},
                 {"change", Ratio(row.change, row.full.n, row.change_shown ? "shown" : "not shown")},
                 {"claims", ToJson(claims)}};
    return json;
  }

 private:
  Json Finish(Json json, const std::string& metric) const {
    const Metric* known = catalogue_.Find(metric);
    if (known != nullptr)
      json["definition"] = metric + "@" + std::to_string(known->version);
    else if (metric.find('/') != std::string::npos)
      json["definition"] = metric;
    if (!answer_.not_final.empty() && !json["value"].is_null()) {
      json["state"] = "not_final";
      json["reason"] = answer_.not_final;
    }
    return json;
  }

  Json Amount(const std::optional<double>& amount, const CostParts& cost, const std::string& metric) const {
    Json json =
        ValueJson(amount, answer_.currency, 0, cost.withheld.empty() ? "nothing is booked" : cost.withheld);
    if (!cost.withheld.empty()) json["state"] = "withheld";
    return Finish(std::move(json), metric);
  }

  Json Count(const std::optional<double>& count, const std::string& metric) const {
    return Finish(ValueJson(count, "count", count.value_or(0), "not reported"), metric);
  }

  Json PerOne(const CostPer& per, const std::string& definition) const {
    if (per.value) {
      return Finish(ValueJson(*per.value, per.interval.low, per.interval.high, answer_.currency,
                              static_cast<double>(per.n)),
                    definition);
    }
    Json json = ValueJson(std::nullopt, answer_.currency, static_cast<double>(per.n),
                          per.why_not.empty() ? "not reported" : per.why_not);
    if (per.too_few) json["state"] = "too_little_data";
    if (per.withheld) json["state"] = "withheld";
    return Finish(std::move(json), definition);
  }

  static Json Ratio(const std::optional<CostRatio>& ratio, std::int64_t n, const std::string& shown) {
    if (!ratio) return {};
    Json json =
        ValueJson(ratio->ratio, ratio->interval.low, ratio->interval.high, "ratio", static_cast<double>(n));
    json["p"] = ratio->p;
    if (!shown.empty()) json["shown"] = shown == "shown";
    return json;
  }

  const CostAnswer& answer_;
  const Catalogue& catalogue_;
};

}  // namespace

std::string ToJsonText(const CostAnswer& answer, const Workspace& workspace) {
  const CostJson json(answer, workspace.catalogue());
  Json rows = Json::array();
  for (std::size_t i = 0; i < answer.rows.size(); ++i)
    rows.push_back(json.Row(answer.rows[i], answer.say[i]));
  Json total = json.Row(answer.total, {});
  for (const char* of_rows :
       {"verdict", "because", "ratio", "adjusted_p", "have", "needed", "kinds_apart", "change", "claims"})
    total.erase(of_rows);
  const bool targeted = answer.headline == Headline::kTargeted;
  Json tests = Json::array();
  for (const TestReturn& test : answer.tests) tests.push_back(ToJson(test));
  Json whole = Envelope("cost", workspace.name(),
                        {{"per", answer.per},
                         {"by", answer.by},
                         {"counts", targeted ? answer.counting.targeted : answer.counting.count},
                         {"headline", targeted ? "targeted" : "all"},
                         {"suspected", Text(answer.counting.suspected)},
                         {"against", answer.against.empty() ? Json("others") : Json(answer.against)},
                         {"spread", answer.spread == CostSpread::kNone   ? "none"
                                    : answer.spread == CostSpread::kEven ? "even"
                                                                         : "spend"},
                         {"currency", answer.currency},
                         {"rows", std::move(rows)},
                         {"total", std::move(total)},
                         {"tests", std::move(tests)},
                         {"notes", answer.notes}});
  whole["as_of"] = ToIso(answer.as_of);
  whole["period"] = {{"from", ToIso(answer.period.from)},
                     {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  if (answer.compare.days() > 0) {
    whole["compare"] = {{"from", ToIso(answer.compare.from)},
                        {"to", ToIso(answer.compare.to - std::chrono::days{1})}};
  }
  return Dump(whole);
}

}  // namespace backcast
