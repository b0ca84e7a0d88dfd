// SPDX-License-Identifier: Apache-2.0
// The scorecard as the JSON of the contract. Periods name their first and their last day, both in.
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/document.h"

namespace backcast {
namespace {

using Json = nlohmann::ordered_json;

Json Number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json Text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json Period(const Window& window) {
  if (window.days() <= 0) return nullptr;
  return {{"from", ToIso(window.from)}, {"to", ToIso(window.to - std::chrono::days{1})}};
}

Json ValueObject(const Value& value) {
  const bool has_interval = value.low && value.high;
  Json json = {{"state", ToWord(value.state)},
               {"value", Number(value.value)},
               {"low", Number(value.low)},
               {"high", Number(value.high)},
               {"level", has_interval ? Json(value.level) : Json(nullptr)},
               {"n", value.n ? Json(*value.n) : Json(nullptr)},
               {"unit", Text(value.unit)},
               {"basis", Text(value.basis)},
               {"coverage", Number(value.coverage)},
               {"definition", Text(value.definition)}};
  if (value.state == State::kZero) json["value"] = 0;
  if (!value.reason.empty()) json["reason"] = value.reason;
  return json;
}

/// value / previous - 1 with the doubts of both: without a change, the state of the side that has no value.
Value ChangeOf(const ScoreLine& line) {
  Value change;
  change.unit = "ratio";
  change.basis = line.value.basis;
  change.definition = "change@1";
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

Json MetricObject(const ScoreLine& line) {
  Json group = Json::object();
  for (const auto& [dimension, value] : line.group) group[dimension] = value;
  Json trend = Json::array();
  for (const Point& point : line.trend) {
    trend.push_back({{"from", ToIso(point.window.from)},
                     {"to", ToIso(point.window.to - std::chrono::days{1})},
                     {"value", Number(point.value)}});
  }
  return {{"id", line.id},
          {"metric", Text(line.metric)},
          {"title", line.title},
          {"level", Text(line.level)},
          {"stage", Text(line.stage)},
          {"element", Text(line.element)},
          {"owner", Text(line.owner)},
          {"owner_role", Text(line.owner_role)},
          {"direction", Text(line.direction)},
          {"group", std::move(group)},
          {"value", ValueObject(line.value)},
          {"previous", ValueObject(line.previous)},
          {"change", ValueObject(ChangeOf(line))},
          {"baseline", Number(line.baseline)},
          {"target", Number(line.target)},
          {"target_by", line.target_by ? Json(ToIso(*line.target_by)) : Json(nullptr)},
          {"pace", ValueObject(PaceOf(line))},
          {"verdict", line.verdict == Verdict::kNone ? Json(nullptr) : Json(ToWord(line.verdict))},
          {"because", Text(line.verdict_because)},
          {"guard", Text(line.guard)},
          {"notes", line.notes},
          {"weakest", line.weakest},
          {"trend", std::move(trend)}};
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
                        {"node", Text(finding.node)}});
  }
  return findings;
}

}  // namespace

std::string RenderJson(const Scorecard& card) {
  Json data = {
      {"has_plan", card.has_plan},
      {"question", Text(card.question)},
      {"headline", Text(card.headline)},
      {"weakest", Text(card.weakest)},
      {"currency", Text(card.currency)},
      {"compare", Period(card.compare)},
      {"metrics", Json::array()},
      {"nodes", Json::array()},
      {"balance", {{"elements", Shares(card.balance.elements)}, {"levels", Shares(card.balance.levels)}}},
      {"not_measured", card.not_measured},
      {"sources", card.sources},
      {"sql", card.sql}};
  for (const ScoreLine& line : card.lines) {
    if (!line.metric.empty()) data["metrics"].push_back(MetricObject(line));
    if (line.group.empty() && line.kind != NodeKind::kLoose) data["nodes"].push_back(NodeObject(line));
  }
  const Json answer = {{"schema", "backcast/score/1"},
                       {"workspace", card.workspace},
                       {"as_of", card.as_of == Day{} ? Json(nullptr) : Json(ToIso(card.as_of))},
                       {"period", Period(card.period)},
                       {"data", std::move(data)},
                       {"findings", Findings(card)}};
  return answer.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace backcast
