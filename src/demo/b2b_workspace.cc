// SPDX-License-Identifier: Apache-2.0
// What Fernwart writes by hand: plan, costs, calendar.
#include <algorithm>
#include <array>

#include "demo/b2b.h"

namespace backcast::demo::b2b {
namespace {

constexpr std::array<RegularCost, 6> kRegular = {{
    {"linkedin", "labour", "posts and answers, 38 hours", 171000},
    {"linkedin", "tools", "planning tool, share", 6900},
    {"linkedin_ads", "fees", "agency for ads", 90000},
    {"email", "labour", "heat letter, 9 hours", 40500},
    {"email", "tools", "letter service", 9900},
    {"organic_search", "labour", "texts for the guide, 16 hours", 72000},
}};

/// EUR that the ads cost in a window: media, and the agency's fee by the day.
double AdCost(const Brand& brand, const Window& window) {
  std::int64_t cents = 0;
  for (const AdDay& row : brand.ads)
    if (window.Contains(brand.At(row.day))) cents += row.spend;
  for (const CostLine& line : Costs(brand))
    if (line.channel == "linkedin_ads" && window.Contains(line.day)) cents += line.cents;
  return static_cast<double>(cents) / 100;
}

/// Of the target, over LinkedIn.
double MonthlyVisits(const Brand& brand, const Window& window) {
  return static_cast<double>(SumSite(brand, window, kSocial, true).sessions) * kDaysPerMonth / window.days();
}

/// Targets are set so that the desk misses its own by far in the last month and visits are reached.
Values PlanValues(const Brand& brand) {
  const Window base = BaselineOf(brand.history());
  const double months = std::max(1.0, base.days() / kDaysPerMonth);
  const SiteCell social = SumSite(brand, base, kSocial, false),
                 search = SumSite(brand, base, {Way::kSearch}, false),
                 ads = SumSite(brand, base, {Way::kLinkedInAds}, true);
  const LeadSum asked = SumLeads(brand, base, kSocial), all = SumLeads(brand, base, kAll);
  Values values;
  values["base_from"] = ToIso(base.from);
  values["base_to"] = ToIso(base.to - std::chrono::days{1});
  values["search_leads"] = Whole(search.leads);
  values["search_rate"] = Fixed(Ratio(search.leads, search.sessions), 4);
  const double leads = static_cast<double>(asked.leads) / months;
  PutVolume(values, "leads", leads, leads * 2);
  const double deals = static_cast<double>(SumDeals(brand, base).cents) / 100 / months * 3;
  PutVolume(values, "deals", deals, deals * 1.5);
  const double visits = MonthlyVisits(brand, base), now = MonthlyVisits(brand, LastMonthOf(brand.history()));
  PutVolume(values, "visit", visits, visits < now ? (visits + now) / 2 : visits * 1.1);
  const double rate = Ratio(asked.leads, social.sessions);
  PutRate(values, "ask", rate, rate * 1.75, 4);
  const double cost = AdCost(brand, base) / std::max(1.0, static_cast<double>(ads.sessions));
  PutRate(values, "cost", cost, cost * 0.95, 2);
  const double quality = Ratio(all.target, all.leads);
  PutRate(values, "quality", quality, std::min(0.97, quality * 1.05), 3);
  PutRate(values, "pickup", all.Picked(), std::min(0.98, all.Picked() * 1.05), 3);
  return values;
}

}  // namespace

std::vector<CostLine> Costs(const Brand& brand) {
  return CostLines(
      kRegular, brand.history(),
      {{BrandParameters().At(EventId::kThesisPrize).from, "linkedin", "fees", "prize for theses", 300000}});
}

bool VisitsRose(const Brand& brand) {
  return MonthlyVisits(brand, BaselineOf(brand.history())) <
         MonthlyVisits(brand, LastMonthOf(brand.history()));
}

std::string CalendarFile(const Brand& brand) {
  return CalendarText(brand.history(), AnnouncedOf(BrandParameters().events, BrandParameters().end));
}

Result<std::string> PlanFile(const Brand& brand) { return PlanText("b2b", PlanValues(brand)); }

}  // namespace backcast::demo::b2b
