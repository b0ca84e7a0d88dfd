// SPDX-License-Identifier: Apache-2.0
// Rules about a plan's own driver trees: their factors multiply to the outcome, and no tree explains itself.
#include <algorithm>
#include <map>
#include <set>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"

namespace backcast {
namespace {

/// A tree of the plan, as read and as written.
struct OwnTree {
  const DriverTree& tree;
  const Yaml& yaml;
};

/// The plan's own trees that count: of two with one id the first.
std::vector<OwnTree> OwnTrees(const Examination& seen) {
  std::vector<OwnTree> own;
  for (const Yaml* block : Blocks(seen.plan.root, "driver_trees")) {
    const std::size_t at = own.size();
    if (at < seen.plan.driver_trees.own() && seen.plan.driver_trees.all()[at].id == block->Text("id"))
      own.push_back({seen.plan.driver_trees.all()[at], *block});
  }
  return own;
}

/// The outcomes of the plan that use each tree, by its id.
std::map<std::string_view, std::vector<std::string_view>> UsersOf(const Examination& seen) {
  std::map<std::string_view, std::vector<std::string_view>> users;
  for (const auto& outcome : seen.outcomes) {
    const DriverTree* tree = outcome.node.tree.empty() ? seen.plan.driver_trees.For(outcome.node.metric)
                                                       : seen.plan.driver_trees.Find(outcome.node.tree);
    if (tree != nullptr) users[tree->id].push_back(outcome.node.id);
  }
  return users;
}

/// One finding for every outcome that loses its verdict, or one that concerns none.
void ReportFor(const std::vector<std::string_view>& users, const Said& said, const Place& place,
               const Report& report) {
  if (users.empty()) report(said, place, "");
  for (const std::string_view outcome : users) report(said, place, outcome);
}

/// What a number counts, as powers of its units. A number per one of something, such as the value of an
/// order, takes that one away again.
struct Dimension {
  int ones = 0, money = 0, seconds = 0, others = 0;

  bool operator==(const Dimension&) const = default;
};

Dimension DimensionOf(const Metric& metric) {
  const bool per_one = metric.additivity == Additivity::kRatioOfSums ||
                       metric.additivity == Additivity::kIndex || metric.additivity == Additivity::kQuantile;
  Dimension dimension;
  if (metric.unit == "count") {
    dimension.ones = per_one ? 0 : 1;
  } else if (metric.unit == "currency") {
    dimension.money = 1;
  } else if (metric.unit == "seconds") {
    dimension.seconds = 1;
  } else if (metric.unit != "ratio") {
    dimension.others = 1;
  }
  if (per_one && (dimension.money > 0 || dimension.seconds > 0)) dimension.ones = -1;
  return dimension;
}

std::string ToWords(const Dimension& dimension) {
  std::string words;
  const auto add = [&words](int power, const std::string& unit) {
    if (power == 0) return;
    words += (words.empty() ? "" : " × ") + unit + (power == 1 ? "" : "^" + std::to_string(power));
  };
  add(dimension.money, "currency");
  add(dimension.seconds, "seconds");
  add(dimension.ones, "count");
  add(dimension.others, "points");
  return words.empty() ? "a ratio" : words;
}

/// P62: the units of the factors multiply to the unit of the outcome, and each factor stands once.
void UnitsDoNotMultiply(const Examination& seen, const Rule&, const Report& report) {
  const auto users = UsersOf(seen);
  for (const OwnTree& own : OwnTrees(seen)) {
    const Metric* outcome = seen.FindMetric(own.tree.outcome);
    if (outcome == nullptr || own.tree.identity.empty()) continue;
    const auto used = users.find(own.tree.id);
    const std::vector<std::string_view> by =
        used == users.end() ? std::vector<std::string_view>() : used->second;
    Dimension product;
    bool known = true;
    std::set<std::string_view> factors;
    const std::vector<Yaml>& written = own.yaml.Items("identity");
    for (std::size_t i = 0; i < own.tree.identity.size(); ++i) {
      const std::string& id = own.tree.identity[i].metric;
      const Metric* metric = seen.FindMetric(id);
      known = known && metric != nullptr;
      if (metric == nullptr) continue;
      const Dimension one = DimensionOf(*metric);
      product = {product.ones + one.ones, product.money + one.money, product.seconds + one.seconds,
                 product.others + one.others};
      if (!factors.insert(id).second)
        ReportFor(by, {NameOf(own.yaml, "driver tree"), id, "", "twice"}, PlaceOf(written[i], "metric"),
                  report);
    }
    if (!known || product == DimensionOf(*outcome)) continue;
    ReportFor(
        by,
        {NameOf(own.yaml, "driver tree"), ToWords(product), outcome->id, "", ToWords(DimensionOf(*outcome))},
        PlaceOf(own.yaml, "identity"), report);
  }
}

/// Factors of every outcome that a tree explains, the plan's own trees before those that ship.
class Explanations {
 public:
  explicit Explanations(const DriverTreeSet& trees) : trees_(trees) {}

