// SPDX-License-Identifier: Apache-2.0
// Plans that nobody should write: each ends in findings or in one error, always with a place.
#include "plan/plan_cases.h"

namespace backcast {
namespace {

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string Numbered(const std::string& head, const std::string& before, const std::string& behind,
                     int count) {
  std::string all = head;
  for (int i = 0; i < count; ++i) all += before + std::to_string(i) + behind;
  return all;
}

/// All findings of both layers, or nothing after an error; checks that everything has a place.
std::vector<Finding> Examine(const std::string& text) {
  const auto reading = ReadPlan(text, "plan.yaml", ShippedCatalogue());
  if (!reading.ok()) {
    EXPECT_TRUE(reading.error().where.starts_with("plan.yaml")) << ToSentence(reading.error());
    return {};
  }
  std::vector<Finding> findings = reading.value().findings;
  for (Finding& finding : ExamineChain(reading.value().plan, ShippedCatalogue(), DayOf("2026-06-15"))) {
    findings.push_back(std::move(finding));
  }
  for (const Finding& finding : findings) {
    const bool sound = finding.place.line >= 1 && finding.place.column >= 1 && !finding.message.empty() &&
                       finding.message.size() < 1000 && finding.node.size() <= 200;
    if (!sound) ADD_FAILURE() << ToLine(finding);
  }
  return findings;
}

TEST(AbsurdPlans, TenThousandNodes) {
  const std::string kpis = Numbered("outcomes: [{id: o, metric: orders}]\nkpis:\n", "- {id: k",
                                    ", outcome: oo, metric: viewss, owner: tomm}\n", 10000);
  EXPECT_GT(Examine("team: [{id: tom}]\n" + kpis).size(), 10000U);
  const std::string outcomes =
      Numbered("outcomes:\n", "- {id: o", ", metric: reach, ceo: Reach, owner: x, tree: inquirie}\n", 2000);
  EXPECT_GT(Examine(outcomes).size(), 2000U);
  const std::string same = "kpis:\n" + Repeated("- {id: k, outcome: o, metric: orders}\n", 2000);
  EXPECT_GT(Examine(same).size(), 1000U);
  const std::string cells = "segments: [" + Repeated("{id: g, empathy: {sees: [a, b, c]}},", 2000) + "]\n";
  EXPECT_GT(Examine(cells).size(), 1000U);
}

TEST(AbsurdPlans, FindingsOfTheTextEndAtAThousand) {
  const PlanReading reading = ReadSoundly(Numbered("outcomes: []\n", "outcome", ": 1\n", 20000));
  EXPECT_EQ(reading.findings.size(), 1001U);
  EXPECT_EQ(reading.findings.back().rule, "T10");
}

TEST(AbsurdPlans, StringsOfAMegabyte) {
  const std::string huge(1 << 20, 'x');
  EXPECT_FALSE(Examine("outcomes: [{id: " + huge + ", metric: " + huge + ", owner: " + huge +
                       ", target: " + huge + "}]\n")
                   .empty());
  EXPECT_FALSE(
      Examine("outcomes: [{id: o, metric: orders, ceo: \"" + Repeated("engage ment ", 1 << 17) + "\"}]\n")
          .empty());
  EXPECT_FALSE(Examine(huge + ": 1\n").empty() && ReadPlan(huge + ": 1\n", "p", ShippedCatalogue()).ok());
  EXPECT_FALSE(Examine("brand: \"\\x1b[31mred\\n\"\noutcomes: \"\\x07" + huge + "\"\n").empty());
}

TEST(AbsurdPlans, CyclesAliasBombsAndDepth) {
  EXPECT_FALSE(
      Examine(
          "improvements: [{id: a, issue: a, tell: a, owner: a}]\ntactics: [{id: a, moves: [a], owner: a}]\n"
          "kpis: [{id: a, outcome: a, metric: a, guard: a, cost_pair: a}]\noutcomes: [{id: a, objective: a, "
          "metric: a}]\n")
          .empty());
  EXPECT_FALSE(ReadPlan("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "plan.yaml", ShippedCatalogue()).ok());
  EXPECT_FALSE(ReadPlan(std::string(5000, '['), "plan.yaml", ShippedCatalogue()).ok());
  EXPECT_FALSE(ReadPlan("kpis: " + Repeated("{path: [", 3000), "plan.yaml", ShippedCatalogue()).ok());
  EXPECT_FALSE(Examine("kpis: " + std::string(90, '[') + std::string(90, ']') + "\n").empty());
}

TEST(AbsurdPlans, EveryBlockOfAnotherKind) {
  for (const char* other :
       {"1", "text", "[]", "{}", "[[]]", "[{}]", "{a: {}}", "~", "[1, x, ~, {id: ~}]", "{id: {id: []}}"}) {
    for (const char* block : {"plan", "brand", "culture", "team", "kickoff", "service_review", "improvements",
                              "objectives", "outcomes", "segments", "channels", "elements", "kpis", "tactics",
                              "learning", "benchmarks", "review", "scorecards", "custom_metrics"}) {
      EXPECT_FALSE(Examine(std::string(block) + ": " + other + "\n").empty());
    }
    for (const char* key :
         {"metric", "scope", "target", "baseline", "path", "owner", "guard", "compare_with", "id"}) {
      EXPECT_FALSE(Examine("kpis: [{id: k, " + std::string(key == std::string("id") ? "why" : key) + ": " +
                           other + "}]\n")
                       .empty());
    }
  }
}

}  // namespace
}  // namespace backcast
