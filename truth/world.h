// SPDX-License-Identifier: Apache-2.0
// Simulated worlds whose causes are known, as the numbers of a chain. Same kind and index, same world.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalogue.h"
#include "chain/chain_data.h"
#include "chain/graph.h"
#include "measure/random.h"
#include "plan/plan.h"

namespace backcast::truth {

struct World {
  std::uint64_t seed = 0;
  Plan plan;
  ValueChain chain;
  ChainData data;
};

const Catalogue& ShippedCatalogue();

/// The seed of the index-th world of a kind.
std::uint64_t WorldSeed(const std::string& kind, int index);

/// Reads the plan and makes its chain; a plan that the product would refuse ends the program.
void ReadWorldPlan(World& world, const std::string& yaml);

/// Days of an autoregressive series with standard deviation `sd` and memory `memory` per week, by week.
std::vector<double> Wander(Random& random, std::size_t weeks, double memory, double sd);

/// Puts a node's days into the world and works out its values in both periods.
void AddNode(World& world, const std::string& id, DailySeries series);

/// Last day, period and compared period: both `days` long, back to back, ending with the last day.
void SetPeriods(World& world, Day first, int days, int length);

// ---------------------------------------------------------------- links

struct LinkSettings {
  int weeks = 104;
  int kpis = 5;
  bool linked = false;  ///< the first KPI leads the outcome
  double elasticity = 0.6;
  int lag = 2;
  bool against = false;  ///< the link goes against the plan
  bool breaks = false;   ///< it ends half a year before the end
  bool shared = false;   ///< trend, season and one spike that all numbers have
  bool rough = false;    ///< one to three weeks in which all numbers jump, trends and a season of their own
  double memory = 0.4;   ///< most of a linked world
  bool gamed = false;  ///< the linked KPI is pushed up in the last half year and the outcome does not follow
  bool grows = false;  ///< the linked KPI rises and the outcome follows
};

/// A plan with one outcome without a driver tree and KPIs k0, k1, ... that are believed to lead to it.
World LinkWorld(const std::string& kind, int index, const LinkSettings& settings);

/// Settings drawn for a world in which nothing leads to the outcome.
LinkSettings NullSettings(const std::string& kind, int index);

// ---------------------------------------------------------------- funnels

enum class Cause : std::uint8_t { kNothing, kVisits, kDemand, kCart, kCheckout, kPrice, kGap };
std::string_view ToWord(Cause cause);

struct FunnelWorld {
  World world;
  Cause cause = Cause::kNothing;
  std::string metric, owner;  ///< of the broken stage; empty when nobody is to be named
  double size = 0;            ///< relative change that was put in
  double noise = 0;           ///< weekly standard deviation of the broken stage
  bool enough = false;        ///< at least 26 weeks of history and a change of three of its standard errors
};

/// How the shops of a kind are drawn.
struct FunnelSettings {
  bool quiet = false;     ///< nothing happens
  double broken = 0;      ///< above 0: one stage falls by this share; else what happens is drawn
  bool incident = false;  ///< before the compared period the stage had two to four weeks at less than half
  int weeks = 0;          ///< above 0: history before a period of four weeks; else both are drawn
  std::optional<double> most_memory, memory;  ///< of a week: drawn up to this, exactly this
  bool season = true;
  bool busy = false;   ///< a hundred times the visits: what moves is the weeks and not the chance of events
  bool chance = true;  ///< off: every day is its own mean
};

/// A shop: visits of social media and of everything else, carts, purchases, order values; at most one cause
/// in the period.
FunnelWorld MakeFunnel(const std::string& kind, int index, const FunnelSettings& settings);

/// A shop without any cause, for backing out; without chance it shows its true levels.
FunnelWorld QuietFunnel(int index, bool chance = true);

/// The outcome of the quiet shop in the stretch of `days` after its last day, in which every factor's true
/// mean is what is needed (visits per day, rates, order value): season, demand and noise go on as they did
/// and move the days within the stretch, the season without moving its mean.
double NextStretch(int index, int days, const std::vector<double>& needed);

/// Someone who sells few large contracts: visits, inquiries, qualified leads, leads of sales, three to ten
/// deals a month with a heavy tail of values; nothing happens, or one owned stage falls by 30 to 80 % in the
/// period. `cause` stays kNothing.
FunnelWorld MakeRareDeals(const std::string& kind, int index, bool quiet);

/// Puts the days of a funnel's nodes into the world, with the doubts that a real workspace would have.
void AddFunnel(World& world, std::vector<std::pair<std::string, DailySeries>> nodes);

}  // namespace backcast::truth
