// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "demo/exports.h"

namespace backcast::demo {
namespace {

constexpr std::array<std::string_view, 2> kAdNames = {"Film: two families, one ferry",
                                                      "Picture: bags on the quay"};

const AdCampaign& CampaignOf(const AdDay& row) {
  return BrandParameters().campaigns[static_cast<std::size_t>(row.campaign)];
}

void AddUp(AdDay& sum, const AdDay& row) {
  sum.impressions += row.impressions;
  sum.reach += row.reach;
  sum.clicks += row.clicks;
  sum.link_clicks += row.link_clicks;
  sum.visits += row.visits;
  sum.spend += row.spend;
  sum.carts += row.carts;
  sum.claimed += row.claimed;
  sum.claimed_value += row.claimed_value;
}

std::vector<std::string> MetaRow(const std::string& from, const std::string& to, const std::string& day,
                                 const AdDay& row, const std::array<std::string, 3>& names) {
  const bool total = names[0].empty();
  return {from,
          to,
          names[0],
          names[1],
          names[2],
          day,
          Whole(row.impressions),
          Whole(row.reach),
          Whole(row.link_clicks),
          Whole(row.clicks),
          Money(row.spend),
          row.claimed == 0 ? "" : Whole(row.claimed),
          row.claimed == 0 || total ? "" : "actions:offsite_conversion.fb_pixel_purchase",
          Whole(row.visits),
          row.carts == 0 ? "" : Whole(row.carts),
          row.claimed == 0 ? "" : Whole(row.claimed),
          row.claimed == 0 ? "" : Money(row.claimed_value),
          total ? "" : "7-day click or 1-day view"};
}

std::vector<std::string> GoogleRow(const std::string& day, const std::string& campaign,
                                   const std::string& status, const std::string& currency, const AdDay& row) {
  const double clicks = static_cast<double>(row.clicks);
  return {day,
          campaign,
          status,
          currency,
          Thousands(row.impressions),
          Thousands(row.clicks),
          Percent(row.clicks, row.impressions),
          row.clicks == 0 ? " --" : Fixed(static_cast<double>(row.spend) / 100 / clicks, 2),
          MoneyThousands(row.spend),
          Fixed(static_cast<double>(row.claimed), 2),
          MoneyThousands(row.claimed_value),
          row.claimed == 0
              ? " --"
              : Fixed(static_cast<double>(row.spend) / 100 / static_cast<double>(row.claimed), 2)};
}

}  // namespace

DemoFiles ExportMetaAds(const World& world) {
  Csv csv({"Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Ad name", "Day",
           "Impressions", "Reach", "Link clicks", "Clicks (all)", "Amount spent (EUR)", "Results",
           "Result indicator", "Landing page views", "Adds to cart", "Purchases",
           "Purchases conversion value", "Attribution setting"},
          Csv::Quotes::kAlways);
  AdDay sum;
  for (const AdDay& row : world.ads)
    if (CampaignOf(row).channel == Channel::kMetaAds) AddUp(sum, row);
  sum.reach = sum.reach * 31 / 100;  // people of the whole period: far fewer than the days together
  const Window all = WholeHistory(world);
  const Day last = all.to - std::chrono::days{1};
  csv.Row(MetaRow(ToIso(all.from), ToIso(last), "", sum, {"", "", ""}));
  for (const AdDay& row : world.ads) {
    const AdCampaign& campaign = CampaignOf(row);
    if (campaign.channel != Channel::kMetaAds) continue;
    const std::string day = ToIso(world.At(row.day));
    csv.Row(MetaRow(day, day, day, row,
                    {std::string(campaign.name), campaign.id == "m3" ? "Cart 14 days" : "DE AT CH 25-54",
                     std::string(kAdNames[static_cast<std::size_t>(row.ad)])}));
  }
  return {{"exports/meta-ads/Tannhoop-Ads-" + Dashed(all.from) + "-" + Dashed(last) + ".csv", csv.text()}};
}

DemoFiles ExportGoogleAds(const World& world) {
  const Window all = WholeHistory(world);
  const std::string title = "Campaign report\n\"" + UsLongWords(all.from) + " - " +
                            UsLongWords(all.to - std::chrono::days{1}) + "\"\n";
  Csv csv({"Day", "Campaign", "Campaign status", "Currency code", "Impr.", "Clicks", "CTR", "Avg. CPC",
           "Cost", "Conversions", "Conv. value", "Cost / conv."},
          Csv::Quotes::kNeeded, title);
  AdDay sum;
  for (const AdDay& row : world.ads) {
    if (CampaignOf(row).channel != Channel::kGoogleAds) continue;
    AddUp(sum, row);
    csv.Row(GoogleRow(ToIso(world.At(row.day)), std::string(CampaignOf(row).name), "Enabled", "EUR", row));
  }
  csv.Row(GoogleRow("Total: Campaigns", " --", " --", "EUR", sum));
  csv.Row(GoogleRow("Total: Account", " --", " --", "EUR", sum));
  return {{"exports/google-ads/Campaign report.csv", csv.text()}};
}

}  // namespace backcast::demo
