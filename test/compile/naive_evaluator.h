// SPDX-License-Identifier: Apache-2.0
// The plain meaning of formulas, row by row and slowly: what the fused SQL is held against.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compile/compile.h"
#include "test/compile/world.h"

namespace backcast {

/// A group: one text per dimension, nothing for missing. The total has no dimensions at all and is_total set.
struct GroupKey {
  bool is_total = false;
  std::vector<std::optional<std::string>> values;
  auto operator<=>(const GroupKey&) const = default;
};

struct NaiveAnswer {
  std::optional<double> value;
  double rows = 0;
  int currencies = 0;
};

/// Answers one question over one world.
class NaiveEvaluator {
 public:
  NaiveEvaluator(const Catalogue& catalogue, const Schemas& schemas, const World& world,
                 const Question& question)
      : catalogue_(catalogue), schemas_(schemas), world_(world), question_(question) {}

  /// Every group that a fact of the asked metrics has a row in, and the total.
  std::vector<GroupKey> Groups() const;
  NaiveAnswer Answer(const Metric& metric, const GroupKey& group, const Window& window) const;

 private:
  using Rows = std::vector<const WorldRow*>;
  struct Part;

  Part Evaluate(const Expression& expression, const GroupKey& group, const Window& window) const;
  Part EvaluateLeaf(const Expression& leaf, const GroupKey& group, const Window& window) const;
  /// Rows of the leaf's fact in any asked window, under the filters, the latest readings only.
  Rows Read(const Fact& fact, const std::string& day) const;
  std::optional<std::string> Dimension(const Fact& fact, const WorldRow& row, const std::string& day,
                                       const std::string& name) const;
  std::vector<std::optional<std::string>> KeyOf(const Fact& fact, const WorldRow& row,
                                                const std::string& day) const;
  bool Passes(const Fact& fact, const WorldRow& row, const std::string& day) const;

  const Catalogue& catalogue_;
  const Schemas& schemas_;
  const World& world_;
  const Question& question_;
};

}  // namespace backcast
