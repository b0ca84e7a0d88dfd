// SPDX-License-Identifier: Apache-2.0
#include "content/median_polish.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "measure/robust.h"

namespace backcast {
namespace {

constexpr int kMostTurns = 50;
constexpr double kStill = 1e-9;

/// Places of the values of each label that has a level.
using Groups = std::vector<std::vector<std::size_t>>;

Groups GroupsOf(std::span<const TwoWayValue> values, std::string TwoWayValue::* label, int least,
                bool keep_rest) {
  std::map<std::string, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < values.size(); ++i) places[values[i].*label].push_back(i);
  Groups groups;
  std::vector<std::size_t> rest;
  for (auto& [name, list] : places) {
    if (static_cast<int>(list.size()) >= least) {
      groups.push_back(std::move(list));
    } else {
      rest.insert(rest.end(), list.begin(), list.end());
    }
  }
  if (keep_rest && !rest.empty()) groups.push_back(std::move(rest));
  return groups;
}

/// Takes each group's median away; the largest of them.
double Sweep(const Groups& groups, std::vector<double>& residuals) {
  double largest = 0;
  for (const std::vector<std::size_t>& group : groups) {
    std::vector<double> values;
    values.reserve(group.size());
    for (const std::size_t at : group) values.push_back(residuals[at]);
    const double middle = Median(std::move(values));
    for (const std::size_t at : group) residuals[at] -= middle;
    largest = std::max(largest, std::abs(middle));
  }
  return largest;
}

}  // namespace

Polished MedianPolish(std::span<const TwoWayValue> values, int least, bool columns) {
  Polished polished;
  for (const TwoWayValue& value : values) polished.residuals.push_back(value.value);
  const Groups rows = GroupsOf(values, &TwoWayValue::row, least, true),
               cols = columns ? GroupsOf(values, &TwoWayValue::column, least, false) : Groups{};
  polished.rows = static_cast<int>(rows.size());
  polished.columns = static_cast<int>(cols.size());
  for (int turn = 0; turn < kMostTurns; ++turn) {
    const double by_rows = Sweep(rows, polished.residuals);
    if (std::max(by_rows, Sweep(cols, polished.residuals)) < kStill) break;
  }
  return polished;
}

}  // namespace backcast
