// SPDX-License-Identifier: Apache-2.0
// Every ad's days since it was first shown, and how often people saw it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "desk/ads_data.h"
#include "desk/question.h"

namespace backcast {
namespace {

Day DayOf(const Table& table, const std::string& column, std::size_t row) {
  return Day{std::chrono::days{static_cast<int>(NumberAt(table, column, row).value_or(0))}};
}

/// One row per ad and day. Several attribution settings repeat the same impressions, so of them the most
/// count; of reports that are cut in several ways, the fullest. Sums of several days are no days.
std::string DaysOfAds(const Day& end) {
  return "with told as (select ad, date, coalesce(breakdown, '') as cut, coalesce(placement, '') as place, "
         "max(platform) as platform, max(impressions) as impressions, max(clicks) as clicks, "
         "max(link_clicks) as link_clicks from ad_day where date < date " +
         QuoteText(ToIso(end)) +
         " and impressions is not null and coalesce(breakdown, '') not like '%period%' "
         "group by 1, 2, 3, 4), whole as (select ad, date, cut, max(platform) as platform, "
         "sum(impressions) as impressions, sum(clicks) as clicks, sum(link_clicks) as link_clicks from told "
         "group by 1, 2, 3), ranked as (select whole.*, row_number() over (partition by ad, date order by "
         "impressions desc, cut) as place from whole) select n.\"natural\" as id, coalesce(n.platform, "
         "r.platform, '') as platform, coalesce(n.campaign, '') as campaign, coalesce(n.ad_group, '') as "
         "ad_group, coalesce(n.ad, '') as ad, r.date as day, r.impressions, r.clicks, r.link_clicks from "
         "ranked as r join ad as n on n.ad_key = r.ad where r.place = 1 order by n.\"natural\", r.date";
}

struct Frequency {
  double value = 0;
  Window of{};
};

/// By the ad's natural id. Exports name an ad by its number or by its names.
Result<std::map<std::string, Frequency>> ReadFrequencies(Workspace& workspace, const Day& end) {
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          "select platform || ':' || level_id as id, period_start, period_end, impressions, reach_unique "
          "from "
          "ad_period where level = 'ad' and reach_unique > 0 and impressions is not null and period_start is "
          "not null and period_end < date " +
          QuoteText(ToIso(end)) + " order by id, period_end"));
  std::map<std::string, Frequency> frequencies;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const Window of = {DayOf(table, "period_start", row),
                       DayOf(table, "period_end", row) + std::chrono::days{1}};
    Frequency& known = frequencies[WordAt(table, "id", row)];
    if (of.days() < known.of.days()) continue;
    known = {*NumberAt(table, "impressions", row) / *NumberAt(table, "reach_unique", row), of};
  }
  return frequencies;
}

/// An ad with both kinds of clicks, while it is not known which of them the export has.
struct Life {
  Creative creative;
  std::string id;
  CreativeDays days;
  std::vector<double> clicks, link_clicks;

  void Add(const Table& table, std::size_t row) {
    const Day day = DayOf(table, "day", row);
    if (days.impressions.empty()) creative.first = day;
    creative.last = day;
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    const auto at = static_cast<std::size_t>((day - creative.first).count());
    for (auto* values : {&days.impressions, &clicks, &link_clicks}) values->resize(at + 1, unknown);
    days.impressions[at] = NumberAt(table, "impressions", row).value_or(unknown);
    clicks[at] = NumberAt(table, "clicks", row).value_or(unknown);
    link_clicks[at] = NumberAt(table, "link_clicks", row).value_or(unknown);
  }
  void ChooseClicks() {
    creative.link_clicks = std::any_of(link_clicks.begin(), link_clicks.end(),
                                       [](double value) { return std::isfinite(value); });
    days.clicks = creative.link_clicks ? link_clicks : clicks;
  }
};

bool FellMore(const Creative& one, const Creative& other) {
  const auto rank = [](const Creative& creative) {
    const Fatigue& fatigue = creative.fatigue;
    return std::tuple(!fatigue.estimate.has_value(), fatigue.estimate.value_or(0), -fatigue.impressions,
                      creative.platform, creative.campaign, creative.ad_group, creative.ad);
  };
  return rank(one) < rank(other);
}

}  // namespace

Result<std::vector<Creative>> ReadCreatives(Workspace& workspace, const Ready& ready) {
  std::vector<Creative> creatives;
  if (!HasRows(ready.coverage, "ad_day")) return creatives;
  const Window& period = ready.request.period;
  BACKCAST_TRY(const Table table, workspace.engine().Run(DaysOfAds(period.to)));
  std::vector<Life> lives;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string id = WordAt(table, "id", row);
    if (lives.empty() || lives.back().id != id) {
      lives.emplace_back();
      lives.back().id = id;
      Creative& creative = lives.back().creative;
      creative.platform = WordAt(table, "platform", row);
      creative.campaign = WordAt(table, "campaign", row);
      creative.ad_group = WordAt(table, "ad_group", row);
      creative.ad = WordAt(table, "ad", row);
      // A file kept by hand names an ad by its id alone.
      if (creative.ad.empty() && creative.campaign.empty() && creative.ad_group.empty())
        creative.ad = id.starts_with(creative.platform + ":") ? id.substr(creative.platform.size() + 1) : id;
    }
    lives.back().Add(table, row);
  }
  // An export that stops at the campaign says nothing of a single ad.
  std::erase_if(
      lives, [&](const Life& life) { return life.creative.last < period.from || life.creative.ad.empty(); });
  std::vector<CreativeDays> days;
  for (Life& life : lives) {
    life.ChooseClicks();
    days.push_back(life.days);
  }
  std::map<std::string, Frequency> frequencies;
  if (HasRows(ready.coverage, "ad_period")) {
    BACKCAST_TRY(frequencies, ReadFrequencies(workspace, period.to));
  }
  const std::vector<Fatigue> judged = JudgeCreatives(days);
  for (std::size_t i = 0; i < lives.size(); ++i) {
    Creative& creative = lives[i].creative;
    creative.fatigue = judged[i];
    if (const auto found = frequencies.find(lives[i].id); found != frequencies.end()) {
      creative.frequency = found->second.value;
      creative.frequency_of = found->second.of;
    }
    creatives.push_back(std::move(creative));
  }
  std::sort(creatives.begin(), creatives.end(), FellMore);
  return creatives;
}

}  // namespace backcast
