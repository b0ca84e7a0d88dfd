// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "truth/world.h"

namespace backcast::truth {
namespace {

constexpr const char* kPlan = R"(backcast: 1
brand: {name: Shop, currency: EUR}
team:
- {id: ana, role: Social media manager, function: social, influences: [content, audience]}
- {id: sam, role: Shop owner, function: site, influences: [site, catalogue, commerce]}
- {id: pat, role: Product manager, function: product, influences: [prices, product]}
outcomes:
- {id: o, metric: revenue_net, scope: {channel_group: [organic_social, paid_social]}, ceo: Money from orders., owner: ana, unit: EUR per month,
   baseline: 1, target: 2, tree: ecommerce_sales}
kpis:
- {id: k_visit, outcome: o, metric: targeted_sessions, scope: {channel_group: [organic_social, paid_social]}, owner: ana}
)";

constexpr const char* kQuiet = "quiet funnel";
constexpr double kBusy = 100;
constexpr double kIncident = 0.4;  ///< what an old incident leaves of a stage

/// What a shop is like before anything happens.
struct Habits {
  int weeks = 52, length = 28;
  double visits = 0, elsewhere = 0, cart = 0, buy = 0, price = 0;
  double season = 0, phase = 0, memory = 0;
  double noise_visits = 0, noise_cart = 0, noise_buy = 0, noise_price = 0;
};

Habits HabitsOf(Random& random, const FunnelSettings& settings) {
  Habits habits;
  habits.weeks = 14 + static_cast<int>(random.Below(91));
  constexpr int kLengths[] = {28, 30, 30, 91};
  habits.length = kLengths[random.Below(habits.weeks > 52 ? 4 : 3)];
  habits.visits = std::exp(3.5 + random.Uniform() * 4);  // 33 to 1,800 a day
  habits.elsewhere = habits.visits * (0.5 + 4 * random.Uniform());
  habits.cart = 0.03 + 0.07 * random.Uniform();
  habits.buy = 0.3 + 0.3 * random.Uniform();
  habits.price = 30 + 90 * random.Uniform();
  habits.season = 0.25 * random.Uniform();
  habits.phase = 6.28 * random.Uniform();
  habits.memory = 0.6 * random.Uniform();
  habits.noise_visits = 0.03 + 0.12 * random.Uniform();
  habits.noise_cart = 0.02 + 0.06 * random.Uniform();
  habits.noise_buy = 0.02 + 0.05 * random.Uniform();
  habits.noise_price = 0.02 + 0.05 * random.Uniform();
  if (settings.weeks > 0) {
    habits.weeks = settings.weeks;
    habits.length = 28;
  }
  if (settings.most_memory) habits.memory = *settings.most_memory * random.Uniform();
  if (settings.memory) habits.memory = *settings.memory;
  if (!settings.season) habits.season = 0;
  if (settings.busy) {
    habits.visits *= kBusy;
    habits.elsewhere *= kBusy;
  }
  return habits;
}

/// What log-normal noise adds to the logarithm of a mean.
double Lift(double sd) { return sd * sd / 2; }

/// One shop, day by day.
class Shop {
 public:
  Shop(std::uint64_t seed, const FunnelSettings& settings)
      : random_(seed), habits_(HabitsOf(random_, settings)), chance_(settings.chance) {
    demand_ = Noise(habits_.noise_visits / 2);
    visits_ = Noise(habits_.noise_visits);
    cart_ = Noise(habits_.noise_cart);
    buy_ = Noise(habits_.noise_buy);
    price_ = Noise(habits_.noise_price);
  }

  const Habits& habits() const { return habits_; }
  Random& random() { return random_; }

  struct Sold {
    double visits = 0, elsewhere = 0, carts = 0, orders = 0, money = 0;
  };

  /// What the season makes of demand, around 1.
  double Season(int day) const {
    return std::exp(habits_.season * std::sin(2 * std::numbers::pi * day / 365.25 + habits_.phase));
  }

