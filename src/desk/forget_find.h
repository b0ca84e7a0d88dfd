// SPDX-License-Identifier: Apache-2.0
// Who is meant by an id, and which rows of which facts are theirs. Included by desk sources only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "desk/workspace.h"
#include "lake/rewrite.h"

namespace backcast {

/// The ids of one person in the lake.
struct KnownPerson {
  std::vector<std::int64_t> keys;  ///< ascending
  std::vector<std::string> naturals;
  int joined = 0;                  ///< of the keys, those that only identities add
  int shared = 0;                  ///< ids that are also joined to somebody else and were left with them
  std::vector<std::string> words;  ///< the ids as people write them, where known; longest first
  int unnamed = 0;                 ///< of the keys, those that are known by code only
};

/// Finds the person in every kept version ("ever" views are attached). Ids that are joined to the person and
/// to nobody else are the person's; one that several persons share stays.
Result<KnownPerson> FindPerson(Workspace& workspace, const std::string& id, const std::string& salt);

/// What forgetting does to one table, and what is counted of it in the newest version.
struct ForgetEdit {
  TableEdit edit;
  std::string goes;      ///< rows that go; empty: none
  std::string nameless;  ///< rows that stay without their person; empty: none
  std::string reworded;  ///< rows in which only a word goes; empty: none
};

/// Makes a temporary table "forgotten <fact>" for every fact whose rows others belong to. Errors: those of
/// the engine.
Result<std::vector<ForgetEdit>> PlanForgetting(Workspace& workspace, const KnownPerson& person, bool amounts);

/// Marks by which rows of the person and of what was theirs are known when they come again.
Result<std::vector<std::string>> MarksOf(Workspace& workspace, const KnownPerson& person,
                                         const std::string& salt);

}  // namespace backcast
