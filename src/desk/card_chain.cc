// SPDX-License-Identifier: Apache-2.0
#include "desk/card_chain.h"

#include <algorithm>

#include "chain/backout.h"
#include "desk/why_questions.h"

namespace backcast {
namespace {

bool Lacks(const Plan& plan, const ChainNode& node) {
  const Outcome* outcome = plan.FindOutcome(node.outcome);
  return node.role == NodeRole::kFactor && node.in_plan && !node.goal.target && outcome != nullptr &&
         outcome->goal.target.has_value();
}

}  // namespace

bool NeedsBackedOutTargets(const Plan& plan, const Catalogue& catalogue) {
  const ValueChain chain = BuildValueChain(plan, catalogue);
  return std::any_of(chain.nodes.begin(), chain.nodes.end(),
                     [&](const ChainNode& node) { return Lacks(plan, node); });
}

Plan WithBackedOutTargets(const ReadChain& read, const Plan& plan,
                          std::vector<std::pair<std::string, std::string>>& notes) {
  Plan planned = plan;
  for (const Outcome& outcome : plan.outcomes) {
    const std::vector<const ChainNode*> factors = read.chain.Factors(outcome.id);
    if (std::none_of(factors.begin(), factors.end(),
                     [&](const ChainNode* node) { return Lacks(plan, *node); }))
      continue;
    const auto backed = BackOut(read.chain, read.data, {}, plan, {outcome.id, {}, {}, {}});
    if (!backed.ok()) continue;
    for (const BackoutNode& node : backed.value().nodes) {
      const ChainNode* factor = read.chain.Find(node.id);
      if (factor == nullptr || !Lacks(plan, *factor)) continue;
      const auto kpi = std::find_if(planned.kpis.begin(), planned.kpis.end(),
                                    [&](const Kpi& each) { return each.id == node.id; });
      if (kpi == planned.kpis.end()) continue;
      kpi->goal.target = node.needed;
      kpi->goal.by = node.due ? node.due : outcome.goal.by;
      if (!kpi->goal.baseline) kpi->goal.baseline = node.current;
      notes.emplace_back(node.id, "target backed out of " + outcome.id +
                                      " (feasible: " + std::string(ToWord(node.feasible)) + ")");
    }
  }
  return planned;
}

Result<Done> AddChain(Workspace& workspace, ReadChain& read, Scorecard& card) {
  const std::vector<LinkEvidence>& evidence = EvidenceOf(workspace, read);
  for (ScoreLine& line : card.lines) {
    for (const LinkEvidence& link : evidence) {
      if (link.from == line.id && link.to == line.parent && link.grade != "asserted")
        line.evidence = link.grade;
    }
  }
  if (read.data.compare.days() <= 0) return Done{};
  for (const ScoreLine& line : card.lines) {
    if (line.kind != NodeKind::kOutcome || !line.group.empty() || read.chain.Factors(line.id).empty())
      continue;
    BACKCAST_TRY(Why why, AskWhy(workspace, read, line.id, ""));
    if (why.state != Why::State::kAnswered) continue;
    for (Claim& claim : why.claims) card.why.push_back(std::move(claim));
    break;  // one outcome, the first that can be taken apart: the page is one page
  }
  return Done{};
}

}  // namespace backcast
