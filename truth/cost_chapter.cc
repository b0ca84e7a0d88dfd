// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "money/cost_verdict.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

constexpr int kPeriodWeeks = 4;

/// How the weeks of a kind of world vary beside chance.
struct Weeks {
  double least = 0, most = 0;  ///< standard deviation of a week's logarithm, drawn between
  double memory = 0;           ///< most of a week's memory of the week before
  double fewest = 10;          ///< expected counts of a week: from this to ten times as many
  int weeks = 26;              ///< of history, those of the period included
};

/// Channels whose true cost of one is known.
struct CostWorld {
  std::vector<ChannelCost> channels;
  std::vector<double> truth;  ///< cost of one, by channel
};

/// `ratios`: cost of one of each channel over that of the first.
CostWorld MakeCosts(const std::string& kind, int index, const std::vector<double>& ratios,
                    const Weeks& weeks) {
  Random random(WorldSeed(kind, index));
  CostWorld world;
  const double base = std::exp(1 + 4 * random.Uniform());
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    ChannelCost channel;
    channel.channel = channel.title = "channel " + std::to_string(i);
    const double one = base * ratios[i], mean = weeks.fewest * std::pow(10, random.Uniform());
    const double sd = weeks.least + (weeks.most - weeks.least) * random.Uniform();
    const std::vector<double> logs =
        Wander(random, static_cast<std::size_t>(weeks.weeks), weeks.memory * random.Uniform(), sd);
    const double trend = 0.01 * random.Normal();
    double cost = 0, count = 0;
    for (int week = 0; week < weeks.weeks; ++week) {
      // The money follows a line, the counts follow the money.
      const double spent = mean * one * std::exp(trend * (week - weeks.weeks));
      const double came =
          random.Poisson(spent / one * std::exp(logs[static_cast<std::size_t>(week)] - sd * sd / 2));
      channel.weekly.push_back(came);
      if (week < weeks.weeks - kPeriodWeeks) continue;
      cost += spent;
      count += came;
    }
    channel.cost.media = channel.cost.full = cost;
    channel.counts = {.all = count, .targeted = {}, .untargeted = {}, .unknown = {}, .suspected = {}};
    world.channels.push_back(std::move(channel));
    world.truth.push_back(one);
  }
  return world;
}

struct Seen {
  Rate any_wrong;  ///< worlds in which a verdict calls equal costs different, or different ones the wrong way
  Rate found;      ///< channels of another cost whose verdict says so
  Rate covers;     ///< intervals of the cost of one that hold the truth
  Rate alone;      ///< the same of intervals that know of chance alone
  Rate ratio_covers;
};

Seen Sum(const std::string& kind, int worlds, const std::vector<double>& ratios, const Weeks& weeks) {
  Seen sum;
  for (const Seen& each : ForAll<Seen>(worlds, [&](int i) {
         const CostWorld made = MakeCosts(kind, i, ratios, weeks);
         const auto rows = JudgeCosts(
             made.channels, {Headline::kAll, static_cast<double>(kPeriodWeeks), made.channels[0].channel});
         Seen seen;
         bool wrong = false;
         for (std::size_t row = 0; row < rows.size(); ++row) {
           const JudgedCost& judged = rows[row];
           const double truth = made.truth[row];
           if (judged.full.value) {
             seen.covers.Add(judged.full.interval.low <= truth && truth <= judged.full.interval.high);
             const Interval alone =
                 CostPerInterval(*judged.channel.cost.full, static_cast<double>(judged.full.n)).value();
             seen.alone.Add(alone.low <= truth && truth <= alone.high);
           }
           if (!judged.ratio) continue;
           const double ratio = truth / made.truth[0];
           seen.ratio_covers.Add(judged.ratio->interval.low <= ratio && ratio <= judged.ratio->interval.high);
           const bool cheaper = judged.verdict == CostVerdict::kCheaper,
                      dearer = judged.verdict == CostVerdict::kDearer;
           wrong |= (cheaper && ratio >= 1) || (dearer && ratio <= 1);
           if (ratio != 1) seen.found.Add(ratio < 1 ? cheaper : dearer);
         }
         seen.any_wrong.Add(wrong);
         return seen;
       })) {
    sum.any_wrong += each.any_wrong;
    sum.found += each.found;
    sum.covers += each.covers;
    sum.alone += each.alone;
    sum.ratio_covers += each.ratio_covers;
  }
  return sum;
}

}  // namespace

