// SPDX-License-Identifier: Apache-2.0
// Visits and what they lead to on the site. A visit that put something into the cart may come back days
// later.
#include <algorithm>

#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr int kLongestReturn = 14;  // days until a forgotten cart is given up
constexpr double kForeignInterest = 0.4;

struct Comeback {
  int stream, country, visit_day;
};

class Site {
 public:
  explicit Site(World& world)
      : world_(world),
        random_(world.options.seed, "site"),
        people_(world.options.seed, "people"),
        comebacks_(static_cast<std::size_t>(world.days)),
        readers_(static_cast<std::int64_t>(BrandParameters().newsletter_readers * world.options.scale)) {}

  void Run(int day) {
    confirmed_ = 0;
    for (std::size_t i = 0; i < world_.streams.size(); ++i)
      FirstVisits(day, static_cast<int>(i), Visits(day, static_cast<int>(i)));
    for (const Comeback& back : comebacks_[static_cast<std::size_t>(day)]) Return(day, back);
    Bots(day);
    readers_ += confirmed_ - random_.Binomial(readers_, 0.0003);
    world_.readers.push_back(readers_);
  }

 private:
  std::int64_t Visits(int day, int stream);
  std::int64_t LetterVisits(int day);
  void FirstVisits(int day, int stream, std::int64_t visits);
  void Land(int day, int stream, int country, std::int64_t visits);
  void Return(int day, const Comeback& back);
  void Checkout(int day, int stream, int country, int visit_day, std::int64_t checkouts);
  void People(int day, int stream, int country, std::int64_t visits);
  void Bots(int day);
  int Minute() { return 7 * 60 + (people_.Below(930) + people_.Below(930)) / 2; }

  World& world_;
  Random random_;
  Random people_;
  std::vector<std::vector<Comeback>> comebacks_;
  std::int64_t readers_ = 0;
  std::int64_t confirmed_ = 0;
  std::int64_t social_visits_ = 0;  ///< of the platform's tagged stream, whose untagged rest comes next
  int next_person_ = 1;
};

std::int64_t Site::LetterVisits(int day) {
  const Parameters& p = BrandParameters();
  const int weekday = WeekdayOf(world_.At(day));
  const double demand = 0.6 + 0.4 * p.Demand(world_.At(day));
  if (weekday == 1) return random_.Binomial(readers_, p.newsletter_click * demand);
  if (weekday == 2) return random_.Binomial(readers_, p.newsletter_click * 0.35 * demand);
  return random_.Poisson(0.0012 * static_cast<double>(readers_) * demand);
}

std::int64_t Site::Visits(int day, int stream) {
  const Parameters& p = BrandParameters();
  const Stream& from = world_.streams[static_cast<std::size_t>(stream)];
  const auto channel = static_cast<int>(from.channel);
  if (channel < kPlatforms) {
    if (from.medium == "social") {
      const std::int64_t all = random_.Binomial(world_.Clicks(channel, day), p.click_to_visit_social);
      const std::int64_t tagged = random_.Binomial(all, p.tagged_share);
      social_visits_ = all - tagged;
      return tagged;
    }
    return social_visits_;
  }
  const int first_campaign = static_cast<int>(world_.streams.size() - p.campaigns.size());
  if (stream >= first_campaign) {
    std::int64_t visits = 0;
    const auto per_day = static_cast<std::int64_t>(world_.ads.size()) / world_.days;
    for (std::int64_t i = day * per_day; i < (day + 1) * per_day; ++i) {
      const AdDay& row = world_.ads[static_cast<std::size_t>(i)];
      if (row.campaign == stream - first_campaign) visits += row.visits;
    }
    return visits;
  }
  if (from.channel == Channel::kEmail) return LetterVisits(day);
  double mean = p.channels[static_cast<std::size_t>(channel)].visits_per_day * world_.options.scale;
  if (from.channel == Channel::kOrganicSearch) mean *= from.source == "google" ? 0.91 : 0.09;
  return random_.Overdispersed(mean * p.Demand(world_.At(day)), 80);
}

void Site::FirstVisits(int day, int stream, std::int64_t visits) {
  const Parameters& p = BrandParameters();
  const Stream& from = world_.streams[static_cast<std::size_t>(stream)];
  double target = p.channels[static_cast<std::size_t>(from.channel)].target_share;
  if (from.channel == Channel::kInstagram && p.Active(EventId::kGiveaway, world_.At(day))) target = 0.42;
  const std::int64_t wanted = random_.Binomial(visits, target);
  const std::int64_t austria = random_.Binomial(wanted, 0.13);
  const std::int64_t swiss = random_.Binomial(wanted - austria, 0.10);
  Land(day, stream, 0, wanted - austria - swiss);
  Land(day, stream, 1, austria);
  Land(day, stream, 2, swiss);
  static constexpr double kForeign[] = {0.36, 0.40, 0.62, 1.0};  // of those still left
  std::int64_t left = visits - wanted;
  for (int i = 0; i < 4; ++i) {
    const std::int64_t here = random_.Binomial(left, kForeign[i]);
    Land(day, stream, kTargetCountries + i, here);
    left -= here;
  }
}

