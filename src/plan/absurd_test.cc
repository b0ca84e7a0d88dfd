// SPDX-License-Identifier: Apache-2.0
// Plans that nobody should write: each ends in findings or in one error, always with a place.
#include <chrono>
#include <limits>

#include "plan/data_layer.h"
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

/// A picture that has something to say about every node, and about nodes that nobody knows.
DataPicture Slander(const Plan& plan) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(),
                   kMuch = std::numeric_limits<double>::infinity();
  DataPicture picture;
  picture.as_of = DayOf("2026-06-10");
  picture.period = {DayOf("2026-05-01"), DayOf("2026-06-01")};
  picture.rows = {{"order", 1}, {"session", -5}};
  const std::vector<std::string> facts = {"order", "session", "nothing", ""};
  for (const std::string& fact : facts) {
    picture.sources.push_back({std::string(100'000, 's'), fact, DayOf("1970-01-01"), -1});
    picture.changes.push_back({fact, {"net", "bot", ""}, std::string(100'000, 'n'), DayOf("2026-06-10")});
  }
  std::vector<std::pair<std::string, std::string>> nodes = {{"nobody", "nothing"}, {"", ""}};
  for (const Kpi& kpi : plan.kpis) nodes.emplace_back(kpi.id, kpi.metric);
  for (const Outcome& outcome : plan.outcomes) nodes.emplace_back(outcome.id, outcome.metric);
  double value = 0;
  for (const auto& [node, metric] : nodes) {
    value = value == 0 ? kNan : value == kMuch ? -1 : value < 0 ? 0 : kMuch;
    picture.steps.push_back({metric, value});
    picture.cases.push_back({node, value, 100});
    picture.closures.push_back({node, 1, value, 1, value});
    picture.links.push_back({node, "none_found", 1 << 30, 1, -1});
    picture.runs.push_back({node, 1 << 30});
    picture.improvements.push_back({node, true, false});
    picture.segments.push_back({node, 1, -1});
    picture.shared_costs.push_back({std::string(1000, '$'), node, node});
    picture.broken.push_back({node, "\x1b[31m", "\n"});
  }
  picture.claims = ClaimedSales{kMuch, kNan};
  picture.open_days = OpenDays{1 << 30, 1, facts};
  picture.unnamed_spend = {{std::string(1 << 20, 'a'), 1}, {"", 1}};
  picture.automatic_share = kMuch;
  picture.untagged = UntaggedVisits{kMuch, {std::string(1 << 20, 'p'), "\x07", "", "c", "d"}};
  return picture;
}

/// All findings of the three layers, or nothing after an error; checks that everything has a place.
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
  const Plan& plan = reading.value().plan;
  for (const DataPicture& picture : {DataPicture(), Slander(plan)}) {
    for (Finding& finding : ExamineData(plan, ShippedCatalogue(), picture, DayOf("2026-06-15")))
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

TEST(AbsurdPlans, TheWorkGrowsNoFasterThanThePlan) {
  const auto seconds = [](int count) {
    const std::string text = Numbered("outcomes: [{id: o, metric: orders}]\nkpis:\n", "- {id: k",
                                      ", outcome: o, metric: aov}\n", count) +
                             Numbered("tactics:\n", "- {id: k", "x, moves: [o]}\n", count) +
                             Numbered("improvements:\n", "- {id: k", ", issue: i}\n", count) +
                             Numbered("segments:\n", "- {id: k", ", version: 1}\n", count);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_GT(Examine(text).size(), static_cast<std::size_t>(4 * count));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  };
  // Four times the plan: four times the work; sixteen times would be the square. Room is left for a busy
  // machine.
  const double small = seconds(1000), large = seconds(4000);
  EXPECT_LT(large, 12 * small + 0.5) << small << " s and " << large << " s";
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
