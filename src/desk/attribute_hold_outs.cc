// SPDX-License-Identifier: Apache-2.0
// What hold-outs of the plan say a channel caused, beside what models credit to it.
#include <algorithm>

#include "attribution/channel_codes.h"
#include "chain/declared.h"
#include "desk/attribute_asked.h"

namespace backcast {
namespace {

/// Channel groups that a tactic or KPI is about.
std::vector<std::string> ChannelsOf(const Plan& plan, const std::string& node) {
  const Scope* scope = nullptr;
  for (const Tactic& tactic : plan.tactics) {
    if (tactic.id == node) scope = &tactic.scope;
  }
  if (const Kpi* kpi = plan.FindKpi(node)) scope = &kpi->scope;
  if (scope == nullptr) return {};
  for (const auto& [dimension, values] : *scope) {
    if (dimension == "channel_group" || dimension == "channel") return values;
  }
  return {};
}

/// Of a result that grew by `effect` because of something: its share that is due to it.
double CausedShare(double effect) { return effect > -1 ? effect / (1 + effect) : 0; }

}  // namespace

void AddHoldOuts(const Plan& plan, const Outcome& outcome, AskedJourneys& asked) {
  for (const Experiment& experiment : Experiments(plan)) {
    if (experiment.to != outcome.id || experiment.low <= -1) continue;
    HoldOut one;
    for (const std::string& channel : ChannelsOf(plan, experiment.from)) {
      for (std::size_t code = 0; code < asked.channels.size(); ++code) {
        if (FoldedName(asked.channels[code]) == FoldedName(channel))
          one.channels.push_back(static_cast<int>(code));
      }
    }
    if (one.channels.empty()) continue;
    one.id = experiment.id;
    one.caused = CausedShare(experiment.effect);
    one.low = CausedShare(experiment.low);
    one.high = CausedShare(experiment.high);
    one.n = experiment.n;
    one.kind = experiment.kind;
    one.days = experiment.days;
    asked.hold_outs.push_back(std::move(one));
  }
}

}  // namespace backcast
