// SPDX-License-Identifier: Apache-2.0
// The scorecard as the JSON of the contract. Periods name their first and their last day, both in.
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/document.h"
#include "report/executive.h"
#include "report/exhibits.h"
#include "report/json_writer.h"
#include "report/phrases.h"

namespace backcast {
namespace {

using Json = nlohmann::ordered_json;

Json Text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json Period(const Window& window) {
  if (window.days() <= 0) return nullptr;
  return {{"from", ToIso(window.from)}, {"to", ToIso(window.to - std::chrono::days{1})}};
}

/// The fields of one line, straight into the text.
class Fields {
 public:
  explicit Fields(JsonWriter& writer) : writer_(writer) { writer_.Begin('{'); }
  ~Fields() { writer_.End('}'); }
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  void Text(std::string_view key, std::string_view text) {
    writer_.Key(key);
    writer_.Text(text);
  }
  void Word(std::string_view key, std::string_view text) {
    writer_.Key(key);
    text.empty() ? writer_.Null() : writer_.Text(text);
  }
  void Number(std::string_view key, const std::optional<double>& number) {
    writer_.Key(key);
    writer_.Number(number);
  }

 private:
  JsonWriter& writer_;
};

void WriteValue(const Value& value, JsonWriter& writer) {
  Fields fields(writer);
  fields.Text("state", ToWord(value.state));
  writer.Key("value");
  value.state == State::kZero ? writer.Integer(0) : writer.Number(value.value);
  fields.Number("low", value.low);
  fields.Number("high", value.high);
  fields.Number("level", value.low && value.high ? std::optional<double>(value.level) : std::nullopt);
  writer.Key("n");
  value.n ? writer.Integer(*value.n) : writer.Null();
  fields.Word("unit", value.unit);
  fields.Word("basis", value.basis);
  fields.Number("coverage", value.coverage);
  fields.Word("definition", value.definition);
  if (!value.reason.empty()) fields.Text("reason", value.reason);
}

/// value / previous - 1 (or the difference, in the value's unit) with the doubts of both: without a change,
/// the state of the side that has no value.
Value ChangeOf(const ScoreLine& line) {
  Value change;
  change.unit = line.change_in_points ? line.value.unit : "ratio";
  change.basis = line.value.basis;
  change.definition = line.change_in_points ? "difference@1" : "change@1";
  if (line.change && std::isfinite(*line.change)) {
    change.value = line.change;
    change.state = *line.change == 0 ? State::kZero : State::kValue;
    if (line.value.state == State::kNotFinal || line.previous.state == State::kNotFinal)
      change.state = State::kNotFinal;
    return change;
  }
  const Value& missing = line.value.value ? line.previous : line.value;
  if (missing.value) {
    change.reason = "the period before is zero, and a change from zero has no share";
    return change;
  }
  change.state =
      missing.state == State::kValue || missing.state == State::kZero ? State::kNotOffered : missing.state;
  change.reason = missing.reason;
  return change;
}

Value PaceOf(const ScoreLine& line) {
  Value pace = line.pace;
  if (pace.unit.empty()) pace.unit = "ratio";
  if (pace.definition.empty()) pace.definition = "pace@1";
  if (!pace.value && pace.reason.empty())
    pace.reason = line.target ? "no value to hold against the target line" : "the line has no target";
  return pace;
}

void WriteMetric(const ScoreLine& line, JsonWriter& writer) {
  Fields fields(writer);
  fields.Text("id", line.id);
  fields.Word("metric", line.metric);
  fields.Text("title", line.title);
  fields.Word("level", line.level);
  fields.Word("stage", line.stage);
  fields.Word("element", line.element);
  fields.Word("owner", line.owner);
  fields.Word("owner_role", line.owner_role);
  fields.Word("direction", line.direction);
  writer.Key("group");
  {
    Fields group(writer);
    for (const auto& [dimension, value] : line.group) group.Text(dimension, value);
  }
  writer.Key("value");
  WriteValue(line.value, writer);
  writer.Key("previous");
  WriteValue(line.previous, writer);
  writer.Key("change");
  WriteValue(ChangeOf(line), writer);
  fields.Number("baseline", line.baseline);
  fields.Number("target", line.target);
  fields.Number("judged", line.judged);
  fields.Number("expected", line.expected);
  fields.Word("target_by", line.target_by ? ToIso(*line.target_by) : "");
  writer.Key("pace");
  WriteValue(PaceOf(line), writer);
  fields.Word("verdict", line.verdict == Verdict::kNone ? "" : ToWord(line.verdict));
  fields.Word("because", BecausePhrase(line));
  fields.Word("guard", line.guard);
  writer.Key("notes");
  writer.Tree(line.notes);
  writer.Key("weakest");
  writer.Bool(line.weakest);
  writer.Key("trend");
  writer.Begin('[');
  for (const Point& point : line.trend) {
    Fields one(writer);
    one.Text("from", ToIso(point.window.from));
    one.Text("to", ToIso(point.window.to - std::chrono::days{1}));
    one.Number("value", point.value);
  }
  writer.End(']');
}

std::string_view KindWord(NodeKind kind) {
  switch (kind) {
    case NodeKind::kObjective:
      return "objective";
    case NodeKind::kOutcome:
      return "outcome";
    case NodeKind::kKpi:
      return "kpi";
    case NodeKind::kTactic:
      return "tactic";
    case NodeKind::kChannel:
      return "channel";
    case NodeKind::kLoose:
      return "loose";
  }
  return "loose";
}

Json NodeObject(const ScoreLine& line) {
  return {{"id", line.id},
          {"kind", KindWord(line.kind)},
          {"title", line.title},
          {"sentence", Text(line.sentence)},
          {"parent", Text(line.parent)},
          {"evidence",
           line.parent.empty() ? Json(nullptr) : Json(line.evidence.empty() ? "asserted" : line.evidence)},
          {"element", Text(line.element)},
          {"owner", Text(line.owner)},
          {"owner_role", Text(line.owner_role)}};
}

Json Shares(const std::vector<Balance::Share>& shares) {
  Json json = Json::array();
  for (const Balance::Share& share : shares) {
    json.push_back({{"name", share.name},
                    {"kpis", share.kpis},
                    {"tactics", share.tactics},
                    {"metrics_with_data", share.metrics_with_data}});
  }
  return json;
}

Json Accepted(const std::optional<AcceptedNote>& note) {
  if (!note) return nullptr;
  return {{"by", note->by}, {"on", note->on}, {"because", note->because}, {"until", Text(note->until)}};
}

Json Decisions(const Scorecard& card) {
  Json decisions = Json::array();
  for (const ScoreDecision& decision : card.decisions) {
    decisions.push_back({{"date", Text(decision.date)},
                         {"node", Text(decision.node)},
                         {"seen", Text(decision.seen)},
                         {"decided", Text(decision.decided)},
                         {"by", Text(decision.by)}});
  }
  return decisions;
}

Json Optional(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? Json(*number) : Json(nullptr);
}

/// A sentence with the numbers it was made from.
Json Claims(const std::vector<Claim>& claims) {
  Json all = Json::array();
  for (const Claim& claim : claims) {
    Json quantities = Json::array();
    for (const Quantity& quantity : claim.quantities()) {
      const bool interval = quantity.low && quantity.high;
      quantities.push_back({{"name", quantity.name},
                            {"value", Optional(quantity.value)},
                            {"low", Optional(quantity.low)},
                            {"high", Optional(quantity.high)},
                            {"level", interval ? Json(quantity.level) : Json(nullptr)},
                            {"n", quantity.n ? Json(*quantity.n) : Json(nullptr)},
                            {"unit", Text(quantity.unit)}});
    }
    all.push_back({{"key", claim.key()}, {"text", claim.text()}, {"quantities", std::move(quantities)}});
  }
  return all;
}

/// A cell is a value of the contract or words.
void WriteExhibit(const Exhibit& exhibit, JsonWriter& writer) {
  writer.Begin('{');
  writer.Key("id");
  writer.Text(exhibit.id);
  writer.Key("title");
  writer.Text(TitleOf(exhibit));
  writer.Key("columns");
  Json columns = Json::array();
  for (const ExhibitColumn& column : exhibit.columns) columns.push_back(column.id);
  writer.Tree(columns);
  writer.Key("rows");
  writer.Begin('[');
  for (const auto& row : exhibit.rows) {
    writer.Begin('[');
    for (const ExhibitCell& cell : row) {
      cell.number.empty() ? writer.Tree(Text(cell.words)) : WriteValue(cell.number[0], writer);
    }
    writer.End(']');
  }
  writer.End(']');
  writer.Key("claims");
  writer.Tree(Claims(exhibit.claims));
  writer.Key("notes");
  writer.Tree(exhibit.notes);
  writer.Key("command");
  writer.Text(exhibit.command);
  writer.End('}');
}

Json Gaps(const Scorecard& card) {
  Json all = Json::array();
  for (const Gap& gap : GapsOf(card))
    all.push_back({{"node", gap.line->id}, {"title", gap.line->title}, {"missing", gap.missing}});
  return all;
}

Json Notes(const Scorecard& card) {
  Json all = Json::array();
  for (const Note& note : card.notes) {
    all.push_back({{"day", ToIso(note.day)},
                   {"node", Text(note.node)},
                   {"title", Text(note.title)},
                   {"text", Text(note.text)}});
  }
  return all;
}

Json Examples(const Scorecard& card) {
  Json all = Json::array();
  for (const ExamplePost& post : card.examples) {
    all.push_back({{"node", post.node},
                   {"platform", Text(post.platform)},
                   {"reference", Text(post.reference)},
                   {"day", post.day ? Json(ToIso(*post.day)) : Json(nullptr)},
                   {"text", Text(post.text)},
                   {"metric", post.measure},
                   {"value", post.number},
                   {"among", post.among}});
  }
  return all;
}

Json Findings(const Scorecard& card) {
  Json findings = Json::array();
  for (const ScoreFinding& finding : card.findings) {
    findings.push_back({{"rule", finding.rule},
                        {"severity", finding.severity},
                        {"file", Text(finding.file)},
                        {"line", finding.line > 0 ? Json(finding.line) : Json(nullptr)},
                        {"column", finding.column > 0 ? Json(finding.column) : Json(nullptr)},
                        {"message", finding.message},
                        {"why", Text(finding.why)},
                        {"fix", Text(finding.fix)},
                        {"seed", Text(finding.seed)},
                        {"node", Text(finding.node)},
                        {"accepted", Accepted(finding.accepted)}});
  }
  return findings;
}

}  // namespace

std::string RenderJson(const Scorecard& card) {
  JsonWriter writer;
  const auto put = [&](std::string_view key, const Json& json) {
    writer.Key(key);
    writer.Tree(json);
  };
  writer.Begin('{');
  put("schema", "backcast/score/1");
  put("workspace", card.workspace);
  put("as_of", card.as_of == Day{} ? Json(nullptr) : Json(ToIso(card.as_of)));
  put("period", Period(card.period));
  writer.Key("data");
  writer.Begin('{');
  put("has_plan", card.has_plan);
  put("question", Text(card.question));
  put("headline", Text(TextOf(card.headline)));
  put("weakest", Text(TextOf(card.weakest)));
  put("executive", Claims(card.executive));
  put("why", Claims(card.why));
  put("currency", Text(card.currency));
  put("compare", Period(card.compare));
  writer.Key("metrics");
  writer.Begin('[');
  for (const ScoreLine& line : card.lines) {
    if (!line.metric.empty()) WriteMetric(line, writer);
  }
  writer.End(']');
  writer.Key("nodes");
  writer.Begin('[');
  for (const ScoreLine& line : card.lines) {
    if (line.group.empty() && line.kind != NodeKind::kLoose) writer.Tree(NodeObject(line));
  }
  writer.End(']');
  put("balance", {{"elements", Shares(card.balance.elements)}, {"levels", Shares(card.balance.levels)}});
  put("decisions", Decisions(card));
  writer.Key("exhibits");
  writer.Begin('[');
  for (const Exhibit& exhibit : card.exhibits) WriteExhibit(exhibit, writer);
  writer.End(']');
  put("not_measured", card.not_measured);
  put("gaps", Gaps(card));
  put("notes", Notes(card));
  put("examples", Examples(card));
  put("sources", card.sources);
  put("sql", card.sql);
  writer.End('}');
  put("findings", Findings(card));
  writer.End('}');
  return writer.Take() + "\n";
}

}  // namespace backcast
