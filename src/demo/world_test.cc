// SPDX-License-Identifier: Apache-2.0
// The simulated history does what it says: causes come before effects, and each event moves what it should
// and no more.
#include "demo/world.h"

#include <gtest/gtest.h>

#include "demo/workspace.h"

namespace backcast::demo {
namespace {

const World& Brand() {
  static const World world = Simulate({});
  return world;
}

std::vector<Channel> AllChannels() {
  std::vector<Channel> all;
  for (int i = 0; i < kChannels; ++i) all.push_back(static_cast<Channel>(i));
  return all;
}

Window WindowOf(EventId id) {
  const Event& event = BrandParameters().At(id);
  return {event.from, event.to};
}

Window Moved(const Window& window, int days) {
  return {window.from + std::chrono::days{days}, window.to + std::chrono::days{days}};
}

double Per(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

TEST(World, EveryCountComesFromTheOneAbove) {
  const World& world = Brand();
  for (const SiteCell& cell : world.site) {
    ASSERT_LE(cell.engaged, cell.sessions);
    ASSERT_LE(cell.carts, cell.engaged);
    ASSERT_LE(cell.orders, cell.checkouts);
    ASSERT_LE(cell.new_users, cell.users);
    ASSERT_LE(cell.users, cell.sessions);
  }
  for (const Post& post : world.posts) {
    ASSERT_LE(post.life.reach, post.life.views);
    ASSERT_LE(post.life.link_clicks, post.life.views);
  }
  for (const AdDay& row : world.ads) {
    ASSERT_LE(row.clicks, row.impressions);
    ASSERT_LE(row.link_clicks, row.clicks);
    ASSERT_LE(row.visits, row.link_clicks);
  }
}

TEST(World, SocialVisitsNeverExceedTheClicksOfThatDay) {
  const World& world = Brand();
  std::int64_t visits = 0, clicks = 0;
  for (int day = 0; day < world.days; ++day) clicks += world.Clicks(0, day);
  visits = SumSite(world, WholeHistory(world), {Channel::kInstagram}, false).sessions;
  EXPECT_LT(visits, clicks);
  EXPECT_NEAR(Per(visits, clicks), BrandParameters().click_to_visit_social, 0.03);
}

TEST(World, BotsNeverDoAnything) {
  const World& world = Brand();
  std::int64_t bots = 0;
  for (int day = 0; day < world.days; ++day)
    for (int s = 0; s < static_cast<int>(world.streams.size()); ++s) {
      const SiteCell& cell = world.Cell(day, s, 7);  // nobody but bots comes from there
      bots += cell.bots;
      ASSERT_EQ(cell.sessions + cell.engaged + cell.carts + cell.orders + cell.leads + cell.opt_ins, 0);
      for (int c = kTargetCountries; c < kAllCountries; ++c) ASSERT_EQ(world.Cell(day, s, c).orders, 0);
    }
  EXPECT_GT(bots, 3000);
}

TEST(World, OrdersFollowVisitsByDays) {
  int later = 0;
  for (const Order& order : Brand().orders) {
    ASSERT_LE(order.visit_day, order.day);
    ASSERT_LE(order.day - order.visit_day, 14);
    later += order.day > order.visit_day;
  }
  EXPECT_GT(later, static_cast<int>(Brand().orders.size()) / 20);
}

TEST(World, BrokenCheckoutHalvesOrdersAndNothingBefore) {
  const World& world = Brand();
  const Window broken = WindowOf(EventId::kBrokenCheckout);
  const SiteCell week = SumSite(world, broken, AllChannels(), false);
  const SiteCell before =
      SumSite(world, {broken.from - std::chrono::days{28}, broken.from}, AllChannels(), false);
  EXPECT_NEAR(Per(week.orders, week.checkouts) / Per(before.orders, before.checkouts), 0.5, 0.08);
  EXPECT_NEAR(Per(week.carts, week.sessions) / Per(before.carts, before.sessions), 1, 0.12);
}

TEST(World, SizeGuideReducesReturns) {
  const World& world = Brand();
  const Day guide = BrandParameters().At(EventId::kSizeGuide).from;
  std::int64_t sent[2] = {}, all[2] = {};
  for (const Order& order : world.orders) {
    const int after = world.At(order.day) >= guide;
    sent[after] += order.returned > 0;
    all[after] += !order.cancelled;
  }
  EXPECT_NEAR(Per(sent[1], all[1]) / Per(sent[0], all[0]), 0.6, 0.12);
}

TEST(World, PeopleDoubleEngagementAndProductsDoNot) {
  const World& world = Brand();
  std::array<std::int64_t, 5> engaged{}, seen{};
  for (const Post& post : world.posts) {
    if (post.giveaway) continue;
    engaged[static_cast<std::size_t>(post.theme)] += post.life.likes;
    seen[static_cast<std::size_t>(post.theme)] += post.life.views;
  }
  const double tips = Per(engaged[3], seen[3]);
  EXPECT_NEAR(Per(engaged[0], seen[0]) / tips, 2.0, 0.35);
  EXPECT_LT(Per(engaged[4], seen[4]) / tips, 0.95);
}

TEST(World, PrizeDrawLiftsLikesAndNotOrders) {
  const World& world = Brand();
  const Window draw = WindowOf(EventId::kGiveaway), before = Moved(draw, -28);
  std::int64_t likes[2] = {}, n[2] = {};
  for (const Post& post : world.posts) {
    if (post.channel != Channel::kInstagram) continue;
    for (int i = 0; i < 2; ++i)
      if ((i == 0 ? before : draw).Contains(world.At(post.day))) {
        likes[i] += post.life.likes;
        ++n[i];
      }
  }
  EXPECT_GT(Per(likes[1], n[1]), 1.8 * Per(likes[0], n[0]));
  const SiteCell now = SumSite(world, draw, {Channel::kInstagram}, false);
  const SiteCell then = SumSite(world, before, {Channel::kInstagram}, false);
  EXPECT_LE(now.orders, then.orders + 6);
}

TEST(World, NobodyAnswersWhileSalesIsAway) {
  const World& world = Brand();
  std::int64_t never[2] = {}, late[2] = {}, all[2] = {};
  for (const Lead& lead : world.leads) {
    if (lead.day + 40 >= world.days) continue;
    const int away = BrandParameters().Active(EventId::kSalesLeave, world.At(lead.day));
    ++all[away];
    never[away] += lead.contact_day < 0;
    late[away] += lead.contact_day > lead.day + 5;
  }
  EXPECT_NEAR(Per(never[0], all[0]), 0.05, 0.02);
  EXPECT_NEAR(Per(never[1], all[1]), 0.55, 0.13);
  EXPECT_GT(Per(late[1], all[1]), 0.25);
}

TEST(World, AdsWearOutAndClipsBringViewsWithoutClicks) {
  const World& world = Brand();
  std::int64_t clicks[2] = {}, seen[2] = {}, films[2] = {}, film_clicks[2] = {};
  const Day tired = BrandParameters().At(EventId::kAdFatigue).from;
  for (const AdDay& row : world.ads) {
    if (row.campaign != 0) continue;
    const Day day = world.At(row.day);
    if (day >= tired - std::chrono::days{30} && day < tired)
      clicks[0] += row.link_clicks, seen[0] += row.impressions;
    if (row.day >= world.days - 30) clicks[1] += row.link_clicks, seen[1] += row.impressions;
  }
  EXPECT_LT(Per(clicks[1], seen[1]), 0.85 * Per(clicks[0], seen[0]));
  for (const Post& post : world.posts) {
    if (post.format != "reel") continue;
    const int pushed = world.At(post.day) >= BrandParameters().At(EventId::kReelsPush).from;
    films[pushed] += post.life.views;
    film_clicks[pushed] += post.life.link_clicks;
  }
  EXPECT_LT(Per(film_clicks[1], films[1]), Per(film_clicks[0], films[0]));
}

TEST(World, BotsFollowOnXInJune) {
  const World& world = Brand();
  std::int64_t bots = 0;
  for (const AccountDay& day : world.accounts[static_cast<std::size_t>(Channel::kX)]) bots += day.bots_gained;
  EXPECT_NEAR(static_cast<double>(bots), 165 * 14, 250);
}

TEST(World, PlanTargetsAreReachedMissedAndOpen) {
  const World& world = Brand();
  const Window base = BaselineWindow(world), last = LastMonth(world);
  EXPECT_EQ(ToIso(base.from), "2025-10-01");
  EXPECT_EQ(ToIso(base.to), "2026-04-01");
  EXPECT_EQ(ToIso(last.from), "2026-10-01");
  const SiteCell then = SumSite(world, base, AllChannels(), false),
                 now = SumSite(world, last, AllChannels(), false);
  EXPECT_LT(Per(now.carts, now.sessions), 1.05 * Per(then.carts, then.sessions))
      << "the shop misses its carts";
  const double visits = static_cast<double>(SumSite(world, base, kSocialChannels, true).sessions) / 6;
  EXPECT_GT(static_cast<double>(SumSite(world, last, kSocialChannels, true).sessions), 1.08 * visits);
}

}  // namespace
}  // namespace backcast::demo
