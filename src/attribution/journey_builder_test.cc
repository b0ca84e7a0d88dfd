// SPDX-License-Identifier: Apache-2.0
#include "attribution/journey_builder.h"

#include <gtest/gtest.h>

#include "attribution/channel_codes.h"
#include "attribution/credit.h"
#include "attribution/journey_parts.h"
#include "measure/attribution.h"
#include "measure/random.h"

namespace backcast {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

struct Event {
  std::uint32_t person;
  double day;
  ChannelCode channel;
  bool converts = false;
  double value = 0;
};

struct Built {
  Journeys journeys;
  JourneyCoverage coverage;
};

Built Build(const std::vector<Event>& events, const JourneyRules& rules = {.most_touches = 0},
            ChannelCode direct = 0) {
  JourneyBuilder builder(rules, direct);
  for (const Event& event : events) {
    const auto time = static_cast<std::int64_t>(event.day * static_cast<double>(kDay));
    const std::uint8_t converts = event.converts ? 1 : 0;
    builder.Add({{&event.person, 1}, {&time, 1}, {&event.channel, 1}, {&converts, 1}, {&event.value, 1}});
  }
  Built built{builder.Finish(), {}};
  built.coverage = builder.coverage();
  return built;
}

std::vector<std::vector<ChannelCode>> PathsOf(const Journeys& journeys) {
  std::vector<std::vector<ChannelCode>> paths;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    const auto touches = journeys.Path(path);
    paths.emplace_back(touches.begin(), touches.end());
  }
  return paths;
}

using Paths = std::vector<std::vector<ChannelCode>>;

TEST(JourneyBuilder, SplitsAtConversionsAndGoesOnWithoutOne) {
  const Built built = Build({{7, 0, 1}, {7, 1, 2, true, 50}, {7, 2, 3}, {8, 0, 1}, {8, 1, 2}});
  EXPECT_EQ(PathsOf(built.journeys), (Paths{{1, 2}, {3}}));
  EXPECT_EQ(built.journeys.converting, (std::vector<double>{1, 0}));
  EXPECT_EQ(built.journeys.not_converting, (std::vector<double>{1, 1}));
  EXPECT_EQ(built.journeys.value[0], 50);
  EXPECT_EQ(built.journeys.persons, 2);
  EXPECT_EQ(built.journeys.several.size(), 2U);
  EXPECT_EQ(built.journeys.alone_not_converting[0], 1);
}

TEST(JourneyBuilder, CountsEveryConversionOnceAndSaysWhyOneHasNoPath) {
  const Built built = Build({{1, 0, kNoChannel, true},  // never seen
                             {2, 0, kNoChannel, true},
                             {2, 1, 3},  // only after
                             {3, 0, 3},
                             {3, 60, kNoChannel, true},  // too long ago
                             {4, 0, 3},
                             {4, 1, kNoChannel, true},
                             {4, 2, kNoChannel, true},  // twice
                             {5, 0, 0},
                             {5, 1, kNoChannel, true}},  // only direct
                            {.window_days = 30, .most_touches = 0});
  const JourneyCoverage& coverage = built.coverage;
  EXPECT_EQ(coverage.conversions, 6);
  EXPECT_EQ(coverage.credited, 2);
  EXPECT_EQ(coverage.only_direct, 1);
  EXPECT_EQ(coverage.never_seen, 1);
  EXPECT_EQ(coverage.only_after, 1);
  EXPECT_EQ(coverage.outside_window, 1);
  EXPECT_EQ(coverage.since_previous, 1);
}

TEST(JourneyBuilder, AppliesTheRulesItIsGiven) {
  const std::vector<Event> events = {{1, 0, 2}, {1, 1, 2}, {1, 2, 0}, {1, 3, 2}, {1, 4, 3}, {1, 5, 4, true}};
  EXPECT_EQ(PathsOf(Build(events).journeys), (Paths{{2, 2, 0, 2, 3, 4}}));
  EXPECT_EQ(PathsOf(Build(events, {.collapse = true, .most_touches = 0}).journeys), (Paths{{2, 0, 2, 3, 4}}));
  EXPECT_EQ(PathsOf(Build(events, {.drop_direct = true, .collapse = true, .most_touches = 0}).journeys),
            (Paths{{2, 3, 4}}));
  EXPECT_EQ(PathsOf(Build(events, {.most_touches = 3}).journeys), (Paths{{2, 3, 4}}));
  EXPECT_EQ(Build(events, {.most_touches = 3}).coverage.shaped.cut, 1);
  EXPECT_EQ(PathsOf(Build(events, {.window_days = 2, .most_touches = 0}).journeys), (Paths{{2, 3, 4}}));
  EXPECT_EQ(PathsOf(Build({{1, 0, 0}, {1, 1, 0, true}}, {.drop_direct = true}).journeys), (Paths{{0, 0}}));
}

TEST(JourneyBuilder, WhatEndedBeforeOnlySplits) {
  JourneyRules rules{.most_touches = 0};
  rules.count_from = 5 * kDay;
  const Built built = Build({{1, 0, 1}, {1, 1, 2, true}, {1, 4, 3}, {1, 6, 4, true}, {2, 2, 1}}, rules);
  EXPECT_EQ(PathsOf(built.journeys), (Paths{{3, 4}}));
  EXPECT_EQ(built.coverage.conversions, 1);
}

