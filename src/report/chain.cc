// SPDX-License-Identifier: Apache-2.0
#include "report/chain.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace backcast {
namespace {

constexpr int kDeepest = 2;  // columns of KPIs behind KPIs that a page has room for

/// Depth of each KPI below the KPIs that it leads to: 0 for one that leads straight to its outcome.
void Place(const Scorecard& card, Chain& chain, const std::vector<int>& parent) {
  const std::size_t count = card.lines.size();
  std::vector<int> kpi_depth(count, 0);
  int deepest = 0;
  const auto kind = [&](std::size_t i) { return card.lines[i].kind; };
  for (std::size_t i = 0; i < count; ++i) {
    const bool below_kpi = parent[i] >= 0 && kind(static_cast<std::size_t>(parent[i])) == NodeKind::kKpi;
    if (kind(i) == NodeKind::kKpi && below_kpi)
      kpi_depth[i] = std::min(kDeepest, kpi_depth[static_cast<std::size_t>(parent[i])] + 1);
    deepest = std::max(deepest, kpi_depth[i]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    switch (kind(i)) {
      case NodeKind::kKpi:
        chain.column[i] = 1 + kpi_depth[i];
        break;
      case NodeKind::kTactic:
        chain.column[i] = deepest + 2;
        break;
      case NodeKind::kChannel:
        chain.column[i] = deepest + 3;
        break;
      default:
        break;
    }
    if (kind(i) != NodeKind::kObjective) chain.columns = std::max(chain.columns, chain.column[i] + 1);
  }
}

/// Parents before children, without recursion: a hostile plan may be deeper than the stack.
void Walk(Chain& chain) {
  std::vector<std::pair<std::size_t, int>> open;
  for (auto root = chain.roots.rbegin(); root != chain.roots.rend(); ++root) open.emplace_back(*root, 0);
  while (!open.empty()) {
    const auto [at, depth] = open.back();
    open.pop_back();
    chain.walk.push_back(at);
    chain.depth[at] = depth;
    const auto& children = chain.children[at];
    for (auto child = children.rbegin(); child != children.rend(); ++child)
      open.emplace_back(*child, depth + 1);
  }
}

}  // namespace

Chain ChainOf(const Scorecard& card) {
  const std::size_t count = card.lines.size();
  Chain chain;
  chain.children.resize(count);
  chain.groups.resize(count);
  chain.column.assign(count, 0);
  chain.depth.assign(count, 0);
  std::vector<int> parent(count, -1);
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < count; ++i) {
    const ScoreLine& line = card.lines[i];
    if (!line.group.empty()) {
      const auto total = seen.find(line.id);
      if (total != seen.end()) {
        chain.groups[total->second].push_back(i);
      } else {
        chain.roots.push_back(i);
      }
      continue;
    }
    const auto found = line.parent.empty() ? seen.end() : seen.find(line.parent);
    const bool is_root = found == seen.end() || card.lines[found->second].kind == NodeKind::kObjective;
    if (is_root) {
      if (line.kind != NodeKind::kObjective) chain.roots.push_back(i);
    } else {
      chain.children[found->second].push_back(i);
      parent[i] = static_cast<int>(found->second);
    }
    seen[line.id] = i;
  }
  Place(card, chain, parent);
  Walk(chain);
  return chain;
}

}  // namespace backcast
