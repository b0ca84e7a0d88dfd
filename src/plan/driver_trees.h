// SPDX-License-Identifier: Apache-2.0
// Driver trees as data: which factors make an outcome, and what is read beside each number. Comes in:
// catalogue/plan/driver_trees.yaml, and the driver_trees of a plan whose business has an identity of its own.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

/// The cap of a factor that says none.
inline constexpr double kUsualCap = 0.2;

/// A factor of the outcome's identity.
struct DriverFactor {
  std::string metric;
  std::vector<std::string> usually;  ///< who usually moves it: functions of the team or areas of influence
  double social_control = 0;         ///< 0..1: how far social work can move it
  double cap = 0;  ///< largest believable relative change in one quarter; kUsualCap where a plan says nothing
};

/// A metric that moves earlier; `factor` is empty when it leads the outcome itself.
struct DriverLead {
  std::string factor, metric;
  int lag_weeks = 0;
};

struct DriverTree {
  std::string id, outcome, condition, method;
  /// Sentences that stand in until a person writes better ones; `kind` is that of the objective.
  std::string ceo, strategy, objective, kind;
  std::vector<std::string> owner;  ///< functions, the first that is there answers for the outcome
  std::vector<std::string> also;   ///< outcomes that the same factors make, up to their unit
  std::vector<DriverFactor>
      identity;  ///< their product is the outcome, up to a closing factor; empty for rare counts
  std::vector<DriverLead> leads;
  std::vector<std::string> costs, guards;  ///< of the outcome, beside those of its factors' pairs
  int lag_weeks = 0;
};

/// What is read beside a metric.
struct MetricPair {
  std::string metric;
  std::string cost;                  ///< what one of it costs; may be empty
  std::string guard;                 ///< shows that it is gamed; may be empty
  std::vector<std::string> compare;  ///< other channels that it competes with
};

/// One tree as written. What is not there stays empty; what cannot be read is left out.
DriverTree ReadDriverTree(const Yaml& item);

/// The trees to choose from.
class DriverTreeSet {
 public:
  /// Those that ship with the program.
  static const DriverTreeSet& Shipped();
  /// Reads trees and pairs from YAML text. Errors: kInput with file:line:column.
  static Result<DriverTreeSet> Parse(std::string_view yaml, std::string_view file);
  /// `own` before these; one of its own replaces the tree of the same id. Of two of one id the first counts.
  DriverTreeSet With(std::vector<DriverTree> own) const;

  const std::vector<DriverTree>& all() const { return trees_; }
  /// How many of all(), from the first, a plan brought itself.
  std::size_t own() const { return own_; }
  /// The tree of that id, or nullptr.
  const DriverTree* Find(std::string_view id) const;
  /// The first tree whose outcome is this metric, else one that is also about it; nullptr when there is none.
  const DriverTree* For(std::string_view metric) const;
  /// What is read beside the metric, or nullptr.
  const MetricPair* FindPair(std::string_view metric) const;
  const std::vector<MetricPair>& pairs() const { return pairs_; }

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;
  void Add(DriverTree tree);

  std::vector<DriverTree> trees_;
  std::vector<MetricPair> pairs_;
  Index by_id_, by_outcome_, by_also_;
  std::size_t own_ = 0;
};

}  // namespace backcast
