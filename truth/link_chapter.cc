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
  Rate predictive, worlds, called, alarms;
};

Null LookAtNull(const std::string& kind, int index, const LinkSettings& settings) {
  const World world = LinkWorld(kind, index, settings);
  Null seen;
  bool any = false;
  for (const LinkEvidence& link : WeighLinks(world.chain, world.data, {})) {
    if (!link.test) continue;
    seen.predictive.Add(link.grade == "predictive");
    seen.called.Add(link.Shown() || link.grade == "against_plan");
    any = any || link.grade == "predictive";
  }
  seen.worlds.Add(any);
  seen.alarms.Add(!LookForAlarms(world.chain, world.data, world.plan).alarms.empty());
  return seen;
}

Null SumNull(const std::string& kind, int worlds, bool rough) {
  Null sum;
  for (const Null& each : ForAll<Null>(worlds, [&](int i) {
         LinkSettings settings = NullSettings(kind, i);
         settings.rough = rough;
         return LookAtNull(kind, i, settings);
       })) {
    sum.predictive += each.predictive;
    sum.worlds += each.worlds;
    sum.called += each.called;
    sum.alarms += each.alarms;
  }
  return sum;
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
  seen.covers.Add(link->test->elasticity_low <= settings.elasticity &&
                  settings.elasticity <= link->test->elasticity_high);
  if (link->Shown()) seen.right_lag.Add(link->test->lag == settings.lag);
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
                  "the outcome by two weeks with the elasticity given, and the plan says so. *Rough*: one to "
                  "three weeks lift all numbers by four to\n"
                  "eight of their standard deviations, and each has a trend and a season of its own.",
                  {},
                  {}};
  const Null null = SumNull("null", worlds, false), rough = SumNull("rough null", worlds, true);
  const int some = std::max(20, worlds / 2);
  const Linked strong = SumLinked("linked", some, {.weeks = 104, .linked = true, .elasticity = 0.8});
  const Linked weak = SumLinked("linked weak", some, {.weeks = 104, .linked = true, .elasticity = 0.4});
  const Linked year = SumLinked("linked year", some, {.weeks = 56, .linked = true, .elasticity = 0.8});
  const Linked half = SumLinked("linked half", some, {.weeks = 30, .linked = true, .elasticity = 0.8});
  const Linked against =
      SumLinked("against", some, {.weeks = 104, .linked = true, .elasticity = 0.8, .against = true});
  const Linked breaks =
      SumLinked("breaks", some, {.weeks = 120, .linked = true, .elasticity = 0.8, .breaks = true});
  const Linked strained = SumLinked(
      "strained", some, {.weeks = 104, .linked = true, .elasticity = 0.6, .rough = true, .memory = 0.8});
  const Linked strained_half = SumLinked(
      "strained half", some, {.weeks = 30, .linked = true, .elasticity = 0.6, .rough = true, .memory = 0.8});
  Rate covers = strong.covers, covers_short = year.covers;
  covers += weak.covers;
  covers_short += half.covers;
  Rate covers_strained = strained.covers;
  covers_strained += strained_half.covers;
  const LinkSettings grows{.weeks = 104, .linked = true, .elasticity = 0.6, .grows = true},
      gamed{.weeks = 104, .linked = true, .elasticity = 0.6, .gamed = true};
  LinkSettings rough_grows = grows, rough_gamed = gamed, gamed_one = gamed;
  rough_grows.rough = rough_gamed.rough = true;
  gamed_one.elasticity = 1;
  chapter.promises = {
      {"links of null worlds called predictive", null.predictive, 0, 0.05},
      {"null worlds with any link called predictive", null.worlds, 0, 0.05},
      {"rough null worlds with any link called predictive", rough.worlds, 0, 0.05},
      {"null worlds with a fixation alarm", null.alarms, 0, 0.02},
      {"rough null worlds with a fixation alarm", rough.alarms, 0, 0.02},
      {"fixation alarms where the KPI rose and the outcome followed", Alarmed("grows", some, grows), 0, 0.02},
      {"the same in rough worlds", Alarmed("rough grows", some, rough_grows), 0, 0.02},
      {"fixation alarms in stable linked worlds",
       Alarmed("stable", some, {.weeks = 104, .linked = true, .elasticity = 0.6}), 0, 0.02},
      {"95 % interval of the elasticity holds the truth: 104 weeks", covers, 0.93, 0.97},
      {"95 % interval of the elasticity holds the truth: 30 and 56 weeks", covers_short, 0.93, 0.97},
      {"95 % interval of the elasticity holds the truth: rough worlds, memory up to 0.8", covers_strained,
       0.93, 0.97},
      {"stable links called broken", strong.broken, 0, 0.02},
      {"stable links of rough worlds called broken", strained.broken, 0, 0.02}};
  chapter.also = {
      {"links of null worlds called anything at all", null.called},
      {"links of rough null worlds called anything at all", rough.called},
      {"link shown: 104 weeks, elasticity 0.8", strong.shown},
      {"with the right lag", strong.right_lag},
      {"link shown: 104 weeks, elasticity 0.4", weak.shown},
      {"link shown: 56 weeks, elasticity 0.8", year.shown},
      {"link shown: 30 weeks, elasticity 0.8", half.shown},
      {"link shown: rough world, 104 weeks, elasticity 0.6", strained.shown},
      {"link against the plan called so: 104 weeks", against.shown},
      {"link that ended half a year ago called broken: 120 weeks", breaks.broken},
      {"gamed KPI found, elasticity 0.6", Alarmed("gamed", some, gamed)},
      {"gamed KPI found, elasticity 1", Alarmed("gamed one", some, gamed_one)},
      {"gamed KPI found in a rough world, elasticity 0.6", Alarmed("rough gamed", some, rough_gamed)}};
  return chapter;
}

}  // namespace backcast::truth
