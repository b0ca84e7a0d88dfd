// SPDX-License-Identifier: Apache-2.0
#include "desk/check.h"

#include <algorithm>
#include <map>

#include "base/number.h"
#include "desk/card_findings.h"
#include "desk/data_picture.h"
#include "desk/findings_json.h"
#include "desk/plan_ledger.h"
#include "desk/sarif.h"
#include "report/hostile.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

/// What becomes an error later is a warning today, and says so.
std::string SeverityWords(Severity severity) {
  const std::string words = Call("severity", ToWord(severity));
  return severity == Severity::kFutureError ? "warning (" + words + ")" : words;
}

std::string AcceptedWords(const Acceptance& accepted) {
  return Visible(AcceptedPhrase({accepted.because, accepted.by, accepted.on, accepted.until}));
}

std::string ToText(const std::vector<Finding>& findings) {
  std::string out;
  std::map<Severity, std::int64_t> counts;
  std::int64_t accepted = 0;
  for (const Finding& finding : findings) {
    ++(finding.accepted ? accepted : counts[finding.severity]);
    out += At(finding.file, finding.place) + ": " + SeverityWords(finding.severity) + " " + finding.rule +
           ": " + finding.message + "\n";
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

std::string_view LayerOf(const Finding& finding) {
  return finding.rule.starts_with('T') ? "text" : finding.rule.starts_with('P') ? "chain" : "data";
}

/// Asked for by name, the data layer fails loudly; else the other layers are worth printing without it.
Result<Done> AddDataFindings(Workspace& workspace, const CheckOptions& options, Day today, Talk& talk,
                             std::vector<Finding>& findings) {
  const bool by_name = options.layer == "data";
  if (!by_name && !options.layer.empty()) return Done{};
  if (!HasLake(workspace)) {
    if (!by_name) return Done{};
    return Error{Code::kInput, workspace.folder(), "this workspace has no data yet",
                 "put exports into " + workspace.PathOf("exports") + " and run backcast ingest"};
  }
  Result<std::vector<Finding>> found = DataFindings(workspace, today, talk);
  if (!found.ok() && (by_name || found.error().code == Code::kInterrupted)) return found.error();
  if (!found.ok()) {
    talk.Say("the data layer is left out: " + ToSentence(found.error()));
    return Done{};
  }
  if (by_name) {
    workspace.MarkAccepted(found.value(), today);
  } else {
    MarkJoining(workspace, found.value(), today);
  }
  for (Finding& finding : found.value()) findings.push_back(std::move(finding));
  return Done{};
}

}  // namespace

Result<Answer> Check(Workspace& workspace, const CheckOptions& options, Day today, Talk& talk) {
  const auto one_of = [](const std::string& word, std::initializer_list<const char*> allowed) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const char* each) { return word == each; });
  };
  if (!one_of(options.layer, {"", "text", "chain", "data"})) {
    return Error{Code::kUsage, "", "there is no layer '" + options.layer + "'", "text, chain or data"};
  }
  if (!one_of(options.fail_on, {"error", "warning", "never"})) {
    return Error{Code::kUsage, "", "--fail-on does not know '" + options.fail_on + "'",
                 "error, warning or never"};
  }
  if (!one_of(options.format, {"text", "json", "sarif"})) {
    return Error{Code::kUsage, "", "check has no format '" + options.format + "'", "text, json or sarif"};
  }
  BACKCAST_CHECK(workspace.NeedPlan());
  RecordPlan(workspace, talk);
  std::vector<Finding> findings = workspace.Findings(today);
  if (!options.layer.empty())
    std::erase_if(findings, [&](const Finding& finding) { return LayerOf(finding) != options.layer; });
  BACKCAST_CHECK(AddDataFindings(workspace, options, today, talk, findings));
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
    std::vector<SarifFinding> file;
    for (Finding& finding : findings) {
      const std::string note = finding.accepted ? AcceptedWords(*finding.accepted) : "";
      file.push_back({std::move(finding), note});
    }
    answer.out = ToSarif(file);
    return answer;
  }
  answer.out = CheckJson(workspace.name(), findings);
  return answer;
}

}  // namespace backcast
