// SPDX-License-Identifier: Apache-2.0
#include "desk/tagged_visits.h"

#include <algorithm>

#include "desk/question.h"

namespace backcast {
namespace {

bool Covers(const Ready& ready, std::string_view fact, const Window& period) {
  return std::any_of(ready.coverage.begin(), ready.coverage.end(), [&](const FactCoverage& each) {
    return each.fact == fact && each.first && each.last && *each.first <= period.from &&
           *each.last + std::chrono::days{1} >= period.to;
  });
}

Result<Table> AskLog(Workspace& workspace, const Window& period) {
  return workspace.engine().Run(
      "select source_name, medium, campaign, channel_group, count(*)::double as sessions from session where "
      "date >= "
      "date '" +
      ToIso(period.from) + "' and date < date '" + ToIso(period.to) +
      "' and not coalesce(bot, false) group by all order by all");
}

Result<Table> AskReport(Workspace& workspace, const Ready& ready) {
  Question question;
  question.metrics = {"sessions"};
  question.by = {"source_name", "medium", "campaign", "channel_group"};
  question.windows = {ready.request.period};
  return AskLake(workspace, ready, question);
}

Result<Done> AddVisits(Workspace& workspace, const Ready& ready, TagPicture& picture) {
  const bool log = Covers(ready, "session", ready.request.period) ||
                   (!HasRows(ready.coverage, "site_day") && HasRows(ready.coverage, "session"));
  if (!log && !HasRows(ready.coverage, "site_day")) return Done{};
  picture.visits_from = log ? "session" : "site_day";
  BACKCAST_TRY(const Table table,
               log ? AskLog(workspace, ready.request.period) : AskReport(workspace, ready));
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (IsTotal(table, row)) continue;
    const double sessions = NumberAt(table, log ? "sessions" : "sessions@0", row).value_or(0);
    picture.sessions += sessions;
    picture.visits.push_back({WordAt(table, "source_name", row), WordAt(table, "medium", row),
                              WordAt(table, "campaign", row), WordAt(table, "channel_group", row), sessions});
  }
  return Done{};
}

Result<Done> AddCampaigns(Workspace& workspace, const Ready& ready, TagPicture& picture) {
  if (!HasRows(ready.coverage, "ad_day")) return Done{};
  Question question;
  question.metrics = {"ad_spend", "ad_clicks"};
  question.by = {"platform", "campaign", "channel_group"};
  question.windows = {ready.request.period};
  BACKCAST_TRY(const Table table, AskLake(workspace, ready, question));
  bool one_currency = true;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (IsTotal(table, row)) {
      one_currency = NumberAt(table, "ad_spend@0:currencies", row).value_or(0) < 2;
      continue;
    }
    const double spend = one_currency ? NumberAt(table, "ad_spend@0", row).value_or(0) : 0;
    picture.spend += spend;
    picture.campaigns.push_back({WordAt(table, "platform", row), WordAt(table, "campaign", row),
                                 WordAt(table, "channel_group", row), spend,
                                 NumberAt(table, "ad_clicks@0", row).value_or(0)});
  }
  if (one_currency) picture.currency = ready.currency;
  return Done{};
}

}  // namespace

Result<TagPicture> ReadTagPicture(Workspace& workspace, const Ready& ready) {
  TagPicture picture;
  BACKCAST_CHECK(AddVisits(workspace, ready, picture));
  BACKCAST_CHECK(AddCampaigns(workspace, ready, picture));
  if (picture.visits.empty() && picture.campaigns.empty()) {
    return Error{Code::kInput, workspace.folder(), "there are neither visits nor ad campaigns in this period",
                 "ingest a site report by source, medium and campaign, or the export of an ad platform"};
  }
  return picture;
}

}  // namespace backcast
