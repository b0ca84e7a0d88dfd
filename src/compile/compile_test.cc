// SPDX-License-Identifier: Apache-2.0
#include "compile/compile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compile/segments.h"

namespace backcast {
namespace {

using testing::HasSubstr;

const Schemas& Facts() {
  static const Schemas schemas = Schemas::Shipped().value();
  return schemas;
}
const Catalogue& Metrics() {
  static const Catalogue catalogue = Catalogue::Shipped(Facts()).value();
  return catalogue;
}
Window Period(const char* text) { return ParsePeriod(text, Day{}).value(); }

std::string RefusalOf(const Question& question) {
  const auto compiled = Compile(Metrics(), Facts(), question, DuckDbDialect());
  return compiled.ok() ? "" : ToSentence(compiled.error());
}

TEST(Compile, RefusesInSentences) {
  const std::vector<Window> march = {Period("2026-03")};
  EXPECT_THAT(RefusalOf({{"impresions"}, {}, {}, march}),
              HasSubstr("there is no metric 'impresions'; did you mean 'impressions'?"));
  EXPECT_THAT(RefusalOf({{"orders"}, {"chanel"}, {}, march}),
              HasSubstr("there is no dimension 'chanel'; did you mean 'channel'?"));
  EXPECT_THAT(RefusalOf({{"orders"}, {"theme"}, {}, march}),
              HasSubstr("orders cannot be broken down or filtered by theme: order has no such column; "
                        "metrics that have it: "));
  EXPECT_THAT(RefusalOf({{"theme_lift"}, {}, {}, march}), HasSubstr("theme_lift has no formula"));
  EXPECT_THAT(RefusalOf({{"reach"}, {"month"}, {}, march}),
              HasSubstr("reach counts people for one exact period"));
  EXPECT_THAT(RefusalOf({{"orders"}, {}, {{"month", {"2026-03-01"}}}, march}),
              HasSubstr("days are chosen by the period"));
  EXPECT_THAT(RefusalOf({{"orders"}, {}, {}, {}}), HasSubstr("no period"));
  EXPECT_THAT(RefusalOf({{}, {}, {}, march}), HasSubstr("no metric"));
}

TEST(Compile, ReadsEachFactOnce) {
  const Question question{{"orders", "revenue_net", "aov", "cost_per_order", "cac", "new_customer_share"},
                          {"channel"},
                          {},
                          {Period("2026-03"), Period("2026-02")}};
  const auto compiled = Compile(Metrics(), Facts(), question, DuckDbDialect());
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.value().scans, (std::vector<std::string>{"ad_day", "cost", "order"}));
  const std::string& text = compiled.value().sql.text;
  for (const char* fact : {"ad_day", "cost", "order"}) {
    const std::string from = std::string("from \"") + fact + "\" as f\n";
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << text;
    EXPECT_EQ(text.find(from, at + 1), std::string::npos) << text;
  }
}

TEST(Compile, QuotesWhatPeopleWrote) {
  const Question question{
      {"orders"}, {}, {{"channel", {"x'); drop table \"order\"; --"}}}, {Period("2026-03")}};
  const auto compiled = Compile(Metrics(), Facts(), question, DuckDbDialect());
  ASSERT_TRUE(compiled.ok());
  EXPECT_THAT(compiled.value().sql.text, HasSubstr("'x''); drop table \"order\"; --'"));
}

TEST(Compile, DimensionsAreThoseOfEveryFactOfTheMetric) {
  const auto names = [](const char* id) { return DimensionsOf(Metrics(), Facts(), *Metrics().Find(id)); };
  EXPECT_THAT(names("impressions"),
              testing::IsSupersetOf({"theme", "focus", "campaign", "month", "platform"}));
  EXPECT_THAT(names("cost_per_order"),
              testing::IsSupersetOf({"channel", "channel_group", "campaign", "week"}));
  EXPECT_THAT(names("cost_per_order"), testing::Not(testing::Contains("coupon")));
  EXPECT_THAT(names("follower_reach_rate"), testing::Not(testing::Contains("month")));
}

TEST(Compile, ShowsTheRowsBehindAMetric) {
  const auto rows = CompileRows(Metrics(), Facts(), "orders", {{"channel_group", {"social"}}},
                                Period("2026-03"), 20, DuckDbDialect());
  ASSERT_TRUE(rows.ok());
  EXPECT_THAT(rows.value().text, HasSubstr("in ('organic_social', 'paid_social')"));
  EXPECT_THAT(rows.value().text, HasSubstr("limit 20"));
  EXPECT_FALSE(
      CompileRows(Metrics(), Facts(), "orders", {{"theme", {"x"}}}, Period("2026-03"), 20, DuckDbDialect())
          .ok());
}

TEST(Segments, CutsOverlappingWindowsIntoDisjointStretches) {
  const Segments segments = CutWindows({Period("2026-Q1"), Period("2026-02"), Period("2026-05"), {}});
  EXPECT_EQ(segments.stretches.size(), 4u);
  EXPECT_EQ(segments.windows, (std::vector<std::vector<int>>{{0, 1, 2}, {1}, {3}, {}}));
  EXPECT_THAT(InStretches(segments, "d"),
              HasSubstr("(d >= date '2026-01-01' and d < date '2026-04-01') or (d >= date '2026-05-01'"));
}

struct Golden {
  const char* name;
  Question question;
};

std::vector<Golden> Goldens() {
  const Window march = Period("2026-03");
  const Window february = Period("2026-02");
  return {
      {"one_sum", {{"impressions"}, {}, {}, {march}}},
      {"ratio_by_platform_with_previous",
       {{"engagement_rate_impressions", "impressions"}, {"platform"}, {}, {march, february}}},
      {"cost_per_order_by_channel_group",
       {{"cost_per_order", "orders"}, {"channel_group"}, {{"channel_group", {"social"}}}, {march}}},
      {"followers_by_platform", {{"followers", "followers_net_growth"}, {"platform"}, {}, {march, february}}},
      {"reach_for_the_exact_period", {{"reach", "engaged_accounts"}, {}, {}, {march}}},
      {"posts_by_theme_to_date", {{"posts_lifetime", "impressions_lifetime"}, {"theme"}, {}, {march}}},
      {"visitors_in_overlapping_periods", {{"visitors"}, {"channel"}, {}, {Period("2026-Q1"), march}}},
      {"deals_by_two_days", {{"win_rate", "pipeline_opened"}, {"owner"}, {}, {march}}},
      {"by_week_and_platform", {{"views"}, {"week", "platform"}, {}, {march}}},
      {"twelve_months", {{"revenue_net"}, {}, {}, LastGrains(march, Grain::kMonth, 12)}},
  };
}

TEST(Compile, SqlIsAsTheGoldenFilesShow) {
  const std::filesystem::path folder = std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/compile/golden";
  const bool update = std::getenv("BACKCAST_UPDATE_GOLDEN") != nullptr && std::getenv("CI") == nullptr;
  for (const Golden& golden : Goldens()) {
    SCOPED_TRACE(golden.name);
    const auto compiled = Compile(Metrics(), Facts(), golden.question, DuckDbDialect());
    ASSERT_TRUE(compiled.ok()) << ToSentence(compiled.error());
    const std::filesystem::path file = folder / (std::string(golden.name) + ".sql");
    if (update) {
      std::filesystem::create_directories(folder);
      std::ofstream(file) << compiled.value().sql.text << "\n";
    }
    std::stringstream expected;
    expected << std::ifstream(file).rdbuf();
    EXPECT_EQ(compiled.value().sql.text + "\n", expected.str())
        << "BACKCAST_UPDATE_GOLDEN=1 writes the files anew";
  }
}

}  // namespace
}  // namespace backcast
