// SPDX-License-Identifier: Apache-2.0
#include "desk/plan_ledger.h"

#include <algorithm>

#include "base/sha256.h"
#include "desk/envelope.h"
#include "desk/instant.h"
#include "plan/blocks.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string TextAt(const Yaml& root, std::string_view path) {
  const Yaml* value = ValueAt(root, path);
  return value == nullptr ? "" : value->text;
}

Json ToJson(const PlanRevision& revision) {
  const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
  return {{"revision", revision.number},
          {"sha256", revision.sha256},
          {"first_seen", revision.seen_at},
          {"version", revision.version},
          {"revised_on", text(revision.revised_on)},
          {"revised_by", text(revision.revised_by)},
          {"because", text(revision.because)}};
}

}  // namespace

void RecordPlan(const Workspace& workspace, Talk& talk) {
  if (!workspace.has_own_plan()) return;
  const Plan& plan = *workspace.plan();
  PlanRevision revision;
  revision.sha256 = Sha256Hex(workspace.plan_text());
  revision.seen_at = InstantNow();
  revision.version = plan.version;
  revision.revised_on = TextAt(plan.root, "plan.revised_on");
  revision.revised_by = TextAt(plan.root, "plan.revised_by");
  revision.because = TextAt(plan.root, "plan.revised_because");
  const Result<bool> kept = workspace.OpenState().Record(revision, workspace.plan_text());
  if (!kept.ok())
    talk.Say("this revision of the plan was not kept for plan diff: " + ToSentence(kept.error()));
}

Result<Answer> PlanLog(const Workspace& workspace, Format format, Talk& talk) {
  RecordPlan(workspace, talk);
  BACKCAST_TRY(std::vector<PlanRevision> revisions, workspace.OpenState().Revisions());
  std::reverse(revisions.begin(), revisions.end());
  if (format == Format::kJson) {
    Json list = Json::array();
    for (const PlanRevision& revision : revisions) list.push_back(ToJson(revision));
    return Answer{Dump(Envelope("plan-log", workspace.name(), {{"revisions", list}})), false};
  }
  if (revisions.empty()) return Answer{"No revision of the plan is on record.\n", false};
  std::string out;
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const PlanRevision& revision = revisions[i];
    out += "@" + std::to_string(revisions.size() - i) + " (@-" + std::to_string(i + 1) + ") " +
           revision.sha256.substr(0, 12) + ", first seen " + revision.seen_at + "\n  version " +
           std::to_string(revision.version);
    if (!revision.revised_on.empty()) out += ", revised " + Visible(revision.revised_on);
    if (!revision.revised_by.empty()) out += " by " + Visible(revision.revised_by);
    out += revision.because.empty() ? ", no reason given\n" : ": " + Visible(revision.because) + "\n";
  }
  return Answer{out, false};
}

}  // namespace backcast
