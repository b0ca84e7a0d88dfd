// SPDX-License-Identifier: Apache-2.0
#include "measure/attribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "measure/shapley.h"

namespace backcast {
namespace {

enum Channel { kSearch, kSocial, kMail, kReferral };
constexpr int kChannels = 4;

std::vector<JourneyCount> SmallShop() {
  return {{{kSocial, kSearch}, 5, 40},
          {{kMail}, 3, 12},
          {{kSearch, kMail, kSocial, kMail}, 2, 9},
          {{kReferral, kSocial}, 1, 30},
          {{kSearch}, 0, 25}};
}

std::vector<JourneyCount> RandomShop(std::mt19937_64& random, int channels) {
  std::uniform_int_distribution<int> length(1, 6), channel(0, channels - 1), count(0, 9);
  std::vector<JourneyCount> journeys;
  for (int path = 0; path < 40; ++path) {
    JourneyCount journey{{}, static_cast<double>(count(random)), static_cast<double>(count(random) + 1)};
    for (int touch = length(random); touch > 0; --touch) journey.path.push_back(channel(random));
    journeys.push_back(journey);
  }
  return journeys;
}

double Sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double Conversions(const std::vector<JourneyCount>& journeys) {
  double sum = 0;
  for (const JourneyCount& journey : journeys) sum += journey.converting;
  return sum;
}

void ExpectNear(const std::vector<double>& own, const std::vector<double>& expected,
                double tolerance = 1e-9) {
  ASSERT_EQ(own.size(), expected.size());
  for (std::size_t at = 0; at < own.size(); ++at) EXPECT_NEAR(own[at], expected[at], tolerance) << at;
}

TEST(MarkovRemoval, AgreesWithIndependentSolutions) {
  const MarkovAttribution first = MarkovRemoval(SmallShop(), kChannels, 1).value();
  EXPECT_NEAR(first.conversion_rate, 11.0 / 127, 1e-12);
  ExpectNear(first.removal_effect,
             {0.5985093021890956, 0.5536445536445536, 0.49796818762336004, 0.20952717407606147});
  ExpectNear(first.credit, {3.540238805258967, 3.274859598612332, 2.9455286578849376, 1.2393729382437626});
  ExpectNear(MarkovRemoval(SmallShop(), kChannels, 2).value().removal_effect,
             {0.6363636363636364, 0.7272727272727273, 0.4545454545454546, 0.09090909090909094});
  // Three touches remember as much of these paths as two.
  ExpectNear(MarkovRemoval(SmallShop(), kChannels, 3).value().credit,
             MarkovRemoval(SmallShop(), kChannels, 2).value().credit);
}

TEST(MarkovRemoval, OneInverseGivesWhatSolvingAgainGives) {
  std::mt19937_64 random(1);
  for (int run = 0; run < 20; ++run) {
    const auto journeys = RandomShop(random, 6);
    const MarkovAttribution solved = MarkovRemoval(journeys, 6, 1).value();
    const MarkovAttribution inverted = MarkovRemovalByInverse(journeys, 6).value();
    ExpectNear(inverted.removal_effect, solved.removal_effect, 1e-12);
    EXPECT_NEAR(inverted.conversion_rate, solved.conversion_rate, 1e-12);
  }
}

TEST(MarkovRemoval, CreditsEveryConversionOnceAndAnUnseenChannelNone) {
  std::mt19937_64 random(7);
  for (const int order : {1, 2, 3}) {
    const auto journeys = RandomShop(random, 5);
    const MarkovAttribution markov = MarkovRemoval(journeys, 6, order).value();
    EXPECT_NEAR(Sum(markov.credit), Conversions(journeys), 1e-9);
    EXPECT_NEAR(markov.credit[5], 0, 1e-12);
    for (const double effect : markov.removal_effect) {
      EXPECT_GE(effect, -1e-12);
      EXPECT_LE(effect, 1 + 1e-12);
    }
  }
}

TEST(MarkovRemoval, RefusesWhatItCannotJudge) {
  const std::vector<JourneyCount> only_converting{{{kSearch}, 3, 0}};
  EXPECT_EQ(MarkovRemoval(only_converting, kChannels).error().code, Code::kTooLittle);
  const std::vector<JourneyCount> none_converting{{{kSearch}, 0, 3}};
  EXPECT_EQ(MarkovRemoval(none_converting, kChannels).error().code, Code::kTooLittle);
  const std::vector<JourneyCount> no_touch{{{}, 1, 1}}, no_channel{{{9}, 1, 1}};
  EXPECT_FALSE(MarkovRemoval(no_touch, kChannels).ok());
  EXPECT_FALSE(MarkovRemoval(no_channel, kChannels).ok());
  EXPECT_FALSE(MarkovRemoval(SmallShop(), kChannels, 4).ok());
}

TEST(Shapley, AgreesWithIndependentSolutions) {
  ExpectNear(VolumeShapley(SmallShop(), kChannels).value(), {19.0 / 6, 11.0 / 3, 11.0 / 3, 0.5});
  ExpectNear(RateShapley(SmallShop(), kChannels).value().value,
             {-0.020690327613265287, 0.009504857052466361, 0.10992177086366317, -0.012122127074517767});
}

TEST(Shapley, VolumeIsTheGameOfConversionsFromWithin) {
  std::mt19937_64 random(5);
  const auto journeys = RandomShop(random, 5);
  std::vector<double> worth(1 << 5);
  for (const JourneyCount& journey : journeys) {
    std::size_t set = 0;
    for (const int channel : journey.path) set |= std::size_t{1} << channel;
    worth[set] += journey.converting;
  }
  SumOverSubsets(worth);
  ExpectNear(VolumeShapley(journeys, 5).value(), ShapleyValues(worth).value());
}

// The axioms, on random games: efficiency, symmetry, null player, additivity.
TEST(Shapley, KeepsItsAxioms) {
  std::mt19937_64 random(11);
  std::normal_distribution<double> any;
  for (int players = 1; players <= 7; ++players) {
    const std::size_t sets = std::size_t{1} << players;
    std::vector<double> one(sets), other(sets), both(sets), null_first(sets), symmetric(sets);
    for (std::size_t set = 0; set < sets; ++set) {
      one[set] = any(random);
      other[set] = any(random);
      both[set] = one[set] + other[set];
      null_first[set] = (set & 1) != 0 ? null_first[set ^ 1] : any(random);
      // The first two players matter by how many of them are there.
      symmetric[set] = (set & 3) == 2 ? symmetric[set ^ 3] : any(random);
    }
    const auto values = ShapleyValues(one).value();
    EXPECT_NEAR(Sum(values), one.back() - one.front(), 1e-12);
    const auto of_other = ShapleyValues(other).value(), of_both = ShapleyValues(both).value();
    for (std::size_t player = 0; player < values.size(); ++player) {
      EXPECT_NEAR(of_both[player], values[player] + of_other[player], 1e-12);
    }
    EXPECT_NEAR(ShapleyValues(null_first).value()[0], 0, 1e-12);
    if (players >= 2) {
      const auto equal = ShapleyValues(symmetric).value();
      EXPECT_NEAR(equal[0], equal[1], 1e-12);
    }
  }
  EXPECT_FALSE(ShapleyValues(std::vector<double>(3)).ok());
}

TEST(Shapley, RateSumsToTheRateAndCreditToTheConversions) {
  std::mt19937_64 random(13);
  const auto journeys = RandomShop(random, 8);
  const RateAttribution rate = RateShapley(journeys, 8).value();
  double all = 0;
  for (const JourneyCount& journey : journeys) all += journey.converting + journey.not_converting;
  EXPECT_NEAR(Sum(rate.value), Conversions(journeys) / all, 1e-12);
  EXPECT_NEAR(Sum(rate.credit), Conversions(journeys), 1e-9);
  EXPECT_FALSE(RateShapley(journeys, kMostPlayers + 1).ok());
}

TEST(MatchedJourneys, ComparesLikeWithLike) {
  const RateAttribution matched = MatchedJourneys(SmallShop(), kChannels).value();
  ExpectNear(matched.value, {0, 5, 3 + 2 - 11 * 5.0 / 45, 0});
  EXPECT_NEAR(Sum(matched.credit), Conversions(SmallShop()), 1e-9);
}

TEST(MatchedJourneys, FindEffectsThatAddUp) {
  // Every set is met by 1,000 persons; each channel adds its own to the chance.
  const std::vector<double> effect = {0.01, 0.05, 0.02};
  std::vector<JourneyCount> journeys;
  for (int set = 1; set < 8; ++set) {
    JourneyCount journey;
    double chance = 0;
    for (int channel = 0; channel < 3; ++channel) {
      if ((set >> channel & 1) == 0) continue;
      journey.path.push_back(channel);
      chance += effect[static_cast<std::size_t>(channel)];
    }
    journey.converting = 1000 * chance;
    journey.not_converting = 1000 - journey.converting;
    journeys.push_back(journey);
  }
  ExpectNear(MatchedJourneys(journeys, 3).value().value, {40, 200, 80});
}

TEST(MatchedJourneys, RefuseWhatSharesNothingOut) {
  const std::vector<JourneyCount> journeys = {{{0, 1}, 1, 99}, {{0, 2}, 1, 99}, {{1, 2}, 1, 99}};
  EXPECT_FALSE(MatchedJourneys(journeys, 3).ok());
}

TEST(OrderedShapley, SplitsTheVolumeOverPositions) {
  const auto credits = OrderedShapley(SmallShop(), kChannels).value();
  std::vector<double> by_channel(kChannels);
  for (const PositionCredit& at : credits) by_channel[static_cast<std::size_t>(at.channel)] += at.credit;
  ExpectNear(by_channel, VolumeShapley(SmallShop(), kChannels).value());
  ASSERT_EQ(credits.size(), 9U);
  EXPECT_EQ(credits.front().channel, kSearch);
  EXPECT_EQ(credits.front().position, 1);
  EXPECT_NEAR(credits.front().credit, 2.0 / 3, 1e-12);
  EXPECT_NEAR(credits[1].credit, 2.5, 1e-12);
}

TEST(TouchWeights, SumToOneByEveryRule) {
  for (int touches = 1; touches <= 9; ++touches) {
    std::vector<double> ages(static_cast<std::size_t>(touches));
    for (std::size_t touch = 0; touch < ages.size(); ++touch) ages[touch] = 90000.0 + 3 * (touches - touch);
    for (const CreditRule rule : {CreditRule::kFirst, CreditRule::kLast, CreditRule::kLinear,
                                  CreditRule::kPosition, CreditRule::kDecay}) {
      EXPECT_NEAR(Sum(TouchWeights(rule, touches, ages).value()), 1, 1e-12);
    }
  }
}

TEST(TouchWeights, FollowTheirRules) {
  ExpectNear(TouchWeights(CreditRule::kFirst, 3).value(), {1, 0, 0});
  ExpectNear(TouchWeights(CreditRule::kLast, 3).value(), {0, 0, 1});
  ExpectNear(TouchWeights(CreditRule::kPosition, 2).value(), {0.5, 0.5});
  ExpectNear(TouchWeights(CreditRule::kPosition, 4).value(), {0.4, 0.1, 0.1, 0.4});
  ExpectNear(TouchWeights(CreditRule::kDecay, 2, std::vector<double>{5, 2}, 3).value(), {1.0 / 3, 2.0 / 3});
  EXPECT_FALSE(TouchWeights(CreditRule::kLinear, 0).ok());
  EXPECT_FALSE(TouchWeights(CreditRule::kDecay, 2).ok());
  EXPECT_FALSE(TouchWeights(CreditRule::kDecay, 2, std::vector<double>{5, -2}).ok());
}

TEST(LastNonDirectWeights, LeavesDirectOutUnlessAlone) {
  ExpectNear(LastNonDirectWeights(std::vector<int>{0, 2, 3, 3}, 3).value(), {0, 1, 0, 0});
  ExpectNear(LastNonDirectWeights(std::vector<int>{3, 3}, 3).value(), {0, 1});
  EXPECT_FALSE(LastNonDirectWeights({}, 3).ok());
}

}  // namespace
}  // namespace backcast
