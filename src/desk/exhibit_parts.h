// SPDX-License-Identifier: Apache-2.0
// The exhibits of a report, each from the answer of its own command, and the cells they share. Included by
// desk sources only.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/ready.h"
#include "measure/interval.h"
#include "money/channel_cost.h"
#include "score/scorecard.h"

namespace backcast {

/// An exhibit without rows, with columns that need no words of their own. `command` shows the same.
Exhibit NewExhibit(std::string id, std::string command, std::initializer_list<const char*> columns);

ExhibitCell WordsCell(std::string words);
/// "no difference shown" of no_difference_shown.
std::string WithBlanks(std::string_view word);

/// `why_not` is told where there is no value.
ExhibitCell NumberCell(const std::optional<double>& value, const std::string& unit,
                       const std::string& why_not, const std::optional<Interval>& interval = {},
                       std::optional<double> n = {});

/// The cost of one, or why there is none.
ExhibitCell CostCell(const CostPer& per, const std::string& currency);

struct Exhibits {
  std::vector<Exhibit> exhibits;
  std::vector<std::string> sql;
};

/// exhibit_journey.cc: the stages of the period, and by channel where their facts say one.
Result<Exhibits> JourneyExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_cost.cc: for every outcome of the plan whose cases can be counted by channel, and for visits.
Result<Exhibits> CostExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_credit.cc: the first outcome whose conversions have paths.
Result<Exhibits> CreditExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_claims.cc: sales and leads, where a platform claims any.
Result<Exhibits> ClaimExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_content.cc: themes of the quarter up to the period's end.
Result<Exhibits> ContentExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_care.cc: answers by channel, and what people ask about.
Result<Exhibits> CareExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_talk.cc: brands by their mentions.
Result<Exhibits> TalkExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_creators.cc: what creators cost and brought, and who follows them.
Result<Exhibits> CreatorExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_audience.cc: the ladder, followers by account, communities.
Result<Exhibits> AudienceExhibits(Workspace& workspace, const Ready& ready, Talk& talk);
/// exhibit_tags.cc: the faults with most behind them; none when there is nothing to mend.
Result<Exhibits> TagExhibits(Workspace& workspace, const Ready& ready, Talk& talk);

}  // namespace backcast
