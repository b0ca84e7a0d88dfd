// SPDX-License-Identifier: Apache-2.0
#include "guide/target_proposals.h"

#include <gtest/gtest.h>

#include <cmath>

#include "guide/answers.h"
#include "guide/draft.h"
#include "guide/guide_cases.h"
#include "guide/interview.h"

namespace backcast {
namespace {

constexpr const char* kShop =
    "team:\n"
    "- {name: mia, role: Marketing, function: social, influences: [content, audience]}\n"
    "- {name: sol, role: Shop owner, function: site, influences: [site, catalogue, commerce]}\n"
    "outcomes:\n"
    "- {tree: ecommerce_sales, baseline: 40000, baseline_period: 2026-Q3, target: TARGET, by: 2027-06-30}\n"
    "kpis:\n"
    "- {metric: targeted_sessions, baseline: 900}\n"
    "- {metric: add_to_cart_rate, baseline: 0.05, target: 0.06}\n";

Yaml AnswersOf(const std::string& target, std::string text = kShop) {
  text.replace(text.find("TARGET"), 6, target);
  const auto answers = ReadAnswers(text, "a.yaml", ShippedGuide(), {});
  EXPECT_TRUE(answers.ok()) << ToSentence(answers.error());
  return answers.value();
}

std::optional<SharedChange> Shared(const Yaml& answers) {
  const BackedOut out = BackOut(answers, {}, ShippedGuide());
  return ShareOutOutcome(out, answers, ShippedGuide(), out.outcomes.front());
}

std::string PlanOf(const Yaml& answers, const MeasuredValues* measured = nullptr) {
  GuideData data = ShippedGuide();
  data.measured = measured;
  const auto draft = DraftPlan(answers, {}, data, "x");
  EXPECT_TRUE(draft.ok());
  return draft.value().yaml;
}

TEST(TargetProposals, TheFactorsMultiplyToTheChange) {
  for (const char* target : {"44000", "55000", "36000"}) {
    const auto shared = Shared(AnswersOf(target));
    ASSERT_TRUE(shared) << target;
    double product = 1;
    for (const auto& [metric, factor] : shared->factor_of) product *= factor;
    EXPECT_NEAR(product, std::stod(target) / 40000, 1e-9) << target;
    EXPECT_NEAR(shared->missing_factor, 1, 1e-9);
    // Who controls more moves more: the visits of the social team before the value of an order.
    EXPECT_GT(std::abs(std::log(shared->factor_of.at("targeted_sessions"))),
              std::abs(std::log(shared->factor_of.at("aov"))));
  }
}

TEST(TargetProposals, WhatNoDriverCarriesIsSaid) {
  const auto shared = Shared(AnswersOf("900000"));
  ASSERT_TRUE(shared);
  EXPECT_GT(shared->missing_factor, 1);
  EXPECT_NE(shared->how.find("it falls short by"), std::string::npos) << shared->how;
}

TEST(TargetProposals, NothingIsProposedFromNothing) {
  EXPECT_FALSE(Shared(AnswersOf("0")));
  EXPECT_FALSE(Shared(AnswersOf("-5")));
  const auto answers =
      ReadAnswers("outcomes: [{tree: ecommerce_sales, target: 5}, {tree: pr, baseline: 1, target: 2}]\n",
                  "a.yaml", ShippedGuide(), {});
  ASSERT_TRUE(answers.ok());
  const BackedOut out = BackOut(answers.value(), {}, ShippedGuide());
  for (const Wanted& outcome : out.outcomes)
    EXPECT_FALSE(ShareOutOutcome(out, answers.value(), ShippedGuide(), outcome)) << outcome.id;
  const std::string plan = PlanOf(AnswersOf("55000"));
  // The value of an order has no number of today, so it has no target but the question.
  EXPECT_NE(plan.find("aov: Where should it be? (kpis.target)"), std::string::npos) << plan;
}

TEST(TargetProposals, ThePlanSaysHowATargetCameAbout) {
  const std::string plan = PlanOf(AnswersOf("55000"));
  std::string flat;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (plan.compare(i, 1, "\n") == 0) {
      while (i + 1 < plan.size() && (plan[i + 1] == ' ' || plan[i + 1] == '#')) ++i;
      flat += ' ';
    } else {
      flat += plan[i];
    }
  }
  EXPECT_NE(
      flat.find("assumed: target of k_targeted_sessions: 40000 to 55000 of o_ecommerce_sales shared out over "
                "targeted_sessions (+"),
      std::string::npos)
      << flat;
  EXPECT_EQ(flat.find("target of k_add_to_cart_rate:"), std::string::npos) << "that one was said";
  const auto shared = Shared(AnswersOf("55000"));
  const PlanReading read = ReadSoundly(plan);
  const Kpi* visits = read.plan.FindKpi("k_targeted_sessions");
  ASSERT_NE(visits, nullptr);
  EXPECT_NEAR(*visits->goal.target, 900 * shared->factor_of.at("targeted_sessions"), 0.5);
  EXPECT_EQ(ToIso(*visits->goal.by), "2027-06-30");
  EXPECT_EQ(read.plan.FindKpi("k_add_to_cart_rate")->goal.target, 0.06);
}

TEST(TargetProposals, WhatTheExportsSayIsTheBaseline) {
  const MeasuredValues measured = {{"aov", {81.23456, "2026-08-01..2026-10-30"}},
                                   {"targeted_sessions", {7, "2026-08-01..2026-10-30"}}};
  const PlanReading read = ReadSoundly(PlanOf(AnswersOf("55000"), &measured));
  EXPECT_EQ(read.plan.FindKpi("k_aov")->goal.baseline, 81.23);
  EXPECT_GT(*read.plan.FindKpi("k_aov")->goal.target, 81.23);
  EXPECT_EQ(read.plan.FindKpi("k_targeted_sessions")->goal.baseline, 900) << "what was said counts more";
}

TEST(TargetProposals, AnInterviewShowsThemAsDefault) {
  Interview interview(ShippedGuide(), {"ecommerce_sales"});
  std::string proposed, day;
  while (const auto prompt = interview.Next()) {
    if (prompt->at == "outcomes.0.baseline") {
      ASSERT_TRUE(interview.Answer("40000").ok());
    } else if (prompt->at == "outcomes.0.target") {
      ASSERT_TRUE(interview.Answer("55000").ok());
    } else if (prompt->at == "outcomes.0.by") {
      ASSERT_TRUE(interview.Answer("2027-06-30").ok());
    } else if (prompt->at.ends_with(".answer") && prompt->at.starts_with("kpis.")) {
      ASSERT_TRUE(interview.Answer("").ok());
    } else if (prompt->at == "kpis.0.baseline") {
      ASSERT_TRUE(interview.Answer("900").ok());
    } else if (prompt->at == "kpis.0.target") {
      proposed = prompt->standard;
      EXPECT_NE(prompt->why.find("Proposed: 40000 to 55000"), std::string::npos) << prompt->why;
      ASSERT_TRUE(interview.Answer("").ok());
    } else if (prompt->at == "kpis.0.by") {
      day = prompt->standard;
      ASSERT_TRUE(interview.Answer("").ok());
    } else {
      interview.Skip();
    }
  }
  EXPECT_GT(std::stod(proposed), 900);
  EXPECT_EQ(day, "2027-06-30");
  EXPECT_EQ(interview.answers().Find("kpis")->items.front().Text("target"), proposed);
}

}  // namespace
}  // namespace backcast
