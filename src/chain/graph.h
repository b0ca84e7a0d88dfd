// SPDX-License-Identifier: Apache-2.0
// The value chain of a plan as nodes and links: outcomes, the factors whose product they are (driver trees),
// the KPIs and leading metrics that are believed to move them, the tactics. Comes in: plan and catalogue;
// goes out: what there is to measure, compute and test, without a single number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "chain/daily_series.h"
#include "plan/plan.h"

namespace backcast {

enum class NodeRole : std::uint8_t {
  kOutcome,
  kFactor,  ///< of an outcome's identity; may be a KPI of the plan as well
  kOther,   ///< the closing factor: outcome / product of the factors, so that the identity is exact
  kKpi,
  kLead,  ///< proposed by the driver tree, not a KPI of the plan
  kTactic,
  kGuard,  ///< metric that would show that a KPI is gamed
};
std::string_view ToWord(NodeRole role);  ///< "outcome", "factor", "other", "kpi", "lead", "tactic", "guard"

struct ChainNode {
  std::string id;      ///< of the plan; "o_sales.aov" for what the plan does not name
  std::string metric;  ///< empty for a tactic and for the closing factor
  std::string title;
  std::string outcome;  ///< id of the outcome that it serves
  std::string owner;    ///< id in the team; empty when nobody influences it
  std::string unit;     ///< as in the catalogue
  std::string guard;    ///< metric that would show gaming
  std::string kpi;  ///< of a factor: the plan's KPI on this metric, also one that counts under another scope
  NodeRole role = NodeRole::kKpi;
  bool in_plan = false;  ///< an outcome, KPI or tactic that the plan names
  Scope scope;
  int direction = 1;  ///< +1 higher is better, -1 lower is better, 0 neither
  Combine combine = Combine::kSum;
  Goal goal;
  double control = 0;                ///< of a factor: how far its owner can move it, 0..1
  double cap = 0;                    ///< of a factor: largest believable relative change in a quarter
  std::vector<std::string> usually;  ///< of a factor: who usually moves it
  bool open = false;  ///< of an outcome: a factor has no number at all, so that the closing factor holds it
  Place place;
};

enum class LinkKind : std::uint8_t { kComponent, kInfluence };
std::string_view ToWord(LinkKind kind);  ///< "component", "influence"

struct ChainLink {
  std::string from, to;
  LinkKind kind = LinkKind::kInfluence;
  int lag_weeks = -1;  ///< as planned or usual; -1: not said
  int sign = 1;        ///< +1: both are planned to go the same way in their values; -1: opposite ways
  bool in_plan = false;
};

struct ValueChain {
  std::vector<ChainNode> nodes;  ///< each outcome before what leads to it
  std::vector<ChainLink> links;
  std::vector<std::string> assumptions;  ///< sentences: what the plan did not say and was taken

  const ChainNode* Find(std::string_view id) const;
  /// The node of that id or, when there is none, the only one that has this metric.
  const ChainNode* FindByName(std::string_view id_or_metric) const;
  /// Links that end in the node, or begin there.
  std::vector<const ChainLink*> Into(std::string_view id) const;
  std::vector<const ChainLink*> From(std::string_view id) const;
  /// Factors of the outcome's identity in the order of the tree, without the closing one; none when it has no
  /// identity.
  std::vector<const ChainNode*> Factors(std::string_view outcome) const;
};

/// Id of the node that holds the guard of a KPI.
std::string GuardOf(const ChainNode& node);

/// A plan without a tree for an outcome gets the tree of the outcome's metric, and says so.
ValueChain BuildValueChain(const Plan& plan, const Catalogue& catalogue);

/// The outcome of that id or metric. Error: kUsage with the nearest id.
Result<const ChainNode*> FindOutcomeNode(const ValueChain& chain, const std::string& id);

/// The part of the chain that leads to a node (`up` = causes, towards what the team does), or that it leads
/// to.
std::vector<std::string> Upstream(const ValueChain& chain, std::string_view id);
std::vector<std::string> Downstream(const ValueChain& chain, std::string_view id);

}  // namespace backcast
