// SPDX-License-Identifier: Apache-2.0
// How often a fix that did nothing is called one that did, and how often one that worked is found.
#include <gtest/gtest.h>

#include <cmath>

#include "desk/listen_parts.h"
#include "measure/distributions.h"
#include "measure/random.h"

namespace backcast {
namespace {

constexpr int kDays = 240, kFix = 200;
const Day kFirst{std::chrono::days{20000}};

/// Mentions by day with a weekly rhythm, a share of the issue that wanders with a memory of `memory`, and,
/// from the fix on, `left` of it.
Listening World(std::uint64_t seed, double memory, double left) {
  Random random(seed);
  Listening listening;
  Mentions& all = listening.heard.mentions;
  const std::uint32_t waiting = all.issues.Add("Waiting");
  double wander = 0;
  for (int day = 0; day < kDays; ++day) {
    wander = memory * wander + std::sqrt(1 - memory * memory) * 0.15 * random.Normal();
    const double share = 0.25 * std::exp(wander) * (day >= kFix ? left : 1);
    const int mentions = static_cast<int>(random.Poisson(day % 7 < 5 ? 60 : 35));
    for (int i = 0; i < mentions; ++i) {
      listening.in_scope.push_back(static_cast<std::uint32_t>(all.size()));
      all.id.emplace_back();
      all.day.push_back(20000 + day);
      all.at.push_back(Mentions::kNoInstant);
      for (auto* names : {&all.brand, &all.platform, &all.language}) names->push_back(kNoName);
      all.issue.push_back(random.Uniform() < share ? waiting : kNoName);
      all.own.push_back(1);
      all.engagements.push_back(std::nan(""));
      all.told.push_back(random.Uniform() < 0.6 ? -1 : 0);
      all.read.push_back(std::nan(""));
      listening.heard.texts.Add("");
    }
  }
  listening.period = {kFirst, kFirst + std::chrono::days{kDays}};
  return listening;
}

HeardFix Heard(Listening listening, int on = kFix) {
  ListenSettings settings;
  settings.issues.push_back({"i_wait", "Waiting", {}});
  DeclaredChange change;
  change.id = "m";
  change.title = "Call back";
  change.issue = "i_wait";
  change.on = kFirst + std::chrono::days{on};
  settings.fixes.push_back({change, {}});
  HearFixes(settings, 1, listening);
  return listening.fixes.at(0);
}

TEST(HearFixes, AFixThatDidNothingIsSeldomCalledOneThatDid) {
  int alarms = 0, looks = 0;
  constexpr int kWorlds = 90;
  for (std::uint64_t world = 0; world < kWorlds; ++world) {
    const double memory = world % 3 == 0 ? 0 : world % 3 == 1 ? 0.4 : 0.7;
    const HeardFix fix = Heard(World(1000 + world, memory, 1));
    for (const ChangeFinding* finding : {&fix.share, &fix.negative}) {
      const auto verdict = finding->test.verdict;
      ASSERT_NE(verdict, BeforeAfter::Verdict::kCannotTell) << finding->because;
      ++looks;
      alarms += verdict != BeforeAfter::Verdict::kNoChangeShown;
    }
  }
  // More than chance brings when one in twenty is called.
  EXPECT_LE(alarms, BinomialQuantile(0.975, looks, 0.05));
}

TEST(HearFixes, AFixThatHalvesTheIssueIsFound) {
  int found = 0;
  constexpr int kWorlds = 20;
  for (std::uint64_t world = 0; world < kWorlds; ++world)
    found += Heard(World(world, 0.4, 0.5)).share.test.verdict == BeforeAfter::Verdict::kChanged;
  EXPECT_GE(found, kWorlds * 9 / 10);
}

TEST(HearFixes, DaysBeforeTheBrandWasCollectedAreLeftOut) {
  Listening listening = World(3, 0, 1);
  HeardGroup brand;
  brand.name = "the own brand";
  brand.own = true;
  brand.sound_from = kFirst + std::chrono::days{kFix - 10};
  listening.scope = brand.name;
  listening.brands.push_back(brand);
  const HeardFix fix = Heard(std::move(listening));
  EXPECT_EQ(fix.share.test.verdict, BeforeAfter::Verdict::kCannotTell);
  EXPECT_NE(fix.share.because.find("10 days before"), std::string::npos) << fix.share.because;
}

TEST(HearFixes, AnIssueThatIsHardlySpokenOfIsNotJudged) {
  Listening listening = World(4, 0, 1);
  for (std::size_t i = 0; i < listening.heard.mentions.size(); i += 1) {
    if (i % 60 != 0) listening.heard.mentions.issue[i] = kNoName;
  }
  const HeardFix fix = Heard(std::move(listening));
  EXPECT_EQ(fix.share.test.verdict, BeforeAfter::Verdict::kCannotTell);
  EXPECT_NE(fix.share.because.find("fewer than ten"), std::string::npos) << fix.share.because;
}

}  // namespace
}  // namespace backcast
