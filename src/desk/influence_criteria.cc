// SPDX-License-Identifier: Apache-2.0
// The plan's own framework: criteria, weights, and what each creator earns by them.
#include <array>
#include <cmath>
#include <functional>

#include "base/nearest.h"
#include "desk/influence_data.h"
#include "desk/question.h"
#include "plan/blocks.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

using Worth = CriterionValue;

Worth Known(double value) { return {value, {}, ""}; }
Worth Unknown(const std::string& why) { return {{}, {}, why}; }
Worth Or(const std::optional<double>& value, const std::string& why) {
  return value ? Known(*value) : Unknown(why);
}
Worth Per(const CostPer& per) {
  if (!per.value) return Unknown(per.why_not.empty() ? "not reported" : per.why_not);
  return {per.value, per.interval, ""};
}
Worth Per(const PostCost& per) {
  if (!per.value) return Unknown(per.why_not);
  return {per.value, per.within, ""};
}
Worth Of(const std::optional<Reduced>& reduced, const std::string& why) {
  return reduced ? Worth{reduced->value, reduced->interval, ""} : Unknown(why);
}
Worth Share(double k, double n, const std::string& why) {
  const auto share = ShareOf(k, n);
  return share ? Worth{share->value, share->interval, ""} : Unknown(why);
}

constexpr const char* kNoSample = "no sample of this creator's followers tells";

/// Numbers that this command works out itself.
struct OwnNumber {
  std::string_view name;
  Worth (*of)(const Creator&, const JudgedCost&);
};

constexpr std::array<OwnNumber, 15> kOwn = {{
    {"cost_per_order", [](const Creator&, const JudgedCost& cost) { return Per(cost.full); }},
    {"cost_per_visit", [](const Creator& c, const JudgedCost&) { return Per(c.per_visit); }},
    {"cost_per_engagement", [](const Creator& c, const JudgedCost&) { return Per(c.per_engagement); }},
    {"cost_per_authentic_engagement",
     [](const Creator& c, const JudgedCost&) { return Per(c.per_authentic); }},
    {"orders", [](const Creator& c, const JudgedCost&) { return Or(c.orders(), "nobody counts them"); }},
    {"visits", [](const Creator& c, const JudgedCost&) { return Or(c.visits, "no link is known"); }},
    {"revenue", [](const Creator& c, const JudgedCost&) { return Or(c.revenue, c.no_revenue); }},
    {"engagements",
     [](const Creator& c, const JudgedCost&) { return Or(c.engagements, "none are reported"); }},
    {"authentic_engagements", [](const Creator& c, const JudgedCost&) { return Of(c.authentic, kNoSample); }},
    {"audience_quality", [](const Creator& c, const JudgedCost&) { return Of(c.quality, kNoSample); }},
    {"suspected_share",
     [](const Creator& c, const JudgedCost&) {
       return Share(c.followers.suspected, c.followers.told, kNoSample);
     }},
    {"target_share",
     [](const Creator& c, const JudgedCost&) {
       if (c.followers.placed > 0) return Share(c.followers.in_target, c.followers.placed, "");
       return Or(c.told_target_share, kNoSample);
     }},
    {"disclosed_share",
     [](const Creator& c, const JudgedCost&) {
       return Share(c.disclosed, c.marked, "nobody noted whether the posts say that they are paid for");
     }},
    {"on_time_share",
     [](const Creator& c, const JudgedCost&) {
       return Share(c.on_time, c.due, "no deliverable has a due day");
     }},
    {"cost", [](const Creator& c, const JudgedCost&) { return Or(c.cost, c.no_cost); }},
}};

const OwnNumber* FindOwn(std::string_view name) {
  for (const OwnNumber& own : kOwn) {
    if (own.name == name) return &own;
  }
  return nullptr;
}

/// Own numbers that the catalogue has too, where both read the same.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSame = {{
    {"cost_per_engagement_influencer", "cost_per_engagement"},
    {"cost_per_influencer_order", "cost_per_order"},
    {"disclosure_rate", "disclosed_share"},
    {"collab_on_time_rate", "on_time_share"},
}};

const OwnNumber* FindMetric(std::string_view metric) {
  for (const auto& [id, own] : kSame) {
    if (id == metric) return FindOwn(own);
  }
  return nullptr;
}

/// A metric of the catalogue comes without an interval; this command's own of the same number is its. Orders
/// may be counted from other books: then it is another number.
void TakeInterval(const Worth& own, Worth& worth) {
  constexpr double kSameNumber = 1e-9;
  const bool same =
      own.value && worth.value && std::abs(*own.value - *worth.value) <= kSameNumber * std::abs(*worth.value);
  if (same) worth.interval = own.interval;
}

Error Unusable(const Workspace& workspace, const Yaml& at, const std::string& what, const std::string& hint) {
  return {Code::kInput, At(workspace.plan()->file, at.place), what, hint};
}

bool IsNumber(const Fact& fact, const std::string& column) {
  const FactColumn* found = fact.Find(column);
  return found != nullptr && (found->type == Type::kCount || found->type == Type::kNumber);
}

/// Means of a number column of the fact by creator.
Result<std::map<std::string, Worth>> ReadColumn(Workspace& workspace, const Window& period,
                                                const std::string& column) {
  BACKCAST_TRY(const Table table,
               workspace.engine().Run("select coalesce(creator, '') as creator, avg(" + QuoteName(column) +
                                      ")::double as value from collaboration where date >= date " +
                                      QuoteText(ToIso(period.from)) + " and date < date " +
                                      QuoteText(ToIso(period.to)) + " group by 1"));
  std::map<std::string, Worth> values;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (const auto value = NumberAt(table, "value", row))
      values[WordAt(table, "creator", row)] = Known(*value);
  }
  return values;
}

