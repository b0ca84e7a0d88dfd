// SPDX-License-Identifier: Apache-2.0
#include "desk/init_measured.h"

#include <cmath>

#include "desk/chain.h"
#include "desk/data_picture.h"
#include "plan/per_unit.h"

namespace backcast {
namespace {

constexpr int kMeasuredDays = 91;

}  // namespace

Result<MeasuredValues> MeasureToday(const std::string& folder, const std::string& plan, Talk& talk) {
  MeasuredValues values;
  Settings settings;
  settings.workspace = folder;
  BACKCAST_TRY(const Workspace here, Workspace::Open(settings));
  if (!HasLake(here)) return values;
  BACKCAST_TRY(Workspace drafted, here.WithPlan(plan, "the draft"));
  const Result<ReadChain> read = ReadWholeChain(drafted, ScoreOptions{}, talk);
  if (!read.ok()) {
    if (read.error().code == Code::kInterrupted) return read.error();
    talk.Say("nothing is proposed from the exports: " + ToSentence(read.error()));
    return values;
  }
  const Day end = read.value().data.last + std::chrono::days{1};
  const Window days{end - std::chrono::days{kMeasuredDays}, end};
  for (const ChainNode& node : read.value().chain.nodes) {
    const NodeData* data = read.value().data.Find(node.id);
    if (data == nullptr || !node.scope.empty()) continue;
    const std::optional<double> value = data->daily.Over(days);
    if (!value || !std::isfinite(*value)) continue;
    // The goal of what adds up speaks of a month.
    const bool adds_up = node.combine == Combine::kSum;
    values.emplace(node.metric,
                   MeasuredValue{adds_up ? *value * kDaysPerMonth / kMeasuredDays : *value,
                                 ToIso(days.from) + ".." + ToIso(read.value().data.last), adds_up});
  }
  return values;
}

}  // namespace backcast