  /// The factors' means of the day are those of the habits times these.
  Sold Day(int day, double visit = 1, double demand = 1, double cart = 1, double buy = 1, double price = 1) {
    const auto week = static_cast<std::size_t>(day / 7);
    const double weekday = day % 7 < 5 ? 1.08 : 0.8;
    const double season = Season(day) * std::exp(demand_[week]);
    Sold sold;
    sold.visits = Drawn(habits_.visits * weekday * season * demand * visit * std::exp(visits_[week]));
    sold.elsewhere = Drawn(habits_.elsewhere * weekday * season * demand);
    sold.carts = Drawn(sold.visits, std::min(0.9, habits_.cart * cart * std::exp(cart_[week])));
    sold.orders = Drawn(sold.carts, std::min(0.95, habits_.buy * buy * std::exp(buy_[week])));
    sold.money = sold.orders * habits_.price * price * std::exp(price_[week]);
    // The mean of so many log-normal baskets.
    if (sold.orders > 0 && chance_)
      sold.money *= std::max(0.2, 1 + 0.5 / std::sqrt(sold.orders) * random_.Normal());
    return sold;
  }

 private:
  double Drawn(double mean) { return chance_ ? random_.Poisson(mean) : mean; }
  double Drawn(double n, double p) { return chance_ ? random_.Binomial(n, p) : n * p; }

  /// A factor's noise in logs, by week; without chance what it adds to the mean.
  std::vector<double> Noise(double sd) {
    const auto weeks = static_cast<std::size_t>(habits_.weeks) + 60;
    return chance_ ? Wander(random_, weeks, habits_.memory, sd) : std::vector<double>(weeks, Lift(sd));
  }

  Random random_;
  Habits habits_;
  bool chance_ = true;
  std::vector<double> demand_, visits_, cart_, buy_, price_;
};

double Error(double noise, double memory, int length, double events) {
  const double weeks = length / 7.0;
  return std::sqrt(noise * noise * (1 + memory) / (1 - memory) * 2 / weeks + 2 / std::max(1.0, events));
}

/// Draws the cause; `put` will know the stage that belongs to it.
Cause CauseOf(Random& random, const FunnelSettings& settings) {
  constexpr Cause kStages[] = {Cause::kVisits, Cause::kCart, Cause::kCheckout, Cause::kPrice};
  if (settings.quiet) return Cause::kNothing;
  if (settings.broken > 0) return kStages[random.Below(4)];
  return static_cast<Cause>(random.Below(7));
}

}  // namespace

