// SPDX-License-Identifier: Apache-2.0
// The brand that sells to businesses: counts hang together, effects are the ones that were put in, and what
// is written is the same for the same seed.
#include "demo/b2b.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "demo/office.h"

namespace backcast::demo::b2b {
namespace {

const Brand& Large() {
  static const Brand brand = Simulate({.seed = 3, .days = 420, .scale = 8, .kind = "b2b"});
  return brand;
}

Day On(const char* iso) { return ParseIsoDay(iso).value(); }

double Rate(const char* from, const char* to) {
  const Window window{On(from), On(to)};
  return static_cast<double>(SumLeads(Large(), window, kAll).leads) /
         static_cast<double>(SumSite(Large(), window, kAll, false).sessions);
}

TEST(B2bWorld, EveryCountIsDrawnFromTheOneAboveIt) {
  const Brand& brand = Large();
  std::int64_t leads = 0;
  for (const SiteCell& cell : brand.site) {
    ASSERT_LE(cell.engaged, cell.sessions);
    ASSERT_LE(cell.new_users, cell.users);
    ASSERT_LE(cell.users, cell.sessions);
    leads += cell.leads;
  }
  EXPECT_EQ(leads, static_cast<std::int64_t>(brand.leads.size()));
  PostCounts posts, page;
  for (const PagePost& post : brand.posts)
    for (const PostCounts& day : post.days) posts += day;
  for (const PageDay& day : brand.page) page += day.counts;
  EXPECT_EQ(posts.views, page.views);
  EXPECT_EQ(posts.link_clicks, page.link_clicks);
  for (int day = 0; day < brand.days; ++day) {
    const Window one{brand.At(day), brand.At(day + 1)};
    ASSERT_LE(SumSite(brand, one, {Way::kLinkedIn}, false).sessions,
              brand.page[static_cast<std::size_t>(day)].counts.link_clicks);
  }
}

TEST(B2bWorld, TheDeskAnswersInOfficeHoursAndStagesFollowEachOther) {
  for (const Lead& lead : Large().leads) {
    if (lead.contact_day < 0) {
      ASSERT_LT(lead.sql_day, 0);
      continue;
    }
    ASSERT_TRUE(WorkingDay(Large().At(lead.contact_day)));
    ASSERT_TRUE(lead.contact_minute >= kOpens && lead.contact_minute <= kCloses);
    ASSERT_GE(lead.contact_day, lead.day);
    if (lead.sql_day >= 0) {
      ASSERT_GT(lead.sql_day, lead.contact_day);
    }
    if (lead.deal_day >= 0) {
      ASSERT_GT(lead.deal_day, lead.sql_day);
      ASSERT_GE(lead.amount, 150000);
    }
    if (lead.won) {
      ASSERT_GT(lead.closed_day, lead.deal_day);
    }
  }
}

TEST(B2bWorld, EffectsAreTheOnesThatWerePutIn) {
  // The prize brings other people and so does the fair: the calculator is compared without both.
  EXPECT_NEAR(Rate("2026-05-04", "2026-07-01") / Rate("2026-04-01", "2026-05-04"), 1.45, 0.12);
  const LeadSum before = SumLeads(Large(), {On("2026-07-01"), On("2026-10-01")}, kAll);
  const LeadSum lost = SumLeads(Large(), {On("2026-10-01"), On("2026-10-26")}, kAll);
  const auto never = [](const LeadSum& sum) {
    return static_cast<double>(sum.never_contacted) / static_cast<double>(sum.leads);
  };
  EXPECT_NEAR(never(before), 0.05, 0.02);
  EXPECT_NEAR(never(lost), 0.62, 0.06);
  const auto quality = [](const LeadSum& sum) {
    return static_cast<double>(sum.target) / static_cast<double>(sum.leads);
  };
  const LeadSum prize = SumLeads(Large(), {On("2026-03-02"), On("2026-03-30")}, {Way::kLinkedIn});
  const LeadSum usual = SumLeads(Large(), {On("2026-04-01"), On("2026-10-01")}, {Way::kLinkedIn});
  EXPECT_LT(quality(prize), quality(usual) - 0.15);
}

TEST(B2bWorld, AFewDealsAreMostOfTheMoney) {
  std::vector<double> amounts;
  for (const Lead& lead : Large().leads)
    if (lead.deal_day >= 0) amounts.push_back(static_cast<double>(lead.amount));
  ASSERT_GT(amounts.size(), 500U);
  std::sort(amounts.rbegin(), amounts.rend());
  double all = 0, top = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    all += amounts[i];
    if (i < amounts.size() / 5) top += amounts[i];
  }
  // Of a lognormal with sigma 1.05 the largest fifth holds 58 %.
  EXPECT_NEAR(top / all, 0.58, 0.06);
  EXPECT_NEAR(amounts[amounts.size() / 2] / 1600000, 1, 0.15);
}

TEST(B2bWorld, AtItsOwnSizeItSignsAFewDealsAQuarter) {
  const Brand brand = Simulate({.seed = 7, .days = 420, .scale = 1, .kind = "b2b"});
  for (const auto& [from, to] : {std::pair("2026-01-01", "2026-04-01"), std::pair("2026-04-01", "2026-07-01"),
                                 std::pair("2026-07-01", "2026-10-01")}) {
    const DealSum deals = SumDeals(brand, {On(from), On(to)});
    EXPECT_GE(deals.won, 3) << from;
    EXPECT_LE(deals.won, 20) << from;
  }
}

TEST(B2bFiles, SameSeedSameBytesOtherSeedOthers) {
  const DemoOptions options{.seed = 7, .days = 90, .scale = 1, .kind = "b2b"};
  const auto files = [](const DemoOptions& o) {
    const Brand brand = b2b::Simulate(o);
    DemoFiles all;
    for (const DemoFiles& part : {ExportPage(brand), ExportAds(brand), ExportSite(brand), ExportCrm(brand)})
      all.insert(all.end(), part.begin(), part.end());
    all.push_back({"plan.yaml", PlanFile(brand).value()});
    all.push_back({"truth.json", TruthFile(brand, {"truth.json"})});
    return all;
  };
  const DemoFiles once = files(options), again = files(options);
  DemoOptions changed = options;
  changed.seed = 8;
  const DemoFiles other = files(changed);
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].bytes, again[i].bytes) << once[i].path;
    EXPECT_NE(once[i].bytes, other[i].bytes) << once[i].path;
  }
}

