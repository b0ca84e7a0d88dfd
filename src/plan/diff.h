// SPDX-License-Identifier: Apache-2.0
// Two versions of a plan compared. Comes in: two plans; goes out: what changed at which node, with the
// reasons that the later plan gives, and which targets were moved after the days they judge had begun.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace backcast {

/// One place where two plans differ. What a plan says of its own revision (`plan`) is no difference.
struct PlanChange {
  enum class Kind : std::uint8_t { kAdded, kRemoved, kChanged };
  Kind kind = Kind::kChanged;
  std::string section;        ///< list or block: "kpis", "brand", "service_review.issues"
  std::string node;           ///< id of the list's entry; empty where entries have none
  std::string key;            ///< "target.value"; empty when a whole entry came or went
  std::string before, after;  ///< as written, on one line: lists as "a, b", blocks as "{k: v}"
  Place before_at, after_at;  ///< no line where it is not in that plan
};

/// "added", "removed", "changed".
std::string_view ToWord(PlanChange::Kind kind);

/// The order of the later plan; what is only in the earlier one follows behind its section. Short forms mean
/// what they stand for (target: 5 is target: {value: 5}), 40 is 40.0, an empty list is no list.
std::vector<PlanChange> Differences(const Plan& before, const Plan& after);

/// Why the later plan differs, in its own words.
struct PlanReason {
  int version = 0;
  std::string date, by, because;
  std::vector<std::string> changed;  ///< "all", "kpis", "kpis.k_visit", "k_visit"; none: everything
};

/// Entries of the later plan's changelog that the earlier one does not have, and its revised_because when no
/// entry says it; in the order of the file.
std::vector<PlanReason> ReasonsBetween(const Plan& before, const Plan& after);

/// Entries of the plan's own changelog; the one of the first version changes nothing and is left out.
std::vector<PlanReason> ReasonsOf(const Plan& plan);

/// The reason names this place.
bool Concerns(const PlanReason& reason, std::string_view section, std::string_view node,
              std::string_view key);

/// An outcome or KPI of both plans whose target, its day or its baseline differ.
struct TargetMove {
  std::string node, section, metric;
  Goal before, after;
  /// Days that the earlier target judges: from valid_from, else the end of the baseline, to the last day.
  std::optional<Day> begins, ends;
};

std::vector<TargetMove> TargetMoves(const Plan& before, const Plan& after);

/// Whether a target was moved before the days it judges, or in knowledge of them.
enum class Hindsight : std::uint8_t { kUnknown, kBefore, kBegun, kEnded };
std::string_view ToWord(Hindsight hindsight);  ///< "unknown", "before", "after_begin", "after_end"
Hindsight HindsightOf(const TargetMove& move, std::optional<Day> moved_on);

}  // namespace backcast
