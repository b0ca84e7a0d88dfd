// SPDX-License-Identifier: Apache-2.0
#include "chain/graph.h"

#include <algorithm>
#include <set>

#include "base/nearest.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr double kNobodysControl = 0.05;  ///< weight of a factor that nobody in the plan influences
constexpr double kOwnersControl = 0.5;    ///< at least, of a factor with a KPI whose owner influences it

Combine CombineOf(Additivity additivity) {
  switch (additivity) {
    case Additivity::kAdditive:
      return Combine::kSum;
    case Additivity::kRatioOfSums:
      return Combine::kRate;
    case Additivity::kLast:
      return Combine::kLast;
    default:
      return Combine::kMean;
  }
}

int DirectionOf(const Metric& metric) {
  if (metric.direction == "lower") return -1;
  return metric.direction == "none" ? 0 : 1;
}

bool HasAny(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Somebody of the usual functions, else somebody who says that he influences one of these areas.
const Person* WhoMoves(const Plan& plan, const std::vector<std::string>& usually) {
  for (const std::string& word : usually) {
    for (const Person& person : plan.team) {
      if (person.function == word || HasAny(person.influences, word)) return &person;
    }
  }
  return nullptr;
}

class ChainBuilder {
 public:
  ChainBuilder(const Plan& plan, const Catalogue& catalogue) : plan_(plan), catalogue_(catalogue) {}

  ValueChain Build() {
    for (const Outcome& outcome : plan_.outcomes) {
      if (!outcome.id.empty()) AddOutcome(outcome);
    }
    for (const Tactic& tactic : plan_.tactics) AddTactic(tactic);
    AddGuards();
    return std::move(chain_);
  }

 private:
  void AddOutcome(const Outcome& outcome) {
    ChainNode& node = Add(outcome.id, outcome.metric, NodeRole::kOutcome, outcome.id);
    node.owner = outcome.owner;
    node.in_plan = true;
    node.scope = outcome.scope;
    node.goal = outcome.goal;
    node.place = outcome.place;
    const DriverTree* tree = TreeOf(outcome);
    if (tree != nullptr) AddFactors(outcome, *tree);
    for (const Kpi& kpi : plan_.kpis) {
      if (kpi.outcome == outcome.id && !kpi.id.empty() && !IsFactor(kpi, outcome)) AddKpi(kpi, outcome);
    }
    if (tree != nullptr) AddLeads(outcome, *tree);
  }

  const DriverTree* TreeOf(const Outcome& outcome) {
    if (!outcome.tree.empty()) {
      const DriverTree* tree = plan_.driver_trees.Find(outcome.tree);
      if (tree == nullptr)
        chain_.assumptions.push_back("Outcome " + Shortened(outcome.id) + " names the driver tree '" +
                                     Shortened(outcome.tree) +
                                     "', which does not exist; its KPIs are only believed to lead to it.");
      return tree;
    }
    const DriverTree* tree = plan_.driver_trees.For(outcome.metric);
    if (tree != nullptr) {
      chain_.assumptions.push_back("Outcome " + Shortened(outcome.id) + " names no driver tree; the tree '" +
                                   tree->id + "' was taken, because it is about " + outcome.metric + ".");
    }
    return tree;
  }

  void AddFactors(const Outcome& outcome, const DriverTree& tree) {
    const Metric* result = catalogue_.Find(outcome.metric);
    bool any = false, open = false;
    for (const DriverFactor& factor : tree.identity) {
      const Metric* metric = catalogue_.Find(factor.metric);
      // The price of one belongs to an outcome in money, not to one that counts.
      if (metric != nullptr && result != nullptr && metric->unit == "currency" && result->unit != "currency")
        continue;
      if (metric != nullptr && !metric->HasFormula()) {
        chain_.assumptions.push_back("Factor " + factor.metric + " of " + Shortened(outcome.id) +
                                     " has no number yet (" + metric->computed_by +
                                     "); its part falls to what the factors do not explain.");
        open = true;
        continue;
      }
      AddFactor(outcome, factor);
      any = true;
    }
    if (!any) return;
    for (ChainNode& node : chain_.nodes) {
      if (node.id == outcome.id) node.open = open;
    }
    ChainNode& other = Add(outcome.id + ".other", "", NodeRole::kOther, outcome.id);
    other.title = "What the factors do not explain";
    other.unit = "ratio";
    other.combine = Combine::kRate;
    other.scope = outcome.scope;
    chain_.links.push_back({other.id, outcome.id, LinkKind::kComponent, 0, 1, false});
  }

  void AddFactor(const Outcome& outcome, const DriverFactor& factor) {
    const Kpi* own = nullptr;
    const Kpi* wider = nullptr;
    for (const Kpi& kpi : plan_.kpis) {
      if (kpi.metric != factor.metric || kpi.id.empty()) continue;
      if (kpi.outcome == outcome.id && kpi.scope == outcome.scope) own = &kpi;
      if (wider == nullptr || (kpi.outcome == outcome.id && wider->outcome != outcome.id)) wider = &kpi;
    }
    ChainNode& node = Add(own != nullptr ? own->id : outcome.id + "." + factor.metric, factor.metric,
                          NodeRole::kFactor, outcome.id);
    node.scope = outcome.scope;
    node.usually = factor.usually;
    node.cap = factor.cap;
    node.control = factor.social_control;
    if (node.direction == 0) node.direction = 1;
    if (own != nullptr) {
      node.in_plan = true;
      node.kpi = own->id;
      node.goal = own->goal;
      node.guard = own->guard;
      node.place = own->place;
    }
    const Person* mover = wider != nullptr ? plan_.FindPerson(wider->owner) : WhoMoves(plan_, factor.usually);
    if (wider != nullptr) {
      node.owner = wider->owner;
      node.kpi = wider->id;
    }
    if (mover != nullptr) node.owner = mover->id;
    if (wider != nullptr && mover != nullptr)
      node.control = std::max(node.control, Influences(*mover, factor) ? kOwnersControl : 0);
    if (mover == nullptr) node.control = kNobodysControl;
    node.control = std::max(node.control, kNobodysControl);
    chain_.links.push_back({node.id, outcome.id, LinkKind::kComponent, 0, 1, own != nullptr});
  }

  static bool Influences(const Person& person, const DriverFactor& factor) {
    return std::any_of(factor.usually.begin(), factor.usually.end(), [&](const std::string& word) {
      return person.function == word || HasAny(person.influences, word);
    });
  }

  bool IsFactor(const Kpi& kpi, const Outcome& outcome) const {
    const ChainNode* node = chain_.Find(kpi.id);
    return node != nullptr && node->role == NodeRole::kFactor && node->outcome == outcome.id;
  }

  void AddKpi(const Kpi& kpi, const Outcome& outcome) {
    if (chain_.Find(kpi.id) != nullptr) return;
    ChainNode& node = Add(kpi.id, kpi.metric, NodeRole::kKpi, outcome.id);
    node.owner = kpi.owner;
    node.in_plan = true;
    node.scope = kpi.scope;
    node.goal = kpi.goal;
    node.guard = kpi.guard;
    node.place = kpi.place;
    Believe(kpi.id, outcome.id, outcome.lag_weeks > 0 ? outcome.lag_weeks : -1, true);
  }

  void AddLeads(const Outcome& outcome, const DriverTree& tree) {
    for (const DriverLead& lead : tree.leads) {
      std::string to = outcome.id;
      for (const ChainNode* factor : chain_.Factors(outcome.id)) {
        if (factor->metric == lead.factor) to = factor->id;
      }
      std::string from;
      for (const ChainNode& node : chain_.nodes) {
        if (node.outcome == outcome.id && node.metric == lead.metric && node.role != NodeRole::kOutcome)
          from = node.id;
      }
      if (from.empty()) {
        ChainNode& node = Add(outcome.id + "." + lead.metric, lead.metric, NodeRole::kLead, outcome.id);
        from = node.id;
      }
      if (from != to) Believe(from, to, lead.lag_weeks, false);
    }
  }

  void AddTactic(const Tactic& tactic) {
    if (tactic.id.empty() || chain_.Find(tactic.id) != nullptr) return;
    std::string first;
    for (const std::string& kpi : tactic.moves) {
      const ChainNode* moved = chain_.Find(kpi);
      if (moved != nullptr && first.empty()) first = moved->outcome;
    }
    if (first.empty()) return;
    ChainNode& node = Add(tactic.id, "", NodeRole::kTactic, first);
    node.title = tactic.name.empty() ? tactic.id : tactic.name;
    node.owner = tactic.owner;
    node.in_plan = true;
    node.place = tactic.place;
    std::set<std::string> moved;  // a KPI that is named twice is moved once
    for (const std::string& kpi : tactic.moves) {
      if (chain_.Find(kpi) != nullptr && moved.insert(kpi).second)
        chain_.links.push_back({tactic.id, kpi, LinkKind::kInfluence, -1, 1, true});
    }
  }

  /// Guards have numbers and no links.
  void AddGuards() {
    std::vector<ChainNode> guarded;
    for (const ChainNode& node : chain_.nodes) {
      if (!node.guard.empty() && chain_.Find(GuardOf(node)) == nullptr) guarded.push_back(node);
    }
    for (const ChainNode& node : guarded) {
      ChainNode& guard = Add(GuardOf(node), node.guard, NodeRole::kGuard, node.outcome);
      guard.scope = node.scope;
      guard.owner = node.owner;
    }
  }

  /// An influence link, once.
  void Believe(const std::string& from, const std::string& to, int lag, bool in_plan) {
    for (ChainLink& link : chain_.links) {
      if (link.from != from || link.to != to) continue;
      if (link.lag_weeks < 0) link.lag_weeks = lag;
      return;
    }
    const int sign = chain_.Find(from)->direction * chain_.Find(to)->direction < 0 ? -1 : 1;
    chain_.links.push_back({from, to, LinkKind::kInfluence, lag, sign, in_plan});
  }

  ChainNode& Add(const std::string& id, const std::string& metric, NodeRole role,
                 const std::string& outcome) {
    ChainNode node;
    node.id = id;
    node.metric = metric;
    node.role = role;
    node.outcome = outcome;
    node.title = metric.empty() ? id : metric;
    if (const Metric* known = catalogue_.Find(metric)) {
      node.title = known->title;
      node.unit = known->unit;
      node.direction = DirectionOf(*known);
      node.combine = CombineOf(known->additivity);
    }
    chain_.nodes.push_back(std::move(node));
    return chain_.nodes.back();
  }

  const Plan& plan_;
  const Catalogue& catalogue_;
  ValueChain chain_;
};

std::vector<std::string> Walk(const ValueChain& chain, std::string_view id, bool up) {
  std::vector<std::string> reached = {std::string(id)};
  std::set<std::string, std::less<>> seen = {std::string(id)};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const ChainLink& link : chain.links) {
      const std::string& here = up ? link.to : link.from;
      const std::string& next = up ? link.from : link.to;
      if (here == reached[i] && seen.insert(next).second) reached.push_back(next);
    }
  }
  return reached;
}

}  // namespace

