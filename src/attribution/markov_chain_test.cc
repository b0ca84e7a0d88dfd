// SPDX-License-Identifier: Apache-2.0
// Chains that are too large for an inverse of every state.
#include "attribution/markov_chain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "attribution/credit.h"
#include "attribution/path_table.h"
#include "measure/attribution.h"
#include "measure/random.h"

namespace backcast {
namespace {

constexpr std::size_t kAllCells = 4'000'000;

struct Shop {
  std::vector<JourneyCount> small;
  Journeys journeys;
};

/// Journeys of which each goes on with chance `on`.
Shop MakeShop(std::uint64_t seed, int channels, int paths, double on) {
  Random random(seed);
  Shop shop;
  PathTable table({.most_touches = 0}, kNoChannel);
  for (int at = 0; at < paths; ++at) {
    JourneyCount journey;
    std::vector<ChannelCode> path;
    do {
      path.push_back(static_cast<ChannelCode>(random.Below(static_cast<std::uint64_t>(channels))));
      journey.path.push_back(path.back());
    } while (random.Uniform() < on);
    journey.converting = static_cast<double>(random.Below(4));
    journey.not_converting = static_cast<double>(random.Below(20) + 1);
    table.Add(path, journey.converting, 0, journey.not_converting);
    shop.small.push_back(journey);
  }
  shop.journeys = table.Finish();
  return shop;
}

/// The chance to convert from the start when every state that ends in `without` leads nowhere, by following
/// journeys touch by touch until none is left.
double Followed(const MarkovChain& chain, const std::vector<double>& counts, int channels, int without,
                const std::vector<int>& newest) {
  std::vector<double> here(chain.states()), next(chain.states());
  here[0] = 1;
  double converted = 0, left = 1;
  while (left > 1e-14) {
    std::fill(next.begin(), next.end(), 0.0);
    left = 0;
    for (std::uint32_t state = 0; state < chain.states(); ++state) {
      if (here[state] == 0 || (state > 0 && newest[state] == without)) continue;
      const double* cell = counts.data() + state * chain.row();
      double all = 0;
      for (std::size_t to = 0; to < chain.row(); ++to) all += cell[to];
      converted += here[state] * cell[channels] / all;
      for (int to = 0; to < channels; ++to) {
        if (cell[to] <= 0) continue;
        next[chain.Next(state, static_cast<ChannelCode>(to))] += here[state] * cell[to] / all;
        left += here[state] * cell[to] / all;
      }
    }
    here.swap(next);
  }
  return converted;
}

std::vector<int> NewestOf(const MarkovChain& chain, const std::vector<double>& counts, int channels) {
  std::vector<int> newest(chain.states(), -1);
  for (std::uint32_t state = 0; state < chain.states(); ++state) {
    for (int to = 0; to < channels; ++to) {
      if (counts[state * chain.row() + static_cast<std::size_t>(to)] > 0)
        newest[chain.Next(state, static_cast<ChannelCode>(to))] = to;
    }
  }
  return newest;
}

TEST(MarkovChain, SweepsAreTheReference) {
  const Shop shop = MakeShop(1, 12, 90, 0.7);
  const auto chain = MarkovChain::Of(shop.journeys, 12, 3, kAllCells);
  const auto removal = chain->RemovalEffects(chain->Count(shop.journeys).data(), 1);
  ASSERT_TRUE(removal);
  EXPECT_TRUE(removal->by_sweeps);
  const MarkovAttribution expected = MarkovRemoval(shop.small, 12, 3).value();
  EXPECT_NEAR(removal->conversion_rate, expected.conversion_rate, 1e-11);
  for (std::size_t channel = 0; channel < 12; ++channel)
    EXPECT_NEAR(removal->effects[channel], expected.removal_effect[channel], 1e-10) << channel;
}

TEST(MarkovChain, TwelveChannelsAtOrderThree) {
  const Shop shop = MakeShop(2, 12, 20'000, 0.8);
  const auto chain = MarkovChain::Of(shop.journeys, 12, 3, kAllCells);
  ASSERT_EQ(chain->states(), 1U + 12 + 144 + 1728);
  const std::vector<double> counts = chain->Count(shop.journeys);
  const auto removal = chain->RemovalEffects(counts.data(), 1);
  ASSERT_TRUE(removal);
  const std::vector<int> newest = NewestOf(*chain, counts, 12);
  const double all = Followed(*chain, counts, 12, -2, newest);
  EXPECT_NEAR(removal->conversion_rate, all, 1e-11);
  for (const int channel : {0, 7, 11}) {
    EXPECT_NEAR(removal->effects[static_cast<std::size_t>(channel)],
                1 - Followed(*chain, counts, 12, channel, newest) / all, 1e-9)
        << channel;
  }
}

TEST(MarkovChain, AVeryLongJourneyIsSolvedByTheInverse) {
  Shop shop = MakeShop(3, 4, 60, 0.6);
  JourneyCount journey{{}, 1, 0};
  for (int touch = 0; touch < 60'000; ++touch) journey.path.push_back(touch % 3);
  shop.small.push_back(journey);
  PathTable table({.most_touches = 0}, kNoChannel);
  for (const JourneyCount& one : shop.small)
    table.Add({one.path.begin(), one.path.end()}, one.converting, 0, one.not_converting);
  shop.journeys = table.Finish();
  const auto chain = MarkovChain::Of(shop.journeys, 4, 3, kAllCells);
  const auto removal = chain->RemovalEffects(chain->Count(shop.journeys).data(), 1);
  ASSERT_TRUE(removal);
  EXPECT_FALSE(removal->by_sweeps);
  const MarkovAttribution expected = MarkovRemoval(shop.small, 4, 3).value();
  for (std::size_t channel = 0; channel < 4; ++channel)
    EXPECT_NEAR(removal->effects[channel], expected.removal_effect[channel], 1e-9) << channel;
}

TEST(CreditChannels, OrderThreeOfTwelveChannelsHasAnInterval) {
  CreditOptions options;
  options.channels = 12;
  options.order = 3;
  options.resamples = 40;
  options.models = {"markov"};
  const Credits credits = CreditChannels(MakeShop(4, 12, 3000, 0.7).journeys, options);
  const ModelCredit& markov = *credits.Find("markov");
  ASSERT_EQ(markov.state, ModelCredit::State::kAnswered) << markov.reason;
  EXPECT_EQ(markov.no_interval, "");
  EXPECT_LT(credits.conservation, 1e-9);
  for (const ChannelCredit& one : markov.channels) EXPECT_LT(*one.low, *one.high);
}

TEST(CreditChannels, AChainThatIsTooLargeIsRefusedWithItsSize) {
  CreditOptions options;
  options.channels = 60;
  options.order = 3;
  options.resamples = 0;
  options.models = {"markov"};
  const Credits credits = CreditChannels(MakeShop(5, 60, 30'000, 0.9).journeys, options);
  EXPECT_EQ(credits.Find("markov")->state, ModelCredit::State::kRefused);
  EXPECT_NE(credits.Find("markov")->reason.find("too large to solve"), std::string::npos);
}

}  // namespace
}  // namespace backcast
