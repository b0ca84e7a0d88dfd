// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_row.h"

#include <algorithm>
#include <cmath>

#include "desk/question.h"

namespace backcast {
namespace {

std::optional<double> Number(const Table& table, std::size_t row, std::size_t window,
                             const std::string& metric) {
  if (metric.empty()) return std::nullopt;
  return NumberAt(table, metric + "@" + std::to_string(window), row);
}

}  // namespace

CostParts CostsAt(const Table& table, std::size_t row, std::size_t window, const std::string& mixed) {
  const CostWords& words = TheCostWords();
  const std::string currencies = words.full + "@" + std::to_string(window) + ":currencies";
  CostParts cost;
  if (!mixed.empty() || NumberAt(table, currencies, row).value_or(0) > 1) {
    cost.withheld = mixed.empty() ? "the costs are in several currencies, which are never added" : mixed;
    return cost;
  }
  cost.full = Number(table, row, window, words.full);
  cost.media = Number(table, row, window, words.media);
  cost.labour = Number(table, row, window, words.labour);
  cost.tools = Number(table, row, window, words.tools);
  cost.fees = Number(table, row, window, words.fees);
  if (!cost.full) return cost;
  double rest = *cost.full;
  for (const auto& part : {cost.media, cost.labour, cost.tools, cost.fees}) rest -= part.value_or(0);
  if (std::abs(rest) > 1e-6) cost.other = rest;
  return cost;
}

ChannelCounts CountsAt(const Table& table, std::size_t row, std::size_t window,
                       const CostCounting& counting) {
  ChannelCounts counts;
  counts.all = Number(table, row, window, counting.count);
  if (!counts.all) return counts;
  if (const auto gross = Number(table, row, window, counting.gross))
    counts.suspected = std::max(0.0, *gross - *counts.all);
  const auto targeted = Number(table, row, window, counting.targeted),
             untargeted = Number(table, row, window, counting.untargeted);
  if (!targeted && !untargeted) return counts;
  counts.targeted = std::min(targeted.value_or(0), *counts.all);
  counts.untargeted = std::min(untargeted.value_or(0), *counts.all - *counts.targeted);
  counts.unknown = *counts.all - *counts.targeted - *counts.untargeted;
  return counts;
}

}  // namespace backcast
