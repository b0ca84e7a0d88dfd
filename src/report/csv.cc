// SPDX-License-Identifier: Apache-2.0
// The scorecard as one table of RFC 4180: one row per line that has a metric, numbers exact, dates ISO.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "report/document.h"
#include "report/hostile.h"
#include "report/phrases.h"

namespace backcast {
namespace {

constexpr std::array<std::string_view, 37> kColumns = {
    "workspace",      "as_of",   "period_from", "period_to",      "id",
    "metric",         "title",   "parent",      "level",          "stage",
    "element",        "owner",   "owner_role",  "group",          "state",
    "value",          "low",     "high",        "interval_level", "n",
    "unit",           "basis",   "coverage",    "definition",     "previous_state",
    "previous_value", "change",  "baseline",    "target",         "target_by",
    "pace",           "verdict", "because",     "reason",         "guard",
    "notes",          "weakest"};

class Row {
 public:
  void Words(std::string_view text) { Field(EscapeCsv(text, true)); }
  /// Shortest form that reads back as the same double; empty for no value.
  void Number(const std::optional<double>& value) {
    Field(value && std::isfinite(*value) ? fmt::format("{}", *value) : "");
  }
  std::string Finish() { return row_ + "\r\n"; }

 private:
  void Field(const std::string& field) {
    if (!first_) row_ += ',';
    first_ = false;
    row_ += field;
  }
  std::string row_;
  bool first_ = true;
};

std::string Joined(const std::vector<std::pair<std::string, std::string>>& group) {
  std::string text;
  for (const auto& [dimension, value] : group) text += (text.empty() ? "" : "; ") + dimension + "=" + value;
  return text;
}

std::string Joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : "; ") + note;
  return text;
}

void AddValue(const Value& value, Row& row) {
  const bool has_interval = value.low && value.high;
  row.Words(ToWord(value.state));
  row.Number(value.state == State::kZero ? 0 : value.value);
  row.Number(value.low);
  row.Number(value.high);
  row.Number(has_interval ? std::optional<double>(value.level) : std::nullopt);
  row.Words(value.n ? std::to_string(*value.n) : "");
  row.Words(value.unit);
  row.Words(value.basis);
  row.Number(value.coverage);
  row.Words(value.definition);
}

std::string RowOf(const Scorecard& card, const ScoreLine& line) {
  Row row;
  row.Words(card.workspace);
  row.Words(card.as_of == Day{} ? "" : ToIso(card.as_of));
  row.Words(ToIso(card.period.from));
  row.Words(ToIso(card.period.to - std::chrono::days{1}));
  for (const std::string* text : {&line.id, &line.metric, &line.title, &line.parent, &line.level, &line.stage,
                                  &line.element, &line.owner, &line.owner_role}) {
    row.Words(*text);
  }
  row.Words(Joined(line.group));
  AddValue(line.value, row);
  row.Words(ToWord(line.previous.state));
  row.Number(line.previous.value);
  row.Number(line.change);
  row.Number(line.baseline);
  row.Number(line.target);
  row.Words(line.target_by ? ToIso(*line.target_by) : "");
  row.Number(line.pace.value);
  row.Words(ToWord(line.verdict));
  row.Words(BecausePhrase(line));
  row.Words(line.value.reason);
  row.Words(line.guard);
  row.Words(Joined(line.notes));
  row.Words(line.weakest ? "true" : "false");
  return row.Finish();
}

}  // namespace

std::string RenderCsv(const Scorecard& card) {
  std::string csv;
  for (const std::string_view column : kColumns) csv += (csv.empty() ? "" : ",") + std::string(column);
  csv += "\r\n";
  for (const ScoreLine& line : card.lines) {
    if (!line.metric.empty()) csv += RowOf(card, line);
  }
  return csv;
}

}  // namespace backcast
