// SPDX-License-Identifier: Apache-2.0
#include "desk/care.h"

#include "desk/care_answer.h"
#include "desk/care_issues.h"

namespace backcast {

Result<Answer> ShowCare(Workspace& workspace, const CareCommand& command, Talk& talk) {
  BACKCAST_CHECK(CheckCareWords(command));
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  if (command.issues) return ShowCareIssues(workspace, ready, command.card);
  if (!command.rows.empty()) return ListCareRows(workspace, ready, command);
  BACKCAST_TRY(const CareAnswer answer, ReadCare(workspace, ready, command));
  const CareGroup& whole = answer.groups.front();
  if (whole.conversations + whole.questions.of + whole.calls == 0 && whole.survey.empty()) {
    return Error{Code::kTooLittle, ToWords(answer.period), "nobody asked anything",
                 "conversations, messages, calls or answers to surveys are needed; backcast status says what "
                 "there is"};
  }
  Answer out;
  const Format format = command.card.format;
  out.out = format == Format::kJson  ? CareJson(answer)
            : format == Format::kCsv ? CareCsv(answer)
                                     : CarePaper(answer, format, command.card.style.width);
  return out;
}

}  // namespace backcast
