// SPDX-License-Identifier: Apache-2.0
#include "desk/record_result.h"

#include <gtest/gtest.h>

#include "base/yaml.h"

namespace backcast {
namespace {

const ExperimentResult kResult{0.12345, 0.04, -0.5, 16};

std::string Written(const std::string& plan) {
  const auto text = WithResult(plan, "plan.yaml", "e_ads", kResult);
  EXPECT_TRUE(text.ok()) << ToSentence(text.error());
  return text.ok() ? text.value() : "";
}

TEST(RecordResult, AddsToABlock) {
  EXPECT_EQ(Written("backcast: 1\n"
                    "experiments:\n"
                    "- id: e_ads   # ours\n"
                    "  regions: [Nord, Süd]\n"
                    "outcomes: []\n"),
            "backcast: 1\n"
            "experiments:\n"
            "- effect: 0.1235\n"
            "  low: 0.04\n"
            "  high: -0.5\n"
            "  n: 16\n"
            "  id: e_ads   # ours\n"
            "  regions: [Nord, Süd]\n"
            "outcomes: []\n");
}

TEST(RecordResult, AddsInsideBraces) {
  EXPECT_EQ(
      Written("experiments:\n- {id: e_x}\n- {id: e_ads, kind: geo}\n"),
      "experiments:\n- {id: e_x}\n- {effect: 0.1235, low: 0.04, high: -0.5, n: 16, id: e_ads, kind: geo}\n");
}

TEST(RecordResult, ReplacesWhatStandsThere) {
  EXPECT_EQ(
      Written("experiments:\n- {id: e_ads, note: \"Größe: 3 €\", effect: 0.9, n: 2, low: 0.8, high: 1}\n"),
      "experiments:\n- {id: e_ads, note: \"Größe: 3 €\", effect: 0.1235, n: 16, low: 0.04, high: -0.5}\n");
}

TEST(RecordResult, TwiceIsOnce) {
  const std::string once = Written("experiments:\n- id: e_ads\n  kind: geo\n");
  EXPECT_EQ(Written(once), once);
}

TEST(RecordResult, RefusesWhatItCannotDoCleanly) {
  EXPECT_FALSE(WithResult("experiments: []\n", "plan.yaml", "e_ads", kResult).ok());
  EXPECT_FALSE(WithResult("experiments: [\n", "plan.yaml", "e_ads", kResult).ok());
  const auto quoted =
      WithResult("experiments:\n- {id: e_ads, effect: \"0.1\"}\n", "plan.yaml", "e_ads", kResult);
  ASSERT_FALSE(quoted.ok());
  EXPECT_NE(ToSentence(quoted.error()).find("plan.yaml:2:"), std::string::npos) << ToSentence(quoted.error());
}

}  // namespace
}  // namespace backcast
