// SPDX-License-Identifier: Apache-2.0
#include "truth/world.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "facts/schema.h"

namespace backcast::truth {

const Catalogue& ShippedCatalogue() {
  static const Catalogue catalogue = [] {
    auto schemas = Schemas::Shipped();
    auto shipped = Catalogue::Shipped(schemas.value());
    return std::move(shipped).value();
  }();
  return catalogue;
}

std::uint64_t WorldSeed(const std::string& kind, int index) {
  return SeedOf(kind + "#" + std::to_string(index));
}

void ReadWorldPlan(World& world, const std::string& yaml) {
  auto reading = ReadPlan(yaml, "plan.yaml", ShippedCatalogue());
  if (!reading.ok()) {
    std::fprintf(stderr, "truth: the plan of a world is no plan: %s\n", ToSentence(reading.error()).c_str());
    std::exit(5);
  }
  world.plan = std::move(reading).value().plan;
  world.chain = BuildValueChain(world.plan, ShippedCatalogue());
}

std::vector<double> Wander(Random& random, std::size_t weeks, double memory, double sd) {
  const bool walks = memory >= 1;
  const double step = walks ? sd / 4 : sd * std::sqrt(1 - memory * memory);
  double level = walks ? 0 : sd * random.Normal();
  std::vector<double> values;
  for (std::size_t i = 0; i < weeks; ++i) {
    level = memory * level + step * random.Normal();
    values.push_back(level);
  }
  return values;
}

void SetPeriods(World& world, Day first, int days, int length) {
  const Day end = first + std::chrono::days{days};
  world.data.last = end - std::chrono::days{1};
  world.data.period = {end - std::chrono::days{length}, end};
  world.data.compare = {end - std::chrono::days{2 * length}, end - std::chrono::days{length}};
  world.data.currency = "EUR";
}

void AddNode(World& world, const std::string& id, DailySeries series) {
  NodeData data;
  data.now = series.Over(world.data.period);
  data.before = series.Over(world.data.compare);
  const ChainNode* node = world.chain.Find(id);
  const bool counts = series.combine != Combine::kSum || (node != nullptr && node->unit == "count");
  data.now_n = counts ? series.Events(world.data.period) : 0;
  data.before_n = counts ? series.Events(world.data.compare) : 0;
  data.daily = std::move(series);
  if (!data.now) data.missing = "nothing was reported for this period";
  world.data.nodes[id] = std::move(data);
}

void AddFunnel(World& world, std::vector<std::pair<std::string, DailySeries>> nodes) {
  for (auto& [id, series] : nodes) AddNode(world, id, std::move(series));
  for (const ChainNode& node : world.chain.nodes) {
    const NodeData* data = world.data.Find(node.id);
    if (data == nullptr || (node.role != NodeRole::kOutcome && node.role != NodeRole::kFactor)) continue;
    for (const Window& window : {world.data.period, world.data.compare}) {
      for (DataDoubt& doubt : FindGaps(node.id, node.title, data->daily, window))
        world.data.doubts.push_back(std::move(doubt));
    }
  }
}

}  // namespace backcast::truth