/// Amounts of a creator whose fees are in another currency than the answer's are withheld as the cost is.
Result<std::map<std::string, Worth>> ReadMetric(Workspace& workspace, const Ready& ready,
                                                const InfluenceAnswer& answer, const std::string& metric) {
  std::map<std::string, Worth> values;
  BACKCAST_TRY(const Table table, AskLake(workspace, ready,
                                          {.metrics = {metric},
                                           .by = {"creator"},
                                           .filters = {},
                                           .windows = {ready.request.period},
                                           .series = {}}));
  const bool money = table.Find(metric + "@0:currencies") != nullptr;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const bool several = NumberAt(table, metric + "@0:currencies", row).value_or(0) > 1;
    const auto value = NumberAt(table, metric + "@0", row);
    if (!IsTotal(table, row) && !several && value) values[WordAt(table, "creator", row)] = Known(*value);
  }
  for (const Creator& creator : answer.creators) {
    if (money && creator.cost_withheld) values[creator.name] = Unknown(creator.no_cost);
  }
  return values;
}

}  // namespace

Result<Framework> ReadFramework(const Workspace& workspace) {
  Framework framework;
  if (!workspace.plan()) return framework;
  const Yaml& root = workspace.plan()->root;
  if (const Yaml* price = ValueAt(root, "influencers.media_price")) {
    framework.price = FiniteNumber(price->Find("per_engagement"));
    framework.price_why = price->Text("why");
  }
  std::vector<std::string> known;
  for (const OwnNumber& own : kOwn) known.emplace_back(own.name);
  const Fact& fact = *workspace.schemas().Find("collaboration");
  for (const Yaml* item : Blocks(root, "influencers.criteria")) {
    Criterion one;
    one.id = item->Text("id");
    const std::string metric = item->Text("metric"), column = item->Text("column");
    const auto weight = FiniteNumber(item->Find("weight")), good = FiniteNumber(item->Find("good")),
               bad = FiniteNumber(item->Find("bad"));
    const std::string name = "criterion '" + one.id + "' ";
    if (!weight || *weight < 0 || !good || !bad || *good == *bad) {
      return Unusable(workspace, *item, name + "needs a weight from 0, and good and bad that differ",
                      "for example {id: cost, column: cost_per_order, weight: 3, good: 15, bad: 60}");
    }
    if (metric.empty() == column.empty())
      return Unusable(workspace, *item, name + "needs one of metric and column", "");
    if (!metric.empty() && workspace.catalogue().Find(metric) == nullptr)
      return Unusable(workspace, *item, name + "names the unknown metric '" + metric + "'",
                      DidYouMean(metric, workspace.catalogue().ids()));
    if (!column.empty() && FindOwn(column) == nullptr && !IsNumber(fact, column)) {
      const std::string near = DidYouMean(column, known);
      std::string all;
      for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
      return Unusable(workspace, *item, name + "names the unknown column '" + column + "'",
                      near.empty() ? "known are " + all + ", and number columns of collaboration" : near);
    }
    one.weight = *weight;
    one.good = *good;
    one.bad = *bad;
    framework.criteria.push_back(std::move(one));
    framework.metrics.push_back(metric);
    framework.columns.push_back(column);
    framework.why.push_back(item->Text("why"));
    framework.where.push_back(At(workspace.plan()->file, item->place));
  }
  return framework;
}

Result<Done> ScoreCreators(Workspace& workspace, const Ready& ready, InfluenceAnswer& answer) {
  const Framework& framework = answer.framework;
  if (framework.criteria.empty()) return Done{};
  std::vector<std::vector<Worth>> values(answer.creators.size());
  for (std::size_t i = 0; i < framework.criteria.size(); ++i) {
    const OwnNumber* own = FindOwn(framework.columns[i]);
    const OwnNumber* same = FindMetric(framework.metrics[i]);
    std::map<std::string, Worth> read;
    if (!framework.metrics[i].empty()) {
      auto asked = ReadMetric(workspace, ready, answer, framework.metrics[i]);
      if (!asked.ok() && asked.error().code != Code::kUsage) return asked.error();
      if (!asked.ok()) {
        return Error{Code::kInput, framework.where[i],
                     "the metric " + framework.metrics[i] + " cannot be asked by creator",
                     "take one over the fact collaboration, or a column"};
      }
      read = std::move(asked).value();
    } else if (own == nullptr) {
      BACKCAST_TRY(read, ReadColumn(workspace, answer.period, framework.columns[i]));
    }
    for (std::size_t c = 0; c < answer.creators.size(); ++c) {
      const Creator& creator = answer.creators[c];
      const auto found = read.find(creator.name);
      Worth worth = own != nullptr        ? own->of(creator, answer.judged[c])
                    : found == read.end() ? Unknown("not reported for this creator")
                                          : found->second;
      if (same != nullptr) TakeInterval(same->of(creator, answer.judged[c]), worth);
      values[c].push_back(std::move(worth));
    }
  }
  for (std::size_t c = 0; c < answer.creators.size(); ++c)
    answer.creators[c].score = ScoreCreator(framework.criteria, values[c]);
  return Done{};
}

}  // namespace backcast
