// SPDX-License-Identifier: Apache-2.0
#include "desk/journey.h"

#include <algorithm>

#include "desk/journey_answer.h"
#include "desk/ready.h"

namespace backcast {

Result<JourneyAnswer> ReadJourney(Workspace& workspace, const Ready& ready, const std::string& asked_by,
                                  const std::vector<Filter>& filters) {
  JourneyAnswer answer;
  answer.workspace = workspace.name();
  answer.by = asked_by;
  answer.period = ready.request.period;
  answer.compare = ready.request.compare;
  answer.as_of = ready.request.as_of;
  // Months are the cohorts by which rows begin.
  const std::string by = asked_by == "cohort" ? "month" : asked_by;
  BACKCAST_TRY(answer.volumes, ReadVolumes(workspace, ready, by, filters));
  BACKCAST_TRY(answer.cohorts, ReadCohorts(workspace, ready, by, filters, answer.volumes.sql));
  CompareCohorts(answer.cohorts);
  answer.steps = StepsOf(answer.volumes, answer.cohorts, workspace.catalogue(), workspace.schemas());
  BACKCAST_TRY(answer.targeting, ReadTargeting(workspace, ready));
  const bool nobody = std::all_of(answer.cohorts.begin(), answer.cohorts.end(),
                                  [](const CohortAnswer& cohort) { return !cohort.because.empty(); });
  const bool nothing = std::all_of(answer.volumes.stages.begin(), answer.volumes.stages.end(),
                                   [](const CountedStage& stage) { return stage.total.now == 0.0; });
  if (nothing && nobody) {
    return Error{Code::kTooLittle, ToWords(answer.period), "nobody stood at any stage of the journey",
                 "visits, leads or orders of the period are needed; backcast status says what there is"};
  }
  return answer;
}

Result<Answer> ShowJourney(Workspace& workspace, const JourneyCommand& command, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  BACKCAST_TRY(const JourneyAnswer answer, ReadJourney(workspace, ready, command.by, command.card.filters));
  Answer out;
  if (command.card.sql) {
    for (const std::string& statement : answer.volumes.sql) out.out += statement + ";\n\n";
    return out;
  }
  out.out =
      command.card.format == Format::kJson ? JourneyJson(answer) : JourneyPaper(answer, command.card.format);
  return out;
}

}  // namespace backcast
