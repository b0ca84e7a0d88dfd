// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

namespace backcast {
namespace {

template <class Node>
const Node* FindById(const std::vector<Node>& nodes, std::string_view id) {
  for (const Node& node : nodes) {
    if (node.id == id) return &node;
  }
  return nullptr;
}

}  // namespace

const Person* Plan::FindPerson(std::string_view id) const { return FindById(team, id); }
const Outcome* Plan::FindOutcome(std::string_view id) const { return FindById(outcomes, id); }
const Kpi* Plan::FindKpi(std::string_view id) const { return FindById(kpis, id); }

std::string_view ToWord(Severity severity) {
  switch (severity) {
    case Severity::kAdvice:
      return "advice";
    case Severity::kFutureError:
      return "future_error";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

}  // namespace backcast
