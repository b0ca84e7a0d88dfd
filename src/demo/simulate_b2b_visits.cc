// SPDX-License-Identifier: Apache-2.0
// Visits of the site and the requests that come of them.
#include <algorithm>

#include "demo/b2b.h"
#include "demo/random.h"

namespace backcast::demo::b2b {
namespace {

class Visits {
 public:
  explicit Visits(Brand& brand) : brand_(brand), random_(brand.options.seed, "b2b/site") {}

  void Run() {
    const auto sources = static_cast<int>(BrandParameters().sources.size());
    for (int day = 0; day < brand_.days; ++day) {
      for (int source = 0; source < sources; ++source) Land(day, source, Count(day, source));
    }
    std::stable_sort(brand_.leads.begin(), brand_.leads.end(), [](const Lead& a, const Lead& b) {
      return a.day != b.day ? a.day < b.day : a.minute < b.minute;
    });
    for (std::size_t i = 0; i < brand_.leads.size(); ++i) brand_.leads[i].number = static_cast<int>(i) + 1;
    Claim();
  }

 private:
  std::int64_t Count(int day, int source) {
    const Parameters& p = BrandParameters();
    const Source& from = p.sources[static_cast<std::size_t>(source)];
    if (from.way == Way::kLinkedIn) {
      if (from.medium != "social") return untagged_;
      const std::int64_t all =
          random_.Binomial(brand_.page[static_cast<std::size_t>(day)].counts.link_clicks, p.click_to_visit);
      const std::int64_t tagged = random_.Binomial(all, p.tagged_share);
      untagged_ = all - tagged;
      return tagged;
    }
    if (from.way == Way::kLinkedInAds) {
      std::int64_t visits = 0;
      const std::size_t first = static_cast<std::size_t>(day) * p.campaigns.size();
      for (std::size_t i = first; i < first + p.campaigns.size(); ++i) {
        if (p.campaigns[static_cast<std::size_t>(brand_.ads[i].campaign)].name == from.campaign)
          visits += brand_.ads[i].visits;
      }
      return visits;
    }
    double mean = p.ways[static_cast<std::size_t>(from.way)].visits_per_day * brand_.options.scale;
    if (from.way == Way::kDirect) mean *= p.Effect(EventId::kFair, brand_.At(day));
    return random_.Overdispersed(mean * p.Demand(brand_.At(day)), 60);
  }

  void Land(int day, int source, std::int64_t visits) {
    const Parameters& p = BrandParameters();
    const Way way = p.sources[static_cast<std::size_t>(source)].way;
    const bool prize = way == Way::kLinkedIn && p.Active(EventId::kThesisPrize, brand_.At(day));
    const std::int64_t wanted = random_.Binomial(
        visits, prize ? p.prize_target_share : p.ways[static_cast<std::size_t>(way)].target_share);
    const std::int64_t austria = random_.Binomial(wanted, 0.15),
                       swiss = random_.Binomial(wanted - austria, 0.1);
    InCountry(day, source, 0, wanted - austria - swiss);
    InCountry(day, source, 1, austria);
    InCountry(day, source, 2, swiss);
    std::int64_t left = visits - wanted;
    static constexpr double kOthers[] = {0.34, 0.30, 0.35, 1.0};  // of those still left
    for (int i = 0; i < 4; ++i) {
      const std::int64_t here = random_.Binomial(left, kOthers[i]);
      InCountry(day, source, kTargetCountries + i, here);
      left -= here;
    }
  }

  void InCountry(int day, int source, int country, std::int64_t visits) {
    if (visits == 0) return;
    const Parameters& p = BrandParameters();
    const WayRates& rates = p.ways[static_cast<std::size_t>(p.sources[static_cast<std::size_t>(source)].way)];
    SiteCell& cell = brand_.Cell(day, source, country);
    cell.sessions += visits;
    cell.engaged += random_.Binomial(visits, rates.engaged);
    cell.users += visits - random_.Binomial(visits, 0.08);
    cell.new_users += random_.Binomial(cell.users, rates.new_share);
    const double asks = rates.lead * p.Effect(EventId::kCalculator, brand_.At(day)) *
                        (country < kTargetCountries ? 1 : p.foreign_lead);
    for (std::int64_t i = random_.Binomial(visits, asks); i > 0; --i) {
      Lead lead;
      lead.day = day;
      lead.minute = 7 * 60 + (random_.Below(840) + random_.Below(840)) / 2;
      lead.stream = source;
      lead.country = country;
      lead.person = next_person_++;
      brand_.leads.push_back(lead);
      ++cell.leads;
    }
  }

  /// The platform also claims requests of people who had only seen an ad.
  void Claim() {
    const Parameters& p = BrandParameters();
    for (AdDay& row : brand_.ads) {
      std::int64_t own = 0;
      for (std::size_t s = 0; s < p.sources.size(); ++s) {
        if (p.sources[s].campaign != p.campaigns[static_cast<std::size_t>(row.campaign)].name) continue;
        for (int c = 0; c < kAllCountries; ++c) own += brand_.Cell(row.day, static_cast<int>(s), c).leads;
      }
      row.claimed = own + random_.Poisson(0.06 * brand_.options.scale);
    }
  }

  Brand& brand_;
  Random random_;
  std::int64_t untagged_ = 0;  ///< of the day's tagged source, which comes before
  int next_person_ = 1;
};

}  // namespace

void SimulateVisits(Brand& brand) { Visits(brand).Run(); }

}  // namespace backcast::demo::b2b
