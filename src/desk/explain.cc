// SPDX-License-Identifier: Apache-2.0
#include "desk/explain.h"

#include <algorithm>
#include <sstream>

#include "base/nearest.h"
#include "desk/chain_json.h"
#include "desk/metrics.h"
#include "plan/rulebook.h"
#include "report/phrases.h"

namespace backcast {
namespace {

constexpr int kRowsShown = 5;

/// What is explained: a metric, and the plan's node when one is meant.
struct Subject {
  std::string metric;
  const ChainNode* node = nullptr;
};

Result<Subject> FindSubject(const Workspace& workspace, const ValueChain& chain, const std::string& id) {
  if (const ChainNode* node = chain.Find(id); node != nullptr && !node->metric.empty())
    return Subject{node->metric, node};
  if (workspace.catalogue().Find(id) != nullptr) return Subject{id, nullptr};
  std::vector<std::string> known = workspace.catalogue().ids();
  for (const ChainNode& node : chain.nodes) {
    if (!node.metric.empty()) known.push_back(node.id);
  }
  std::string hint = DidYouMean(id, known);
  return Error{Code::kUsage, "", "there is no node or metric '" + Shortened(id) + "'",
               hint.empty() ? "backcast chain and backcast metrics list show them all" : hint};
}

/// The first lines of a table.
std::string Head(const std::string& text, int lines) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; lines > 0 && std::getline(in, line); --lines) out += "  " + line + "\n";
  return out;
}

std::vector<std::string> Doubts(const ScoreLine& line, const std::vector<DataDoubt>& gaps) {
  std::vector<std::string> doubts;
  if (!line.value.reason.empty()) doubts.push_back(line.value.reason);
  if (line.value.coverage && *line.value.coverage < 1)
    doubts.push_back("only " + std::to_string(static_cast<int>(*line.value.coverage * 100)) +
                     " % of the period's days have data");
  for (const std::string& note : line.notes) doubts.push_back(note);
  for (const DataDoubt& gap : gaps) doubts.push_back(gap.sentence);
  return doubts;
}

struct Parts {
  Subject subject;
  ScoreLine line;
  std::vector<std::string> sql, doubts;
  Answer definition, rows;
  std::vector<LinkEvidence> links;
};

std::string ToText(const Parts& parts, const Plan* plan) {
  std::string out = parts.definition.out;
  if (parts.subject.node != nullptr) {
    const ChainNode& node = *parts.subject.node;
    const Person* owner = plan->FindPerson(node.owner);
    out += "\nIn the plan: " + Shortened(node.id) + " (" + std::string(ToWord(node.role)) + ")";
    if (owner != nullptr) out += ", owner: " + Shortened(owner->role.empty() ? owner->id : owner->role);
    out += "\n";
    if (!parts.line.sentence.empty()) out += "  " + parts.line.sentence + "\n";
    for (const auto& [dimension, values] : node.scope) {
      out += "  only " + dimension + ":";
      for (const std::string& value : values) out += " " + Shortened(value);
      out += "\n";
    }
  }
  out += "\nValue: " + ValuePhrase(parts.line.value, false);
  if (parts.line.value.n) out += " (n = " + std::to_string(*parts.line.value.n) + ")";
  if (const std::string interval = IntervalPhrase(parts.line.value, false); !interval.empty())
    out += ", 95 % interval " + interval;
  out += "\n";
  for (const std::string& doubt : parts.doubts) out += "  doubt: " + doubt + "\n";
  for (const LinkEvidence& link : parts.links) {
    out += "  " + Shortened(link.from) + " -> " + Shortened(link.to) + ": " + link.grade;
    if (!link.claims.empty()) out += "; " + link.claims.back().text();
    out += "\n";
  }
  for (const std::string& statement : parts.sql) out += "\nThe statement:\n" + statement + "\n";
  if (!parts.rows.out.empty())
    out += "\nNewest rows (all: backcast score --rows " + parts.subject.metric + "):\n" +
           Head(parts.rows.out, kRowsShown + 1);
  return out;
}

}  // namespace

Result<Answer> Explain(Workspace& workspace, const ExplainCommand& command, Day today, Talk& talk) {
  if (workspace.plan_error()) return *workspace.plan_error();
  ReadChain read;
  const bool planned = workspace.plan().has_value();
  if (planned) {
    BACKCAST_TRY(read, ReadWholeChain(workspace, command.card, talk));
  }
  Parts parts;
  BACKCAST_TRY(parts.subject, FindSubject(workspace, read.chain, command.id));
  const Format format = command.card.format;
  BACKCAST_TRY(parts.definition, ShowMetric(workspace, parts.subject.metric, format));
  ScoreOptions card = command.card;
  card.metrics = {parts.subject.metric};
  if (planned && card.period.empty())
    card.period = ToIso(read.data.period.from) + ".." + ToIso(read.data.period.to - std::chrono::days{1});
  if (parts.subject.node != nullptr) {
    for (const auto& [dimension, values] : parts.subject.node->scope)
      card.filters.push_back({dimension, values});
  }
  BACKCAST_TRY(const Scorecard scored, MakeScorecard(workspace, card, today, talk));
  if (!scored.lines.empty()) parts.line = scored.lines[0];
  parts.sql = scored.sql;
  std::vector<DataDoubt> gaps;
  if (parts.subject.node != nullptr) {
    for (const DataDoubt& doubt : read.data.doubts) {
      if (doubt.node == parts.subject.node->id) gaps.push_back(doubt);
    }
    for (const LinkEvidence& link : EvidenceOf(workspace, read)) {
      if (link.from == parts.subject.node->id || link.to == parts.subject.node->id)
        parts.links.push_back(link);
    }
  }
  parts.doubts = Doubts(parts.line, gaps);
  if (workspace.catalogue().Find(parts.subject.metric)->HasFormula()) {
    card.rows = parts.subject.metric;
    auto rows = Score(workspace, card, today, talk);
    if (rows.ok()) parts.rows = std::move(rows).value();
  }
  Answer answer;
  if (format != Format::kJson) {
    answer.out = ToText(parts, planned ? &*workspace.plan() : nullptr);
    return answer;
  }
  Json content = Json::parse(parts.definition.out)["data"]["metrics"][0];
  content["node"] = parts.subject.node == nullptr ? Json() : Json(parts.subject.node->id);
  content["owner"] = parts.subject.node == nullptr || parts.subject.node->owner.empty()
                         ? Json()
                         : Json(parts.subject.node->owner);
  content["value"] = ValueJson(parts.line.value.value, parts.line.value.unit,
                               static_cast<double>(parts.line.value.n.value_or(0)), parts.line.value.reason);
  content["doubts"] = parts.doubts;
  content["sql"] = parts.sql;
  Json rows = parts.rows.out.empty() ? Json::array() : Json::parse(parts.rows.out)["data"]["rows"];
  while (rows.size() > static_cast<std::size_t>(kRowsShown)) rows.erase(rows.size() - 1);
  content["rows"] = std::move(rows);
  content["links"] = Json::array();
  for (const LinkEvidence& link : parts.links)
    content["links"].push_back(
        {{"from", link.from}, {"to", link.to}, {"evidence", link.grade}, {"claims", ToJson(link.claims)}});
  Json json = Envelope("explain", workspace.name(), std::move(content));
  json["as_of"] = ToIso(scored.as_of);
  json["period"] = {{"from", ToIso(scored.period.from)},
                    {"to", ToIso(scored.period.to - std::chrono::days{1})}};
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
