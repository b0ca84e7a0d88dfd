// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "measure/hold_out.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

/// How the regions of a kind of test are drawn.
struct RegionSettings {
  int regions = 12, changed = 6;
  double effect = 0;
  double noise = 0.05;     ///< of a region's week, beside the chance of its events
  double memory = 0;       ///< of a week of the week before
  double events = 0;       ///< mean events of a region's week; 0: amounts without the chance of events
  bool own_trend = false;  ///< regions grow or shrink by up to 1 % a week, each in its own way
};

std::vector<TestRegion> DrawRegions(Random& random, const RegionSettings& settings) {
  const int before = 12, during = 6;
  std::vector<double> order(static_cast<std::size_t>(settings.regions));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<double>(i);
  random.Shuffle(order);
  std::vector<TestRegion> regions;
  for (int i = 0; i < settings.regions; ++i) {
    TestRegion region;
    region.name = "region " + std::to_string(i);
    region.changed = order[static_cast<std::size_t>(i)] < settings.changed;
    const double size = (settings.events > 0 ? settings.events : 500) * std::exp(0.5 * random.Normal());
    const std::vector<double> logs =
        Wander(random, static_cast<std::size_t>(before + during), settings.memory, settings.noise);
    const double trend = settings.own_trend ? 0.02 * (random.Uniform() - 0.5) : 0;
    for (int week = 0; week < before + during; ++week) {
      const double mean = size * (1 + 0.2 * std::sin(week / 3.0)) *
                          std::exp(logs[static_cast<std::size_t>(week)] + trend * week) *
                          (region.changed && week >= before ? 1 + settings.effect : 1);
      (week < before ? region.before : region.during)
          .push_back(settings.events > 0 ? random.Poisson(mean) : mean);
    }
    regions.push_back(std::move(region));
  }
  return regions;
}

struct Seen {
  Rate covers, caused, apart;
};

Seen Sum(const std::string& kind, int worlds, const RegionSettings& settings) {
  Seen sum;
  for (const Seen& each : ForAll<Seen>(worlds, [&](int i) {
         Random random(WorldSeed(kind, i));
         const auto result = TestHoldOut(DrawRegions(random, settings), WorldSeed(kind + " asked", i));
         Seen seen;
         if (!result.ok()) return seen;
         const HoldOutResult& test = result.value();
         seen.covers.Add(test.low <= settings.effect && settings.effect <= test.high);
         seen.caused.Add(test.verdict == HoldOutResult::Verdict::kCaused);
         seen.apart.Add(test.verdict == HoldOutResult::Verdict::kApartBefore);
         return seen;
       })) {
    sum.covers += each.covers;
    sum.caused += each.caused;
    sum.apart += each.apart;
  }
  return sum;
}

}  // namespace

Chapter HoldOutChapter(int worlds) {
  Chapter chapter{
      "Tests by region",
      "Twelve regions of different size, six of them chosen by lot, twelve weeks before and six of the test, "
      "a "
      "season that all share.\n"
      "*With memory*: 0.6 of a region's week is left in the next. *Few events*: some 20 a week in a region. "
      "*Own trends*: each region grows\n"
      "or shrinks by up to 1 % a week. The test is exact at 5 %; four times as many worlds as elsewhere.",
      {},
      {}};
  // An exact test at 5 % is wrong in 5 of 100 by design: more worlds, and room for the chance of the count.
  worlds *= 4;
  const double size = 0.055;
  const Seen none = Sum("hold-out, nothing", worlds, {}),
             sticky = Sum("hold-out, nothing, memory", worlds, {.memory = 0.6}),
             few = Sum("hold-out, nothing, few", worlds, {.events = 20}),
             trends = Sum("hold-out, nothing, trends", worlds, {.own_trend = true}),
             small = Sum("hold-out, nothing, 8 regions", worlds, {.regions = 8, .changed = 4}),
             some = Sum("hold-out, effect", worlds, {.effect = 0.1}),
             some_sticky = Sum("hold-out, effect, memory", worlds, {.effect = 0.1, .memory = 0.6}),
             some_few = Sum("hold-out, effect, few", worlds, {.effect = 0.2, .events = 20}),
             much = Sum("hold-out, great effect", worlds, {.effect = 0.5});
  chapter.promises = {
      {"nothing was caused: called caused", none.caused, 0, size},
      {"the same with memory", sticky.caused, 0, size},
      {"the same with few events", few.caused, 0, size},
      {"the same with own trends", trends.caused, 0, size},
      {"the same with eight regions", small.caused, 0, size},
      {"95 % interval of the effect holds the truth: nothing", none.covers, 0.93, 0.98},
      {"95 % interval of the effect holds the truth: 10 %", some.covers, 0.93, 0.98},
      {"95 % interval of the effect holds the truth: 10 %, with memory", some_sticky.covers, 0.93, 0.98},
      {"95 % interval of the effect holds the truth: 20 %, few events", some_few.covers, 0.93, 0.98},
      {"95 % interval of the effect holds the truth: 50 %", much.covers, 0.93, 0.98}};
  chapter.also = {{"called apart before, though the lot was fair", none.apart},
                  {"an effect of 10 % shown", some.caused},
                  {"an effect of 10 % shown, with memory", some_sticky.caused},
                  {"an effect of 20 % shown, few events", some_few.caused}};
  return chapter;
}

}  // namespace backcast::truth
