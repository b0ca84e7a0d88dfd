// SPDX-License-Identifier: Apache-2.0
// The channel rules put to work: rows whose file left the channel open get one, before any question is asked.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "desk/workspace.h"
#include "facts/schema.h"
#include "facts/table.h"
#include "journey/channel_rules.h"
#include "lake/lake.h"

namespace backcast {

/// The rules that ship, changed by channels.yaml beside plan.yaml when there is one. Errors: kInput with
/// file:line:column of channels.yaml.
Result<ChannelRules> ReadChannelRules(const Workspace& workspace);

/// How the rows of one fact say where they come from: an SQL expression over the fact's columns for every
/// Origin ("null::varchar" where it has no such column or no row a value), and for Arrival::visit.
struct OriginSql {
  std::array<std::string, 6> said;
  std::string visit;
  bool tells = false;  ///< some row of it may say something, or its silence may

  /// "medium_sql as medium, ..., visit_sql as visit".
  std::string Select() const;
};
/// Errors: those of the engine, which is asked which loads of visits tell where they come from.
Result<OriginSql> ReadOriginSql(const Fact& fact, const TableStatistics& told, DuckDb& engine);

/// The arrival in one row of an answer whose columns are named as OriginSql::Select names them.
Arrival ArrivalAt(const Table& table, std::size_t row);

/// Replaces the views of facts that have rows without channel_group, or, where the workspace has rules of its
/// own, of every fact that the rules are for: the different ways in which rows say where they come from are
/// few, each is judged once, and the verdict is joined to its rows. What a file says stays, unless a rule of
/// the workspace fits. Call after Lake::Attach; a fact without open rows costs nothing.
Result<Done> ApplyChannels(const ChannelRules& rules, const Schemas& schemas,
                           const LakeStatistics& statistics, DuckDb& engine);

}  // namespace backcast
