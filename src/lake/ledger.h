// SPDX-License-Identifier: Apache-2.0
// The lake as one thing: each version of the table `load` names the version of every other table that belongs
// to it. A reader that follows the ledger sees whole loads only; what a killed writer left behind is taken
// back by the next.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "lake/store.h"

namespace backcast {

inline constexpr std::string_view kLoadTable = "load";
inline constexpr std::string_view kQuarantineTable = "quarantine";
inline constexpr std::string_view kLoadOperation = "LOAD";
inline constexpr std::string_view kRestoreOperation = "RESTORE";
inline constexpr std::string_view kCompactOperation = "OPTIMIZE";

struct Ledger {
  std::int64_t version = -1;  ///< of the table `load`
  std::int64_t load_id = 0;   ///< the newest load
  std::map<std::string, std::int64_t> tables;
};

/// The newest state, or the newest one not younger than `not_after` (milliseconds since 1970).
/// Errors: kUnavailable when that state is no longer kept.
Result<Ledger> ReadLedger(Store& store, std::optional<std::int64_t> not_after = std::nullopt);

/// The version of a table that readers of this state see: the one in the ledger, and behind it what is not
/// part of an unfinished load (compaction, another program's changes).
Result<std::int64_t> VisibleVersion(Store& store, const Ledger& ledger, const std::string& table);

/// Takes back the commits of loads that broke off, and deletes what a broken-off rewrite left beside the
/// lake. REQUIRES: the writers' lock is held.
Result<Done> TakeBackUnfinished(Store& store, const Ledger& ledger);

}  // namespace backcast
