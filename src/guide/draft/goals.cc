// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "guide/answers.h"
#include "guide/draft/parts.h"
#include "guide/target_proposals.h"
#include "plan/driver_trees.h"
#include "plan/per_unit.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

Yaml WithTree(const Yaml& said, const std::string& tree) {
  Yaml entry = said;
  entry.kind = Yaml::Kind::kMap;
  if (entry.Find("tree") != nullptr) return entry;
  Yaml value;
  value.kind = Yaml::Kind::kScalar;
  value.text = tree;
  entry.entries.push_back({"tree", {}, value});
  return entry;
}

/// A sentence of the tree; its id when it has none.
std::string OrId(const Drafting& plan, const std::string& id, std::string DriverTree::* sentence) {
  const DriverTree* tree = plan.trees.Find(id);
  return tree == nullptr || (tree->*sentence).empty() ? id : tree->*sentence;
}

/// Where the baseline that was said is far from what the exports say, both are told: the one may count only
/// what social media brought, or be out of date. Months only: that is what measured values speak of.
void CompareBaseline(Drafting& plan, const Yaml& said, const Wanted& wanted, const DriverTree& tree,
                     Block& assumed) {
  constexpr double kFar = 1.5;
  const Yaml* baseline = said.Find("baseline");
  const double stated = baseline == nullptr ? 0 : baseline->Number().value_or(0);
  const double days = DaysPerUnit(said.Text("unit"));
  if (stated <= 0 || plan.known.measured == nullptr || (days > 0 && days != kDaysPerMonth)) return;
  const auto measured = plan.known.measured->find(tree.outcome);
  if (measured == plan.known.measured->end() || measured->second.value <= 0) return;
  const double ratio = measured->second.value / stated;
  if (ratio < kFar && ratio > 1 / kFar) return;
  const auto proposed = ProposeBaseline(plan.known, tree.outcome);
  plan.Assume(assumed, wanted.id + " begins at " + baseline->text + " as was said, and not at " +
                           proposed->text + ", " + proposed->how);
}

}  // namespace

void WriteStrategy(Drafting& plan) {
  plan.strategies = plan.ids["strategy"];
  if (!plan.strategies.empty()) return;
  Block& strategy = plan.root.At("strategy");
  const std::vector<std::string> comments = strategy.comments;
  strategy = Block::List();
  strategy.comments = comments;
  for (const Wanted& outcome : plan.backed.outcomes) {
    const std::string statement = OrId(plan, outcome.tree, &DriverTree::strategy);
    Block entry = Block::Map();
    plan.strategies.push_back("s_" + std::to_string(plan.strategies.size() + 1));
    plan.Assume(entry, "the strategy wants '" + statement + "'");
    entry.At("id") = Block::Text(plan.strategies.back());
    entry.At("statement") = Block::Text(statement);
    strategy.items.push_back(std::move(entry));
  }
}

void WriteOutcomes(Drafting& plan) {
  const GuideQuestion* question = plan.questions.Find("outcomes");
  const std::vector<const Yaml*> said = EntriesOf(plan.answers, "outcomes");
  const std::vector<std::string>& objectives = plan.ids["objectives"];
  Block list = Block::List();
  list.comments = {"The business results that are the goals."};
  static const Yaml nothing;
  for (std::size_t i = 0; i < plan.backed.outcomes.size(); ++i) {
    const Wanted& wanted = plan.backed.outcomes[i];
    const DriverTree& tree = *plan.trees.Find(wanted.tree);
    Block entry = Block::Map(), open, assumed;
    entry.At("id") = Block::Text(wanted.id);
    entry.At("objective");
    entry.At("metric") = Block::Text(tree.outcome);
    const Yaml& words = i < said.size() ? *said[i] : nothing;
    plan.Fill(*question, WithTree(words, tree.id), entry, open);
    plan.DropOpen(open, {"outcomes.objective"});
    if (!tree.ceo.empty()) plan.DropOpen(open, {"outcomes.ceo"});
    Block& objective = entry.At("objective");
    if (objective.IsEmpty() || (!objectives.empty() && std::find(objectives.begin(), objectives.end(),
                                                                 objective.text) == objectives.end())) {
      const std::string id =
          objectives.empty() ? "b_" + std::to_string(i + 1) : objectives[std::min(i, objectives.size() - 1)];
      objective = Block::Text(id);
      if (!objectives.empty()) plan.Assume(assumed, wanted.id + " proves objective " + id);
    }
    plan.proved.insert(objective.text);
    if (entry.At("ceo").IsEmpty() && !tree.ceo.empty()) {
      entry.At("ceo") = Block::Text(tree.ceo);
      plan.Assume(assumed, "the sentence for the CEO is that of the template: '" + tree.ceo + "'");
    }
    CompareBaseline(plan, words, wanted, tree, assumed);
    entry.At("owner") = Block::Text(wanted.owner);
    if (wanted.owner_assumed) plan.Assume(assumed, wanted.owner + " answers for " + wanted.id);
    entry.At("lag_weeks") = Block::Plain(std::to_string(tree.lag_weeks));
    entry.comments = assumed.comments;
    entry.comments.insert(entry.comments.end(), open.comments.begin(), open.comments.end());
    if (!tree.condition.empty() && tree.condition != "none")
      entry.comments.push_back("condition: " + tree.condition);
    if (!tree.method.empty()) entry.comments.push_back("method: " + tree.method);
    list.items.push_back(std::move(entry));
  }
  plan.root.At("outcomes") = std::move(list);
}

void WriteObjectives(Drafting& plan) {
  const std::vector<const Yaml*> said = EntriesOf(plan.answers, "objectives");
  Block& list = plan.root.At("objectives");
  if (said.empty()) {
    const std::vector<std::string> comments = list.comments;
    list = Block::List();
    list.comments = comments;
    for (std::size_t i = 0; i < plan.backed.outcomes.size(); ++i) {
      Block entry = Block::Map();
      const std::string statement = OrId(plan, plan.backed.outcomes[i].tree, &DriverTree::objective);
      plan.Assume(entry, "the objective is '" + statement + "'");
      entry.At("id") = Block::Text("b_" + std::to_string(i + 1));
      entry.At("strategy") = Block::Text(plan.strategies[std::min(i, plan.strategies.size() - 1)]);
      entry.At("statement") = Block::Text(statement);
      const std::string& kind = plan.trees.Find(plan.backed.outcomes[i].tree)->kind;
      if (!kind.empty()) entry.At("kind") = Block::Text(kind);
      entry.At("owner") = Block::Text(plan.backed.outcomes[i].owner);
      list.items.push_back(std::move(entry));
    }
    return;
  }
  std::vector<Block> kept;
  for (Block& entry : list.items) {
    const std::string id = entry.At("id").text;
    if (plan.proved.count(id) == 0) {
      plan.AddGap(list, "objective '" + Shortened(entry.At("statement").text) +
                            "' is left out: no result was named that would prove it");
      continue;
    }
    if (entry.At("strategy").IsEmpty()) {
      std::erase_if(entry.comments,
                    [](const std::string& line) { return line.ends_with("(objectives.strategy)"); });
      entry.At("strategy") = Block::Text(plan.strategies.front());
      plan.Assume(entry, "objective " + id + " serves " + plan.strategies.front());
    }
    for (Block& outcome : plan.root.At("outcomes").items) {
      if (outcome.At("objective").text == id && entry.At("owner").IsEmpty())
        entry.At("owner") = outcome.At("owner");
    }
    kept.push_back(std::move(entry));
  }
  list.items = std::move(kept);
}

}  // namespace backcast
