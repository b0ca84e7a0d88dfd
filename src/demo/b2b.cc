// SPDX-License-Identifier: Apache-2.0
#include "demo/b2b.h"

#include <algorithm>

namespace backcast::demo::b2b {
namespace {

bool In(Way way, const std::vector<Way>& ways) {
  return std::find(ways.begin(), ways.end(), way) != ways.end();
}

Way WayOf(int source) { return BrandParameters().sources[static_cast<std::size_t>(source)].way; }

}  // namespace

SiteCell& Brand::Cell(int day, int source, int country) {
  const std::size_t row =
      static_cast<std::size_t>(day) * BrandParameters().sources.size() + static_cast<std::size_t>(source);
  return site[row * kAllCountries + static_cast<std::size_t>(country)];
}

const SiteCell& Brand::Cell(int day, int source, int country) const {
  return const_cast<Brand*>(this)->Cell(day, source, country);
}

Brand Simulate(const DemoOptions& options) {
  const Parameters& p = BrandParameters();
  Brand brand;
  brand.options = options;
  brand.days = options.days;
  brand.start = p.end - std::chrono::days{options.days - 1};
  brand.site.resize(static_cast<std::size_t>(brand.days) * p.sources.size() * kAllCountries);
  SimulatePage(brand);
  SimulateAds(brand);
  SimulateVisits(brand);
  SimulateDesk(brand);
  return brand;
}

SiteCell SumSite(const Brand& brand, const Window& window, const std::vector<Way>& ways, bool target_only) {
  SiteCell sum;
  for (int day = 0; day < brand.days; ++day) {
    if (!window.Contains(brand.At(day))) continue;
    for (int s = 0; s < static_cast<int>(BrandParameters().sources.size()); ++s) {
      if (!In(WayOf(s), ways)) continue;
      for (int c = 0; c < (target_only ? kTargetCountries : kAllCountries); ++c) sum += brand.Cell(day, s, c);
    }
  }
  return sum;
}

LeadSum SumLeads(const Brand& brand, const Window& window, const std::vector<Way>& ways) {
  constexpr int kTwoDays = 2 * 24 * 60;
  LeadSum sum;
  for (const Lead& lead : brand.leads) {
    if (!window.Contains(brand.At(lead.day)) || !In(WayOf(lead.stream), ways)) continue;
    ++sum.leads;
    sum.target += lead.country < kTargetCountries;
    sum.qualified += lead.sql_day >= 0;
    sum.never_contacted += lead.contact_day < 0;
    if (lead.contact_day < 0) continue;
    const int waited = (lead.contact_day - lead.day) * 24 * 60 + lead.contact_minute - lead.minute;
    sum.within_2d += waited <= kTwoDays;
  }
  return sum;
}

DealSum SumDeals(const Brand& brand, const Window& window) {
  DealSum sum;
  for (const Lead& lead : brand.leads) {
    if (!lead.won || !window.Contains(brand.At(lead.closed_day))) continue;
    ++sum.won;
    sum.cents += lead.amount;
  }
  return sum;
}

}  // namespace backcast::demo::b2b
