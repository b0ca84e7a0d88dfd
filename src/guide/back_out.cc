// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out.h"

#include "guide/answers.h"
#include "guide/back_out/choice.h"
#include "guide/back_out/kpis.h"
#include "guide/back_out/people.h"
#include "guide/back_out/tactics.h"
#include "guide/back_out/weeding.h"

namespace backcast {

BackedOut BackOut(const Yaml& answers, const std::vector<std::string>& templates, const GuideData& data) {
  Backing work{answers,
               data.questions,
               data.catalogue,
               data.trees,
               Proposals::Shipped(),
               !EntriesOf(answers, "sales_history").empty(),
               {},
               {}};
  ReadTeam(work);
  ReadOutcomes(work, templates);
  for (const Wanted& outcome : work.out.outcomes) {
    ProposeKpis(work, outcome);
    WeedOutcome(work, outcome.id);
  }
  WeedOwners(work);
  WeedElements(work);
  KeepAtLeastTwo(work);
  NameKpis(work);
  DecideKpis(work);
  ProposeTactics(work);
  DecideTactics(work);
  DropUnneededStandIns(work);
  return std::move(work.out);
}

}  // namespace backcast