std::string_view ToWord(NodeRole role) {
  switch (role) {
    case NodeRole::kOutcome:
      return "outcome";
    case NodeRole::kFactor:
      return "factor";
    case NodeRole::kOther:
      return "other";
    case NodeRole::kKpi:
      return "kpi";
    case NodeRole::kLead:
      return "lead";
    case NodeRole::kTactic:
      return "tactic";
    case NodeRole::kGuard:
      return "guard";
  }
  return "";
}

std::string GuardOf(const ChainNode& node) { return node.id + "." + node.guard; }

std::string_view ToWord(LinkKind kind) { return kind == LinkKind::kComponent ? "component" : "influence"; }

const ChainNode* ValueChain::Find(std::string_view id) const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [&](const ChainNode& node) { return node.id == id; });
  return found == nodes.end() ? nullptr : &*found;
}

const ChainNode* ValueChain::FindByName(std::string_view id_or_metric) const {
  if (const ChainNode* node = Find(id_or_metric)) return node;
  const ChainNode* only = nullptr;
  for (const ChainNode& node : nodes) {
    if (node.metric != id_or_metric) continue;
    if (only != nullptr) return nullptr;
    only = &node;
  }
  return only;
}

std::vector<const ChainLink*> ValueChain::Into(std::string_view id) const {
  std::vector<const ChainLink*> found;
  for (const ChainLink& link : links) {
    if (link.to == id) found.push_back(&link);
  }
  return found;
}

