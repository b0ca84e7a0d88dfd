// SPDX-License-Identifier: Apache-2.0
// The counting over large tables against the exact small reference of measure/attribution.h.
#include "attribution/credit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "attribution/path_table.h"
#include "measure/attribution.h"
#include "measure/random.h"

namespace backcast {
namespace {

struct Shop {
  std::vector<JourneyCount> small;  // as the reference takes it
  std::vector<double> value;        // of its conversions
  Journeys journeys;
  int channels = 0;
};

Shop RandomShop(std::uint64_t seed, int channels, int paths, std::uint64_t most_count) {
  Random random(seed);
  Shop shop;
  shop.channels = channels;
  PathTable table({.most_touches = 0}, kNoChannel);
  for (int at = 0; at < paths; ++at) {
    JourneyCount journey;
    std::vector<ChannelCode> path;
    for (std::uint64_t touch = random.Below(6) + 1; touch > 0; --touch) {
      path.push_back(static_cast<ChannelCode>(random.Below(static_cast<std::uint64_t>(channels))));
      journey.path.push_back(path.back());
    }
    journey.converting = static_cast<double>(random.Below(most_count));
    journey.not_converting = static_cast<double>(random.Below(most_count) + 1);
    shop.value.push_back(journey.converting * random.Uniform() * 50);
    table.Add(path, journey.converting, shop.value.back(), journey.not_converting);
    shop.small.push_back(journey);
  }
  shop.journeys = table.Finish();
  return shop;
}

CreditOptions Plain(int channels, int order = 1) {
  CreditOptions options;
  options.channels = channels;
  options.direct = 0;
  options.order = order;
  options.most_players = 12;
  options.resamples = 0;
  return options;
}

std::vector<double> CreditOf(const Credits& credits, std::string_view id, int channels) {
  std::vector<double> credit(static_cast<std::size_t>(channels));
  for (const ChannelCredit& one : credits.Find(id)->channels)
    credit.at(static_cast<std::size_t>(one.channel)) = one.credit;
  return credit;
}

void ExpectNear(const std::vector<double>& own, const std::vector<double>& expected, double scale,
                const std::string& what) {
  ASSERT_EQ(own.size(), expected.size()) << what;
  for (std::size_t at = 0; at < own.size(); ++at)
    EXPECT_NEAR(own[at], expected[at], 1e-9 * scale) << what << " of channel " << at;
}

std::vector<double> ByRule(const Shop& shop, CreditRule rule) {
  std::vector<double> credit(static_cast<std::size_t>(shop.channels));
  for (const JourneyCount& journey : shop.small) {
    const auto weights = TouchWeights(rule, static_cast<int>(journey.path.size())).value();
    for (std::size_t touch = 0; touch < weights.size(); ++touch)
      credit[static_cast<std::size_t>(journey.path[touch])] += journey.converting * weights[touch];
  }
  return credit;
}

TEST(CreditChannels, IsTheReferenceOnRandomShops) {
  int compared = 0;  // shops in which matched journeys share out enough
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const int channels = 2 + static_cast<int>(seed % 6);
    const Shop shop = RandomShop(seed, channels, 60, 200);
    for (const int order : {1, 2, 3}) {
      const Credits credits = CreditChannels(shop.journeys, Plain(channels, order));
      const double all = credits.totals.conversions;
      ExpectNear(CreditOf(credits, "markov", channels),
                 MarkovRemoval(shop.small, channels, order).value().credit, all, "markov");
      if (order > 1) continue;
      ExpectNear(CreditOf(credits, "first", channels), ByRule(shop, CreditRule::kFirst), all, "first");
      ExpectNear(CreditOf(credits, "last", channels), ByRule(shop, CreditRule::kLast), all, "last");
      ExpectNear(CreditOf(credits, "linear", channels), ByRule(shop, CreditRule::kLinear), all, "linear");
      ExpectNear(CreditOf(credits, "position", channels), ByRule(shop, CreditRule::kPosition), all,
                 "position");
      ExpectNear(CreditOf(credits, "shapley_volume", channels), VolumeShapley(shop.small, channels).value(),
                 all, "shapley_volume");
      ASSERT_EQ(credits.players.merged.size(), 0U);
      ExpectNear(CreditOf(credits, "shapley_rate", channels),
                 RateShapley(shop.small, channels).value().credit, all, "shapley_rate");
      if (const ModelCredit& matched = *credits.Find("matched"); !matched.channels.empty()) {
        ++compared;
        ExpectNear(CreditOf(credits, "matched", channels),
                   MatchedJourneys(shop.small, channels).value().credit, all, "matched");
      }
      std::vector<double> non_direct(static_cast<std::size_t>(channels));
      for (const JourneyCount& journey : shop.small) {
        const auto weights = LastNonDirectWeights(journey.path, 0).value();
        for (std::size_t touch = 0; touch < weights.size(); ++touch)
          non_direct[static_cast<std::size_t>(journey.path[touch])] += journey.converting * weights[touch];
      }
      ExpectNear(CreditOf(credits, "last_non_direct", channels), non_direct, all, "last_non_direct");
    }
  }
  EXPECT_GT(compared, 3);
}

TEST(CreditChannels, ShowsTheRemovalEffectsThatItCreditsBy) {
  const Shop shop = RandomShop(3, 6, 80, 90);
  const Credits credits = CreditChannels(shop.journeys, Plain(6));
  const MarkovAttribution expected = MarkovRemoval(shop.small, 6).value();
  const ModelCredit& markov = *credits.Find("markov");
  EXPECT_NEAR(*markov.conversion_rate, expected.conversion_rate, 1e-12);
  for (const ChannelCredit& one : markov.channels) {
    EXPECT_NEAR(*one.removal_effect, expected.removal_effect[static_cast<std::size_t>(one.channel)], 1e-12);
  }
  EXPECT_FALSE(credits.Find("linear")->channels[0].removal_effect);
}

TEST(CreditChannels, OrderedCreditStandsAtItsPositions) {
  const Shop shop = RandomShop(5, 4, 50, 100);
  const Credits credits = CreditChannels(shop.journeys, Plain(4));
  std::map<std::pair<int, int>, double> own;
  for (const ChannelCredit& channel : credits.Find("shapley_ordered")->channels) {
    double sum = 0;
    for (const auto& [position, credit] : channel.positions) {
      own[{channel.channel, position}] = credit;
      sum += credit;
    }
    EXPECT_NEAR(sum, channel.credit, 1e-9 * credits.totals.conversions);
  }
  for (const PositionCredit& expected : OrderedShapley(shop.small, 4).value()) {
    EXPECT_NEAR((own[{expected.channel, expected.position}]), expected.credit,
                1e-9 * credits.totals.conversions);
  }
}

TEST(CreditChannels, EveryModelSumsToConversionsAndValue) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Shop shop = RandomShop(seed, 7, 300, 60);
    const Credits credits = CreditChannels(shop.journeys, Plain(7, 2));
    EXPECT_LT(credits.conservation, 1e-9);
    for (const ModelCredit& model : credits.models) {
      if (model.id == "time_decay" || model.id == "matched") continue;
      EXPECT_EQ(model.state, ModelCredit::State::kAnswered) << model.id << ": " << model.reason;
    }
  }
}

