// SPDX-License-Identifier: Apache-2.0
#include "desk/question.h"

#include "desk/hints.h"
#include "desk/themes_view.h"
#include "desk/tone_view.h"

namespace backcast {

Result<Table> AskLake(Workspace& workspace, const Ready& ready, const Question& question,
                      std::vector<std::string>* sql) {
  BACKCAST_CHECK(ReadToneFor(workspace, ready, question));
  BACKCAST_CHECK(NameThemesFor(workspace, ready, question));
  Outline outline;
  outline.scopes.push_back({.filters = question.filters,
                            .metrics = question.metrics,
                            .judged = {},
                            .now = {},
                            .whole = {},
                            .weeks = {},
                            .trend = {}});
  BACKCAST_TRY(const CompileHints hints,
               ReadHints(workspace, ready, outline, FactsOf(outline, workspace.catalogue()), question.by));
  BACKCAST_TRY(const Compiled compiled, Compile(workspace.catalogue(), workspace.schemas(), question,
                                                workspace.engine().dialect(), hints));
  if (sql != nullptr) sql->push_back(compiled.sql.text);
  return workspace.engine().Run(compiled.sql);
}

std::optional<double> NumberAt(const Table& table, const std::string& column, std::size_t row) {
  const Column* found = table.Find(column);
  if (found == nullptr || found->is_text || row >= table.rows || found->present[row] == 0)
    return std::nullopt;
  return found->numbers[row];
}

bool IsTotal(const Table& table, std::size_t row) {
  return NumberAt(table, "is_total", row).value_or(0) != 0;
}

std::string WordAt(const Table& table, const std::string& column, std::size_t row) {
  const Column* found = table.Find(column);
  if (found == nullptr || !found->is_text || row >= table.rows || found->present[row] == 0) return "";
  return found->words[row];
}

}  // namespace backcast
