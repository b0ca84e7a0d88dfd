// SPDX-License-Identifier: Apache-2.0
#include "desk/shared_costs.h"

#include <algorithm>
#include <set>

namespace backcast {
namespace {

constexpr std::size_t kMostPairs = 100;

/// The line has each dimension of the scope, with one of its values.
bool TakesIn(const Tactic& tactic, const CostKind& line) {
  if (tactic.scope.empty()) return false;
  if (tactic.window && (tactic.window->to <= line.days.from || line.days.to <= tactic.window->from))
    return false;
  return std::all_of(tactic.scope.begin(), tactic.scope.end(), [&](const auto& part) {
    const auto word = std::find_if(line.words.begin(), line.words.end(),
                                   [&](const auto& one) { return one.first == part.first; });
    return word != line.words.end() &&
           std::find(part.second.begin(), part.second.end(), word->second) != part.second.end();
  });
}

bool RunTogether(const Tactic& a, const Tactic& b) {
  return !a.window || !b.window || (a.window->from < b.window->to && b.window->from < a.window->to);
}

std::string NameOf(const CostKind& line) {
  std::string name;
  for (const auto& [column, word] : line.words) {
    if (!word.empty()) name += (name.empty() ? "" : ", ") + word;
  }
  return name;
}

}  // namespace

std::vector<SharedCost> FindSharedCosts(const Plan& plan, const std::vector<CostKind>& lines) {
  std::vector<SharedCost> shared;
  std::set<std::pair<std::string_view, std::string_view>> told;
  for (const CostKind& line : lines) {
    std::vector<const Tactic*> takers;
    for (const Tactic& tactic : plan.tactics) {
      if (!TakesIn(tactic, line)) continue;
      for (const Tactic* other : takers) {
        if (!RunTogether(*other, tactic) || !told.emplace(other->id, tactic.id).second) continue;
        shared.push_back({NameOf(line), other->id, tactic.id});
        if (shared.size() == kMostPairs) return shared;
      }
      takers.push_back(&tactic);
    }
  }
  return shared;
}

}  // namespace backcast
