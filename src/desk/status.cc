// SPDX-License-Identifier: Apache-2.0
#include "desk/status.h"

#include "base/number.h"
#include "desk/coverage.h"
#include "desk/envelope.h"

namespace backcast {
namespace {

Json ToJson(const FactCoverage& fact) {
  return {{"fact", fact.fact},
          {"rows", fact.rows},
          {"from", fact.first ? Json(ToIso(*fact.first)) : Json(nullptr)},
          {"to", fact.last ? Json(ToIso(*fact.last)) : Json(nullptr)},
          {"currencies", fact.currencies}};
}

Json ToJson(const LoadRecord& load) {
  return {{"file", load.load.file},
          {"source", load.load.source},
          {"account", load.load.account},
          {"loaded_at", load.loaded_at},
          {"rows_read", load.load.rows_read},
          {"rows_kept", load.rows_kept},
          {"rows_refused", load.load.rows_refused},
          {"from", load.from.empty() ? Json(nullptr) : Json(load.from)},
          {"to", load.to.empty() ? Json(nullptr) : Json(load.to)}};
}

std::string NextStep(const Workspace& workspace, bool any) {
  if (!any) return "next: backcast ingest " + workspace.PathOf("exports");
  return workspace.plan()
             ? "next: backcast score"
             : "next: write plan.yaml (docs/formats/plan.md), or backcast score for what the exports say";
}

}  // namespace

Result<Answer> Status(Workspace& workspace, Format format, Talk& talk) {
  BACKCAST_CHECK(workspace.OpenLake(talk));
  BACKCAST_TRY(const LakeStatistics statistics, workspace.lake().Attach(workspace.engine()));
  BACKCAST_TRY(const auto coverage, ReadCoverage(workspace.engine(), workspace.schemas(), statistics));
  BACKCAST_TRY(const auto loads, workspace.lake().Loads());
  Answer answer;
  if (format == Format::kJson) {
    Json facts = Json::array(), files = Json::array();
    for (const FactCoverage& fact : coverage) {
      if (fact.rows > 0) facts.push_back(ToJson(fact));
    }
    for (const LoadRecord& load : loads) files.push_back(ToJson(load));
    Json json = Envelope("status", workspace.name(),
                         {{"folder", workspace.folder()},
                          {"plan", workspace.plan().has_value()},
                          {"facts", facts},
                          {"loads", files}});
    if (const auto last = LastDay(coverage)) json["as_of"] = ToIso(*last);
    answer.out = Dump(json);
    return answer;
  }
  answer.out = workspace.name() + " in " + workspace.folder() + "\n";
  answer.out += workspace.plan()         ? "plan.yaml: read\n"
                : workspace.plan_error() ? ToSentence(*workspace.plan_error()) + "\n"
                                         : "plan.yaml: none yet\n";
  for (const FactCoverage& fact : coverage) {
    if (fact.rows == 0) continue;
    answer.out += "  " + fact.fact + std::string(20 - std::min<std::size_t>(19, fact.fact.size()), ' ') +
                  Counted(fact.rows, "row");
    if (fact.first) answer.out += ", " + ToIso(*fact.first) + " to " + ToIso(*fact.last);
    answer.out += "\n";
  }
  answer.out += Counted(static_cast<std::int64_t>(loads.size()), "file") + " loaded\n" +
                NextStep(workspace, !loads.empty()) + "\n";
  return answer;
}

Result<Answer> CompactLake(Workspace& workspace, Talk& talk) {
  BACKCAST_CHECK(workspace.OpenLake(talk));
  BACKCAST_CHECK(workspace.lake().Compact(workspace.engine()));
  return Answer{"compacted\n", false};
}

Result<Answer> VacuumLake(Workspace& workspace, int keep_days, Talk& talk) {
  BACKCAST_CHECK(workspace.OpenLake(talk));
  BACKCAST_TRY(const std::int64_t deleted, workspace.lake().Vacuum(keep_days));
  return Answer{std::to_string(deleted) + " files deleted; versions of the last " +
                    std::to_string(keep_days) + " days are kept\n",
                false};
}

}  // namespace backcast
