// SPDX-License-Identifier: Apache-2.0
#include "desk/plan_reference.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/number.h"
#include "base/sha256.h"

namespace backcast {
namespace {

constexpr std::string_view kLog = "backcast plan log lists the revisions";

std::optional<long> WholeNumber(std::string_view text) {
  long number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsShaBeginning(std::string_view text) {
  return text.size() >= 4 && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<PlanRevision> ByPlace(const std::string& reference, const std::vector<PlanRevision>& revisions) {
  const std::optional<long> place = WholeNumber(std::string_view(reference).substr(1));
  if (!place || *place == 0) {
    return Error{Code::kUsage, "", "'" + reference + "' is no revision",
                 "@1 is the first on record and @-1 the newest"};
  }
  const auto count = static_cast<long>(revisions.size());
  const long at = *place > 0 ? *place - 1 : count + *place;
  if (at < 0 || at >= count) {
    return Error{Code::kUsage, "",
                 "there is no revision " + reference + "; " + Counted(count, "revision") + " on record",
                 std::string(kLog)};
  }
  return revisions[static_cast<std::size_t>(at)];
}

/// The newest revision of that version, else the one whose sha begins so.
Result<PlanRevision> ByName(const std::string& reference, const std::vector<PlanRevision>& revisions) {
  const std::optional<long> version = WholeNumber(reference);
  for (auto revision = revisions.rbegin(); version && revision != revisions.rend(); ++revision) {
    if (revision->version == *version) return *revision;
  }
  std::set<std::string> shas;
  const PlanRevision* found = nullptr;
  for (const PlanRevision& revision : revisions) {
    if (!IsShaBeginning(reference) || !revision.sha256.starts_with(reference)) continue;
    shas.insert(revision.sha256);
    found = &revision;
  }
  if (shas.size() > 1) {
    return Error{Code::kUsage, "", "several revisions begin with '" + reference + "'", "give more digits"};
  }
  if (found != nullptr) return *found;
  return Error{Code::kUsage, "", "'" + reference + "' is no file, no version and no revision of the plan",
               std::string(kLog)};
}

}  // namespace

Result<PlanSide> FindPlan(const Workspace& workspace, const std::string& reference) {
  WorkspaceState state = workspace.OpenState();
  BACKCAST_TRY(const std::vector<PlanRevision> revisions, state.Revisions());
  PlanSide side;
  side.reference = reference;
  std::error_code ignored;
  if (!reference.starts_with("@") && std::filesystem::is_regular_file(reference, ignored)) {
    BACKCAST_TRY(side.text, ReadTextFile(reference));
    side.name = reference;
    side.sha256 = Sha256Hex(side.text);
    const auto known = std::find_if(revisions.rbegin(), revisions.rend(), [&](const PlanRevision& revision) {
      return revision.sha256 == side.sha256;
    });
    if (known != revisions.rend()) side.revision = *known;
    return side;
  }
  BACKCAST_TRY(side.revision,
               reference.starts_with("@") ? ByPlace(reference, revisions) : ByName(reference, revisions));
  side.sha256 = side.revision->sha256;
  side.name = "plan.yaml@" + std::to_string(side.revision->number);
  BACKCAST_TRY(side.text, state.PlanText(side.sha256));
  return side;
}

}  // namespace backcast
