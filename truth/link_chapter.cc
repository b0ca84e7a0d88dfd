// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "chain/alarms.h"
#include "chain/evidence.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

const LinkEvidence* LinkOf(const std::vector<LinkEvidence>& links, const std::string& from) {
  for (const LinkEvidence& link : links) {
    if (link.from == from) return &link;
  }
  return nullptr;
}

struct Null {
  Rate predictive, worlds, called, alarms, shared, own;
};

Null LookAtNull(int index) {
  const World world = LinkWorld("null", index, NullSettings("null", index));
  Null seen;
  bool any = false;
  for (const LinkEvidence& link : WeighLinks(world.chain, world.data, {})) {
    if (!link.test) continue;
    seen.predictive.Add(link.grade == "predictive");
    seen.called.Add(link.Shown() || link.grade == "against_plan");
    any = any || link.grade == "predictive";
  }
  seen.worlds.Add(any);
  (NullSettings("null", index).shared ? seen.shared : seen.own).Add(any);
  seen.alarms.Add(!LookForAlarms(world.chain, world.data, world.plan).alarms.empty());
  return seen;
}

struct Linked {
  Rate shown, right_lag, covers, broken;
};

Linked LookAtLinked(const std::string& kind, int index, const LinkSettings& settings) {
  const World world = LinkWorld(kind, index, settings);
  const std::vector<LinkEvidence> links = WeighLinks(world.chain, world.data, {});
  const LinkEvidence* link = LinkOf(links, "k0");
  Linked seen;
  if (link == nullptr || !link->test) return seen;
  seen.shown.Add(settings.against ? link->grade == "against_plan" : link->Shown());
  seen.broken.Add(link->grade == "broken");
  if (!link->Shown()) return seen;
  seen.right_lag.Add(link->test->lag == settings.lag);
  if (link->test->lag == settings.lag)
    seen.covers.Add(link->test->elasticity_low <= settings.elasticity &&
                    settings.elasticity <= link->test->elasticity_high);
  return seen;
}

Linked SumLinked(const std::string& kind, int worlds, const LinkSettings& settings) {
  Linked sum;
  for (const Linked& each : ForAll<Linked>(worlds, [&](int i) { return LookAtLinked(kind, i, settings); })) {
    sum.shown += each.shown;
    sum.right_lag += each.right_lag;
    sum.covers += each.covers;
    sum.broken += each.broken;
  }
  return sum;
}

Rate Alarmed(const std::string& kind, int worlds, const LinkSettings& settings) {
  Rate sum;
  for (const bool alarmed : ForAll<char>(worlds, [&](int i) {
         const World world = LinkWorld(kind, i, settings);
         const Alarms found = LookForAlarms(world.chain, world.data, world.plan);
         return static_cast<char>(std::any_of(found.alarms.begin(), found.alarms.end(),
                                              [](const Alarm& alarm) { return alarm.rule == "G01"; }));
       })) {
    sum.Add(alarmed);
  }
  return sum;
}

}  // namespace

Chapter LinkChapter(int worlds) {
  Chapter chapter{"Links and alarms",
                  "Null worlds: three to seven KPIs and an outcome that have nothing to do with each other, "
                  "over half a year to three\n"
                  "years; in every other one all numbers share a trend, a yearly season and one spike. "
                  "Linked worlds: the first KPI leads\n"
                  "the outcome by two weeks with the elasticity given.",
                  {},
                  {}};
  Null null;
  for (const Null& each : ForAll<Null>(worlds, LookAtNull)) {
    null.predictive += each.predictive;
    null.worlds += each.worlds;
    null.called += each.called;
    null.alarms += each.alarms;
    null.shared += each.shared;
    null.own += each.own;
  }
  const int some = std::max(20, worlds / 2);
  const Linked strong = SumLinked("linked", some, {.weeks = 104, .linked = true, .elasticity = 0.8});
  const Linked weak = SumLinked("linked weak", some, {.weeks = 104, .linked = true, .elasticity = 0.4});
  const Linked year = SumLinked("linked year", some, {.weeks = 56, .linked = true, .elasticity = 0.8});
  const Linked half = SumLinked("linked half", some, {.weeks = 30, .linked = true, .elasticity = 0.8});
  const Linked against =
      SumLinked("against", some, {.weeks = 104, .linked = true, .elasticity = 0.8, .against = true});
  const Linked breaks =
      SumLinked("breaks", some, {.weeks = 120, .linked = true, .elasticity = 0.8, .breaks = true});
  Rate covers = strong.covers;
  covers += weak.covers;
  chapter.promises = {
      {"links of null worlds called predictive", null.predictive, 0, 0.05},
      {"null worlds with any link called predictive", null.worlds, 0, 0.05},
      {"null worlds with a fixation alarm", null.alarms, 0, 0.02},
      {"fixation alarms where the KPI rose and the outcome followed",
       Alarmed("grows", some, {.weeks = 104, .linked = true, .elasticity = 0.6, .grows = true}), 0, 0.02},
      {"fixation alarms in stable linked worlds",
       Alarmed("stable", some, {.weeks = 104, .linked = true, .elasticity = 0.6}), 0, 0.02},
      {"95 % interval of the elasticity holds the truth (lag found right)", covers, 0.93, 0.97},
      {"stable links called broken", strong.broken, 0, 0.02}};
  chapter.also = {
      {"links of null worlds called anything at all", null.called},
      {"link shown: 104 weeks, elasticity 0.8", strong.shown},
      {"with the right lag", strong.right_lag},
      {"link shown: 104 weeks, elasticity 0.4", weak.shown},
      {"link shown: 56 weeks, elasticity 0.8", year.shown},
      {"link shown: 30 weeks, elasticity 0.8", half.shown},
      {"link against the plan called so: 104 weeks", against.shown},
      {"link that ended half a year ago called broken: 120 weeks", breaks.broken},
      {"gamed KPI found, elasticity 0.6",
       Alarmed("gamed", some, {.weeks = 104, .linked = true, .elasticity = 0.6, .gamed = true})},
      {"gamed KPI found, elasticity 1",
       Alarmed("gamed one", some, {.weeks = 104, .linked = true, .elasticity = 1, .gamed = true})}};
  return chapter;
}

}  // namespace backcast::truth
