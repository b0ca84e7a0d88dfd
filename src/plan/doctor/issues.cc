// SPDX-License-Identifier: Apache-2.0
// Rules about service calls, the issues in them, and what is improved.
#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// P13: service calls were reviewed, and not long ago.
void CallsNotReviewed(const Examination& seen, const Rule& rule, const Report& report) {
  const Yaml* written = ValueAt(seen.plan.root, "service_review.reviewed_on");
  const std::optional<Day> day = PlanDay(written);
  if (!day) {
    return report({"", "", "", "missing"}, PlaceOf(seen.plan.root, "service_review.reviewed_on"), "");
  }
  const auto age = (seen.today - *day).count();
  if (static_cast<double>(age) > rule.Number("days", 180))
    report({std::to_string(age), "", "", ""}, written->place, "");
}

/// P17: an improvement has a day, an expectation, an echo and a tactic that tells of it.
void NobodyWillNotice(const Examination& seen, const Rule&, const Report& report) {
  std::unordered_set<std::string_view> tactics;
  for (const auto& tactic : seen.tactics) tactics.insert(tactic.node.id);
  for (const Yaml* improvement : Blocks(seen.plan.root, "improvements")) {
    const auto text = [improvement](std::string_view path) {
      const Yaml* value = ValueAt(*improvement, path);
      return value == nullptr ? std::string_view() : std::string_view(value->text);
    };
    const bool sound = !text("due").empty() && seen.FindMetric(text("expect.metric")) != nullptr &&
                       !text("expect.direction").empty() && seen.FindMetric(text("echo")) != nullptr &&
                       tactics.count(text("tell")) > 0;
    if (!sound) report({NameOf(*improvement, "improvement"), "", "", ""}, improvement->place, "");
  }
}

constexpr RuleRow kRules[] = {{"P13", CallsNotReviewed}, {"P17", NobodyWillNotice}};

}  // namespace

std::span<const RuleRow> IssueRules() { return kRules; }

}  // namespace backcast
