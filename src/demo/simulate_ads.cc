// SPDX-License-Identifier: Apache-2.0
// Paid media: money buys views, views bring clicks; the prospecting ads wear out when nobody renews them.
#include <algorithm>
#include <cmath>

#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

/// Click rate left over after so many days of an ad that was not renewed.
double Fatigue(const World& world, const AdCampaign& campaign, int day) {
  const Parameters& p = BrandParameters();
  const Event& event = p.At(EventId::kAdFatigue);
  if (campaign.id != "m1" && campaign.id != "m2") return 1;
  double left = 1;
  for (Day at = event.from; at < world.At(day) && at < event.to; at += std::chrono::days{1})
    left *= event.effect;
  return left;
}

AdDay Social(const World& world, int index, int ad, int day, Random& random) {
  const Parameters& p = BrandParameters();
  const AdCampaign& campaign = p.campaigns[static_cast<std::size_t>(index)];
  const Day date = world.At(day);
  const double budget = campaign.id == "m3" ? 1 : p.Effect(EventId::kMoreBudget, date);
  AdDay row{day, index, ad};
  const double wish = campaign.spend_per_day * world.options.scale * budget * (ad == 0 ? 0.6 : 0.4) * 100;
  row.spend = static_cast<std::int64_t>(wish * random.Noise(60));
  const double auction = p.Active(EventId::kBlackFriday, date) ? 1.5 : 1.0;
  const double views = static_cast<double>(row.spend) / (campaign.cpm * 100 * auction) * 1000;
  row.impressions = random.Poisson(views * random.Noise(80));
  row.reach = random.Binomial(row.impressions, 0.79);
  const double season = 0.7 + 0.3 * p.Demand(date);
  row.link_clicks = random.Binomial(
      row.impressions, campaign.click_rate * season * Fatigue(world, campaign, day) * (ad == 0 ? 1.08 : 0.9));
  row.clicks = row.link_clicks + random.Binomial(row.impressions, 0.006);
  row.visits = random.Binomial(row.link_clicks, p.click_to_visit_meta);
  return row;
}

AdDay Search(const World& world, int index, int day, Random& random) {
  const Parameters& p = BrandParameters();
  const AdCampaign& campaign = p.campaigns[static_cast<std::size_t>(index)];
  AdDay row{day, index, 0};
  const double mean = campaign.impressions * world.options.scale * p.Demand(world.At(day));
  row.impressions = random.Overdispersed(mean, 60);
  row.clicks = random.Binomial(row.impressions, campaign.click_rate);
  row.link_clicks = row.clicks;
  const double price = campaign.cpc * 100 * (0.85 + 0.15 * p.Demand(world.At(day)));
  row.spend = std::llround(static_cast<double>(row.clicks) * price * random.Noise(150));
  row.visits = random.Binomial(row.clicks, p.click_to_visit_search);
  return row;
}

}  // namespace

void SimulateAds(World& world) {
  const Parameters& p = BrandParameters();
  Random random(world.options.seed, "ads");
  for (int day = 0; day < world.days; ++day) {
    for (int i = 0; i < static_cast<int>(p.campaigns.size()); ++i) {
      if (p.campaigns[static_cast<std::size_t>(i)].channel == Channel::kGoogleAds) {
        world.ads.push_back(Search(world, i, day, random));
        continue;
      }
      for (int ad = 0; ad < 2; ++ad) world.ads.push_back(Social(world, i, ad, day, random));
    }
  }
}

void SimulateClaims(World& world) {
  const Parameters& p = BrandParameters();
  Random random(world.options.seed, "claims");
  const int first = static_cast<int>(world.streams.size() - p.campaigns.size());
  for (AdDay& row : world.ads) {
    const bool social = p.campaigns[static_cast<std::size_t>(row.campaign)].channel == Channel::kMetaAds;
    SiteCell sum;
    for (int c = 0; c < kAllCountries; ++c) {
      const SiteCell& cell = world.Cell(row.day, first + row.campaign, c);
      sum.carts += cell.carts;
      sum.orders += cell.orders;
      sum.revenue += cell.revenue;
    }
    const double share = social ? (row.ad == 0 ? 0.6 : 0.4) : 1.0;
    row.carts = random.Binomial(sum.carts, share);
    // Views count too on Meta: it books sales that search, letters and friends brought.
    row.claimed =
        social ? random.Poisson((static_cast<double>(sum.orders) * 1.35 + 0.25) * share) : sum.orders;
    const double mean =
        sum.orders > 0 ? static_cast<double>(sum.revenue) / static_cast<double>(sum.orders) : 9000;
    row.claimed_value =
        social ? static_cast<std::int64_t>(static_cast<double>(row.claimed) * mean) : sum.revenue;
  }
}

}  // namespace backcast::demo
