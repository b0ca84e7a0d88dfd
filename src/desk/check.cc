// SPDX-License-Identifier: Apache-2.0
#include "desk/check.h"

#include <algorithm>
#include <map>

#include "base/number.h"
#include "desk/envelope.h"
#include "desk/plan_ledger.h"
#include "report/hostile.h"
#include "report/phrases.h"

namespace backcast {
namespace {

std::string AcceptedWords(const Acceptance& accepted) {
  return Visible(AcceptedPhrase({accepted.because, accepted.by, accepted.on, accepted.until}));
}

std::string ToText(const std::vector<Finding>& findings) {
  std::string out;
  std::map<Severity, std::int64_t> counts;
  std::int64_t accepted = 0;
  for (const Finding& finding : findings) {
    ++(finding.accepted ? accepted : counts[finding.severity]);
    out += At(finding.file, finding.place) + ": " + std::string(ToWord(finding.severity)) + " " +
           finding.rule + ": " + finding.message + "\n";
    if (!finding.fix.empty()) out += "    " + finding.fix + "\n";
    if (finding.accepted) out += "    " + AcceptedWords(*finding.accepted) + "\n";
  }
  if (findings.empty()) return "The plan has no findings.\n";
  out += "\n" + Counted(counts[Severity::kError], "error") + ", " +
         Counted(counts[Severity::kWarning] + counts[Severity::kFutureError], "warning") + ", " +
         std::to_string(counts[Severity::kAdvice]) + " advice" +
         (accepted > 0 ? "; " + std::to_string(accepted) + " accepted" : "") + "\n";
  return out;
}

/// Of all results or of none (3.27.23): an empty list says that the finding counts.
Json Suppressions(const Finding& finding) {
  if (!finding.accepted) return Json::array();
  return Json::array(
      {{{"kind", "external"}, {"status", "accepted"}, {"justification", AcceptedWords(*finding.accepted)}}});
}

/// SARIF 2.1.0 (OASIS standard, 2020), for code-scanning pages.
Json ToSarif(const std::vector<Finding>& findings) {
  Json results = Json::array(), rules = Json::array();
  std::map<std::string, std::size_t> index;
  for (const Finding& finding : findings) {
    if (index.emplace(finding.rule, rules.size()).second) {
      Json rule = {{"id", finding.rule}, {"shortDescription", {{"text", finding.message}}}};
      if (!finding.why.empty()) rule["fullDescription"] = {{"text", finding.why}};
      if (!finding.fix.empty()) rule["help"] = {{"text", finding.fix}};
      rules.push_back(std::move(rule));
    }
    const char* level = finding.severity == Severity::kError    ? "error"
                        : finding.severity == Severity::kAdvice ? "note"
                                                                : "warning";
    Json region = {{"startLine", std::max(1, finding.place.line)},
                   {"startColumn", std::max(1, finding.place.column)}};
    results.push_back(
        {{"ruleId", finding.rule},
         {"ruleIndex", index[finding.rule]},
         {"level", level},
         {"message", {{"text", finding.message}}},
         {"suppressions", Suppressions(finding)},
         {"locations",
          {{{"physicalLocation", {{"artifactLocation", {{"uri", finding.file}}}, {"region", region}}}}}}});
  }
  return {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", {{{"tool", {{"driver", {{"name", "backcast"}, {"rules", rules}}}}}, {"results", results}}}}};
}

}  // namespace

Result<Answer> Check(const Workspace& workspace, const CheckOptions& options, Day today, Talk& talk) {
  const auto one_of = [](const std::string& word, std::initializer_list<const char*> allowed) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const char* each) { return word == each; });
  };
  if (!one_of(options.layer, {"", "text", "chain"})) {
    return Error{Code::kUsage, "", "there is no layer '" + options.layer + "'", "text or chain"};
  }
  if (!one_of(options.fail_on, {"error", "warning", "never"})) {
    return Error{Code::kUsage, "", "--fail-on does not know '" + options.fail_on + "'",
                 "error, warning or never"};
  }
  if (!one_of(options.format, {"text", "json", "sarif"})) {
    return Error{Code::kUsage, "", "check has no format '" + options.format + "'", "text, json or sarif"};
  }
  if (workspace.plan_error()) return *workspace.plan_error();
  if (!workspace.plan()) {
    return Error{
        Code::kInput, workspace.PathOf("plan.yaml"), "there is no plan here",
        "write one (docs/formats/plan.md begins with 20 lines), or make a demo: backcast demo my-demo"};
  }
  RecordPlan(workspace, talk);
  std::vector<Finding> findings;
  for (const Finding& finding : workspace.Findings(today)) {
    const bool text = finding.rule.starts_with("T");
    if (options.layer.empty() || text == (options.layer == "text")) findings.push_back(finding);
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  const Severity least = options.fail_on == "warning" ? Severity::kFutureError : Severity::kError;
  Answer answer;
  answer.findings = options.fail_on != "never" &&
                    std::any_of(findings.begin(), findings.end(),
                                [&](const Finding& f) { return f.severity >= least && !f.accepted; });
  if (options.format == "text") {
    answer.out = ToText(findings);
    return answer;
  }
  if (options.format == "sarif") {
    answer.out = Dump(ToSarif(findings));
    return answer;
  }
  Json json = Envelope("check", workspace.name(), {{"file", "plan.yaml"}});
  for (const Finding& finding : findings) json["findings"].push_back(ToJson(finding));
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
