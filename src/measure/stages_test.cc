// SPDX-License-Identifier: Apache-2.0
#include "measure/stages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

struct Drawn {
  std::vector<std::vector<double>> weekly;
  std::vector<StageHistory> stages;
};

/// How the four stages of a product go.
struct Habits {
  int weeks = 40;  ///< of history; the compared period is the last four of them
  double memory = 0.4;
  int broken = -1;    ///< this stage is multiplied by `factor` in the period
  double factor = 1;  ///< of the broken stage
  int incident = 0;   ///< weeks at half, a third into the history, of every stage
};

/// A period of four weeks against the four before it.
Drawn Draw(Random& random, const Habits& habits) {
  constexpr double kSd = 0.1;
  constexpr int kPeriod = 4;
  Drawn drawn;
  drawn.weekly.resize(4);
  for (int stage = 0; stage < 4; ++stage) {
    std::vector<double>& weekly = drawn.weekly[static_cast<std::size_t>(stage)];
    StageHistory history;
    double level = kSd * random.Normal();
    for (int week = 0; week < habits.weeks + kPeriod; ++week) {
      level = habits.memory * level + kSd * std::sqrt(1 - habits.memory * habits.memory) * random.Normal();
      if (week < habits.weeks) weekly.push_back(level);
      if (week >= habits.weeks)
        history.now += std::exp(level) / kPeriod * (stage == habits.broken ? habits.factor : 1);
      else if (week >= habits.weeks - kPeriod)
        history.before += std::exp(level) / kPeriod;
    }
    for (int week = 0; week < habits.incident; ++week)
      weekly[weekly.size() / 3 + static_cast<std::size_t>(week)] -= 0.7;
    drawn.stages.push_back(history);
  }
  for (std::size_t s = 0; s < 4; ++s) drawn.stages[s].weekly = drawn.weekly[s];
  return drawn;
}

TEST(DiagnoseStages, PartsAddUpAndNobodyIsNamedForNothing) {
  Random random(1);
  int named = 0;
  for (int run = 0; run < 100; ++run) {
    const Drawn drawn = Draw(random, {});
    const StageDiagnosis diagnosis = DiagnoseStages(drawn.stages);
    double sum = 0, before = 1, now = 1;
    bool any = false;
    for (std::size_t i = 0; i < 4; ++i) {
      sum += diagnosis.stages[i].contribution;
      before *= drawn.stages[i].before;
      now *= drawn.stages[i].now;
      any = any || diagnosis.stages[i].named;
    }
    EXPECT_NEAR(sum, now - before, 1e-9);
    named += any;
  }
  EXPECT_LE(named, 8) << "of 100";
}

TEST(DiagnoseStages, TheBrokenStageIsNamed) {
  Random random(2);
  int right = 0, wrong = 0;
  for (int run = 0; run < 60; ++run) {
    const Drawn drawn = Draw(random, {.broken = run % 4, .factor = 0.6});
    const StageDiagnosis diagnosis = DiagnoseStages(drawn.stages);
    for (std::size_t i = 0; i < 4; ++i) {
      if (!diagnosis.stages[i].named || diagnosis.stages[i].contribution > 0) continue;
      (static_cast<int>(i) == run % 4 ? right : wrong)++;
    }
  }
  EXPECT_GE(right, 54) << "of 60";
  EXPECT_LE(wrong, 3);
}

TEST(DiagnoseStages, AShortHistoryWithMemoryNamesNobodyForNothing) {
  Random random(5);
  for (const int weeks : {12, 26}) {
    int named = 0;
    for (int run = 0; run < 100; ++run) {
      const Drawn drawn = Draw(random, {.weeks = weeks, .memory = 0.5});
      const StageDiagnosis diagnosis = DiagnoseStages(drawn.stages);
      named += std::any_of(diagnosis.stages.begin(), diagnosis.stages.end(),
                           [](const StageFinding& finding) { return finding.named; });
    }
    EXPECT_LE(named, 10) << "of 100, " << weeks << " weeks";
  }
}