TEST(B2bFiles, TheTruthAddsUp) {
  const Brand& brand = Large();
  const auto truth = nlohmann::json::parse(TruthFile(brand, {"truth.json"}));
  EXPECT_EQ(truth["schema"], "backcast/demo-truth/1");
  EXPECT_EQ(truth["kind"], "b2b");
  EXPECT_EQ(truth["exports"]["crm"]["contacts"], brand.leads.size());
  std::int64_t leads = 0, months = 0;
  for (const auto& [way, days] : truth["daily"]["site"].items())
    for (const auto& day : days["leads"]) leads += day.get<std::int64_t>();
  EXPECT_EQ(leads, static_cast<std::int64_t>(brand.leads.size()));
  for (const auto& month : truth["months"]) months += month["leads"].get<std::int64_t>();
  EXPECT_EQ(months, SumLeads(brand, {On("2025-10-01"), On("2026-11-01")}, kAll).leads);
}

TEST(B2bFiles, AShortHistoryHasAPlanToo) {
  for (const double scale : {0.05, 1.0}) {
    const auto plan = PlanFile(Simulate({.seed = 7, .days = 60, .scale = scale, .kind = "b2b"}));
    ASSERT_TRUE(plan.ok()) << ToSentence(plan.error());
    EXPECT_EQ(plan.value().find("nan"), std::string::npos);
    EXPECT_EQ(plan.value().find('@'), std::string::npos);
  }
}

}  // namespace
}  // namespace backcast::demo::b2b
