// SPDX-License-Identifier: Apache-2.0
#include "desk/plan_ledger.h"

#include "base/sha256.h"
#include "desk/instant.h"
#include "plan/blocks.h"

namespace backcast {
namespace {

std::string TextAt(const Yaml& root, std::string_view path) {
  const Yaml* value = ValueAt(root, path);
  return value == nullptr ? "" : value->text;
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

}  // namespace backcast