Chapter CostChapter(int worlds) {
  Chapter chapter{
      "Cost of one by channel",
      "Five channels held against the first, with 40 to 400 leads in four weeks after 22 weeks before them; "
      "weeks vary by chance alone, or\n"
      "clustered by 10 to 40 % more without memory, or with a memory of up to 0.5. The money of every "
      "channel "
      "is known and follows a slow trend.",
      {},
      {}};
  const std::vector<double> equal(5, 1.0), some = {1, 1, 1, 1.5, 0.5};
  const Weeks chance{}, clustered{0.1, 0.4, 0}, sticky{0.1, 0.4, 0.5}, few{0.1, 0.4, 0, 4},
      young{0.1, 0.4, 0, 10, 8};
  const Seen chance_equal = Sum("costs by chance", worlds, equal, chance),
             clustered_equal = Sum("costs in clusters", worlds, equal, clustered),
             sticky_equal = Sum("costs that stick", worlds, equal, sticky),
             few_equal = Sum("few and equal", worlds, equal, few),
             young_equal = Sum("young and equal", worlds, equal, young),
             chance_some = Sum("some costs by chance", worlds, some, chance),
             clustered_some = Sum("some costs in clusters", worlds, some, clustered),
             half = Sum("half as much again", worlds, {1, 1.5}, chance),
             half_clustered = Sum("half as much again in clusters", worlds, {1, 1.5}, clustered);
  chapter.promises = {
      {"equal costs, chance alone: any channel called cheaper or dearer", chance_equal.any_wrong, 0, 0.05},
      {"equal costs, clustered weeks: any channel called cheaper or dearer", clustered_equal.any_wrong, 0,
       0.05},
      {"equal costs, clustered weeks, 16 to 160 leads: any channel called cheaper or dearer",
       few_equal.any_wrong, 0, 0.05},
      {"equal costs, clustered weeks, no more than 8 of them: any channel called cheaper or dearer",
       young_equal.any_wrong, 0, 0.05},
      {"some costs differ, chance alone: any verdict that is wrong", chance_some.any_wrong, 0, 0.05},
      {"some costs differ, clustered weeks: any verdict that is wrong", clustered_some.any_wrong, 0, 0.05},
      {"95 % interval of the cost of one holds the truth, chance alone", chance_equal.covers, 0.93, 0.98},
      {"95 % interval of the cost of one holds the truth, clustered weeks", clustered_equal.covers, 0.93,
       0.98},
      {"95 % interval of the ratio of two costs holds the truth, clustered weeks",
       clustered_equal.ratio_covers, 0.93, 0.98}};
  chapter.also = {
      {"equal costs, clustered weeks with memory: any channel called cheaper or dearer",
       sticky_equal.any_wrong},
      {"95 % interval of the cost of one holds the truth, clustered weeks with memory", sticky_equal.covers},
      {"the same, 16 to 160 leads", few_equal.covers},
      {"the same, no more than 8 weeks", young_equal.covers},
      {"the same of an interval that knows of chance alone, clustered weeks", clustered_equal.alone},
      {"the same of an interval that knows of chance alone, chance alone", chance_equal.alone},
      {"half as much again found, one other channel, chance alone", half.found},
      {"half as much again found, one other channel, clustered weeks", half_clustered.found},
      {"half as much again or half as much found among five, chance alone", chance_some.found},
      {"half as much again or half as much found among five, clustered weeks", clustered_some.found}};
  return chapter;
}

}  // namespace backcast::truth
