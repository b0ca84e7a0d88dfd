// SPDX-License-Identifier: Apache-2.0
#include "demo/workspace.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace backcast::demo {
namespace {

constexpr std::array<RegularCost, 12> kRegular = {{
    {"instagram", "labour", "posts, stories and answers, 34 hours", 142800},
    {"facebook", "labour", "posts and answers, 16 hours", 67200},
    {"x", "labour", "posts, 8 hours", 33600},
    {"youtube", "labour", "one film a week, 38 hours", 159600},
    {"instagram", "tools", "planning tool, share", 4900},
    {"facebook", "tools", "planning tool, share", 4900},
    {"meta_ads", "fees", "agency Kreisel", 80000},
    {"google_ads", "fees", "agency Suchwerk", 65000},
    {"google_ads", "labour", "briefing, 4 hours", 16800},
    {"email", "tools", "letter service", 18900},
    {"email", "labour", "weekly letter, 20 hours", 84000},
    {"organic_search", "labour", "texts for guides, 30 hours", 126000},
}};

bool In(Channel channel, const std::vector<Channel>& channels) {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

double Unworked(const World& world, const Window& window) {
  std::int64_t all = 0, open = 0;
  for (const Lead& lead : world.leads) {
    if (!window.Contains(world.At(lead.day)) || lead.day + 7 >= world.days) continue;
    ++all;
    open += lead.contact_day < 0;
  }
  return Ratio(open, all);
}

/// EUR that paid social cost in a window: media, and the agency's fee by the day.
double PaidSocialCost(const World& world, const Window& window) {
  std::int64_t cents = 0;
  for (const AdDay& row : world.ads)
    if (window.Contains(world.At(row.day)) &&
        BrandParameters().campaigns[static_cast<std::size_t>(row.campaign)].channel == Channel::kMetaAds)
      cents += row.spend;
  for (const CostLine& line : Costs(world))
    if (line.channel == "meta_ads" && window.Contains(line.day)) cents += line.cents;
  return static_cast<double>(cents) / 100;
}

/// Targets are set so that visits are reached, carts are missed because of the shop, and checkouts and the
/// opt-in rate cannot be told yet.
Values PlanValues(const World& world) {
  const Window base = BaselineWindow(world), last = LastMonth(world);
  const double months = std::max(1.0, base.days() / kDaysPerMonth);
  const std::vector<Channel> search = {Channel::kGoogleAds}, paid = {Channel::kMetaAds};
  std::vector<Channel> all;
  for (int i = 0; i < kChannels; ++i) all.push_back(static_cast<Channel>(i));
  const SiteCell social = SumSite(world, base, kSocialChannels, false),
                 now = SumSite(world, last, kSocialChannels, false);
  const SiteCell target = SumSite(world, base, kSocialChannels, true),
                 reached = SumSite(world, last, kSocialChannels, true);
  const SiteCell site = SumSite(world, base, all, false), found = SumSite(world, base, search, false);
  const auto monthly = [months](std::int64_t value) { return static_cast<double>(value) / months; };

  Values values;
  values["base_from"] = ToIso(base.from);
  values["base_to"] = ToIso(base.to - std::chrono::days{1});
  values["search_orders"] = Whole(found.orders);
  values["search_rate"] = Fixed(Ratio(found.orders, found.sessions), 4);
  const double revenue = monthly(NetRevenue(world, base, kSocialChannels, true)) / 100;
  PutVolume(values, "revenue", revenue, revenue * 1.30);
  PutVolume(values, "optin", monthly(social.opt_ins), monthly(social.opt_ins) * 1.25);
  PutVolume(values, "lead", monthly(site.leads), monthly(site.leads) * 1.15);
  const double visits = monthly(target.sessions);
  PutVolume(values, "visit", visits, std::max(visits * 1.02, static_cast<double>(reached.sessions) * 0.94));
  const double cart = Ratio(site.carts, site.sessions + site.bots);
  PutRate(values, "cart", cart, cart * 1.12, 4);
  const SiteCell month = SumSite(world, last, all, false);
  const double checkout = Ratio(site.orders, site.checkouts);
  PutRate(values, "checkout", checkout, std::max(checkout, Ratio(month.orders, month.checkouts)) * 1.01, 3);
  const double joined = Ratio(social.opt_ins, social.sessions + social.bots);
  const double join_now = Ratio(now.opt_ins, now.sessions + now.bots);
  PutRate(values, "optrate", joined, std::max(joined, join_now) * 1.01, 4);
  const double asked = Ratio(site.leads, site.sessions + site.bots);
  PutRate(values, "leadrate", asked, asked * 1.10, 5);
  const double unworked = Unworked(world, base);
  PutRate(values, "unworked", unworked, unworked * 0.8, 3);
  const SiteCell bought = SumSite(world, base, paid, true);
  const double cost =
      bought.sessions == 0 ? 0 : PaidSocialCost(world, base) / static_cast<double>(bought.sessions);
  PutRate(values, "cost", cost, cost * 0.95, 2);
  return values;
}

}  // namespace

std::vector<CostLine> Costs(const World& world) {
  return CostLines(
      kRegular, WholeHistory(world),
      {{ParseIsoDay("2026-05-06").value(), "referral", "media", "article in the touring forum, paid", 45000},
       {ParseIsoDay("2026-04-13").value(), "instagram", "fees", "trailer for the prize draw", 31000}});
}

std::string CostsFile(const World& world) { return CostsText(Costs(world)); }

std::string CalendarFile(const World& world) {
  return CalendarText(WholeHistory(world), AnnouncedOf(BrandParameters().events, BrandParameters().end));
}

Window BaselineWindow(const World& world) { return BaselineOf(WholeHistory(world)); }

Window LastMonth(const World& world) { return LastMonthOf(WholeHistory(world)); }

Result<std::string> PlanFile(const World& world) { return PlanText("b2c", PlanValues(world)); }

DemoFiles Notes(const World& world) { return NotesOf("b2c", WholeHistory(world)); }

SiteCell SumSite(const World& world, const Window& window, const std::vector<Channel>& channels,
                 bool target_only) {
  SiteCell sum;
  for (int day = 0; day < world.days; ++day) {
    if (!window.Contains(world.At(day))) continue;
    for (std::size_t s = 0; s < world.streams.size(); ++s) {
      if (!In(world.streams[s].channel, channels)) continue;
      for (int c = 0; c < (target_only ? kTargetCountries : kAllCountries); ++c)
        sum += world.Cell(day, static_cast<int>(s), c);
    }
  }
  return sum;
}

std::int64_t NetRevenue(const World& world, const Window& window, const std::vector<Channel>& channels,
                        bool with_source) {
  std::int64_t cents = 0;
  for (const Order& order : world.orders) {
    const Channel channel = world.streams[static_cast<std::size_t>(order.stream)].channel;
    if (!window.Contains(world.At(order.day)) || !In(channel, channels)) continue;
    if (!with_source || !order.source_lost) cents += order.Net();
  }
  return cents;
}

}  // namespace backcast::demo
