// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "truth/world.h"

namespace backcast::truth {
namespace {

constexpr const char* kPlan = R"(backcast: 1
brand: {name: Machines, currency: EUR}
team:
- {id: ana, role: Social media manager, function: social, influences: [content, audience]}
- {id: sam, role: Web manager, function: site, influences: [site]}
- {id: kim, role: Head of sales, function: sales, influences: [sales]}
outcomes:
- {id: o, metric: revenue_won, scope: {channel_group: [organic_social]}, ceo: Value of the contracts we signed., owner: ana, unit: EUR per quarter,
   baseline: 1, target: 2, tree: b2b_revenue}
kpis:
- {id: k_visit, outcome: o, metric: targeted_sessions, scope: {channel_group: [organic_social]}, owner: ana}
)";

constexpr double kDaysPerMonth = 30.4375;

/// A share of what the stage before lets through.
struct Stage {
  const char* node;
  const char* metric;
  const char* owner;
  double mean = 0, noise = 0;
  std::vector<double> weeks;  ///< its noise, in logs
};

double Between(Random& random, double low, double high) { return low + (high - low) * random.Uniform(); }

}  // namespace

FunnelWorld MakeRareDeals(const std::string& kind, int index, bool quiet) {
  FunnelWorld made;
  World& world = made.world;
  world.seed = WorldSeed(kind, index);
  Random random(world.seed);
  ReadWorldPlan(world, kPlan);
  const int weeks = 26 + static_cast<int>(random.Below(79)), length = random.Below(2) == 0 ? 28 : 91;
  const int days = weeks * 7 + length, from = days - length;
  const backcast::Day first = ParseIsoDay("2024-01-01").value();
  SetPeriods(world, first, days, length);
  const double memory = 0.5 * random.Uniform(), tail = Between(random, 0.7, 1.3),
               value = Between(random, 3000, 40000), won = Between(random, 0.15, 0.4);
  Stage stages[] = {{"k_visit", "targeted_sessions", "ana", 0, 0.12, {}},
                    {"o.lead_rate", "lead_rate", "sam", Between(random, 0.01, 0.03), 0.08, {}},
                    {"o.lead_quality_rate", "lead_quality_rate", "ana", Between(random, 0.3, 0.6), 0.06, {}},
                    {"o.lead_to_sql_rate", "lead_to_sql_rate", "kim", Between(random, 0.4, 0.7), 0.06, {}},
                    {"o.avg_deal_value", "avg_deal_value", "kim", 1, 0.05, {}}};
  const double deals = Between(random, 3, 10);
  stages[0].mean = deals / (kDaysPerMonth * stages[1].mean * stages[2].mean * stages[3].mean * won);
  for (Stage& stage : stages)
    stage.weeks = Wander(random, static_cast<std::size_t>(weeks) + 14, memory, stage.noise);
  const std::size_t broken = random.Below(std::size(stages));
  const double size = Between(random, 0.3, 0.8);
  if (!quiet) {
    made.metric = stages[broken].metric;
    made.owner = stages[broken].owner;
    made.size = -size;
  }
  DailySeries visits{Combine::kSum, first, {}, {}}, money = visits;
  DailySeries leads{Combine::kRate, first, {}, {}}, qualified = leads, sales = leads, price = leads;
  for (int day = 0; day < days; ++day) {
    const auto mean = [&](std::size_t i) {
      const double hit = !quiet && i == broken && day >= from ? 1 - size : 1;
      return stages[i].mean * hit * std::exp(stages[i].weeks[static_cast<std::size_t>(day / 7)]);
    };
    const double came = random.Poisson(mean(0)), asked = random.Binomial(came, std::min(0.9, mean(1))),
                 fit = random.Binomial(asked, std::min(0.9, mean(2))),
                 talked = random.Binomial(fit, std::min(0.9, mean(3))),
                 signed_now = random.Binomial(talked, won);
    double sum = 0;
    for (int deal = 0; deal < static_cast<int>(signed_now); ++deal)
      sum += value * mean(4) * std::exp(tail * random.Normal());
    visits.amount.push_back(came);
    leads.amount.push_back(asked);
    leads.base.push_back(came);
    qualified.amount.push_back(fit);
    qualified.base.push_back(asked);
    sales.amount.push_back(talked);
    sales.base.push_back(fit);
    price.amount.push_back(sum);
    price.base.push_back(signed_now);
    money.amount.push_back(sum);
  }
  AddFunnel(world, {{stages[0].node, std::move(visits)},
                    {stages[1].node, std::move(leads)},
                    {stages[2].node, std::move(qualified)},
                    {stages[3].node, std::move(sales)},
                    {stages[4].node, std::move(price)},
                    {"o", std::move(money)}});
  return made;
}

}  // namespace backcast::truth
