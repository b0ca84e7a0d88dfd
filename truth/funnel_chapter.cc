// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
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
       moved = false;
};

Seen LookAt(const FunnelWorld& made) {
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
  double all = 0;
  for (const WhyPart& part : answer.parts) all += std::abs(part.contribution);
  seen.moved = std::any_of(answer.parts.begin(), answer.parts.end(), [&](const WhyPart& part) {
    return part.significant && std::abs(part.contribution) >= all / 5;
  });
  seen.verdict = answer.weakest.has_value();
  if (!seen.verdict) return seen;
  const WhyPart& weakest = answer.parts[*answer.weakest];
  seen.right = weakest.metric == made.metric && weakest.owner == made.owner;
  return seen;
}

/// Worlds of one kind, counted.
struct Count {
  Rate named, moved, right, found;  ///< somebody; any stage; of the verdicts; of all
};

Count CountKind(int worlds, const std::function<FunnelWorld(int)>& make) {
  Count count;
  for (const Seen& seen : ForAll<Seen>(worlds, [&](int index) { return LookAt(make(index)); })) {
    count.named.Add(seen.verdict);
    count.moved.Add(seen.moved);
    if (seen.verdict) count.right.Add(seen.right);
    count.found.Add(seen.verdict && seen.right);
  }
  return count;
}

Count CountShops(const std::string& kind, int worlds, const FunnelSettings& settings) {
  return CountKind(worlds, [&](int index) { return MakeFunnel(kind, index, settings); });
}

/// Short histories of busy shops in which nothing happened; without a season, which would only widen every
/// error.
void AddShortHistories(Chapter& chapter, int worlds) {
  for (const bool strong : {false, true}) {
    for (const int weeks : {12, 26, 60}) {
      FunnelSettings settings{.quiet = true, .weeks = weeks, .season = false, .busy = true};
      (strong ? settings.memory : settings.most_memory) = 0.5;
      const std::string kind =
          std::to_string(weeks) + (strong ? " weeks, memory 0.5" : " weeks, memory up to 0.5");
      const Count count = CountShops("quiet, " + kind, worlds, settings);
      chapter.promises.push_back(
          {kind + ", nothing happened: a stage named, up or down", count.moved, 0, 0.05});
      chapter.also.emplace_back(kind + ", nothing happened: somebody named", count.named);
    }
  }
}

void AddIncidents(Chapter& chapter, int worlds) {
  FunnelSettings settings{.broken = 0.3, .weeks = 26, .most_memory = 0.5, .season = false, .busy = true};
  for (const bool incident : {false, true}) {
    settings.incident = incident;
    chapter.also.emplace_back(std::string("26 weeks, a stage fell by 30 %: right stage and owner, ") +
                                  (incident ? "behind an old incident" : "no incident"),
                              CountShops("incident", worlds, settings).found);
  }
}

void AddRareDeals(Chapter& chapter, int worlds) {
  const auto count = [&](bool quiet) {
    return CountKind(worlds, [quiet](int index) { return MakeRareDeals("rare deals", index, quiet); });
  };
  const Count quiet = count(true), broken = count(false);
  chapter.promises.push_back({"rare deals, nothing happened: somebody named", quiet.named, 0, 0.05});
  chapter.promises.push_back(
      {"rare deals, nothing happened: a stage named, up or down", quiet.moved, 0, 0.05});
  chapter.promises.push_back({"rare deals, a verdict: stage and owner right", broken.right, 0.95, 1});
  chapter.also.emplace_back("rare deals: right stage and owner", broken.found);
}

struct BackedOut {
  Rate inside, inside_young, needed, near, verdict;
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
  if (outcome->daily.days().days() < 364) seen.inside_young = seen.inside;
  const FunnelWorld level = QuietFunnel(index, false);
  const auto truly = BackOut(level.world.chain, level.world.data, {}, level.world.plan, request);
  for (std::size_t i = 0; truly.ok() && i < answer.nodes.size(); ++i) {
    const BackoutNode& node = answer.nodes[i];
    seen.needed.Add(node.low <= truly.value().nodes[i].needed && truly.value().nodes[i].needed <= node.high);
  }
  seen.near.Add(std::abs(brought / answer.reached - 1) < 0.25);
  return seen;
}

}  // namespace

Chapter FunnelChapter(int worlds) {
  Chapter chapter{
      "Why an outcome changed",
      "A shop with visits of social media and of everything else, carts, purchases and order "
      "values; 14 to 104 weeks, 33 to 1,800\n"
      "visits a day, season, memory and weekly noise of their own. In the last period one thing "
      "happens: nothing, fewer visits,\n"
      "less demand everywhere, fewer carts, a broken checkout, lower order values (15 to 65 % "
      "each), or a gap in an export.\n"
      "*Enough data*: 26 weeks of history and a change of three of its own standard errors. Where weeks and "
      "a "
      "memory are named, shops\n"
      "a hundred times as busy and without a season, so that nothing but their weeks moves them; an old "
      "incident is two to four\n"
      "weeks of the stage at less than half. *Rare deals*: 26 to 104 weeks of visits, inquiries, qualified "
      "leads, leads of sales and\n"
      "three to ten deals a month with log-normal values (0.7 to 1.3); if anything, one stage falls by 30 to "
      "80 %.",
      {},
      {}};
  Rate right, given, false_names, outside, gaps, closes, false_gaps;
  std::map<Cause, Rate> by_cause;
  for (const Seen& seen :
       ForAll<Seen>(3 * worlds, [](int index) { return LookAt(MakeFunnel("funnel", index, {})); })) {
    closes.Add(seen.closes);
    if (seen.flawed && seen.verdict) right.Add(seen.right);
    if (seen.flawed && seen.enough) given.Add(seen.verdict);
    if (seen.cause == Cause::kNothing) false_names.Add(seen.verdict);
    if (seen.cause == Cause::kDemand) outside.Add(seen.verdict);
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
  AddShortHistories(chapter, worlds);
  AddIncidents(chapter, worlds);
  AddRareDeals(chapter, worlds);
  return chapter;
}

Chapter BackoutChapter(int worlds) {
  Chapter chapter{"Backing out",
                  "Quiet shops; a target of 0.9 to 1.5 times today is backed out, every factor's true mean "
                  "of the next month is set to what is\n"
                  "needed, and the month is simulated: season, demand and noise go on as they did, and the "
                  "season moves its days but not its mean.",
                  {},
                  {}};
  BackedOut sum;
  for (const BackedOut& each : ForAll<BackedOut>(worlds, BackOutOne)) {
    sum.inside += each.inside;
    sum.inside_young += each.inside_young;
    sum.needed += each.needed;
    sum.near += each.near;
    sum.verdict += each.verdict;
  }
  chapter.promises = {{"the month falls into the stated 95 % interval", sum.inside, 0.93, 0.97}};
  chapter.also = {{"the month falls into it, under a year of history", sum.inside_young},
                  {"what the true level of a factor asks of it lies in its stated 95 % interval", sum.needed},
                  {"the month comes within a quarter of the target", sum.near},
                  {"worlds with enough data for an answer", sum.verdict}};
  return chapter;
}

}  // namespace backcast::truth
