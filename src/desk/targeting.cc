// SPDX-License-Identifier: Apache-2.0
#include "desk/targeting.h"

namespace backcast {
namespace {

std::vector<const Yaml*> TargetSegments(const Plan& plan) {
  std::vector<const Yaml*> targets;
  for (const Yaml& segment : plan.root.Items("segments")) {
    if (segment.Flag("is_target")) targets.push_back(&segment);
  }
  return targets;
}

/// A fact whose rows are one value of one breakdown each: followers by country, by city.
bool IsBrokenDown(const Fact& fact) {
  return fact.Find("dimension") != nullptr && fact.Find("value") != nullptr;
}

SegmentRule OfValue(SegmentRule rule) {
  if (!rule.column.empty()) rule.column = "value";
  for (SegmentRule& part : rule.parts) part = OfValue(std::move(part));
  return rule;
}

/// A target segment's rule as it is asked of one fact.
struct AskedRule {
  std::string name;
  std::string sql;  ///< empty: it is not asked
  std::set<std::string> columns;
};

/// Rules that fit. Of a broken-down fact, rules that speak of one breakdown alone, that of the first such
/// rule: its rows by country and by city are the same people, and would be counted twice.
std::vector<AskedRule> AskedOf(const Plan& plan, const Fact& fact) {
  std::vector<AskedRule> asked;
  std::string breakdown;
  for (const Yaml* segment : TargetSegments(plan)) {
    const auto version = static_cast<int>(segment->Number("version", 1));
    asked.push_back({segment->Text("id") + "@" + std::to_string(version), "", {}});
    const auto rule = ReadSegmentRule(segment->Text("rule"));
    if (!rule) continue;
    std::set<std::string> columns;
    CollectColumns(*rule, columns);
    AskedRule& one = asked.back();
    if (Fits(*rule, fact)) {
      one.sql = ToSql(*rule);
      one.columns = columns;
    } else if (IsBrokenDown(fact) && columns.size() == 1 && Fits(OfValue(*rule), fact) &&
               (breakdown.empty() || breakdown == *columns.begin())) {
      breakdown = *columns.begin();
      // Rows of other breakdowns stay unknown: neither in nor out.
      one.sql = "case when dimension = " + QuoteText(breakdown) + " then " + ToSql(OfValue(*rule)) + " end";
      one.columns = {"dimension", "value"};
    }
  }
  return asked;
}

}  // namespace

std::vector<AppliedRule> TargetRulesFor(const Plan& plan, const Fact& fact) {
  std::vector<AppliedRule> applied;
  for (const AskedRule& one : AskedOf(plan, fact)) applied.push_back({one.name, !one.sql.empty()});
  return applied;
}

std::set<std::string> TargetColumns(const Plan& plan, const Fact& fact) {
  std::set<std::string> columns;
  for (const AskedRule& one : AskedOf(plan, fact)) columns.insert(one.columns.begin(), one.columns.end());
  return columns;
}

Result<Done> ApplySegments(const Plan& plan, const Schemas& schemas, DuckDb& engine) {
  for (const Fact& fact : schemas.all()) {
    if (fact.Find("in_target") == nullptr) continue;
    std::string any;
    for (const AskedRule& one : AskedOf(plan, fact)) {
      if (!one.sql.empty()) any += (any.empty() ? "" : " or ") + one.sql;
    }
    if (any.empty()) continue;
    const std::string delivered = QuoteName(fact.id + "_as_delivered");
    BACKCAST_CHECK(engine.Do("drop view if exists " + delivered));
    BACKCAST_CHECK(engine.Do("alter view " + QuoteName(fact.id) + " rename to " + delivered));
    // Where the source marks some breakdown itself, marking another would count its people twice.
    if (IsBrokenDown(fact))
      any = "case when not exists (select 1 from " + delivered + " where in_target is not null) then " + any +
            " end";
    BACKCAST_CHECK(engine.Do("create view " + QuoteName(fact.id) +
                             " as select * replace (coalesce(in_target, " + any + ") as in_target) from " +
                             delivered));
  }
  return Done{};
}

}  // namespace backcast
