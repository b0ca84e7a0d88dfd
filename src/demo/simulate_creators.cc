// SPDX-License-Identifier: Apache-2.0
// Creators: what they publish, which of the shop's orders name their code or came over their link, and who
// follows them. Orders are those that there are anyway: a code of a creator takes nothing off, it adds a
// sticker.
#include <algorithm>
#include <chrono>

#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr int kFirstMonth = 5, kEvery = 31;  // each creator publishes once in that many days, from May on
constexpr int kBuyingDays = 28;
constexpr double kStillBuy = 0.88;  // of those who buy on a day, on the day after
constexpr int kSampled = 450;

int BeginsOn(const World& world) {
  const Day first{std::chrono::year_month_day{world.At(world.days - 1)}.year() / kFirstMonth / 4};
  return std::max(0, static_cast<int>((first - world.start).count()));
}

/// The order may carry a code of a creator: bought where we deliver, with no other code.
bool Free(const Order& order) { return order.code.empty() && order.country < kTargetCountries; }

/// Orders of a day that name the creator: mostly by the code; over the link where the visit came from there.
void Sell(World& world, const CreatorDeal& deal, int day, std::int64_t count, Random& random) {
  std::vector<Order*> free;
  const auto from = std::lower_bound(world.orders.begin(), world.orders.end(), day,
                                     [](const Order& order, int at) { return order.day < at; });
  for (auto order = from; order != world.orders.end() && order->day == day; ++order)
    if (Free(*order)) free.push_back(&*order);
  for (; count > 0 && !free.empty(); --count) {
    const auto at = static_cast<std::size_t>(random.Below(static_cast<int>(free.size())));
    Order& order = *free[at];
    free.erase(free.begin() + static_cast<std::ptrdiff_t>(at));
    const Stream& stream = world.streams[static_cast<std::size_t>(order.stream)];
    order.code = deal.code;
    if (!deal.campaign.empty() && stream.channel == Channel::kYouTube && stream.medium == "social")
      order.campaign = deal.campaign;
  }
}

void Publish(World& world, int creator, int number, int day, Random& random) {
  const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(creator)];
  Deliverable made;
  made.creator = creator;
  made.number = number;
  made.day = day;
  made.due = day + (random.Chance(0.15) ? -2 : random.Below(4));
  made.disclosed = deal.discloses || number % 2 == 1;
  made.engagements = random.Overdispersed(deal.engagements, 9);
  double share = (1 - kStillBuy) * deal.orders * world.options.scale;
  for (int at = day; at < day + kBuyingDays; ++at, share *= kStillBuy) {
    const std::int64_t count = random.Poisson(share);
    if (at < world.days) Sell(world, deal, at, count, random);
  }
  world.voices.deliverables.push_back(made);
}

Follower Sampled(int creator, Random& random) {
  const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(creator)];
  Follower one;
  one.creator = creator;
  one.bought = random.Chance(deal.suspected);
  const double many = random.Gamma(1.2), posts = random.Gamma(0.9), age = random.Gamma(2.0);
  const bool of_target = random.Chance(deal.in_target), bare = random.Chance(0.1);
  if (one.bought) {  // follows everybody, shows nothing
    one.followers = static_cast<std::int64_t>(many * 8);
    one.following = 900 + static_cast<std::int64_t>(age * 700);
    one.posts = 0;
    one.age_days = 5 + static_cast<std::int64_t>(posts * 60);
    one.digits = random.Chance(0.6) ? 6 : 0;
    one.avatar = false;
    one.bio = false;
    return one;
  }
  one.followers = 40 + static_cast<std::int64_t>(many * 260);
  one.following = 60 + static_cast<std::int64_t>(age * 120);
  one.posts = 1 + static_cast<std::int64_t>(posts * 90);
  one.age_days = 200 + static_cast<std::int64_t>(age * 700);
  one.bio = !bare;
  one.in_target = of_target;
  return one;
}

}  // namespace

void SimulateCreators(World& world) {
  Random random(world.options.seed, "creators");
  const int begins = BeginsOn(world);
  for (int creator = 0; creator < kCreators; ++creator) {
    int number = 0;
    for (int day = begins + creator * 6; day < world.days; day += kEvery)
      Publish(world, creator, ++number, day, random);
  }
  Random sample(world.options.seed, "followers");
  for (int creator = 0; creator < kCreators; ++creator)
    for (int i = 0; i < kSampled; ++i) world.voices.followers.push_back(Sampled(creator, sample));
}

}  // namespace backcast::demo