  /// The way from a tree's outcome back to itself, or nothing.
  std::vector<std::string_view> CircleOf(const DriverTree& tree) {
    way_ = {tree.outcome};
    visited_.clear();
    start_ = tree.outcome;
    return Visit(tree) ? way_ : std::vector<std::string_view>();
  }

 private:
  bool Visit(const DriverTree& tree) {
    for (const DriverFactor& factor : tree.identity) {
      if (++steps_ > 1'000'000) return false;  // so that a hostile file cannot buy hours
      way_.push_back(factor.metric);
      if (factor.metric == start_) return true;
      const DriverTree* behind = trees_.For(factor.metric);
      const bool is_own = behind != nullptr && behind->outcome == factor.metric;
      if (is_own && visited_.insert(behind->id).second && way_.size() < 1000 && Visit(*behind)) return true;
      way_.pop_back();
    }
    return false;
  }

  const DriverTreeSet& trees_;
  std::string_view start_;
  std::size_t steps_ = 0;
  std::vector<std::string_view> way_;
  std::set<std::string_view> visited_;
};

/// P63: no outcome is, over its factors, a factor of itself.
void TreeInACircle(const Examination& seen, const Rule&, const Report& report) {
  const auto users = UsersOf(seen);
  Explanations explanations(seen.plan.driver_trees);
  for (const OwnTree& own : OwnTrees(seen)) {
    std::string circle;
    for (const std::string_view metric : explanations.CircleOf(own.tree))
      circle += (circle.empty() ? "" : " <- ") + std::string(metric);
    if (circle.empty()) continue;
    const auto used = users.find(own.tree.id);
    ReportFor(used == users.end() ? std::vector<std::string_view>() : used->second,
              {NameOf(own.yaml, "driver tree"), Shortened(circle, 200), "", ""},
              PlaceOf(own.yaml, "identity"), report);
  }
}

/// P64: an outcome uses a tree of the plan that is about its metric.
void TreeOfAnotherOutcome(const Examination& seen, const Rule&, const Report& report) {
  const DriverTreeSet& trees = seen.plan.driver_trees;
  for (const auto& outcome : seen.outcomes) {
    const DriverTree* tree = trees.Find(outcome.node.tree);
    if (tree == nullptr || tree >= trees.all().data() + trees.own()) continue;
    const auto& also = tree->also;
    if (outcome.node.metric.empty() || tree->outcome.empty() || tree->outcome == outcome.node.metric ||
        std::find(also.begin(), also.end(), outcome.node.metric) != also.end())
      continue;
    report({NameOf(outcome.yaml, "outcome"), Shortened(outcome.node.metric), Shortened(tree->outcome), "",
            Shortened(tree->id)},
           PlaceOf(outcome.yaml, "tree"), outcome.node.id);
  }
}

constexpr RuleRow kRules[] = {
    {"P62", UnitsDoNotMultiply}, {"P63", TreeInACircle}, {"P64", TreeOfAnotherOutcome}};

}  // namespace

std::span<const RuleRow> DriverRules() { return kRules; }

}  // namespace backcast
