// SPDX-License-Identifier: Apache-2.0
#include "desk/tone_notes.h"

#include <map>
#include <set>

#include "base/number.h"
#include "compile/row_sql.h"
#include "desk/question.h"
#include "desk/tone_view.h"
#include "guide/yaml_writer.h"

namespace backcast {
namespace {

bool AsksTone(const RowExpression& expression) {
  std::set<std::string> columns;
  CollectColumns(expression, columns);
  return columns.contains("sentiment");
}

/// The parts of a condition that say nothing of sentiment, joined: whose sentiment it is.
std::string Others(const RowExpression& condition) {
  if (condition.kind == RowExpression::Kind::kNone) return "";
  if (condition.kind != RowExpression::Kind::kAnd)
    return AsksTone(condition) ? "" : "(" + ToText(condition) + ")";
  std::string joined;
  for (const RowExpression& part : condition.parts) {
    const std::string words = Others(part);
    if (!words.empty()) joined += (joined.empty() ? "" : " and ") + words;
  }
  return joined;
}

/// Per fact the rows whose sentiment the metric looks at, as conditions of a formula; "" for every row.
using Looked = std::map<std::string, std::set<std::string>>;

void CollectLooked(const Expression& expression, const Catalogue& catalogue, Looked& looked) {
  if (expression.kind == Expression::Kind::kAggregate &&
      (AsksTone(expression.condition) || AsksTone(expression.row)))
    looked[expression.fact].insert(Others(expression.condition));
  if (expression.kind == Expression::Kind::kMetric) {
    if (const Metric* metric = catalogue.Find(expression.metric))
      CollectLooked(metric->expression, catalogue, looked);
  }
  for (const Expression& part : expression.parts) CollectLooked(part, catalogue, looked);
}

/// "count(mention where ...)" of all these rows.
std::string CountOf(const std::string& fact, const std::set<std::string>& conditions) {
  if (conditions.contains("")) return "count(" + fact + ")";
  std::string any;
  for (const std::string& one : conditions) any += (any.empty() ? "(" : " or (") + one + ")";
  return "count(" + fact + " where " + any + ")";
}

struct ToneSources {
  double told = 0, read = 0, silent = 0;
  std::string read_by;
};

/// By who says the sentiment; the statement is compiled like any other, so that scopes hold.
Result<ToneSources> Count(Workspace& workspace, const std::string& formula,
                          const std::vector<Filter>& filters, const Window& period) {
  constexpr std::string_view kMetric = "tone_of_rows";
  Catalogue catalogue = workspace.catalogue();
  const std::vector<Error> faults =
      catalogue.Add("- {id: " + std::string(kMetric) + ", formula: " + QuotedYaml(formula) +
                        ", unit: count, additivity: additive}\n",
                    "sentiment", workspace.schemas());
  if (!faults.empty()) return faults[0];
  BACKCAST_TRY(const Compiled compiled, Compile(catalogue, workspace.schemas(),
                                                {{std::string(kMetric)}, {"sentiment_by"}, filters, {period}},
                                                workspace.engine().dialect()));
  BACKCAST_TRY(const Table table, workspace.engine().Run(compiled.sql));
  ToneSources sources;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (IsTotal(table, row)) continue;
    const std::string by = WordAt(table, "sentiment_by", row);
    const double rows = NumberAt(table, std::string(kMetric) + "@0", row).value_or(0);
    const bool read = by.starts_with(kReadByBackcast);
    (by.empty() ? sources.silent : read ? sources.read : sources.told) += rows;
    if (read) sources.read_by = by.substr(kReadByBackcast.size());
  }
  return sources;
}

std::string Sentence(const std::string& fact, const ToneSources& sources) {
  const auto whole = [](double number) { return FormatNumber(number, "count", false); };
  const double rows = sources.told + sources.read + sources.silent;
  return "sentiment of " + whole(rows) + " " + fact + (rows == 1 ? "" : "s") + ": the export labels " +
         whole(sources.told) + ", Backcast reads " + whole(sources.read) +
         (sources.read_by.empty() ? "" : " (" + sources.read_by + ")") + ", " + whole(sources.silent) +
         " not classified";
}

}  // namespace

Result<std::string> ToneWords(Workspace& workspace, const Metric& metric, const std::vector<Filter>& filters,
                              const Window& period) {
  Looked looked;
  CollectLooked(metric.expression, workspace.catalogue(), looked);
  std::string words;
  for (const auto& [id, conditions] : looked) {
    const Fact* fact = workspace.schemas().Find(id);
    if (fact == nullptr || fact->Find("sentiment_by") == nullptr) continue;
    BACKCAST_TRY(const ToneSources sources, Count(workspace, CountOf(id, conditions), filters, period));
    if (sources.read + sources.silent > 0) words += (words.empty() ? "" : "; ") + Sentence(id, sources);
  }
  return words;
}

Result<Done> NoteTone(Workspace& workspace, const Window& period, Outline& outline) {
  for (std::size_t i = 0; i < outline.lines.size(); ++i) {
    ScoreLine& line = outline.lines[i];
    const Metric* metric = workspace.catalogue().Find(line.metric);
    if (metric == nullptr || outline.scope[i] < 0) continue;
    const Scoped& scoped = outline.scopes[static_cast<std::size_t>(outline.scope[i])];
    BACKCAST_TRY(std::string words, ToneWords(workspace, *metric, scoped.filters, period));
    if (!words.empty()) line.notes.push_back(std::move(words));
  }
  return Done{};
}

}  // namespace backcast
