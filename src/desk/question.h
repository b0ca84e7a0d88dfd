// SPDX-License-Identifier: Apache-2.0
// One question to the lake and the numbers of its answer, for whoever asks beside the scorecard.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compile/compile.h"
#include "desk/ready.h"
#include "facts/table.h"

namespace backcast {

/// Compiles the question with what the lake is known to hold and runs it; the statement is added to `sql`
/// when that is given. Columns are named as Compile names them. The lake is attached (Prepare). Errors: those
/// of Compile and of the engine.
Result<Table> AskLake(Workspace& workspace, const Ready& ready, const Question& question,
                      std::vector<std::string>* sql = nullptr);

/// A number of the answer; nothing where the column or the row is not there, is text or has no value.
std::optional<double> NumberAt(const Table& table, const std::string& column, std::size_t row);

/// The row is the total over all groups.
bool IsTotal(const Table& table, std::size_t row);

/// A text of the answer; empty where the column or the row is not there, is a number or has no value.
std::string WordAt(const Table& table, const std::string& column, std::size_t row);

}  // namespace backcast