std::vector<const ChainLink*> ValueChain::From(std::string_view id) const {
  std::vector<const ChainLink*> found;
  for (const ChainLink& link : links) {
    if (link.from == id) found.push_back(&link);
  }
  return found;
}

std::vector<const ChainNode*> ValueChain::Factors(std::string_view outcome) const {
  std::vector<const ChainNode*> factors;
  for (const ChainNode& node : nodes) {
    if (node.outcome == outcome && node.role == NodeRole::kFactor) factors.push_back(&node);
  }
  return factors;
}

ValueChain BuildValueChain(const Plan& plan, const Catalogue& catalogue) {
  return ChainBuilder(plan, catalogue).Build();
}

Result<const ChainNode*> FindOutcomeNode(const ValueChain& chain, const std::string& id) {
  const ChainNode* outcome = chain.FindByName(id);
  if (outcome != nullptr && outcome->role == NodeRole::kOutcome) return outcome;
  std::vector<std::string> known;
  std::string all;
  for (const ChainNode& node : chain.nodes) {
    if (node.role != NodeRole::kOutcome) continue;
    known.push_back(node.id);
    all += (all.empty() ? "" : ", ") + node.id;
  }
  std::string hint = DidYouMean(id, known);
  return Error{Code::kUsage, "", "the plan has no outcome '" + Shortened(id) + "'",
               hint.empty() ? "its outcomes: " + all : hint};
}

std::vector<std::string> Upstream(const ValueChain& chain, std::string_view id) {
  return Walk(chain, id, true);
}
std::vector<std::string> Downstream(const ValueChain& chain, std::string_view id) {
  return Walk(chain, id, false);
}

}  // namespace backcast