FunnelWorld MakeFunnel(const std::string& kind, int index, const FunnelSettings& settings) {
  FunnelWorld made;
  World& world = made.world;
  world.seed = WorldSeed(kind, index);
  Shop shop(world.seed, settings);
  const Habits& habits = shop.habits();
  ReadWorldPlan(world, kPlan);
  const backcast::Day first = ParseIsoDay("2024-01-01").value();
  const int days = habits.weeks * 7 + habits.length, from = days - habits.length;
  SetPeriods(world, first, days, habits.length);
  Random& random = shop.random();
  made.cause = CauseOf(random, settings);
  const double drawn = 0.15 + 0.5 * random.Uniform(), size = settings.broken > 0 ? settings.broken : drawn;
  const int incident_weeks = settings.incident ? 2 + static_cast<int>(random.Below(3)) : 0;
  const int incident =
      settings.incident ? static_cast<int>(random.Below(static_cast<std::uint64_t>(habits.weeks - 8))) : 0;
  const double per_day = habits.visits, carts = per_day * habits.cart * habits.length,
               orders = carts * habits.buy;
  const auto put = [&](Cause cause, const char* metric, const char* owner, double noise, double events) {
    if (made.cause != cause) return;
    made.metric = metric;
    made.owner = owner;
    made.size = -size;
    made.noise = noise;
    made.enough =
        habits.weeks >= 26 && -std::log1p(-size) > 3 * Error(noise, habits.memory, habits.length, events);
  };
  put(Cause::kVisits, "targeted_sessions", "ana", std::hypot(habits.noise_visits, habits.season),
      per_day * habits.length);
  put(Cause::kCart, "add_to_cart_rate", "sam", habits.noise_cart, carts);
  put(Cause::kCheckout, "cart_to_purchase_rate", "sam", habits.noise_buy, orders);
  put(Cause::kPrice, "aov", "pat", habits.noise_price, orders * 4);
  if (made.cause == Cause::kDemand) made.size = -size;
  DailySeries visits{Combine::kSum, first, {}, {}}, elsewhere = visits, money = visits;
  DailySeries cart{Combine::kRate, first, {}, {}}, buy = cart, price = cart;
  for (int day = 0; day < days; ++day) {
    const double hit = day >= from                                                  ? 1 - size
                       : day / 7 >= incident && day / 7 < incident + incident_weeks ? kIncident
                                                                                    : 1;
    const auto when = [&](Cause cause) { return made.cause == cause ? hit : 1; };
    Shop::Sold sold = shop.Day(day, when(Cause::kVisits), when(Cause::kDemand), when(Cause::kCart),
                               when(Cause::kCheckout), when(Cause::kPrice));
    const bool lost = made.cause == Cause::kGap && day >= from + 6 && day < from + 12;
    visits.amount.push_back(lost ? 0 : sold.visits);
    elsewhere.amount.push_back(lost ? 0 : sold.elsewhere);
    cart.amount.push_back(lost ? 0 : sold.carts);
    cart.base.push_back(lost ? 0 : sold.visits);
    buy.amount.push_back(lost ? 0 : sold.orders);
    buy.base.push_back(lost ? 0 : sold.carts);
    price.amount.push_back(sold.money);
    price.base.push_back(sold.orders);
    money.amount.push_back(sold.money);
  }
  AddFunnel(world, {{"k_visit", std::move(visits)},
                    {"o.add_to_cart_rate", std::move(cart)},
                    {"o.cart_to_purchase_rate", std::move(buy)},
                    {"o.aov", std::move(price)},
                    {"o", std::move(money)}});
  world.data.nodes["k_visit"].elsewhere = std::move(elsewhere);
  return made;
}

std::string_view ToWord(Cause cause) {
  static constexpr std::string_view kWords[] = {
      "nothing",         "fewer visits",      "less demand everywhere", "fewer carts",
      "broken checkout", "lower order value", "gap in an export"};
  return kWords[static_cast<std::size_t>(cause)];
}

FunnelWorld QuietFunnel(int index, bool chance) {
  return MakeFunnel(kQuiet, index, {.quiet = true, .chance = chance});
}

double NextStretch(int index, int days, const std::vector<double>& needed) {
  Shop shop(WorldSeed(kQuiet, index), {.quiet = true});
  const Habits& habits = shop.habits();
  const int from = habits.weeks * 7 + habits.length;
  shop.random().Uniform();  // the size that the past has drawn
  for (int day = 0; day < from; ++day) shop.Day(day);
  double season = 0;
  for (int day = from; day < from + days; ++day) season += shop.Season(day) / days;
  constexpr double kMeanOfWeek = (5 * 1.08 + 2 * 0.8) / 7;
  const auto times = [](double wanted, double mean, double noise) {
    return wanted / (mean * std::exp(Lift(noise)));
  };
  const double visits = times(needed[0], habits.visits * kMeanOfWeek * season,
                              std::hypot(habits.noise_visits, habits.noise_visits / 2)),
               cart = times(needed[1], habits.cart, habits.noise_cart),
               buy = times(needed[2], habits.buy, habits.noise_buy),
               price = times(needed[3], habits.price, habits.noise_price);
  double money = 0;
  for (int day = from; day < from + days; ++day) money += shop.Day(day, visits, 1, cart, buy, price).money;
  return money;
}

}  // namespace backcast::truth
