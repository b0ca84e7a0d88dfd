// SPDX-License-Identifier: Apache-2.0
#include "desk/sarif.h"

#include <algorithm>
#include <map>

#include "base/sha256.h"
#include "desk/envelope.h"
#include "plan/rulebook.h"
#include "report/sentences.h"

namespace backcast {
namespace {

/// SARIF has no level between warning and error; what becomes an error later is a warning today.
const char* LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kAdvice:
      return "note";
    case Severity::kWarning:
    case Severity::kFutureError:
      break;
  }
  return "warning";
}

/// The rule's advice for any finding: what one of them would fill in becomes an ellipsis.
std::string General(std::string_view wording) {
  std::string general;
  for (std::size_t at = 0; at < wording.size(); ++at) {
    if (wording[at] == '{' && at + 2 < wording.size() && wording[at + 2] == '}') {
      general += "…";
      at += 2;
    } else {
      general += wording[at];
    }
  }
  return general;
}

Json RuleOf(const Finding& finding) {
  const Rule& rule = Rulebook::Shipped().Find(finding.rule);
  const bool known = !rule.id.empty();
  Json json = {{"id", finding.rule}, {"shortDescription", {{"text", known ? rule.title : finding.message}}}};
  if (!finding.why.empty()) json["fullDescription"] = {{"text", finding.why}};
  const std::string help = known ? General(rule.fix) : finding.fix;
  if (!help.empty()) json["help"] = {{"text", help}};
  json["defaultConfiguration"] = {{"level", LevelOf(known ? rule.severity : finding.severity)}};
  if (!finding.seed.empty()) json["properties"] = {{"seed", finding.seed}};
  return json;
}

/// What becomes an error later says so; then the message and what to do.
std::string MessageOf(const Finding& finding) {
  std::string text = finding.message;
  if (finding.severity == Severity::kFutureError)
    text += " (" + Call("severity", ToWord(finding.severity)) + ")";
  return finding.fix.empty() ? text : text + " " + finding.fix;
}

Json ResultOf(const SarifFinding& item, std::size_t rule_index, int repeat) {
  const Finding& finding = item.finding;
  const std::string known_by =
      finding.rule + "\n" + finding.node + "\n" + finding.message + "\n" + std::to_string(repeat);
  const Json region = {{"startLine", std::max(1, finding.place.line)},
                       {"startColumn", std::max(1, finding.place.column)}};
  const Json location = {{"artifactLocation", {{"uri", ToUriReference(finding.file)}}}, {"region", region}};
  Json json = {
      {"ruleId", finding.rule},
      {"ruleIndex", rule_index},
      {"level", LevelOf(finding.severity)},
      {"message", {{"text", MessageOf(finding)}}},
      {"locations", Json::array({{{"physicalLocation", location}}})},
      {"partialFingerprints", {{"ruleNodeMessage/v1", Sha256Hex(known_by)}}},
  };
  // Present in every result or in none (3.27.23); an empty list says that the finding counts.
  json["suppressions"] = Json::array();
  if (!item.accepted.empty()) {
    json["suppressions"].push_back(
        Json{{"kind", "external"}, {"status", "accepted"}, {"justification", item.accepted}});
  }
  Json properties = {{"severity", ToWord(finding.severity)}};
  if (!finding.node.empty()) properties["node"] = finding.node;
  json["properties"] = std::move(properties);
  return json;
}

}  // namespace

std::string ToSarif(std::span<const SarifFinding> findings) {
  Json results = Json::array(), rules = Json::array();
  std::map<std::string, std::size_t> index;
  std::map<std::tuple<std::string, std::string, std::string>, int> repeats;
  for (const SarifFinding& item : findings) {
    const auto [known, is_new] = index.emplace(item.finding.rule, rules.size());
    if (is_new) rules.push_back(RuleOf(item.finding));
    const int repeat = repeats[{item.finding.rule, item.finding.node, item.finding.message}]++;
    results.push_back(ResultOf(item, known->second, repeat));
  }
  Json run = {{"tool", {{"driver", {{"name", "backcast"}, {"rules", std::move(rules)}}}}},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  return Dump({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
               {"version", "2.1.0"},
               {"runs", Json::array({std::move(run)})}});
}

std::string ToUriReference(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/", kHex = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri;
}

}  // namespace backcast