void Site::Land(int day, int stream, int country, std::int64_t visits) {
  if (visits == 0) return;
  const Parameters& p = BrandParameters();
  const Stream& from = world_.streams[static_cast<std::size_t>(stream)];
  const ChannelRates& rates = p.channels[static_cast<std::size_t>(from.channel)];
  const auto date = world_.At(day);
  const bool target = country < kTargetCountries;
  const bool prize = from.channel == Channel::kInstagram && p.Active(EventId::kGiveaway, date);
  double cart = rates.cart * from.quality * p.Effect(EventId::kProductPages, date) *
                p.Effect(EventId::kPriceRise, date);
  if (!target) cart *= p.foreign_cart;
  if (prize) cart *= 0.5;
  SiteCell& cell = world_.Cell(day, stream, country);
  cell.sessions += visits;
  const std::int64_t engaged = random_.Binomial(visits, rates.engaged);
  const std::int64_t carts = random_.Binomial(engaged, std::min(1.0, cart / rates.engaged));
  cell.engaged += engaged;
  cell.users += visits - random_.Binomial(visits, 0.06);
  cell.new_users += random_.Binomial(cell.users, rates.new_share);
  cell.carts += carts;
  People(day, stream, country, visits);
  if (!target) return;
  const std::int64_t at_once = random_.Binomial(carts, p.checkout_at_once);
  Checkout(day, stream, country, day, at_once);
  for (std::int64_t i = random_.Binomial(carts - at_once, p.return_share); i > 0; --i) {
    int wait = 1;
    while (wait < kLongestReturn && random_.Chance(0.72)) ++wait;
    if (day + wait < world_.days)
      comebacks_[static_cast<std::size_t>(day) + static_cast<std::size_t>(wait)].push_back(
          {stream, country, day});
  }
}

void Site::Return(int day, const Comeback& back) {
  SiteCell& cell = world_.Cell(day, back.stream, back.country);
  ++cell.sessions;
  ++cell.engaged;
  ++cell.users;
  if (random_.Chance(BrandParameters().return_checkout))
    Checkout(day, back.stream, back.country, back.visit_day, 1);
}

void Site::Checkout(int day, int stream, int country, int visit_day, std::int64_t checkouts) {
  const Parameters& p = BrandParameters();
  SiteCell& cell = world_.Cell(day, stream, country);
  cell.checkouts += checkouts;
  const double completion = p.completion * p.Effect(EventId::kBrokenCheckout, world_.At(day));
  for (std::int64_t i = random_.Binomial(checkouts, completion); i > 0; --i) {
    Order order;
    order.day = day;
    order.minute = Minute();
    order.visit_day = visit_day;
    order.stream = stream;
    order.country = country;
    world_.orders.push_back(order);
    ++cell.orders;
  }
}

void Site::People(int day, int stream, int country, std::int64_t visits) {
  const Parameters& p = BrandParameters();
  const Stream& from = world_.streams[static_cast<std::size_t>(stream)];
  const ChannelRates& rates = p.channels[static_cast<std::size_t>(from.channel)];
  const double interest = country < kTargetCountries ? 1 : kForeignInterest;
  SiteCell& cell = world_.Cell(day, stream, country);
  for (std::int64_t i = random_.Binomial(visits, rates.opt_in * interest); i > 0; --i) {
    OptIn entry{0, day, Minute(), stream, country, next_person_++};
    const int wait = people_.Chance(0.86) ? 0 : 1 + people_.Below(2);
    entry.confirm_minute = wait == 0 ? std::min(1439, entry.minute + 1 + people_.Below(50)) : Minute();
    entry.confirm_day = people_.Chance(p.confirm_share) && day + wait < world_.days ? day + wait : -1;
    if (people_.Chance(0.11)) {
      const int leaves = day + 3 + people_.Below(160);
      if (entry.confirm_day >= 0 && leaves < world_.days) entry.left_day = leaves;
    }
    cell.opt_ins += entry.confirm_day >= 0;
    confirmed_ += entry.confirm_day >= 0;
    world_.opt_ins.push_back(entry);
  }
  if (country >= kTargetCountries) return;
  for (std::int64_t i = random_.Binomial(visits, rates.lead); i > 0; --i) {
    Lead lead;
    lead.day = day;
    lead.minute = Minute();
    lead.stream = stream;
    lead.country = country;
    lead.person = next_person_++;
    world_.leads.push_back(lead);
    ++cell.leads;
  }
}

void Site::Bots(int day) {
  const Parameters& p = BrandParameters();
  int last_channel = -1;
  for (std::size_t i = 0; i < world_.streams.size(); ++i) {
    const auto channel = static_cast<int>(world_.streams[i].channel);
    if (channel == last_channel) continue;  // all of a channel's bots come over its first stream
    last_channel = channel;
    double mean = p.channels[static_cast<std::size_t>(channel)].bots_per_day;
    if (world_.streams[i].channel == Channel::kX && p.Active(EventId::kBotBurst, world_.At(day)))
      mean += p.At(EventId::kBotBurst).effect;
    const std::int64_t bots = random_.Poisson(mean * world_.options.scale);
    const std::int64_t asia = random_.Binomial(bots, 0.6);
    world_.Cell(day, static_cast<int>(i), 7).bots += asia;
    world_.Cell(day, static_cast<int>(i), 5).bots += bots - asia;
  }
}

template <class T>
void SortByTime(std::vector<T>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const T& a, const T& b) {
    return a.day != b.day ? a.day < b.day : a.minute < b.minute;
  });
}

}  // namespace

void SimulateSite(World& world) {
  Site site(world);
  for (int day = 0; day < world.days; ++day) site.Run(day);
  SortByTime(world.orders);
  SortByTime(world.leads);
  SortByTime(world.opt_ins);
  int number = 10001;
  for (Order& order : world.orders) order.number = number++;
  for (std::size_t i = 0; i < world.leads.size(); ++i) world.leads[i].number = static_cast<int>(i) + 1;
  for (std::size_t i = 0; i < world.opt_ins.size(); ++i) world.opt_ins[i].number = static_cast<int>(i) + 1;
}

}  // namespace backcast::demo