TEST(JourneyBuilder, TenThousandTouchesAreAJourneyOfTwenty) {
  std::vector<Event> events;
  for (int touch = 0; touch < 10'000; ++touch)
    events.push_back({1, touch / 100.0, static_cast<ChannelCode>(touch % 7), touch == 9999, 1});
  const Built built = Build(events, {});
  ASSERT_EQ(built.journeys.paths(), 1U);
  EXPECT_EQ(built.journeys.Path(0).size(), 20U);
  EXPECT_EQ(built.journeys.Path(0)[0], 0);
  EXPECT_EQ(built.coverage.shaped.cut, 1);
}

TEST(JourneyBuilder, DecayIsThatOfTheReference) {
  std::vector<Event> events;
  for (std::uint32_t person = 0; person < 40; ++person) {
    events.push_back({person, 0, 1});
    events.push_back({person, 3, 2});
    events.push_back({person, 10, 3, true, 1});
  }
  const Built built = Build(events);
  CreditOptions options;
  options.channels = 4;
  options.resamples = 0;
  const Credits credits = CreditChannels(built.journeys, options);
  const std::vector<double> ages = {10, 7, 0};
  const auto weights = TouchWeights(CreditRule::kDecay, 3, ages, 7).value();
  for (std::size_t touch = 0; touch < 3; ++touch)
    EXPECT_NEAR(credits.Find("time_decay")->channels[touch + 1].credit, 40 * weights[touch], 1e-9);
}

TEST(ChannelCodes, AreOneHoweverTheyAreWritten) {
  ChannelCodes names;
  EXPECT_EQ(names.CodeOf("linkedin"), names.CodeOf(" LinkedIn "));
  EXPECT_EQ(names.CodeOf("LinkedIn"), names.CodeOf("LINKEDIN"));
  names.CodeOf("LinkedIn");
  EXPECT_EQ(names.CodeOf("paid  social"), names.CodeOf("Paid Social", 0));
  EXPECT_FALSE(names.CodeOf(" \t"));
  EXPECT_EQ(names.Shown(), (std::vector<std::string>{"LinkedIn", "paid  social"}));
  EXPECT_EQ(names.Find({"paid social"}), 1);
  EXPECT_EQ(names.Find({"direct"}), kNoChannel);
}

// Persons in three parts, of which each knows other paths first; to the last bit what one builder makes.
TEST(JoinParts, IsOneBuilderOfAllPersons) {
  Random random(8);
  const auto add = [](JourneyBuilder& builder, std::uint32_t person, Random& chance) {
    for (std::uint64_t touch = chance.Below(5) + 1, at = 0; at < touch; ++at) {
      const std::int64_t time = static_cast<std::int64_t>(at) * 86'400'000'000;
      const auto channel = static_cast<ChannelCode>(chance.Below(4));
      const std::uint8_t converts = chance.Uniform() < 0.3;
      const double value = chance.Uniform();
      builder.Add({{&person, 1}, {&time, 1}, {&channel, 1}, {&converts, 1}, {&value, 1}});
    }
  };
  JourneyBuilder whole({}, 0);
  std::vector<JourneyPart> parts;
  for (std::uint32_t part = 0; part < 3; ++part) {
    JourneyBuilder builder({}, 0);
    for (std::uint32_t person = 0; person < 300; ++person) {
      const std::uint64_t seed = random.Next();
      Random one(seed), same(seed);
      add(whole, 1000 * part + person, one);
      add(builder, 1000 * part + person, same);
    }
    parts.push_back({builder.Finish(), builder.coverage()});
  }
  const Journeys expected = whole.Finish();
  const JourneyPart joined = JoinParts(std::move(parts));
  const Journeys& journeys = joined.journeys;
  EXPECT_EQ(journeys.touches, expected.touches);
  EXPECT_EQ(journeys.offsets, expected.offsets);
  EXPECT_EQ(journeys.converting, expected.converting);
  EXPECT_EQ(journeys.value, expected.value);
  EXPECT_EQ(journeys.not_converting, expected.not_converting);
  EXPECT_EQ(journeys.alone_converting, expected.alone_converting);
  EXPECT_EQ(journeys.alone_not_converting, expected.alone_not_converting);
  EXPECT_EQ(journeys.decay, expected.decay);
  EXPECT_EQ(journeys.several_offsets, expected.several_offsets);
  ASSERT_EQ(journeys.conversions.size(), expected.conversions.size());
  for (std::size_t at = 0; at < expected.conversions.size(); ++at) {
    EXPECT_EQ(journeys.conversions[at].path, expected.conversions[at].path);
    EXPECT_EQ(journeys.conversions[at].value, expected.conversions[at].value);
    EXPECT_EQ(journeys.conversions[at].decay, expected.conversions[at].decay);
  }
  for (std::size_t at = 0; at < expected.several.size(); ++at) {
    EXPECT_EQ(journeys.several[at].path, expected.several[at].path);
    EXPECT_EQ(journeys.several[at].conversion, expected.several[at].conversion);
  }
  EXPECT_EQ(journeys.persons, 900);
  EXPECT_TRUE(journeys.has_times);
  EXPECT_EQ(joined.coverage.conversions, whole.coverage().conversions);
  EXPECT_EQ(joined.coverage.journeys, whole.coverage().journeys);
}

}  // namespace
}  // namespace backcast
