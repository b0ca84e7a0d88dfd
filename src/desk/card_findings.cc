// SPDX-License-Identifier: Apache-2.0
#include "desk/card_findings.h"

#include "desk/data_picture.h"

namespace backcast {

void MarkJoining(const Workspace& workspace, std::vector<Finding>& findings, Day today) {
  workspace.MarkAccepted(findings, today);
  std::erase_if(findings, [](const Finding& finding) { return finding.rule == "T12"; });
}

Result<std::vector<Finding>> CardFindings(Workspace& workspace, ReadChain& read, Day today, Day seen,
                                          Talk& talk) {
  std::vector<Finding> findings = workspace.Findings(today);
  Result<std::vector<Finding>> data = DataFindings(workspace, read, seen, talk);
  if (!data.ok() && data.error().code == Code::kInterrupted) return data.error();
  if (!data.ok()) {
    talk.Say("the findings of the data layer are left out: " + ToSentence(data.error()));
    return findings;
  }
  MarkJoining(workspace, data.value(), today);
  for (Finding& finding : data.value()) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace backcast
