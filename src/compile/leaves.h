// SPDX-License-Identifier: Apache-2.0
// Metrics -> what each scan must compute: equal aggregates once, whatever the number of metrics that ask for
// them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "compile/compile.h"
#include "compile/cut_sql.h"

namespace backcast {

/// How partial results of one aggregate are put together over stretches of days, series and groups.
enum class Merge : std::uint8_t {
  kSum,
  kMin,
  kMax,
  kUnite,  ///< sets of ids
  kLast,   ///< per series the value of the last day, then the sum over series; needs the slot's day beside it
  kFirst,
  kNone,  ///< cannot be put together: computed for every group, stretch and total by the scan itself
};

/// One aggregate column of a scan.
struct Slot {
  std::string call;   ///< aggregate call before its filter: sum("impressions"), count(*)
  std::string where;  ///< condition, may be empty
  Merge merge = Merge::kSum;
  std::string order;          ///< kLast, kFirst: the day column; call is then the bare value
  bool exact_period = false;  ///< one column per window, only rows whose period is that window
  std::string reported = "";  ///< a second condition: the value is there
};

/// One aggregate of a formula.
struct Leaf {
  std::string aggregate;
  int scan = 0;    ///< index into Scans
  int value = -1;  ///< slot
  int rows = -1;   ///< slot: rows that met the condition
  int low_currency = -1, high_currency = -1;
  std::set<std::string> required;  ///< columns that must be reported for a count to mean anything
};

/// One pass over one fact by one of its day columns.
struct Scan {
  const Fact* fact = nullptr;
  std::string name;  ///< in the SQL: "order", "deal_by_closed_on"
  std::string day;   ///< by which windows choose rows
  std::vector<Slot> slots;
  std::set<std::string> columns;   ///< of the fact that slots read
  std::set<std::string> required;  ///< counted over all rows
  bool has_series = false;         ///< a slot is kLast or kFirst
  bool has_unmergeable = false;
  CutNeeds needs;                    ///< of reports that are cut in several ways
  bool together = false;             ///< its measures say something only where one row has all of them
  bool counts = false;               ///< a leaf is a count: zero must be told from "not offered"
  std::vector<std::string> metrics;  ///< ids, for the comment
};

/// All leaves of the metrics asked for; `leaves` by the canonical text of the aggregate.
struct Leaves {
  std::vector<Scan> scans;
  std::map<std::string, Leaf> leaves;
};

/// Collects what `metrics` need. `max_id` gives the greatest id of a dimension whose ids may be counted as
/// sets of bits, `asked` what the question asks of all leaves.
Leaves CollectLeaves(const Catalogue& catalogue, const Schemas& schemas,
                     const std::vector<const Metric*>& metrics,
                     const std::map<std::string, std::int64_t>& max_id, const Dialect& dialect,
                     const CompileHints& hints = {}, const CutNeeds& asked = {});

}  // namespace backcast
