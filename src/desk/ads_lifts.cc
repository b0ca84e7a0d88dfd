// SPDX-License-Identifier: Apache-2.0
// Surveys that asked people who saw a campaign and people who did not.
#include "desk/ads_data.h"
#include "desk/question.h"

namespace backcast {
namespace {

/// Ad money of one campaign in the period; nothing where no ad names it, or amounts have no sum.
Result<std::optional<double>> SpentOn(Workspace& workspace, const Ready& ready, const std::string& campaign) {
  if (campaign.empty() || !HasRows(ready.coverage, "ad_day")) return std::optional<double>();
  BACKCAST_TRY(const Table table, AskLake(workspace, ready,
                                          {.metrics = {"ad_spend"},
                                           .by = {},
                                           .filters = {{"campaign", {campaign}}},
                                           .windows = {ready.request.period},
                                           .series = {}}));
  if (NumberAt(table, "ad_spend@0:currencies", 0).value_or(0) > 1) return std::optional<double>();
  return NumberAt(table, "ad_spend@0", 0);
}

}  // namespace

Result<std::vector<SurveyLift>> ReadLifts(Workspace& workspace, const Ready& ready) {
  std::vector<SurveyLift> lifts;
  if (!HasRows(ready.coverage, "survey_response")) return lifts;
  const Window& period = ready.request.period;
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          "select coalesce(survey, '') as survey, coalesce(campaign, '') as campaign, sum(case when exposed "
          "then 1 else 0 end) as seen, sum(case when exposed and score > 0 then 1 else 0 end) as seen_yes, "
          "sum(case when exposed then 0 else 1 end) as unseen, sum(case when not exposed and score > 0 then "
          "1 "
          "else 0 end) as unseen_yes from survey_response where kind = 'awareness' and exposed is not null "
          "and score is not null and date >= date " +
          QuoteText(ToIso(period.from)) + " and date < date " + QuoteText(ToIso(period.to)) +
          " group by 1, 2 order by 1, 2"));
  for (std::size_t row = 0; row < table.rows; ++row) {
    SurveyLift one;
    one.survey = WordAt(table, "survey", row);
    one.campaign = WordAt(table, "campaign", row);
    const auto number = [&](const char* column) { return NumberAt(table, column, row).value_or(0); };
    BACKCAST_TRY(one.lift,
                 LiftOf({number("seen_yes"), number("seen")}, {number("unseen_yes"), number("unseen")}));
    BACKCAST_TRY(one.spent, SpentOn(workspace, ready, one.campaign));
    if (one.spent) one.cost = CostOfPoint(*one.spent, one.lift);
    lifts.push_back(std::move(one));
  }
  return lifts;
}

}  // namespace backcast
