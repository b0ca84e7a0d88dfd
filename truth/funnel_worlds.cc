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

/// What a shop is like before anything happens.
struct Habits {
  int weeks = 52, length = 28;
  double visits = 0, elsewhere = 0, cart = 0, buy = 0, price = 0;
  double season = 0, phase = 0, memory = 0;
  double noise_visits = 0, noise_cart = 0, noise_buy = 0, noise_price = 0;
};

Habits HabitsOf(Random& random) {
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
  return habits;
}

/// One shop, day by day.
class Shop {
 public:
  explicit Shop(std::uint64_t seed) : random_(seed), habits_(HabitsOf(random_)) {
    const auto weeks = static_cast<std::size_t>(habits_.weeks) + 60;
    demand_ = Wander(random_, weeks, habits_.memory, habits_.noise_visits / 2);
    visits_ = Wander(random_, weeks, habits_.memory, habits_.noise_visits);
    cart_ = Wander(random_, weeks, habits_.memory, habits_.noise_cart);
    buy_ = Wander(random_, weeks, habits_.memory, habits_.noise_buy);
    price_ = Wander(random_, weeks, habits_.memory, habits_.noise_price);
  }

  const Habits& habits() const { return habits_; }
  Random& random() { return random_; }

  struct Sold {
    double visits = 0, elsewhere = 0, carts = 0, orders = 0, money = 0;
  };

  /// The factors' means of the day are those of the habits times these; `season` off holds demand at its
  /// mean.
  Sold Day(int day, double visit = 1, double demand = 1, double cart = 1, double buy = 1, double price = 1,
           bool seasonal = true) {
    const auto week = static_cast<std::size_t>(day / 7);
    const double weekday = day % 7 < 5 ? 1.08 : 0.8;
    const double season =
        seasonal ? std::exp(habits_.season * std::sin(2 * std::numbers::pi * day / 365.25 + habits_.phase) +
                            demand_[week])
                 : 1;
    Sold sold;
    sold.visits =
        random_.Poisson(habits_.visits * weekday * season * demand * visit * std::exp(visits_[week]));
    sold.elsewhere = random_.Poisson(habits_.elsewhere * weekday * season * demand);
    sold.carts = random_.Binomial(sold.visits, std::min(0.9, habits_.cart * cart * std::exp(cart_[week])));
    sold.orders = random_.Binomial(sold.carts, std::min(0.95, habits_.buy * buy * std::exp(buy_[week])));
    // The mean of so many log-normal baskets.
    if (sold.orders > 0)
      sold.money = sold.orders * habits_.price * price * std::exp(price_[week]) *
                   std::max(0.2, 1 + 0.5 / std::sqrt(sold.orders) * random_.Normal());
    return sold;
  }

 private:
  Random random_;
  Habits habits_;
  std::vector<double> demand_, visits_, cart_, buy_, price_;
};

double Error(double noise, double memory, int length, double events) {
  const double weeks = length / 7.0;
  return std::sqrt(noise * noise * (1 + memory) / (1 - memory) * 2 / weeks + 2 / std::max(1.0, events));
}

FunnelWorld Build(int index, const std::string& kind, bool quiet) {
  FunnelWorld made;
  World& world = made.world;
  world.seed = WorldSeed(kind, index);
  Shop shop(world.seed);
  const Habits& habits = shop.habits();
  ReadWorldPlan(world, kPlan);
  const backcast::Day first = ParseIsoDay("2024-01-01").value();
  const int days = habits.weeks * 7 + habits.length, from = days - habits.length;
  SetPeriods(world, first, days, habits.length);
  Random& random = shop.random();
  made.cause = quiet ? Cause::kNothing : static_cast<Cause>(random.Below(7));
  const double size = 0.15 + 0.5 * random.Uniform();
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
    const double hit = day >= from ? 1 - size : 1;
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
  AddNode(world, "k_visit", std::move(visits));
  AddNode(world, "o.add_to_cart_rate", std::move(cart));
  AddNode(world, "o.cart_to_purchase_rate", std::move(buy));
  AddNode(world, "o.aov", std::move(price));
  AddNode(world, "o", std::move(money));
  world.data.nodes["k_visit"].elsewhere = std::move(elsewhere);
  for (const ChainNode& node : world.chain.nodes) {
    const NodeData* data = world.data.Find(node.id);
    if (data == nullptr || (node.role != NodeRole::kOutcome && node.role != NodeRole::kFactor)) continue;
    for (const Window& window : {world.data.period, world.data.compare}) {
      for (DataDoubt& doubt : FindGaps(node.id, node.title, data->daily, window))
        world.data.doubts.push_back(std::move(doubt));
    }
  }
  return made;
}

}  // namespace

std::string_view ToWord(Cause cause) {
  static constexpr std::string_view kWords[] = {
      "nothing",         "fewer visits",      "less demand everywhere", "fewer carts",
      "broken checkout", "lower order value", "gap in an export"};
  return kWords[static_cast<std::size_t>(cause)];
}

FunnelWorld MakeFunnel(int index) { return Build(index, "funnel", false); }
FunnelWorld QuietFunnel(int index) { return Build(index, "quiet funnel", true); }

double NextStretch(int index, int days, const std::vector<double>& needed_per_day) {
  Shop shop(WorldSeed("quiet funnel", index));
  constexpr double kMeanOfWeek = (5 * 1.08 + 2 * 0.8) / 7;
  const Habits& habits = shop.habits();
  const double visits = needed_per_day[0] / (habits.visits * kMeanOfWeek),
               cart = needed_per_day[1] / habits.cart;
  const double buy = needed_per_day[2] / habits.buy, price = needed_per_day[3] / habits.price;
  const int from = shop.habits().weeks * 7 + shop.habits().length;
  double money = 0;
  for (int day = 0; day < from + days; ++day) {
    const bool after = day >= from;
    const Shop::Sold sold = after ? shop.Day(day, visits, 1, cart, buy, price, false) : shop.Day(day);
    if (after) money += sold.money;
  }
  return money;
}

}  // namespace backcast::truth
