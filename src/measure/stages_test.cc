// SPDX-License-Identifier: Apache-2.0
#include "measure/stages.h"

#include <gtest/gtest.h>

#include <cmath>

#include "measure/random.h"

namespace backcast {
namespace {

struct Drawn {
  std::vector<std::vector<double>> weekly;
  std::vector<StageHistory> stages;
};

/// Four stages of 40 weeks and a period of four against the four before it; `broken` is multiplied by
/// `factor`.
Drawn Draw(Random& random, int broken, double factor) {
  Drawn drawn;
  drawn.weekly.resize(4);
  std::vector<double> now(4, 0), before(4, 0);
  for (int stage = 0; stage < 4; ++stage) {
    const double memory = 0.4, sd = 0.1;
    double level = sd * random.Normal();
    for (int week = 0; week < 44; ++week) {
      level = memory * level + sd * std::sqrt(1 - memory * memory) * random.Normal();
      const auto s = static_cast<std::size_t>(stage);
      if (week < 40) drawn.weekly[s].push_back(level);
      if (week >= 36 && week < 40) before[s] += std::exp(level) / 4;
      if (week >= 40) now[s] += std::exp(level) / 4 * (stage == broken ? factor : 1);
    }
  }
  for (std::size_t s = 0; s < 4; ++s) {
    StageHistory history;
    history.weekly = drawn.weekly[s];
    history.now = now[s];
    history.before = before[s];
    drawn.stages.push_back(history);
  }
  return drawn;
}

TEST(DiagnoseStages, PartsAddUpAndNobodyIsNamedForNothing) {
  Random random(1);
  int named = 0;
  for (int run = 0; run < 300; ++run) {
    const Drawn drawn = Draw(random, -1, 1);
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
  EXPECT_LE(named, 24) << "of 300";
}

TEST(DiagnoseStages, TheBrokenStageIsNamed) {
  Random random(2);
  int right = 0, wrong = 0;
  for (int run = 0; run < 100; ++run) {
    const Drawn drawn = Draw(random, run % 4, 0.6);
    const StageDiagnosis diagnosis = DiagnoseStages(drawn.stages);
    for (std::size_t i = 0; i < 4; ++i) {
      if (!diagnosis.stages[i].named || diagnosis.stages[i].contribution > 0) continue;
      (static_cast<int>(i) == run % 4 ? right : wrong)++;
    }
  }
  EXPECT_GE(right, 90);
  EXPECT_LE(wrong, 5);
}

TEST(DiagnoseStages, FewWeeksOrFewEventsNameNobody) {
  Random random(3);
  Drawn drawn = Draw(random, 0, 0.5);
  for (StageHistory& stage : drawn.stages) stage.weekly = stage.weekly.last(7);
  const StageDiagnosis young = DiagnoseStages(drawn.stages);
  EXPECT_NE(young.needs.find("8"), std::string::npos);
  EXPECT_FALSE(young.stages[0].named);
  drawn = Draw(random, 0, 0.5);
  drawn.stages[0].now_n = drawn.stages[0].before_n = 4;  // four events each: halving is chance
  EXPECT_FALSE(DiagnoseStages(drawn.stages).stages[0].named);
}

TEST(DiagnoseStages, AZeroIsTakenApartByShapley) {
  Random random(4);
  Drawn drawn = Draw(random, -1, 1);
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
