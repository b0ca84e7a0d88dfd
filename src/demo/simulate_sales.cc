// SPDX-License-Identifier: Apache-2.0
// After the click: baskets, returns and cancellations of orders; first contact, qualification and deals of
// leads.
#include <algorithm>

#include "demo/office.h"
#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr std::int64_t kFreeShipping = 8000;  // cents
constexpr std::int64_t kShipping = 490;

int PickProduct(Random& random) {
  const auto& products = Products();
  double all = 0;
  for (const Product& product : products) all += product.weight;
  double at = random.Uniform() * all;
  for (std::size_t i = 0; i + 1 < products.size(); ++i) {
    if (at < products[i].weight) return static_cast<int>(i);
    at -= products[i].weight;
  }
  return static_cast<int>(products.size()) - 1;
}

void FillBasket(const World& world, Order& order, Random& random) {
  const Parameters& p = BrandParameters();
  const bool dearer = p.Active(EventId::kPriceRise, world.At(order.day));
  const int lines = random.Chance(0.55) ? 1 : random.Chance(0.66) ? 2 : 3;
  for (int i = 0; i < lines; ++i) {
    OrderLine line{PickProduct(random), random.Chance(0.12) ? 2 : 1, 0};
    const std::int64_t price = Products()[static_cast<std::size_t>(line.product)].price;
    line.price = dearer ? (price * 106 / 100 + 5) / 10 * 10 : price;
    order.goods += line.price * line.quantity;
    order.lines.push_back(line);
  }
  const Channel channel = world.streams[static_cast<std::size_t>(order.stream)].channel;
  std::int64_t percent = 0;
  if (p.Active(EventId::kBlackFriday, world.At(order.day)) && random.Chance(0.6)) {
    order.code = "TOUR15";
    percent = 15;
  } else if (random.Chance(channel == Channel::kEmail ? 0.22 : 0.05)) {
    order.code = "WILLKOMMEN10";
    percent = 10;
  }
  order.discount = order.goods * percent / 100;
  const std::int64_t paid = order.goods - order.discount;
  order.shipping = paid < kFreeShipping ? kShipping : 0;
  order.total = paid + order.shipping;
  order.tax = (order.total * 19 + 59) / 119;
}

void SendBack(const World& world, Order& order, Random& random) {
  const Parameters& p = BrandParameters();
  const bool cancelled = random.Chance(p.cancel_rate);
  const bool back = random.Chance(p.return_rate * p.Effect(EventId::kSizeGuide, world.At(order.day)));
  const bool whole = random.Chance(0.45);
  const int wait = 6 + random.Below(22);
  if (cancelled) {
    order.cancelled = true;
    order.refunded = order.total;
    order.refund_day = order.day;
    return;
  }
  if (!back) return;
  const OrderLine& line = order.lines.back();
  const std::int64_t paid = order.goods - order.discount;
  order.returned = whole ? paid : line.price * paid / order.goods;
  if (order.day + wait >= world.days) return;
  order.refunded = order.returned;
  order.refund_day = order.day + wait;
}

void Answer(const World& world, Lead& lead, Random& random) {
  const Parameters& p = BrandParameters();
  const Event& leave = p.At(EventId::kSalesLeave);
  const bool away = p.Active(EventId::kSalesLeave, world.At(lead.day));
  const bool never = random.Chance(away ? p.never_answered_on_leave : p.never_answered);
  const auto minutes = static_cast<int>(p.answer_minutes * random.Gamma(1.1)) + 1;
  const int backlog = random.Below(12 * 60);
  if (never) return;
  int day = lead.day, minute = lead.minute;
  if (away) {
    day = static_cast<int>((leave.to - world.start).count());
    minute = kOpens;
  }
  PassOfficeTime(world.start, day, minute, away ? minutes + backlog * 3 : minutes);
  if (day >= world.days) return;
  lead.contact_day = day;
  lead.contact_minute = minute;
}

void Qualify(const World& world, Lead& lead, Random& random) {
  const Parameters& p = BrandParameters();
  const double draw = random.Uniform();
  const int steps[3] = {1 + random.Below(6), 2 + random.Below(9), 8 + random.Below(30)};
  const bool wins = random.Chance(p.win_share);
  const auto amount = static_cast<std::int64_t>(random.Gamma(2.2) * 640) * 100 + 9000;
  if (lead.contact_day < 0) return;
  const bool quick = lead.contact_day - lead.day <= 3;
  if (draw >= (quick ? p.sql_if_quick : p.sql_if_late)) return;
  if (lead.contact_day + steps[0] >= world.days) return;
  lead.sql_day = lead.contact_day + steps[0];
  if (lead.sql_day + steps[1] >= world.days) return;
  lead.deal_day = lead.sql_day + steps[1];
  lead.amount = amount;
  if (lead.deal_day + steps[2] >= world.days) return;
  lead.closed_day = lead.deal_day + steps[2];
  lead.won = wins;
}

}  // namespace

void SimulateOrders(World& world) {
  const Parameters& p = BrandParameters();
  Random random(world.options.seed, "orders");
  int customers = 0;
  for (Order& order : world.orders) {
    order.first = customers < 50 || !random.Chance(p.repeat_share);
    order.customer = order.first ? ++customers : 1 + random.Below(customers);
    order.source_lost = random.Chance(p.source_lost);
    FillBasket(world, order, random);
    SendBack(world, order, random);
    world.Cell(order.day, order.stream, order.country).revenue += order.total;
  }
}

void SimulateSales(World& world) {
  Random random(world.options.seed, "sales");
  for (Lead& lead : world.leads) {
    Answer(world, lead, random);
    Qualify(world, lead, random);
  }
}

}  // namespace backcast::demo
