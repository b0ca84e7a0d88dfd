// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "measure/before_after.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

/// Days of a count around a change: memory, weekday, slow season, drift, an older incident.
struct Days {
  std::vector<double> logs;
  int change = 0;
  double step = 0;
};

/// `wanders`: beside its noise the level strays for weeks (memory of 0.9 to 1 a day).
Days MakeDays(const std::string& kind, int index, double effect, bool wanders) {
  Random random(WorldSeed(kind, index));
  Days made;
  made.change = 120 + static_cast<int>(random.Below(150));
  const int after = 28 + static_cast<int>(random.Below(29)), length = made.change + after;
  const double memory = 0.7 * random.Uniform(), sd = 0.1 + 0.15 * random.Uniform(),
               drift = 0.002 * random.Normal();
  const double season = 0.2 * random.Uniform(), phase = 6.28 * random.Uniform(),
               mean = std::exp(2.5 + 4 * random.Uniform());
  const int incident = static_cast<int>(random.Below(static_cast<std::uint64_t>(made.change)));
  const double stay = wanders ? 0.9 + 0.1 * random.Uniform() : 0,
               stray = wanders ? sd * std::sqrt(1 - stay * stay) : 0;
  made.step = effect * sd;
  double level = sd * random.Normal(), strayed = wanders ? sd * random.Normal() : 0;
  for (int day = 0; day < length; ++day) {
    level = memory * level + sd * std::sqrt(1 - memory * memory) * random.Normal();
    if (wanders) strayed = stay * strayed + stray * random.Normal();
    double log = std::log(mean) + level + strayed + drift * day +
                 season * std::sin(2 * std::numbers::pi * day / 365.25 + phase) + (day % 7 < 5 ? 0.05 : -0.2);
    if (day >= incident && day < incident + 5) log -= 0.6;
    if (day >= made.change) log += made.step;
    made.logs.push_back(std::log1p(random.Poisson(std::exp(log))));
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
         const BeforeAfter test = TestBeforeAfter({made.logs, made.change, 1, {}});
         Seen seen;
         seen.told.Add(test.verdict != BeforeAfter::Verdict::kCannotTell);
         if (test.verdict == BeforeAfter::Verdict::kCannotTell) return seen;
         seen.alarms.Add(test.verdict != BeforeAfter::Verdict::kNoChangeShown);
         seen.covers.Add(test.low <= made.step && made.step <= test.high);
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
  Chapter chapter{"Before and after",
                  "Counts by day with memory up to 0.7, weekday, drift, a slow yearly season and an older "
                  "incident; 120 to 270 days before\n"
                  "a change and 28 to 56 after; the effect is told in standard deviations of one day.",
                  {},
                  {}};
  const Seen none = Sum("no change", worlds, 0, false), one = Sum("change of one", worlds / 2, 1, false),
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
