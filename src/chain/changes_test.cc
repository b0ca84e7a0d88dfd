// SPDX-License-Identifier: Apache-2.0
#include "chain/changes.h"

#include <gtest/gtest.h>

#include "chain/chain_worlds.h"

namespace backcast {
namespace {

using Verdict = BeforeAfter::Verdict;

const Day kFirst = DayOf("2025-01-06");
constexpr int kDays = 300, kOn = 240;

Day At(int day) { return kFirst + std::chrono::days{day}; }

/// Counts around `mean`, times `step` from the day `from` on.
DailySeries Counts(double step, int from = kOn, double mean = 60, std::uint64_t seed = 5) {
  Random random(seed);
  DailySeries series{Combine::kSum, kFirst, {}, {}};
  for (int day = 0; day < kDays; ++day)
    series.amount.push_back(random.Poisson(mean * (day % 7 < 5 ? 1.1 : 0.75) * (day >= from ? step : 1)));
  return series;
}

ChangeQuestion Asked(const std::string& id, int on, int direction, DailySeries series) {
  ChangeQuestion asked;
  asked.change.id = id;
  asked.change.title = "Change " + id;
  asked.change.on = At(on);
  asked.change.metric = "orders";
  asked.change.direction = direction;
  asked.title = "Orders";
  asked.metric = std::move(series);
  return asked;
}

ChangeFinding Found(const ChangeQuestion& question) { return TestChanges({question})[0].expected; }

TEST(Changes, TheSentenceSaysTheVerdictAndItsNumbers) {
  for (const auto& [step, direction, key] :
       {std::tuple(1.5, 1, "change.changed.up"), std::tuple(0.6, -1, "change.changed.down"),
        std::tuple(1.5, -1, "change.changed_against.up"), std::tuple(1.0, 1, "change.no_change_shown")}) {
    const ChangeAnswer answer = TestChanges({Asked("a", kOn, direction, Counts(step))})[0];
    ASSERT_EQ(answer.claims.size(), 1) << key;
    EXPECT_TRUE(Says(answer.claims, key)) << key << " " << Spoken(answer.claims);
    EXPECT_LT(answer.expected.low, step - 1) << key;
    EXPECT_GT(answer.expected.high, step - 1) << key;
    EXPECT_EQ(answer.claims[0].quantities()[0].value, answer.expected.effect);
    EXPECT_TRUE(answer.expected.because.empty()) << answer.expected.because;
  }
}

TEST(Changes, SmallCountsAndRatesWithEmptyDaysAreToldRelativeToo) {
  int holds = 0, low_holds = 0;
  constexpr int kRuns = 40;
  for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
    DailySeries rate{Combine::kRate, kFirst, {}, {}};
    Random random(seed);
    for (int day = 0; day < kDays; ++day) {
      rate.base.push_back(60);
      rate.amount.push_back(random.Binomial(60, day >= kOn ? 0.05 * 1.5 : 0.05));
    }
    const ChangeFinding of_rate = Found(Asked("a", kOn, 1, rate)),
                        of_count = Found(Asked("a", kOn, 1, Counts(1.5, kOn, 3, seed)));
    holds += of_rate.low <= 0.5 && 0.5 <= of_rate.high;
    low_holds += of_count.low <= 0.5 && 0.5 <= of_count.high;
  }
  EXPECT_GE(holds, 34);
  EXPECT_GE(low_holds, 34);
}

TEST(Changes, ARateThatWasNoughtHasNothingToBeToldRelativeTo) {
  DailySeries rate{Combine::kRate, kFirst, {}, {}};
  for (int day = 0; day < kDays; ++day) {
    rate.base.push_back(60);
    rate.amount.push_back(day >= kOn ? 5 : 0);
  }
  const ChangeFinding found = Found(Asked("a", kOn, 1, rate));
  EXPECT_EQ(found.test.verdict, Verdict::kCannotTell);
  EXPECT_NE(found.because.find("nought before"), std::string::npos) << found.because;
}

TEST(Changes, ALagMovesTheDayOnWhichItShouldBeSeen) {
  ChangeQuestion late = Asked("a", kOn - 21, 1, Counts(1.5));
  late.change.lag_weeks = 3;
  EXPECT_EQ(Found(late).from, At(kOn));
  EXPECT_EQ(Found(late).test.verdict, Verdict::kChanged);
}

TEST(Changes, WhatCannotBeToldSaysWhy) {
  const auto cannot = [](const ChangeQuestion& question, const std::string& words) {
    const ChangeAnswer answer = TestChanges({question})[0];
    EXPECT_EQ(answer.expected.test.verdict, Verdict::kCannotTell) << words;
    EXPECT_NE(answer.expected.because.find(words), std::string::npos) << answer.expected.because;
    EXPECT_TRUE(answer.claims.empty()) << "what cannot be told is no claim: " << Spoken(answer.claims);
  };
  ChangeQuestion question = Asked("a", kOn, 1, Counts(1.5));
  question.change.metric.clear();
  cannot(question, "nothing was expected");
  question = Asked("a", kOn, 1, {});
  question.missing = "no export fills order yet";
  cannot(question, "no export fills order yet");
  cannot(Asked("a", kDays, 1, Counts(1.5)), "after the last day with data");
  cannot(Asked("a", kDays - 10, 1, Counts(1.5)), "28");
  cannot(Asked("a", 20, 1, Counts(1.5)), "20 days before");
  cannot(Asked("a", kOn, 1, Counts(3, kOn, 1)), "ten events a week");
  question = Asked("a", kOn, 1, Counts(1.5));
  question.change.until = At(kOn + 9);
  cannot(question, "28");
}

TEST(Changes, TwoAtOnceCannotBeToldApartAndALaterOneEndsTheDays) {
  const DailySeries series = Counts(1.5);
  auto answers = TestChanges({Asked("a", kOn, 1, series), Asked("b", kOn + 7, 1, series)});
  for (const ChangeAnswer& answer : answers) {
    EXPECT_EQ(answer.expected.test.verdict, Verdict::kCannotTell) << answer.change.id;
    EXPECT_NE(answer.expected.because.find(answer.change.id == "a" ? "change b" : "change a"),
              std::string::npos)
        << answer.expected.because;
  }
  answers = TestChanges({Asked("a", kOn, 1, series), Asked("b", kOn + 35, 1, series)});
  EXPECT_EQ(answers[0].expected.test.verdict, Verdict::kChanged);
  EXPECT_EQ(answers[0].expected.test.after, 35) << "the days of the next change are not its own";
  ChangeQuestion other = Asked("b", kOn + 7, 1, series);
  other.change.metric = "leads";
  EXPECT_EQ(TestChanges({Asked("a", kOn, 1, series), other})[0].expected.test.verdict, Verdict::kChanged)
      << "a change of another number does not stand in the way";
}

TEST(Changes, TheOrderOfTheFileDoesNotDecide) {
  const DailySeries series = Counts(1.5);
  const ChangeQuestion a = Asked("a", kOn, 1, series), near = Asked("near", kOn + 7, 1, series),
                       far = Asked("far", kOn + 35, 1, series);
  EXPECT_EQ(TestChanges({a, near, far})[0].expected.test.verdict, Verdict::kCannotTell);
  EXPECT_EQ(TestChanges({a, far, near})[0].expected.test.verdict, Verdict::kCannotTell);
}

TEST(Changes, ChangesWithoutAnIdAreStillTwo) {
  const DailySeries series = Counts(1.5);
  const auto answers = TestChanges({Asked("", kOn, 1, series), Asked("", kOn + 7, 1, series)});
  EXPECT_EQ(answers[0].expected.test.verdict, Verdict::kCannotTell);
  EXPECT_EQ(answers[1].expected.test.verdict, Verdict::kCannotTell);
  EXPECT_NE(answers[0].expected.because.find("Change "), std::string::npos) << answers[0].expected.because;
  const auto same = TestChanges({Asked("v", kOn, 1, series), Asked("v", kOn, 1, series)});
  EXPECT_EQ(same[0].expected.test.verdict, Verdict::kChanged)
      << "one change that stands in the plan and in the calendar";
}

TEST(Changes, TheEchoIsTestedOnItsOwnDays) {
  ChangeQuestion question = Asked("a", kOn, 1, Counts(1));
  question.change.echo = "improvement_echo";
  question.echo = Counts(2, kOn, 30, 8);
  ChangeAnswer answer = TestChanges({question})[0];
  EXPECT_EQ(answer.expected.test.verdict, Verdict::kNoChangeShown);
  ASSERT_TRUE(answer.echo);
  EXPECT_EQ(answer.echo->test.verdict, Verdict::kChanged);
  EXPECT_EQ(answer.echo->metric, "improvement_echo");
  EXPECT_TRUE(Says(answer.claims, "echo.changed")) << Spoken(answer.claims);
  question.echo = {};
  question.echo_missing = "no export fills mention yet";
  answer = TestChanges({question})[0];
  ASSERT_TRUE(answer.echo);
  EXPECT_EQ(answer.echo->because, "no export fills mention yet");
  EXPECT_FALSE(TestChanges({Asked("b", kOn, 1, Counts(1))})[0].echo);
}

TEST(Changes, TwoChangesThatPeopleShouldNoticeInOneNumberCannotBeToldApartThere) {
  ChangeQuestion one = Asked("a", kOn, 1, Counts(1.5)), two = Asked("b", kOn + 7, 1, Counts(1.5));
  two.change.metric = "leads";
  one.change.echo = two.change.echo = "improvement_echo";
  one.echo = two.echo = Counts(2, kOn, 30, 8);
  const auto answers = TestChanges({one, two});
  EXPECT_EQ(answers[0].expected.test.verdict, Verdict::kChanged) << "they should move different numbers";
  EXPECT_EQ(answers[0].echo->test.verdict, Verdict::kCannotTell);
  EXPECT_EQ(answers[1].echo->test.verdict, Verdict::kCannotTell);
}

}  // namespace
}  // namespace backcast
