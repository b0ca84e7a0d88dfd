// SPDX-License-Identifier: Apache-2.0
#include "chain/declared.h"

#include <gtest/gtest.h>

#include "plan/plan_cases.h"

namespace backcast {
namespace {

constexpr const char* kPlan = R"(backcast: 1
improvements:
- {id: v_size, issue: i_size, objective: A size guide on every page., owner: sam, due: 2026-03-02,
   expect: {metric: return_rate, direction: lower, lag_weeks: 3, scope: {channel_group: [organic_social, paid_social]}}, echo: improvement_echo}
- {id: v_someday, objective: Some day., owner: sam, expect: {metric: aov, direction: higher}}
- {id: v_vague, objective: Better., due: 2026-04-01}
experiments:
- {id: e_ads, link: {from: k_visit, to: o}, kind: hold_out, from: 2026-01-01, to: 2026-01-28, effect: 0.08, low: 0.02, high: 0.14, n: 4200, source: report 7}
- {id: e_open, link: {from: k_visit, to: o}, effect: 0.08, low: 0.02}
- {id: e_nowhere, effect: 0.08, low: 0.02, high: 0.14}
- {id: e_backwards, link: {from: k_buy, to: o}, from: 2026-02-01, to: 2026-01-01, effect: -0.1, low: -0.2, high: -0.01}
)";

TEST(DeclaredChanges, ThePlansImprovementsThatHaveADay) {
  std::vector<std::string> remarks;
  const auto changes = DeclaredChanges(ReadSoundly(kPlan).plan, "", remarks);
  ASSERT_EQ(changes.size(), 2) << "an improvement without a day cannot be tested";
  const DeclaredChange& size = changes[0];
  EXPECT_EQ(size.id, "v_size");
  EXPECT_EQ(size.title, "A size guide on every page.");
  EXPECT_EQ(size.owner, "sam");
  EXPECT_EQ(size.issue, "i_size");
  EXPECT_EQ(size.on, DayOf("2026-03-02"));
  EXPECT_FALSE(size.until);
  EXPECT_EQ(size.metric, "return_rate");
  EXPECT_EQ(size.direction, -1);
  EXPECT_EQ(size.lag_weeks, 3);
  EXPECT_EQ(size.echo, "improvement_echo");
  EXPECT_EQ(size.scope, (Scope{{"channel_group", {"organic_social", "paid_social"}}}));
  EXPECT_TRUE(size.improvement);
  EXPECT_EQ(size.place.line, 3);
  EXPECT_TRUE(changes[1].metric.empty());
  EXPECT_EQ(changes[1].direction, 0);
  EXPECT_TRUE(remarks.empty());
}

TEST(DeclaredChanges, TheCalendarFollowsThePlanAndSaysWhatItLeavesOut) {
  std::vector<std::string> remarks;
  const auto changes =
      DeclaredChanges(ReadSoundly(kPlan).plan,
                      "interventions:\n"
                      "- {id: c_price, title: New prices, date: 2026-05-04, to: 2026-05-31, owner: "
                      "pat, expect: {metric: aov, direction: higher}}\n"
                      "- {id: c_lost, title: No day}\n"
                      "- {id: c_odd, date: 4th of May}\n",
                      remarks);
  ASSERT_EQ(changes.size(), 3);
  EXPECT_EQ(changes[2].id, "c_price");
  EXPECT_EQ(changes[2].until, DayOf("2026-05-31"));
  EXPECT_EQ(changes[2].direction, 1);
  EXPECT_FALSE(changes[2].improvement);
  ASSERT_EQ(remarks.size(), 2);
  EXPECT_NE(remarks[0].find("calendar.yaml:3:"), std::string::npos) << remarks[0];
  EXPECT_NE(remarks[1].find("calendar.yaml:4:"), std::string::npos) << remarks[1];
}

TEST(DeclaredChanges, ABrokenCalendarLeavesThePlansOwn) {
  for (const char* calendar : {"interventions: [", "a: b: c", "interventions: {x: 1}", "- 1\n- 2\n", "\t"}) {
    std::vector<std::string> remarks;
    EXPECT_EQ(DeclaredChanges(ReadSoundly(kPlan).plan, calendar, remarks).size(), 2) << calendar;
  }
  std::vector<std::string> remarks;
  DeclaredChanges(ReadSoundly(kPlan).plan, "interventions: [", remarks);
  ASSERT_EQ(remarks.size(), 1);
  EXPECT_NE(remarks[0].find("calendar.yaml"), std::string::npos) << remarks[0];
}

TEST(DeclaredExperiments, OnlyAResultWithALinkAndAnInterval) {
  const auto experiments = Experiments(ReadSoundly(kPlan).plan);
  ASSERT_EQ(experiments.size(), 2);
  EXPECT_EQ(experiments[0].id, "e_ads");
  EXPECT_EQ(experiments[0].from, "k_visit");
  EXPECT_EQ(experiments[0].to, "o");
  EXPECT_EQ(experiments[0].kind, "hold_out");
  EXPECT_EQ(experiments[0].source, "report 7");
  EXPECT_EQ(experiments[0].n, 4200);
  EXPECT_DOUBLE_EQ(experiments[0].low, 0.02);
  ASSERT_TRUE(experiments[0].days);
  EXPECT_EQ(experiments[0].days->to, DayOf("2026-01-29")) << "the last day counts";
  EXPECT_EQ(experiments[1].id, "e_backwards");
  EXPECT_FALSE(experiments[1].days) << "days that end before they begin are none";
}

}  // namespace
}  // namespace backcast
