// SPDX-License-Identifier: Apache-2.0
#include "plan/driver_trees.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

double NumberOf(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? 0 : value->Number().value_or(0);
}

std::vector<std::string> TextsOf(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? std::vector<std::string>() : value->Texts();
}

DriverTree ReadTree(const Yaml& item) {
  DriverTree tree;
  tree.id = item.Text("id");
  tree.outcome = item.Text("outcome");
  tree.ceo = item.Text("ceo");
  tree.condition = item.Text("condition");
  tree.method = item.Text("method");
  tree.also = TextsOf(item, "also");
  tree.costs = TextsOf(item, "costs");
  tree.guards = TextsOf(item, "guards");
  tree.lag_weeks = static_cast<int>(NumberOf(item, "lag_weeks"));
  if (const Yaml* identity = item.Find("identity")) {
    for (const Yaml& factor : identity->items) {
      tree.identity.push_back({factor.Text("metric"), TextsOf(factor, "usually"),
                               NumberOf(factor, "social_control"), NumberOf(factor, "cap")});
    }
  }
  if (const Yaml* leads = item.Find("leads")) {
    for (const Yaml& lead : leads->items) {
      tree.leads.push_back(
          {lead.Text("factor"), lead.Text("metric"), static_cast<int>(NumberOf(lead, "lag_weeks"))});
    }
  }
  return tree;
}

}  // namespace

Result<std::vector<DriverTree>> ParseDriverTrees(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  std::vector<DriverTree> trees;
  const Yaml* list = root.Find("trees");
  if (list == nullptr) return Error{Code::kInput, std::string(file), "there is no list 'trees'", ""};
  for (const Yaml& item : list->items) {
    if (item.Text("id").empty())
      return Error{Code::kInput, At(file, item.place), "a driver tree has no id", "add one"};
    trees.push_back(ReadTree(item));
  }
  return trees;
}

const std::vector<DriverTree>& DriverTrees() {
  static const std::vector<DriverTree> trees = [] {
    auto parsed =
        ParseDriverTrees(Embedded("plan/driver_trees.yaml").value_or(""), "catalogue/plan/driver_trees.yaml");
    return parsed.ok() ? std::move(parsed).value() : std::vector<DriverTree>();
  }();
  return trees;
}

const DriverTree* FindDriverTree(std::string_view id) {
  for (const DriverTree& tree : DriverTrees()) {
    if (tree.id == id) return &tree;
  }
  return nullptr;
}

const DriverTree* DriverTreeFor(std::string_view metric) {
  const DriverTree* near = nullptr;
  for (const DriverTree& tree : DriverTrees()) {
    if (tree.outcome == metric) return &tree;
    if (near == nullptr && std::find(tree.also.begin(), tree.also.end(), metric) != tree.also.end())
      near = &tree;
  }
  return near;
}

}  // namespace backcast
