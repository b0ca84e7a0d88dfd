// SPDX-License-Identifier: Apache-2.0
#include "attribution/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "attribution/credit.h"
#include "attribution/journey_builder.h"
#include "attribution/path_table.h"
#include "measure/random.h"

namespace backcast {
namespace {

Journeys PersonsOf(int persons, bool several) {
  Random random(9);
  JourneyBuilder builder({}, 0);
  for (int person = 0; person < persons; ++person) {
    const auto id = static_cast<std::uint32_t>(person);
    for (std::uint64_t touch = random.Below(5) + (several ? 2 : 1), at = 0; at < touch; ++at) {
      const std::int64_t time = static_cast<std::int64_t>(at) * 86'400'000'000;
      const auto channel = static_cast<ChannelCode>(random.Below(4));
      const std::uint8_t converts = (several || at + 1 == touch) && random.Uniform() < 0.1 + 0.1 * channel;
      const double value = 10;
      builder.Add({{&id, 1}, {&time, 1}, {&channel, 1}, {&converts, 1}, {&value, 1}});
    }
  }
  return builder.Finish();
}

CreditOptions Options(int threads) {
  CreditOptions options;
  options.channels = 4;
  options.direct = 0;
  options.resamples = 100;
  options.seed = SeedOf("a question");
  options.threads = threads;
  return options;
}

TEST(Resample, GivesTheSameBitsForAnyNumberOfThreads) {
  for (const bool several : {false, true}) {
    const Journeys journeys = PersonsOf(3000, several);
    const Credits one = CreditChannels(journeys, Options(1));
    for (const int threads : {2, 3, 7}) {
      const Credits other = CreditChannels(journeys, Options(threads));
      for (std::size_t model = 0; model < one.models.size(); ++model) {
        for (std::size_t at = 0; at < one.models[model].channels.size(); ++at) {
          const ChannelCredit &a = one.models[model].channels[at], &b = other.models[model].channels[at];
          EXPECT_EQ(a.credit, b.credit);
          EXPECT_EQ(a.low, b.low);
          EXPECT_EQ(a.high, b.high);
          EXPECT_EQ(a.value_low, b.value_low);
          EXPECT_EQ(a.value_high, b.value_high);
          EXPECT_EQ(a.removal_low, b.removal_low);
        }
      }
    }
  }
}

TEST(Resample, TheIntervalHoldsTheShareItIsOf) {
  const Credits credits = CreditChannels(PersonsOf(5000, true), Options(2));
  for (const ModelCredit& model : credits.models) {
    ASSERT_EQ(model.state, ModelCredit::State::kAnswered) << model.id << model.reason;
    for (const ChannelCredit& channel : model.channels) {
      ASSERT_TRUE(channel.low) << model.id;
      EXPECT_LE(*channel.share_low, channel.share) << model.id;
      EXPECT_GE(*channel.share_high, channel.share) << model.id;
      ASSERT_TRUE(channel.value_low) << model.id;
      EXPECT_LE(*channel.value_low, channel.value) << model.id;
      EXPECT_GE(*channel.value_high, channel.value) << model.id;
      if (channel.removal_effect) {
        EXPECT_LE(*channel.removal_low, *channel.removal_effect);
        EXPECT_GE(*channel.removal_high, *channel.removal_effect);
      }
    }
  }
  for (const CreditSpread& one : credits.spread) {
    EXPECT_TRUE(one.known);
    EXPECT_LT(*one.low, one.least);
    EXPECT_GT(*one.high, one.most);
  }
}

// Last touch: the share of a channel is a share of conversions, whose standard error is known.
TEST(Resample, TheWidthIsThatOfAShare) {
  PathTable table({}, kNoChannel);
  table.Add({0}, 300, 0, 5000);
  table.Add({1}, 700, 0, 5000);
  CreditOptions options = Options(2);
  options.channels = 2;
  options.resamples = 2000;
  const Credits credits = CreditChannels(table.Finish(), options);
  const ChannelCredit& channel = credits.Find("last")->channels[0];
  const double expected = 2 * 1.96 * std::sqrt(0.3 * 0.7 / 1000);
  EXPECT_NEAR(*channel.share_high - *channel.share_low, expected, 0.1 * expected);
}

// Last touch of conversions that are worth very different sums: the share of the value is a ratio of sums
// over persons, whose standard error the delta method gives.
TEST(Resample, TheWidthOfAValueIsThatOfARatioOfSums) {
  Random random(21);
  JourneyBuilder builder({}, kNoChannel);
  double all = 0, of_first = 0;
  std::vector<std::pair<bool, double>> conversions;
  for (std::uint32_t person = 0; person < 2000; ++person) {
    const std::int64_t time = 0;
    const auto channel = static_cast<ChannelCode>(random.Uniform() < 0.4 ? 0 : 1);
    const std::uint8_t converts = 1;
    const double value = std::exp(1.2 * random.Normal());
    builder.Add({{&person, 1}, {&time, 1}, {&channel, 1}, {&converts, 1}, {&value, 1}});
    conversions.emplace_back(channel == 0, value);
    all += value;
    of_first += channel == 0 ? value : 0;
  }
  const double share = of_first / all;
  double squares = 0;
  for (const auto& [first, value] : conversions)
    squares += value * value * (first ? 1 - share : -share) * (first ? 1 - share : -share);
  CreditOptions options = Options(2);
  options.channels = 2;
  options.direct = kNoChannel;
  options.resamples = 2000;
  const Credits credits = CreditChannels(builder.Finish(), options);
  const ChannelCredit& channel = credits.Find("last")->channels[0];
  EXPECT_NEAR(channel.value, of_first, 1e-9 * all);
  const double expected = 2 * 1.96 * std::sqrt(squares);
  EXPECT_NEAR(*channel.value_high - *channel.value_low, expected, 0.1 * expected);
  EXPECT_GT(*channel.value_high - *channel.value_low, 1.5 * all * (*channel.share_high - *channel.share_low));
}

TEST(Resample, WithoutValuesThereIsNoIntervalOfAValue) {
  PathTable table({}, kNoChannel);
  table.Add({0}, 300, 0, 5000);
  CreditOptions options = Options(1);
  options.channels = 1;
  const Credits credits = CreditChannels(table.Finish(), options);
  const ChannelCredit& channel = credits.Find("last")->channels[0];
  EXPECT_TRUE(channel.low);
  EXPECT_FALSE(channel.value_low);
}

TEST(PoissonDraws, HaveTheMeanAndVarianceOfPoisson) {
  std::array<std::uint64_t, kLanes> seeds{};
  for (std::size_t lane = 0; lane < kLanes; ++lane) seeds[lane] = lane + 1;
  LaneRandom random(seeds);
  PoissonDraws draws;
  for (const double mean : {1.0, 2.0, 7.0, 100.0, 5000.0, 40'000.0}) {
    double sum = 0, squares = 0;
    constexpr int kRounds = 5000;
    for (int round = 0; round < kRounds; ++round) {
      double counts[kLanes];
      draws.Sum(mean, random, counts);
      for (const double count : counts) {
        EXPECT_EQ(count, std::floor(count));
        sum += count - mean;
        squares += (count - mean) * (count - mean);
      }
    }
    constexpr double kDraws = kRounds * kLanes;
    EXPECT_NEAR(sum / kDraws, 0, 5 * std::sqrt(mean / kDraws)) << mean;
    EXPECT_NEAR(squares / kDraws / mean, 1, 0.05) << mean;
  }
}

}  // namespace
}  // namespace backcast
