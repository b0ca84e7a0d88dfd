// SPDX-License-Identifier: Apache-2.0
// The site's log tells the visits of the site's report and no others.
#include "demo/visit_log.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "demo/exports.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

const World& Brand() {
  static const World world = Simulate({});
  return world;
}
const VisitLog& Log() {
  static const VisitLog log = LogVisits(Brand());
  return log;
}

TEST(VisitLog, HasEveryVisitOfTheReportOnce) {
  const World& world = Brand();
  std::map<std::tuple<int, int, int>, SiteCell> counted;
  for (const Visit& visit : Log().visits) {
    SiteCell& cell = counted[{visit.day, visit.stream, visit.country}];
    const bool person = visit.agent == Agent::kPerson;
    cell.sessions += person;
    cell.bots += !person;
    cell.engaged += person && visit.engaged;
  }
  for (int day = Log().first_day; day < world.days; ++day) {
    for (std::size_t stream = 0; stream < world.streams.size(); ++stream) {
      for (int country = 0; country < kAllCountries; ++country) {
        const SiteCell& told = world.Cell(day, static_cast<int>(stream), country);
        const SiteCell& seen = counted[{day, static_cast<int>(stream), country}];
        ASSERT_EQ(seen.sessions, told.sessions) << day << " " << stream << " " << country;
        ASSERT_EQ(seen.bots, told.bots);
        ASSERT_EQ(seen.engaged, told.engaged);
      }
    }
  }
  EXPECT_EQ(Log().first_day, world.days - kLogDays);
}

TEST(VisitLog, EventsBelongToTheirOrdersOptInsAndLeads) {
  const World& world = Brand();
  std::map<int, const Order*> orders;
  for (const Order& order : world.orders) orders[order.number] = &order;
  std::set<int> bought;
  std::map<VisitEvent::Kind, std::int64_t> counts;
  for (const VisitEvent& event : Log().events) {
    const Visit& visit = Log().visits[static_cast<std::size_t>(event.visit)];
    ++counts[event.kind];
    ASSERT_EQ(visit.agent, Agent::kPerson);
    ASSERT_GE(event.minute, visit.minute - 1);
    if (event.kind != VisitEvent::Kind::kPurchase) continue;
    const Order& order = *orders.at(event.object);
    EXPECT_TRUE(bought.insert(order.number).second) << "an order is bought once";
    ASSERT_EQ(visit.day, order.day);
    ASSERT_EQ(visit.stream, order.stream);
    ASSERT_EQ(event.minute, order.minute);
  }
  SiteCell sum;
  for (int day = Log().first_day; day < world.days; ++day) {
    for (std::size_t stream = 0; stream < world.streams.size(); ++stream)
      for (int country = 0; country < kAllCountries; ++country)
        sum += world.Cell(day, static_cast<int>(stream), country);
  }
  EXPECT_EQ(counts[VisitEvent::Kind::kCart], sum.carts);
  EXPECT_EQ(counts[VisitEvent::Kind::kCheckout], sum.orders);
  EXPECT_EQ(counts[VisitEvent::Kind::kOptIn], sum.opt_ins);
  EXPECT_EQ(counts[VisitEvent::Kind::kLead], sum.leads);
  EXPECT_LT(counts[VisitEvent::Kind::kPurchase], sum.orders) << "blockers keep some from the log";
  EXPECT_GT(counts[VisitEvent::Kind::kPurchase], sum.orders * 9 / 10);
}

TEST(VisitLog, PeopleComeBackAndSomeAreNotKnown) {
  std::map<int, int> visits;
  std::int64_t refused = 0, people = 0;
  for (const Visit& visit : Log().visits) {
    people += visit.agent == Agent::kPerson;
    refused += visit.agent == Agent::kPerson && visit.visitor == 0;
    if (visit.visitor > 0) ++visits[visit.visitor];
  }
  EXPECT_NEAR(static_cast<double>(refused) / static_cast<double>(people), 0.11, 0.01);
  std::int64_t again = 0;
  for (const auto& [visitor, count] : visits) again += count > 1;
  EXPECT_GT(again, static_cast<std::int64_t>(visits.size()) / 10);
  for (const SignIn& one : Log().sign_ins) ASSERT_GT(one.visitor, 0);
}

TEST(VisitLog, AShortHistoryIsLoggedFromItsFirstDay) {
  const World world = Simulate({.days = 60});
  EXPECT_EQ(LogVisits(world).first_day, 0);
  EXPECT_EQ(ExportVisits(world).size(), 4) << "visits of two months, events, sign-ins";
}

}  // namespace
}  // namespace backcast::demo
