// SPDX-License-Identifier: Apache-2.0
// Two plans compared: nothing is a difference that means the same, and every edit is found where it was made.
#include "plan/diff.h"

#include <algorithm>

#include "plan/plan_cases.h"

namespace backcast {
namespace {

constexpr const char* kHead =
    "plan: {version: 1, valid_from: 2026-01-01, changelog: [{version: 1, date: 2025-12-01, because: "
    "first}]}\n";

Plan PlanOf(const std::string& text) { return ReadSoundly(text).plan; }

std::string Told(const std::vector<PlanChange>& changes) {
  std::string told;
  for (const PlanChange& change : changes) {
    told += std::string(ToWord(change.kind)) + " " + change.section + "/" + change.node + "/" + change.key +
            " [" + change.before + "] [" + change.after + "]\n";
  }
  return told;
}

std::string Between(const std::string& before, const std::string& after) {
  return Told(Differences(PlanOf(before), PlanOf(after)));
}

TEST(PlanDiff, WhatMeansTheSameIsNoDifference) {
  EXPECT_EQ(
      Between("kpis: [{id: k, target: 5, baseline: 40, moves: a}]\nbrand: R\n",
              "brand: {name: R}\nkpis:\n- {baseline: {value: 40.0}, target: {value: 5}, moves: [a], id: k, "
              "path: []}\n"),
      "");
  EXPECT_EQ(Between("plan: {version: 1}\n", "plan: {version: 2, revised_because: x}\n"), "");
  EXPECT_EQ(Between("kpis: [{id: a}, {id: b}]\n", "kpis: [{id: b}, {id: a}]\n"), "") << "order of nodes";
}

TEST(PlanDiff, EveryKindOfEditIsToldAtItsNode) {
  EXPECT_EQ(Between("kpis: [{id: k, target: 5}]\n", "kpis: [{id: k, target: {value: 6, by: 2026-12-31}}]\n"),
            "changed kpis/k/target.value [5] [6]\nadded kpis/k/target.by [] [2026-12-31]\n");
  EXPECT_EQ(Between("kpis: [{id: a, metric: reach}]\n", "kpis: [{id: b, metric: reach}]\n"),
            "added kpis/b/ [] [{id: b, metric: reach}]\nremoved kpis/a/ [{id: a, metric: reach}] []\n");
  EXPECT_EQ(Between("kpis: [{id: k, path: [a, b]}]\n", "kpis: [{id: k, path: [b, a]}]\n"),
            "changed kpis/k/path [a, b] [b, a]\n");
  EXPECT_EQ(
      Between("kpis: [{id: k, scope: {channel: [a]}}]\n", "kpis: [{id: k, scope: {channel: [a, b]}}]\n"),
      "changed kpis/k/scope.channel [a] [a, b]\n");
  EXPECT_EQ(Between("service_review: {calls_reviewed: 4, issues: [{id: i, trend: flat}]}\n",
                    "service_review: {calls_reviewed: 5, issues: [{id: i, trend: rising}]}\n"),
            "changed service_review//calls_reviewed [4] [5]\n"
            "changed service_review.issues/i/trend [flat] [rising]\n");
  EXPECT_EQ(Between("not_measured: [{what: a}, {what: a}]\n", "not_measured: [{what: a}, {what: b}]\n"),
            "added not_measured// [] [{what: b}]\nremoved not_measured// [{what: a}] []\n");
  EXPECT_EQ(Between("outcomes: []\n", "culture: {driven_by: [sales]}\n"),
            "added culture//driven_by [] [sales]\n");
}

/// Properties of any pair: both directions tell the same places, and a plan does not differ from itself.
TEST(PlanDiff, BothDirectionsTellTheSamePlaces) {
  const std::vector<std::string> plans = {CaseText("healthy.yaml"),
                                          SharedText("plan_b2c.yaml"),
                                          SharedText("plan_b2b.yaml"),
                                          "kpis: [{id: k}, {id: k, why: twice}]\n",
                                          "kpis: {a: b}\noutcomes: text\nbrand: [1]\n",
                                          "kpis: [1, {id: k}, ~]\n",
                                          ""};
  int differing = 0;
  for (const std::string& one : plans) {
    for (const std::string& two : plans) {
      const auto there = Differences(PlanOf(one), PlanOf(two)), back = Differences(PlanOf(two), PlanOf(one));
      EXPECT_EQ(there.empty(), back.empty());
      EXPECT_TRUE(&one != &two || there.empty());
      differing += there.empty() ? 0 : 1;
      std::vector<std::string> places, turned;
      for (const PlanChange& c : there)
        places.push_back(c.section + "/" + c.node + "/" + c.key + "/" + c.before + "/" + c.after);
      for (const PlanChange& c : back)
        turned.push_back(c.section + "/" + c.node + "/" + c.key + "/" + c.after + "/" + c.before);
      std::sort(places.begin(), places.end());
      std::sort(turned.begin(), turned.end());
      EXPECT_EQ(places, turned);
    }
  }
  EXPECT_GT(differing, 10);
}

TEST(PlanDiff, AnEditOfALineIsFoundWithItsLine) {
  const std::string before = "kpis:\n- id: k\n  metric: reach\n- id: l\n  metric: views\n";
  const std::string after = "# a comment\nkpis:\n- id: k\n  metric: reach\n- id: l\n  metric: orders\n";
  const auto changes = Differences(PlanOf(before), PlanOf(after));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].before_at.line, 5);
  EXPECT_EQ(changes[0].after_at.line, 6);
}

