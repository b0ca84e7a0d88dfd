// SPDX-License-Identifier: Apache-2.0
#include "plan/driver_trees.h"

#include <algorithm>
#include <optional>

#include "base/embedded.h"

namespace backcast {
namespace {

/// Weeks as a whole number that fits; 0 for anything else.
int WeeksOf(const Yaml& map) {
  const double weeks = map.Number("lag_weeks", 0);
  return weeks >= 0 && weeks <= 520 ? static_cast<int>(weeks) : 0;
}

template <class Index>
auto ValueAtKey(const Index& index, std::string_view key) {
  const auto found = index.find(key);
  return found == index.end() ? std::optional<std::size_t>() : std::optional<std::size_t>(found->second);
}

}  // namespace

DriverTree ReadDriverTree(const Yaml& item) {
  DriverTree tree;
  tree.id = item.Text("id");
  tree.outcome = item.Text("outcome");
  tree.condition = item.Text("condition");
  tree.method = item.Text("method");
  tree.ceo = item.Text("ceo");
  tree.strategy = item.Text("strategy");
  tree.objective = item.Text("objective");
  tree.kind = item.Text("kind");
  tree.owner = item.Texts("owner");
  tree.also = item.Texts("also");
  tree.costs = item.Texts("costs");
  tree.guards = item.Texts("guards");
  tree.lag_weeks = WeeksOf(item);
  for (const Yaml& factor : item.Items("identity")) {
    tree.identity.push_back({factor.Text("metric"), factor.Texts("usually"),
                             factor.Number("social_control", 0), factor.Number("cap", kUsualCap)});
  }
  for (const Yaml& lead : item.Items("leads"))
    tree.leads.push_back({lead.Text("factor"), lead.Text("metric"), WeeksOf(lead)});
  return tree;
}

Result<DriverTreeSet> DriverTreeSet::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  DriverTreeSet set;
  if (root.Find("trees") == nullptr)
    return Error{Code::kInput, std::string(file), "there is no list 'trees'", ""};
  for (const Yaml& item : root.Items("trees")) {
    if (item.Text("id").empty())
      return Error{Code::kInput, At(file, item.place), "a driver tree has no id", "add one"};
    set.Add(ReadDriverTree(item));
  }
  for (const Yaml& item : root.Items("pairs"))
    set.pairs_.push_back({item.Text("metric"), item.Text("cost"), item.Text("guard"), item.Texts("compare")});
  return set;
}

const DriverTreeSet& DriverTreeSet::Shipped() {
  static const DriverTreeSet set = [] {
    auto parsed = Parse(Embedded("plan/driver_trees.yaml").value_or(""), "catalogue/plan/driver_trees.yaml");
    return parsed.ok() ? std::move(parsed).value() : DriverTreeSet();
  }();
  return set;
}

DriverTreeSet DriverTreeSet::With(std::vector<DriverTree> own) const {
  DriverTreeSet set;
  set.pairs_ = pairs_;
  for (DriverTree& tree : own) set.Add(std::move(tree));
  set.own_ = set.trees_.size();
  for (const DriverTree& tree : trees_) set.Add(tree);
  return set;
}

void DriverTreeSet::Add(DriverTree tree) {
  const std::size_t at = trees_.size();
  if (tree.id.empty() || !by_id_.emplace(tree.id, at).second) return;
  by_outcome_.emplace(tree.outcome, at);
  for (const std::string& metric : tree.also) by_also_.emplace(metric, at);
  trees_.push_back(std::move(tree));
}

const DriverTree* DriverTreeSet::Find(std::string_view id) const {
  const auto at = ValueAtKey(by_id_, id);
  return at ? &trees_[*at] : nullptr;
}

const DriverTree* DriverTreeSet::For(std::string_view metric) const {
  auto at = ValueAtKey(by_outcome_, metric);
  if (!at) at = ValueAtKey(by_also_, metric);
  return at ? &trees_[*at] : nullptr;
}

const MetricPair* DriverTreeSet::FindPair(std::string_view metric) const {
  const auto found = std::find_if(pairs_.begin(), pairs_.end(),
                                  [&](const MetricPair& pair) { return pair.metric == metric; });
  return found == pairs_.end() ? nullptr : &*found;
}

}  // namespace backcast
