// SPDX-License-Identifier: Apache-2.0
// Reports of the same days that are cut in different ways (sessions by channel, sessions by landing page)
// must not be added. What comes in are the cuts that stand beside each other and the columns that a scan asks
// about; what goes out are its rows with every measure counted once.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compile/compile.h"
#include "facts/schema.h"
#include "sql/dialect.h"

namespace backcast {

/// Columns that a question is about; those that are not in cut_by do not matter.
struct CutNeeds {
  std::set<std::string> musts;   ///< by conditions: without them there is no right number
  std::set<std::string> wishes;  ///< by breakdowns: without them the number stands under "unknown"
};

/// What a question asks of all its leaves: breakdowns are wishes, filters musts.
CutNeeds NeedsOf(const Question& question);

/// Adds what a leaf asks by its condition; with in_target also what that is worked out from.
void AddMusts(const Expression& leaf, const CompileHints& hints, CutNeeds& needs);

/// One way in which reports are cut.
struct Cut {
  std::string breakdown;   ///< as the column has it
  int lacking = 0;         ///< of what is asked; a must weighs more than all wishes
  bool by_period = false;  ///< its rows are sums of several days
};

struct RankedCuts {
  std::vector<Cut> best_first;  ///< empty: there is only one
  std::vector<std::string> owners;
};

/// The cuts, best first: those that lack least; then those that have the fact's first column of
/// cut_by; then those that are cut less finely, because what a platform leaves out of fine reports (rare
/// search terms, small groups) is missing from their sums; then by text.
RankedCuts RankCuts(const Fact& fact, const CutReports& reports, const CutNeeds& needs);

/// Definitions for a WITH clause, separated by commas, ending in "<name>_once": the fact's rows with all
/// columns that are no measures and those of `measures`; if `whole`, also the other measures as they stand
/// and the lineage. One of `measures` is there in the rows of one cut for each owner and day, the best one
/// that reports it, and missing in others. In one calendar month either days count or sums of several days:
/// the sums only where what is there by day lacks more. Rows that have none of `measures` left are left out.
/// With no `measures`, all of the fact decide which rows stay. With `together` a cut reports a measure where
/// one row has all of them.
std::string CutSql(const Fact& fact, std::string_view name, const RankedCuts& cuts,
                   const std::set<std::string>& measures, bool together, const Dialect& dialect,
                   bool whole = false);

/// Measures of the leaf's fact that it reads, in its value and its condition.
std::set<std::string> MeasuresOf(const Expression& leaf, const Fact& fact);

/// Whether values of the column are counted once by CutSql: counts, numbers and money that are no part of the
/// key.
bool IsMeasure(const Fact& fact, const FactColumn& column);

}  // namespace backcast