TEST(PlanDiff, ReasonsAreThoseTheLaterPlanAdds) {
  const Plan before = PlanOf(kHead);
  const Plan after = PlanOf(
      "plan:\n  version: 3\n  revised_on: 2026-04-01\n  revised_because: third reason\n  changelog:\n"
      "  - {version: 1, date: 2025-12-01, because: first}\n"
      "  - {version: 2, date: 2026-02-01, because: second, changed: [kpis.k]}\n");
  const auto reasons = ReasonsBetween(before, after);
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0].because, "second");
  EXPECT_EQ(reasons[1].because, "third reason");
  EXPECT_TRUE(Concerns(reasons[0], "kpis", "k", "target.value"));
  EXPECT_FALSE(Concerns(reasons[0], "kpis", "kk", ""));
  EXPECT_FALSE(Concerns(reasons[0], "outcomes", "o", ""));
  EXPECT_TRUE(Concerns(reasons[1], "outcomes", "o", "")) << "it names no place, so it is about all";
  EXPECT_TRUE(Concerns({1, "", "", "", {"kpis"}}, "kpis", "any", "target"));
  EXPECT_TRUE(Concerns({1, "", "", "", {"o"}}, "outcomes", "o", ""));
  EXPECT_TRUE(Concerns({1, "", "", "", {"brand.currency"}}, "brand", "", "currency"));
  EXPECT_FALSE(Concerns({1, "", "", "", {"kpis.k.target"}}, "kpis", "k", "metric"));
  EXPECT_EQ(ReasonsOf(after).size(), 1U);
}

TEST(PlanDiff, ATargetMovedInHindsightIsSeen) {
  const std::string outcome =
      "outcomes: [{id: o, metric: orders, baseline: {value: 1, period: 2025-Q4}, target: {value: 9, by: "
      "2026-06-30}}]\n";
  const Plan before = PlanOf(kHead + outcome + "kpis: [{id: k, outcome: o, metric: reach, target: 100}]\n");
  const Plan after = PlanOf(kHead + outcome + "kpis: [{id: k, outcome: o, metric: reach, target: 80}]\n");
  EXPECT_TRUE(TargetMoves(before, before).empty());
  const auto moves = TargetMoves(before, after);
  ASSERT_EQ(moves.size(), 1U);
  EXPECT_EQ(moves[0].before.target, 100);
  EXPECT_EQ(moves[0].after.target, 80);
  EXPECT_EQ(moves[0].begins, DayOf("2026-01-01"));
  EXPECT_EQ(moves[0].ends, DayOf("2026-06-30")) << "the outcome's day where the KPI has none";
  EXPECT_EQ(HindsightOf(moves[0], DayOf("2025-12-31")), Hindsight::kBefore);
  EXPECT_EQ(HindsightOf(moves[0], DayOf("2026-01-01")), Hindsight::kBegun);
  EXPECT_EQ(HindsightOf(moves[0], DayOf("2026-06-30")), Hindsight::kBegun);
  EXPECT_EQ(HindsightOf(moves[0], DayOf("2026-07-01")), Hindsight::kEnded);
  EXPECT_EQ(HindsightOf(moves[0], std::nullopt), Hindsight::kUnknown);
  const Plan none = PlanOf("kpis: [{id: k, metric: reach}]\n");
  EXPECT_TRUE(TargetMoves(none, after).empty()) << "a first target moves nothing";
  ASSERT_EQ(TargetMoves(before, none).size(), 1U) << "a target that was taken away was moved";
  EXPECT_FALSE(TargetMoves(before, none)[0].after.target.has_value());
}

TEST(PlanDiff, AbsurdPlansAreComparedQuickly) {
  std::string many = "kpis:\n", other = "kpis:\n";
  for (int i = 0; i < 4000; ++i) {
    many += "- {id: k" + std::to_string(i) + ", metric: reach, target: 1}\n";
    other += "- {id: k" + std::to_string(i * 2) + ", metric: reach, target: 2}\n";
  }
  const Plan before = PlanOf(many), after = PlanOf(other);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Differences(before, after).size(), 6000U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
  std::string same = "kpis:\n";
  for (int i = 0; i < 5000; ++i) same += "- {id: k, why: w" + std::to_string(i) + "}\n";
  EXPECT_TRUE(Differences(PlanOf(same), PlanOf(same)).empty());
  const std::string huge(1 << 20, 'x');
  EXPECT_EQ(Differences(PlanOf("brand: a\n"), PlanOf("brand: " + huge + "\n")).size(), 1U);
}

}  // namespace
}  // namespace backcast
