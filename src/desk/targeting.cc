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

std::vector<SegmentRule> TargetRules(const Plan& plan) {
  std::vector<SegmentRule> rules;
  for (const Yaml* segment : TargetSegments(plan)) {
    if (auto rule = ReadSegmentRule(segment->Text("rule"))) rules.push_back(std::move(*rule));
  }
  return rules;
}

}  // namespace

std::vector<AppliedRule> TargetRulesFor(const Plan& plan, const Fact& fact) {
  std::vector<AppliedRule> applied;
  for (const Yaml* segment : TargetSegments(plan)) {
    const auto rule = ReadSegmentRule(segment->Text("rule"));
    const auto version = static_cast<int>(segment->Number("version", 1));
    applied.push_back({segment->Text("id") + "@" + std::to_string(version), rule && Fits(*rule, fact)});
  }
  return applied;
}

std::set<std::string> TargetColumns(const Plan& plan, const Fact& fact) {
  std::set<std::string> columns;
  for (const SegmentRule& rule : TargetRules(plan)) {
    if (!Fits(rule, fact)) continue;
    CollectColumns(rule, columns);
  }
  return columns;
}

Result<Done> ApplySegments(const Plan& plan, const Schemas& schemas, DuckDb& engine) {
  const std::vector<SegmentRule> rules = TargetRules(plan);
  for (const Fact& fact : schemas.all()) {
    if (fact.Find("in_target") == nullptr) continue;
    std::string any;
    for (const SegmentRule& rule : rules) {
      if (Fits(rule, fact)) any += (any.empty() ? "" : " or ") + ToSql(rule);
    }
    if (any.empty()) continue;
    const std::string delivered = QuoteName(fact.id + "_as_delivered");
    BACKCAST_CHECK(engine.Do("drop view if exists " + delivered));
    BACKCAST_CHECK(engine.Do("alter view " + QuoteName(fact.id) + " rename to " + delivered));
    BACKCAST_CHECK(engine.Do("create view " + QuoteName(fact.id) +
                             " as select * replace (coalesce(in_target, " + any + ") as in_target) from " +
                             delivered));
  }
  return Done{};
}

}  // namespace backcast
