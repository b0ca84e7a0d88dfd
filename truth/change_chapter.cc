// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "chain/changes.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

/// Days of a count around a change: memory, weekday, slow season, drift, an older incident.
struct Days {
  ChangeQuestion question;
  double effect = 0;  ///< relative
};

/// `wanders`: beside its noise the level strays for weeks (memory of 0.9 to 1 a day).
Days MakeDays(const std::string& kind, int index, double effect, bool wanders) {
  Random random(WorldSeed(kind, index));
  Days made;
  const int change = 120 + static_cast<int>(random.Below(150)),
            length = change + 28 + static_cast<int>(random.Below(29));
  const double memory = 0.7 * random.Uniform(), sd = 0.1 + 0.15 * random.Uniform(),
               drift = 0.002 * random.Normal();
  const double season = 0.2 * random.Uniform(), phase = 6.28 * random.Uniform(),
               mean = std::exp(1 + 5.5 * random.Uniform());
  const int incident = static_cast<int>(random.Below(static_cast<std::uint64_t>(change)));
  const double stay = wanders ? 0.9 + 0.1 * random.Uniform() : 0,
               stray = wanders ? sd * std::sqrt(1 - stay * stay) : 0;
  const double step = effect * sd;
  made.effect = std::expm1(step);
  const Day first = ParseIsoDay("2025-01-06").value();
  made.question.metric = {Combine::kSum, first, {}, {}};
  made.question.change.id = "change";
  made.question.change.on = first + std::chrono::days{change};
  made.question.change.metric = "orders";
  made.question.change.direction = 1;
  double level = sd * random.Normal(), strayed = wanders ? sd * random.Normal() : 0;
  for (int day = 0; day < length; ++day) {
    level = memory * level + sd * std::sqrt(1 - memory * memory) * random.Normal();
    if (wanders) strayed = stay * strayed + stray * random.Normal();
    double log = std::log(mean) + level + strayed + drift * day +
                 season * std::sin(2 * std::numbers::pi * day / 365.25 + phase) + (day % 7 < 5 ? 0.05 : -0.2);
    if (day >= incident && day < incident + 5) log -= 0.6;
    if (day >= change) log += step;
    made.question.metric.amount.push_back(random.Poisson(std::exp(log)));
  }
  return made;
}

struct Seen {
  Rate alarms, told, covers;
};

Seen Sum(const std::string& kind, int worlds, double effect, bool wanders) {
  Seen sum;
  for (const Seen& each : ForAll<Seen>(worlds, [&](int i) {
         const Days made = MakeDays(kind, i, effect, wanders);
         const ChangeFinding found = TestChanges({made.question})[0].expected;
         Seen seen;
         seen.told.Add(found.test.verdict != BeforeAfter::Verdict::kCannotTell);
         if (found.test.verdict == BeforeAfter::Verdict::kCannotTell) return seen;
         seen.alarms.Add(found.test.verdict != BeforeAfter::Verdict::kNoChangeShown);
         seen.covers.Add(found.low <= made.effect && made.effect <= found.high);
         return seen;
       })) {
    sum.alarms += each.alarms;
    sum.told += each.told;
    sum.covers += each.covers;
  }
  return sum;
}

}  // namespace

Chapter ChangeChapter(int worlds) {
  Chapter chapter{
      "Before and after",
      "Counts of 3 to 670 a day with memory up to 0.7, weekday, drift, a slow yearly season and an older "
      "incident; 120 to 270 days before\n"
      "a change and 28 to 56 after; the effect is told in standard deviations of one day.",
      {},
      {}};
  const Seen none = Sum("no change", worlds, 0, false), one = Sum("change of one", worlds, 1, false),
             two = Sum("change of two", worlds / 2, 2, false), wandering = Sum("wandering", worlds, 0, true);
  chapter.promises = {
      {"no effect: called changed, either way", none.alarms, 0, 0.05},
      {"no effect, a level that strays for weeks: called changed, either way", wandering.alarms, 0, 0.05},
      {"95 % interval of the step holds the truth, no effect", none.covers, 0.93, 0.97},
      {"95 % interval of the step holds the truth, effect of one", one.covers, 0.93, 0.97},
      {"95 % interval of the step holds the truth, a level that strays", wandering.covers, 0.93, 0.97}};
  chapter.also = {{"effect of one standard deviation found", one.alarms},
                  {"effect of two standard deviations found", two.alarms},
                  {"enough days for an answer", none.told}};
  return chapter;
}

}  // namespace backcast::truth
