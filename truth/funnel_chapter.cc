// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>

#include "chain/backout.h"
#include "chain/why.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

struct Seen {
  Cause cause = Cause::kNothing;
  bool flawed = false, enough = false, verdict = false, right = false, closes = false, broken = false,
       blamed = false;
};

Seen LookAt(int index) {
  const FunnelWorld made = MakeFunnel(index);
  const auto why = ExplainChange(made.world.chain, made.world.data, made.world.plan, {"o", "", {}, {}});
  Seen seen;
  seen.cause = made.cause;
  seen.flawed = !made.metric.empty();
  seen.enough = made.enough;
  if (!why.ok()) return seen;
  const Why& answer = why.value();
  seen.broken = answer.state == Why::State::kDataBroken;
  double sum = 0;
  for (const WhyPart& part : answer.parts) sum += part.contribution;
  seen.closes =
      answer.parts.empty() || std::abs(sum - answer.change) <= 1e-6 * std::max(1.0, std::abs(answer.now));
  seen.verdict = answer.weakest.has_value();
  if (!seen.verdict) return seen;
  const WhyPart& weakest = answer.parts[*answer.weakest];
  seen.right = weakest.metric == made.metric && weakest.owner == made.owner;
  seen.blamed = true;
  return seen;
}

struct BackedOut {
  Rate inside, near, verdict;
};

BackedOut BackOutOne(int index) {
  BackedOut seen;
  FunnelWorld made = QuietFunnel(index);
  World& world = made.world;
  Random random(WorldSeed("backout target", index));
  const NodeData* outcome = world.data.Find("o");
  if (outcome->daily.days().days() < 100) return seen;
  const double now =
      outcome->daily.Over({outcome->daily.days().to - std::chrono::days{91}, outcome->daily.days().to})
          .value_or(0) /
      91 * 30.4375;
  BackoutRequest request{"o", now * (0.9 + 0.6 * random.Uniform()), {}, {}};
  const auto backed = BackOut(world.chain, world.data, {}, world.plan, request);
  seen.verdict.Add(backed.ok());
  if (!backed.ok() || !backed.value().low) return seen;
  const Backout& answer = backed.value();
  if (answer.nodes.size() < 4) return seen;
  const double brought = NextStretch(index, 30,
                                     {answer.nodes[0].needed / answer.stretch_days, answer.nodes[1].needed,
                                      answer.nodes[2].needed, answer.nodes[3].needed}) /
                         30 * answer.stretch_days;
  seen.inside.Add(brought >= *answer.low && brought <= *answer.high);
  seen.near.Add(std::abs(brought / answer.reached - 1) < 0.25);
  return seen;
}

}  // namespace

Chapter FunnelChapter(int worlds) {
  Chapter chapter{"Why an outcome changed",
                  "A shop with visits of social media and of everything else, carts, purchases and order "
                  "values; 14 to 104 weeks, 33 to 1,800\n"
                  "visits a day, season, memory and weekly noise of their own. In the last period one thing "
                  "happens: nothing, fewer visits,\n"
                  "less demand everywhere, fewer carts, a broken checkout, lower order values (15 to 65 % "
                  "each), or a gap in an export.\n"
                  "*Enough data*: 26 weeks of history and a change of three of its own standard errors.",
                  {},
                  {}};
  Rate right, given, false_names, outside, gaps, closes, false_gaps;
  std::map<Cause, Rate> by_cause;
  for (const Seen& seen : ForAll<Seen>(worlds, LookAt)) {
    closes.Add(seen.closes);
    if (seen.flawed && seen.verdict) right.Add(seen.right);
    if (seen.flawed && seen.enough) given.Add(seen.verdict);
    if (seen.cause == Cause::kNothing) false_names.Add(seen.blamed);
    if (seen.cause == Cause::kDemand) outside.Add(seen.blamed);
    if (seen.cause == Cause::kGap)
      gaps.Add(seen.broken);
    else
      false_gaps.Add(seen.broken);
    if (seen.flawed) by_cause[seen.cause].Add(seen.verdict && seen.right);
  }
  chapter.promises = {{"parts add up to the change", closes, 1, 1},
                      {"flawed worlds with a verdict: stage and owner right", right, 0.95, 1},
                      {"flawed worlds with enough data: verdict given", given, 0.70, 1},
                      {"worlds where nothing happened: somebody named", false_names, 0, 0.05},
                      {"less demand everywhere: somebody in the plan blamed", outside, 0, 0.05},
                      {"gap in an export: told before any cause", gaps, 0.95, 1},
                      {"no gap: data called broken", false_gaps, 0, 0.02}};
  for (const auto& [cause, rate] : by_cause)
    chapter.also.emplace_back("right stage and owner: " + std::string(ToWord(cause)), rate);
  return chapter;
}

Chapter BackoutChapter(int worlds) {
  Chapter chapter{"Backing out",
                  "Quiet shops; a target of 0.9 to 1.5 times today is backed out, every factor's true mean "
                  "is set to what is needed, and the\n"
                  "next month is simulated with the shop's own noise.",
                  {},
                  {}};
  BackedOut sum;
  for (const BackedOut& each : ForAll<BackedOut>(worlds, BackOutOne)) {
    sum.inside += each.inside;
    sum.near += each.near;
    sum.verdict += each.verdict;
  }
  chapter.promises = {{"the month falls into the stated 95 % interval", sum.inside, 0.93, 0.99}};
  chapter.also = {{"the month comes within a quarter of the target", sum.near},
                  {"worlds with enough data for an answer", sum.verdict}};
  return chapter;
}

}  // namespace backcast::truth