TEST(CreditChannels, SaysWhatItNeeds) {
  PathTable table({}, kNoChannel);
  table.Add({0, 1}, 20, 100, 500);
  const Credits few = CreditChannels(table.Finish(), Plain(2));
  for (const ModelCredit& model : few.models)
    EXPECT_NE(model.state, ModelCredit::State::kAnswered) << model.id;
  EXPECT_EQ(few.Find("first")->reason, "have 20 conversions, need about 30");
  EXPECT_EQ(few.Find("markov")->reason, "have 20 conversions, need about 100");

  PathTable only_converting({}, kNoChannel);
  only_converting.Add({0, 1}, 2000, 100, 0);
  const Credits present = CreditChannels(only_converting.Finish(), Plain(2));
  EXPECT_EQ(present.Find("markov")->state, ModelCredit::State::kRefused);
  EXPECT_EQ(present.Find("shapley_rate")->state, ModelCredit::State::kRefused);
  EXPECT_EQ(present.Find("matched")->state, ModelCredit::State::kRefused);
  EXPECT_EQ(present.Find("linear")->state, ModelCredit::State::kAnswered);

  PathTable many({}, kNoChannel);
  for (ChannelCode channel = 0; channel < 10; ++channel) many.Add({channel}, 200, 0, 200);
  CreditOptions options = Plain(10);
  options.most_players = 8;
  const Credits crowded = CreditChannels(many.Finish(), options);
  EXPECT_EQ(crowded.Find("shapley_rate")->reason,
            "10 channels of 30 conversions and more are over its 8; --most-channels 10 takes them");
}

TEST(CreditChannels, SmallChannelsAreOnePlayerOfTheRateGame) {
  PathTable table({}, kNoChannel);
  table.Add({0}, 900, 0, 3000);
  table.Add({1, 0}, 300, 0, 700);
  table.Add({2, 0}, 12, 0, 50);
  table.Add({3}, 9, 0, 50);
  const Credits credits = CreditChannels(table.Finish(), Plain(4));
  EXPECT_EQ(credits.players.merged, (std::vector<ChannelCode>{2, 3}));
  const ModelCredit& model = *credits.Find("shapley_rate");
  ASSERT_EQ(model.channels.size(), 3U);
  EXPECT_EQ(model.channels[2].channel, Players::kMerged);
  EXPECT_NEAR(model.credit, 1221, 1e-9 * 1221);
}

TEST(FitOrders, FindsTheMemoryThatIsThere) {
  // The next channel depends on the last two touches.
  Random random(3);
  PathTable table({.most_touches = 0}, kNoChannel);
  for (int person = 0; person < 20'000; ++person) {
    std::vector<ChannelCode> path = {static_cast<ChannelCode>(random.Below(2)),
                                     static_cast<ChannelCode>(random.Below(2))};
    while (random.Uniform() < 0.7) {
      const bool same = path[path.size() - 1] == path[path.size() - 2];
      path.push_back(static_cast<ChannelCode>(random.Uniform() < (same ? 0.9 : 0.2) ? 1 : 0));
    }
    const bool converts = random.Uniform() < 0.2;
    table.Add(path, converts ? 1 : 0, 0, converts ? 0 : 1);
  }
  const auto fits = FitOrders(table.Finish(), 2, 1'000'000);
  ASSERT_EQ(fits.size(), 3U);
  EXPECT_EQ(BestOrder(fits), 2);
  EXPECT_LT(*fits[1].p_value, 1e-6);
  EXPECT_GT(*fits[2].p_value, 0.001);
}

}  // namespace
}  // namespace backcast
