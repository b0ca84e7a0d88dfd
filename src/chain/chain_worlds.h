// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: a small shop as the numbers of a chain, with at most one thing broken in
// its last four weeks; and three KPIs of which one may lead an outcome.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "chain/chain_data.h"
#include "chain/claim.h"
#include "chain/graph.h"
#include "measure/random.h"
#include "plan/plan_cases.h"

namespace backcast {

inline constexpr const char* kShopPlan = R"(backcast: 1
brand: {name: Shop, currency: EUR}
team:
- {id: ana, role: Social media manager, function: social, influences: [content]}
- {id: sam, role: Shop owner, function: site, influences: [site, catalogue]}
outcomes:
- {id: o, metric: revenue_net, scope: {channel_group: [organic_social]}, ceo: Money from orders., owner: ana, unit: EUR per month, target: {value: 30000, by: 2027-06-30}, lag_weeks: 2, tree: ecommerce_sales}
kpis:
- {id: k_visit, outcome: o, metric: targeted_sessions, scope: {channel_group: [organic_social]}, owner: ana}
- {id: k_views, outcome: o, metric: views, owner: ana}
tactics:
- {id: t, element: content, moves: [k_visit], owner: ana}
)";

struct ShopWorld {
  Plan plan;
  ValueChain chain;
  ChainData data;
};

struct ShopBreak {
  double visits = 1, everywhere = 1, cart = 1, buy = 1;  ///< factors in the last four weeks
  bool gap = false;                                      ///< six days without any visit
  int weeks = 60;
  double views_lead = 0;  ///< elasticity of visits to the views of two weeks before
};

inline void PutNode(ShopWorld& world, const std::string& id, DailySeries series) {
  NodeData data;
  data.now = series.Over(world.data.period);
  data.before = series.Over(world.data.compare);
  data.now_n = series.Events(world.data.period);
  data.before_n = series.Events(world.data.compare);
  data.daily = std::move(series);
  world.data.nodes[id] = std::move(data);
}

inline ShopWorld MakeShop(const ShopBreak& broken, std::uint64_t seed = 1,
                          const std::string& plan = kShopPlan) {
  ShopWorld world;
  world.plan = ReadSoundly(plan).plan;
  world.chain = BuildValueChain(world.plan, ShippedCatalogue());
  Random random(seed);
  const Day first = DayOf("2025-01-06");
  const int days = broken.weeks * 7, from = days - 28;
  world.data.last = first + std::chrono::days{days - 1};
  world.data.period = {first + std::chrono::days{from}, first + std::chrono::days{days}};
  world.data.compare = {first + std::chrono::days{from - 28}, first + std::chrono::days{from}};
  world.data.currency = "EUR";
  std::vector<double> views_log;
  for (int week = 0; week < broken.weeks + 2; ++week) views_log.push_back(0.25 * random.Normal());
  DailySeries visits{Combine::kSum, first, {}, {}}, elsewhere = visits, money = visits, views = visits;
  DailySeries cart{Combine::kRate, first, {}, {}}, buy = cart, price = cart;
  for (int day = 0; day < days; ++day) {
    const bool last = day >= from;
    const double lead = std::exp(broken.views_lead * views_log[static_cast<std::size_t>(day / 7)]);
    const double mean = 300 * (last ? broken.everywhere : 1);
    const bool lost = broken.gap && day >= from + 5 && day < from + 11;
    const double sessions = lost ? 0 : random.Poisson(mean * lead * (last ? broken.visits : 1));
    const double carts = random.Binomial(sessions, 0.1 * (last ? broken.cart : 1));
    const double orders = random.Binomial(carts, 0.5 * (last ? broken.buy : 1));
    visits.amount.push_back(sessions);
    elsewhere.amount.push_back(lost ? 0 : random.Poisson(2 * mean));
    views.amount.push_back(random.Poisson(5000 * std::exp(views_log[static_cast<std::size_t>(day / 7) + 2])));
    cart.amount.push_back(carts);
    cart.base.push_back(sessions);
    buy.amount.push_back(orders);
    buy.base.push_back(carts);
    price.amount.push_back(50 * orders);
    price.base.push_back(orders);
    money.amount.push_back(50 * orders);
  }
  PutNode(world, "k_visit", std::move(visits));
  PutNode(world, "k_views", std::move(views));
  PutNode(world, "o.add_to_cart_rate", std::move(cart));
  PutNode(world, "o.cart_to_purchase_rate", std::move(buy));
  PutNode(world, "o.aov", std::move(price));
  PutNode(world, "o", std::move(money));
  world.data.nodes["k_visit"].elsewhere = std::move(elsewhere);
  for (DataDoubt& doubt :
       FindGaps("k_visit", "Targeted sessions", world.data.nodes["k_visit"].daily, world.data.period))
    world.data.doubts.push_back(std::move(doubt));
  return world;
}

