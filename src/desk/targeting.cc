// SPDX-License-Identifier: Apache-2.0
#include "desk/targeting.h"

#include <algorithm>
#include <cctype>

namespace backcast {
namespace {

/// Words, texts in quotes and single signs of a rule.
std::vector<std::string> Tokens(std::string_view rule) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < rule.size();) {
    const char c = rule[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at;
    } else if (c == '\'' || c == '"') {
      const std::size_t end = std::min(rule.find(c, at + 1), rule.size());
      tokens.emplace_back(rule.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (std::string_view("(),=").find(c) != std::string_view::npos) {
      tokens.emplace_back(1, c);
      ++at;
    } else {
      const std::size_t end = std::min(rule.find_first_of(" \t\n(),='\"", at), rule.size());
      tokens.emplace_back(rule.substr(at, end - at));
      at = end;
    }
  }
  return tokens;
}

/// Reads one condition from tokens[at] on; nothing when it is none.
std::optional<std::pair<std::string, std::vector<std::string>>> ReadCondition(
    const std::vector<std::string>& tokens, std::size_t& at) {
  if (at + 2 >= tokens.size()) return std::nullopt;
  const std::string& column = tokens[at];
  if (tokens[at + 1] == "=") {
    const std::string& value = tokens[at + 2];
    at += 3;
    return std::pair{column, std::vector<std::string>{value}};
  }
  if (tokens[at + 1] != "in" || tokens[at + 2] != "(") return std::nullopt;
  std::vector<std::string> values;
  for (at += 3; at + 1 < tokens.size(); at += 2) {
    values.push_back(tokens[at]);
    if (tokens[at + 1] == ")") {
      at += 2;
      return std::pair{column, values};
    }
    if (tokens[at + 1] != ",") return std::nullopt;
  }
  return std::nullopt;
}

bool Fits(const SegmentRule& rule, const Fact& fact) {
  return std::all_of(rule.begin(), rule.end(), [&](const auto& condition) {
    const FactColumn* column = fact.Find(condition.first);
    return column != nullptr && column->type == Type::kLabel;
  });
}

std::string ToSql(const SegmentRule& rule) {
  std::string sql;
  for (const auto& [column, values] : rule) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + QuoteText(value);
    sql += (sql.empty() ? "" : " and ") + QuoteName(column) + " in (" + list + ")";
  }
  return "(" + sql + ")";
}

std::vector<SegmentRule> TargetRules(const Plan& plan) {
  std::vector<SegmentRule> rules;
  const Yaml* segments = plan.root.Find("segments");
  if (segments == nullptr) return rules;
  for (const Yaml& segment : segments->items) {
    const Yaml* target = segment.Find("is_target");
    if (target == nullptr || !target->Boolean().value_or(false)) continue;
    if (auto rule = ReadSegmentRule(segment.Text("rule"))) rules.push_back(std::move(*rule));
  }
  return rules;
}

}  // namespace

std::optional<SegmentRule> ReadSegmentRule(std::string_view rule) {
  const std::vector<std::string> tokens = Tokens(rule);
  SegmentRule conditions;
  for (std::size_t at = 0; at < tokens.size();) {
    if (!conditions.empty() && tokens[at++] != "and") return std::nullopt;
    auto condition = ReadCondition(tokens, at);
    if (!condition) return std::nullopt;
    conditions.push_back(std::move(*condition));
  }
  if (conditions.empty()) return std::nullopt;
  return conditions;
}

std::set<std::string> TargetColumns(const Plan& plan, const Fact& fact) {
  std::set<std::string> columns;
  for (const SegmentRule& rule : TargetRules(plan)) {
    if (!Fits(rule, fact)) continue;
    for (const auto& condition : rule) columns.insert(condition.first);
  }
  return columns;
}

Result<Done> ApplySegments(const Plan& plan, const Schemas& schemas, DuckDb& engine) {
  const std::vector<SegmentRule> rules = TargetRules(plan);
  for (const Fact& fact : schemas.all()) {
    if (fact.Find("in_target") == nullptr) continue;
    std::string any;
    for (const SegmentRule& rule : rules) {
      if (Fits(rule, fact)) any += (any.empty() ? "" : " or ") + ToSql(rule);
    }
    if (any.empty()) continue;
    const std::string delivered = QuoteName(fact.id + "_as_delivered");
    BACKCAST_CHECK(engine.Do("drop view if exists " + delivered));
    BACKCAST_CHECK(engine.Do("alter view " + QuoteName(fact.id) + " rename to " + delivered));
    BACKCAST_CHECK(engine.Do("create view " + QuoteName(fact.id) +
                             " as select * replace (coalesce(in_target, " + any + ") as in_target) from " +
                             delivered));
  }
  return Done{};
}

}  // namespace backcast
