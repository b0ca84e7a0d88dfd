// SPDX-License-Identifier: Apache-2.0
#include "journey/stage_list.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(StageList, TheOneThatShipsIsWhole) {
  const auto list = ShippedStages();
  ASSERT_TRUE(list.ok()) << ToSentence(list.error());
  EXPECT_GE(list.value().stages.size(), 9U);
  for (const FollowedCohort& cohort : list.value().cohorts) {
    EXPECT_FALSE(cohort.fact.empty() || cohort.start.empty() || cohort.steps.empty()) << cohort.id;
    for (const FollowedStep& step : cohort.steps) EXPECT_TRUE(step.next || !step.at.empty()) << step.id;
  }
}

TEST(StageList, APlansStagesFollowEachOther) {
  const Yaml journey = ParseYaml(
                           "stages:\n- {id: a, metric: sessions}\n- {id: b, title: B, counts: count(lead), "
                           "scope: {country: DE}}\n"
                           "- {id: c, metric: orders, of: a}\n",
                           "plan.yaml")
                           .value();
  const auto stages = ReadStages(journey, "plan.yaml");
  ASSERT_TRUE(stages.ok()) << ToSentence(stages.error());
  EXPECT_TRUE(stages.value()[0].of.empty());
  EXPECT_EQ(stages.value()[1].of, std::vector<std::string>{"a"});
  EXPECT_EQ(stages.value()[2].of, std::vector<std::string>{"a"});
  EXPECT_EQ(stages.value()[0].title, "a");
  EXPECT_EQ(stages.value()[1].scope[0].second, std::vector<std::string>{"DE"});
}

TEST(StageList, AWrongOneIsRefusedWithItsPlace) {
  for (const char* text : {"stages: [{metric: sessions}]\n", "stages: [{id: a}]\n",
                           "stages: [{id: a, metric: m, of: b}, {id: b, metric: m}]\n",
                           "stages: [{id: a, metric: m}, {id: a, metric: m}]\n"}) {
    const auto stages = ReadStages(ParseYaml(text, "plan.yaml").value(), "plan.yaml");
    ASSERT_FALSE(stages.ok()) << text;
    EXPECT_EQ(stages.error().where.rfind("plan.yaml:1:", 0), 0U) << stages.error().where;
  }
}

}  // namespace
}  // namespace backcast