inline ValueChain ChainOf(const std::string& yaml) {
  return BuildValueChain(ReadSoundly(yaml).plan, ShippedCatalogue());
}

/// `text` with the first `old` replaced; a test that names what is not there fails.
inline std::string With(std::string text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? text : text.replace(at, old.size(), now);
}

inline bool Says(const std::vector<Claim>& claims, std::string_view key) {
  return std::any_of(claims.begin(), claims.end(),
                     [&](const Claim& claim) { return claim.key().starts_with(key); });
}

/// All sentences, for a test's message.
inline std::string Spoken(const std::vector<Claim>& claims) {
  std::string all;
  for (const Claim& claim : claims) all += claim.key() + ": " + claim.text() + "\n";
  return all;
}

inline constexpr const char* kLinkPlan = R"(backcast: 1
brand: {name: World, currency: EUR}
team: [{id: ana, role: Social media manager, function: social, influences: [content]}]
outcomes:
- {id: o, metric: speaking_invitations, ceo: Invitations to speak., owner: ana, target: 2}
kpis:
- {id: k0, outcome: o, metric: views, owner: ana}
- {id: k1, outcome: o, metric: link_clicks, owner: ana}
- {id: k2, outcome: o, metric: saves, owner: ana}
)";

struct LinkHabits {
  int weeks = 104;
  double slope = 0.8;    ///< of ln o on ln k0 of two weeks before; 0: nothing leads to the outcome
  bool breaks = false;   ///< the slope is 0 in the last half year
  bool pushed = false;   ///< k0 is half as high again in the last half year, which brings nothing
  bool follows = false;  ///< the same, and the outcome follows
};

/// Three KPIs by day, of which k0 may lead the outcome; k1 and k2 never do.
inline ShopWorld MakeLinks(const LinkHabits& habits, std::uint64_t seed = 1,
                           const std::string& plan = kLinkPlan) {
  constexpr std::size_t kLag = 2, kHalfYear = 26;
  ShopWorld world;
  world.plan = ReadSoundly(plan).plan;
  world.chain = BuildValueChain(world.plan, ShippedCatalogue());
  const Day first = DayOf("2024-01-01"), end = first + std::chrono::days{7 * habits.weeks};
  world.data.last = end - std::chrono::days{1};
  world.data.period = {end - std::chrono::days{28}, end};
  world.data.compare = {end - std::chrono::days{56}, end - std::chrono::days{28}};
  world.data.currency = "EUR";
  Random random(seed);
  const std::size_t weeks = static_cast<std::size_t>(habits.weeks) + kLag;
  const auto wander = [&](double sd) {
    std::vector<double> logs(weeks);
    for (double& log : logs) log = sd * random.Normal();
    return logs;
  };
  std::vector<std::vector<double>> kpis = {wander(0.3), wander(0.3), wander(0.3)};
  std::vector<double> outcome = wander(0.12);
  const double push = std::log(1.5);
  for (std::size_t week = kLag; week < weeks; ++week) {
    const bool late = week + kHalfYear >= weeks;
    outcome[week] += (habits.breaks && late ? 0 : habits.slope) * kpis[0][week - kLag];
    if (late && habits.follows) outcome[week] += habits.slope * push;
  }
  for (std::size_t week = weeks - std::min(weeks, kHalfYear); week < weeks; ++week) {
    if (habits.pushed || habits.follows) kpis[0][week] += push;
  }
  const auto days = [&](const std::vector<double>& logs, double mean) {
    DailySeries series{Combine::kSum, first, {}, {}};
    for (std::size_t week = kLag; week < weeks; ++week) {
      for (int day = 0; day < 7; ++day) series.amount.push_back(random.Poisson(mean * std::exp(logs[week])));
    }
    return series;
  };
  for (std::size_t i = 0; i < kpis.size(); ++i) PutNode(world, "k" + std::to_string(i), days(kpis[i], 400));
  PutNode(world, "o", days(outcome, 90));
  return world;
}

}  // namespace backcast