TEST(DiagnoseStages, AnOldIncidentDoesNotHideTheNextBreak) {
  std::vector<int> named;
  for (const int weeks : {0, 3}) {
    Random random(6);
    named.push_back(0);
    for (int run = 0; run < 48; ++run) {
      const Drawn drawn =
          Draw(random, {.weeks = 30, .memory = 0.3, .broken = run % 4, .factor = 0.7, .incident = weeks});
      named.back() += DiagnoseStages(drawn.stages).stages[static_cast<std::size_t>(run % 4)].named;
    }
  }
  EXPECT_GE(named[0], 39) << "of 48";
  EXPECT_GE(named[1], named[0] - 8);
}

TEST(DiagnoseStages, TheIntervalHoldsNoChangeInNineteenOfTwenty) {
  Random random(7);
  int held = 0, all = 0;
  for (int run = 0; run < 60; ++run) {
    const Drawn drawn = Draw(random, {.weeks = 60, .memory = 0.5});
    for (const StageFinding& finding : DiagnoseStages(drawn.stages).stages) {
      const bool inside = std::abs(finding.log_change) <= finding.critical * finding.standard_error;
      held += inside;
      ++all;
      EXPECT_EQ(inside, finding.p > 0.05) << finding.p;
    }
  }
  EXPECT_NEAR(held / static_cast<double>(all), 0.95, 0.025);
}

TEST(DiagnoseStages, PeriodsThatLieFarApartAreLessAlike) {
  Random random(8);
  Drawn drawn = Draw(random, {.weeks = 100, .memory = 0.6});
  const StageFinding near = DiagnoseStages(drawn.stages).stages[0];
  drawn.stages[0].weeks_between = 48;
  const StageFinding far = DiagnoseStages(drawn.stages).stages[0];
  EXPECT_GT(far.standard_error, 1.05 * near.standard_error);
  EXPECT_GT(far.p, near.p);
}

TEST(DiagnoseStages, AStageThatNeverMovedIsNotJudged) {
  Random random(9);
  Drawn drawn = Draw(random, {});
  std::fill(drawn.weekly[1].begin(), drawn.weekly[1].end(), 0.0);
  drawn.stages[1].before = 1;
  drawn.stages[1].now = 1 + 1e-12;
  const StageFinding still = DiagnoseStages(drawn.stages).stages[1];
  EXPECT_EQ(still.p, 1);
  EXPECT_EQ(still.standard_error, 0);
}

TEST(DiagnoseStages, FewWeeksOrFewEventsNameNobody) {
  Random random(3);
  Drawn drawn = Draw(random, {.broken = 0, .factor = 0.5});
  for (StageHistory& stage : drawn.stages) stage.weekly = stage.weekly.last(7);
  const StageDiagnosis young = DiagnoseStages(drawn.stages);
  EXPECT_NE(young.needs.find("8"), std::string::npos);
  EXPECT_FALSE(young.stages[0].named);
  drawn = Draw(random, {.broken = 0, .factor = 0.5});
  drawn.stages[0].now_n = drawn.stages[0].before_n = 4;  // four events each: halving is chance
  EXPECT_FALSE(DiagnoseStages(drawn.stages).stages[0].named);
}

TEST(DiagnoseStages, AZeroIsTakenApartByShapley) {
  Random random(4);
  Drawn drawn = Draw(random, {});
  drawn.stages[2].now = 0;
  const StageDiagnosis diagnosis = DiagnoseStages(drawn.stages);
  EXPECT_EQ(diagnosis.method, DecompositionMethod::kShapley);
  double sum = 0, before = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += diagnosis.stages[i].contribution;
    before *= drawn.stages[i].before;
  }
  EXPECT_NEAR(sum, -before, 1e-9);
}

}  // namespace
}  // namespace backcast
