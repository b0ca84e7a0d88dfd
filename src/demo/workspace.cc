// SPDX-License-Identifier: Apache-2.0
#include "demo/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>

#include "base/embedded.h"

namespace backcast::demo {
namespace {

constexpr std::string_view kTemplates = "demo/b2c/";

struct Regular {
  std::string_view channel, kind, note;
  std::int64_t cents;  ///< per month
};

constexpr std::array<Regular, 12> kRegular = {{
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

double Ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// To two leading digits, as people set targets.
std::int64_t Round(double value) {
  std::int64_t step = 1;
  while (value / static_cast<double>(step) >= 1000) step *= 10;
  return std::llround(value / static_cast<double>(step)) * step;
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

using Values = std::map<std::string, std::string, std::less<>>;

void PutVolume(Values& values, const std::string& name, double base, double target) {
  values[name + "_base"] = Whole(Round(base));
  values[name + "_target"] = Whole(Round(target));
}

void PutRate(Values& values, const std::string& name, double base, double target, int decimals) {
  values[name + "_base"] = Fixed(base, decimals);
  values[name + "_target"] = Fixed(target, decimals);
}

/// Targets are set so that visits are reached, carts are missed because of the shop, and checkouts and the
/// opt-in rate cannot be told yet.
Values PlanValues(const World& world) {
  const Window base = BaselineWindow(world), last = LastMonth(world);
  const double months = std::max(1.0, static_cast<double>(base.days()) / 30.4375);
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
  std::vector<CostLine> lines;
  for (int day = 0; day < world.days; ++day) {
    const Day date = world.At(day);
    const std::chrono::year_month_day parts{date};
    if (unsigned{parts.day()} == 1)
      for (const Regular& regular : kRegular)
        lines.push_back({date, std::string(regular.channel), std::string(regular.kind),
                         std::string(regular.note), regular.cents});
    if (ToIso(date) == "2026-05-06")
      lines.push_back({date, "referral", "media", "article in the touring forum, paid", 45000});
    if (ToIso(date) == "2026-04-13")
      lines.push_back({date, "instagram", "fees", "trailer for the prize draw", 31000});
  }
  return lines;
}

std::string CostsFile(const World& world) {
  Csv csv({"date", "channel", "kind", "amount", "currency", "note"});
  for (const CostLine& line : Costs(world))
    csv.Row({ToIso(line.day), line.channel, line.kind, Money(line.cents), "EUR", line.note});
  return csv.text();
}

std::string CalendarFile(const World& world) {
  std::string text =
      "# Office hours, holidays and what the brand changed on purpose. Expectations were written down before "
      "the change.\n"
      "time_zone: Europe/Berlin\n"
      "business_hours: {mon: \"09:00-17:00\", tue: \"09:00-17:00\", wed: \"09:00-17:00\", thu: "
      "\"09:00-17:00\", "
      "fri: \"09:00-17:00\"}\nholidays:\n";
  for (int day = 0; day < world.days; ++day)
    if (const std::string_view name = Holiday(world.At(day)); !name.empty())
      text += fmt::format("- {{date: {}, name: {}}}\n", ToIso(world.At(day)), name);
  text += "interventions:\n";
  std::vector<Event> events(BrandParameters().events.begin(), BrandParameters().events.end());
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.from < b.from; });
  for (const Event& event : events) {
    if (event.expected.empty() || !WholeHistory(world).Contains(event.from)) continue;
    const bool over = event.to < BrandParameters().end;
    text += fmt::format(
        "- {{id: {}, date: {}, {}title: \"{}\", owner: {}, expect: {{metric: {}, direction: {}}}}}\n",
        event.id, ToIso(event.from), over ? "to: " + ToIso(event.to - std::chrono::days{1}) + ", " : "",
        event.title, event.owner, event.expected, event.direction);
  }
  return text;
}

Window BaselineWindow(const World& world) {
  const Window half{world.start, world.start + std::chrono::days{world.days / 2}};
  using std::chrono::year_month_day;
  const year_month_day from{half.from}, to{half.to};
  Window months{Day{from.year() / from.month() / 1}, Day{to.year() / to.month() / 1}};
  if (months.from < half.from) months.from = Day{from.year() / from.month() / 1 + std::chrono::months{1}};
  return months.from < months.to ? months : half;
}

Window LastMonth(const World& world) {
  const Day end = world.start + std::chrono::days{world.days};
  const std::chrono::year_month_day next{end};
  const Day to{next.year() / next.month() / 1};
  const Window month{Day{next.year() / next.month() / 1 - std::chrono::months{1}}, to};
  return month.from >= world.start ? month : Window{end - std::chrono::days{std::min(28, world.days)}, end};
}

Result<std::string> PlanFile(const World& world) {
  const auto text = Embedded(std::string(kTemplates) + "plan.yaml");
  if (!text) return Error{Code::kInternal, "demo", "the template of the plan is not built in", ""};
  const Values values = PlanValues(world);
  std::string plan;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t begin = text->find('@', at);
    plan += text->substr(at, begin - at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = text->find('@', begin + 1);
    const auto found = values.find(text->substr(begin + 1, end - begin - 1));
    if (end == std::string_view::npos || found == values.end())
      return Error{Code::kInternal, "demo/b2c/plan.yaml", "a placeholder of the plan has no value", ""};
    plan += found->second;
    at = end + 1;
  }
  return plan;
}

DemoFiles Notes(const World& world) {
  DemoFiles notes;
  for (const EmbeddedFile& file : EmbeddedFiles(std::string(kTemplates) + "notes/")) {
    const std::string name(file.path.substr(kTemplates.size()));
    const auto day = ParseIsoDay(std::string_view(name).substr(6, 10));
    if (day.ok() && WholeHistory(world).Contains(day.value()))
      notes.push_back({name, std::string(file.text)});
  }
  return notes;
}

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
