// SPDX-License-Identifier: Apache-2.0
// Lifetime counters read again and again: what they say about days, and what they do not say.
#include "lake/readings.h"

#include <random>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

constexpr std::string_view kFacts = R"(version: 1
facts:
- id: post
  kind: dimension
  grain: one row per post
  columns:
  - platform: label
  - theme: label
- id: post_snapshot
  grain: post x day it was read x paid
  key: [post, observed_on, paid]
  day: observed_on
  asked_by: published_on
  latest: observed_on
  columns:
  - post: code(post)
  - observed_on: day
  - published_on: day
  - platform: label
  - account: label
  - paid: label
  - views: count
  - reach: count unique
  - watch_seconds: number
- id: post_day
  grain: post x day x paid
  key: [post, date, paid]
  day: date
  differences_of: post_snapshot
  columns:
  - post: code(post)
  - date: day
  - platform: label
  - paid: label
  - theme: label
  - views: count
  - reach: count unique
  - watch_seconds: number
  - spend: money
  - currency: label
  - derivation: label
  - correction: flag
)";

class ReadingsTest : public LakeTest {
 protected:
  /// "('p1', read on, published on, 'x', account, 'organic', views, reach, watch seconds, line)".
  static std::string Reading(const std::string& post, const std::string& read, const std::string& published,
                             std::int64_t views, const std::string& account = "shop") {
    return "('" + post + "', date '" + read + "', date '" + published + "', 'x', '" + account +
           "', 'organic', " + std::to_string(views) + ", 9, " + std::to_string(views) + ".5, 2)";
  }

  void Load(const std::string& fact, const std::vector<std::string>& tuples) {
    if (!lake_) {
      lake_.emplace(OpenLake(kFacts));
      engine_ = Engine();
    }
    std::string all;
    for (const std::string& tuple : tuples) all += (all.empty() ? "" : ", ") + tuple;
    const Staged staged = Stage(*engine_, fact, all, kFacts);
    MustCommit(*lake_, *engine_, {.source = "x_posts", .file = "a.csv", .sha256 = std::to_string(++loads_)},
               {staged});
  }

  std::vector<std::string> Days() {
    EXPECT_TRUE(lake_->Attach(*engine_).ok());
    return Rows(*engine_,
                "select p.\"natural\" as post, d.date, views, derivation, correction from post_day d "
                "join post p on p.post_key = d.post order by 1, 2");
  }

  std::optional<Lake> lake_;
  std::unique_ptr<DuckDb> engine_;
  int loads_ = 0;
};

TEST_F(ReadingsTest, OneReadingSaysNothingAboutDays) {
  Load("post_snapshot", {Reading("a", "2026-03-02", "2026-03-01", 100)});
  EXPECT_TRUE(Days().empty());
}

TEST_F(ReadingsTest, ADifferenceIsSpreadOverTheDaysBetweenAndTheLastTakesTheRest) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("a", "2026-03-05", "2026-03-01", 111),
        Reading("a", "2026-03-06", "2026-03-01", 120)});
  EXPECT_EQ(Days(),
            (std::vector<std::string>{
                "{'post': a, 'date': 2026-03-03, 'views': 3, 'derivation': gap, 'correction': false}",
                "{'post': a, 'date': 2026-03-04, 'views': 3, 'derivation': gap, 'correction': false}",
                "{'post': a, 'date': 2026-03-05, 'views': 5, 'derivation': gap, 'correction': false}",
                "{'post': a, 'date': 2026-03-06, 'views': 9, 'derivation': delta, 'correction': false}"}));
  EXPECT_EQ(Number(*engine_, "select count(*) from post_day where reach is not null or spend is not null"), 0)
      << "people counted once are not subtracted, and money is not made up";
  EXPECT_EQ(Number(*engine_, "select count(*) from post_day where source = 'x_posts' and line = 2"), 4);
}

TEST_F(ReadingsTest, ACounterThatFellIsACorrectionAndNotClipped) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("a", "2026-03-03", "2026-03-01", 90)});
  EXPECT_EQ(Days(),
            (std::vector<std::string>{
                "{'post': a, 'date': 2026-03-03, 'views': -10, 'derivation': delta, 'correction': true}"}));
}

TEST_F(ReadingsTest, APostPublishedSinceTheAccountWasReadCountsFromItsPublication) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("a", "2026-03-05", "2026-03-01", 100),
        Reading("b", "2026-03-05", "2026-03-04", 50), Reading("old", "2026-03-05", "2026-01-01", 700)});
  const std::vector<std::string> days = Days();
  ASSERT_EQ(days.size(), 5U);
  EXPECT_EQ(days[3], "{'post': b, 'date': 2026-03-04, 'views': 25, 'derivation': gap, 'correction': false}");
  EXPECT_EQ(days[4], "{'post': b, 'date': 2026-03-05, 'views': 25, 'derivation': gap, 'correction': false}");
}

TEST_F(ReadingsTest, AFileOfOtherPostsIsNoLaterReading) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("b", "2026-03-02", "2026-03-01", 100),
        Reading("c", "2026-03-20", "2026-03-10", 70)});
  EXPECT_TRUE(Days().empty());
}

TEST_F(ReadingsTest, AccountsAreReadApart) {
  Load("post_snapshot", {Reading("a", "2026-03-02", "2026-03-01", 100),
                         Reading("b", "2026-03-05", "2026-03-04", 50, "other")});
  EXPECT_TRUE(Days().empty());
}

TEST_F(ReadingsTest, ReadingsFarApartLeaveTheDaysUnknown) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("a", "2026-04-03", "2026-03-01", 900)});
  EXPECT_TRUE(Days().empty());
  Load("post_snapshot", {Reading("a", "2026-03-31", "2026-03-01", 800)});
  EXPECT_EQ(Days().size(), 32U) << "a reading in between, read late, closes the gap";
}

TEST_F(ReadingsTest, DeliveredDaysWinOverDifferences) {
  Load("post_snapshot",
       {Reading("a", "2026-03-02", "2026-03-01", 100), Reading("a", "2026-03-04", "2026-03-01", 120),
        Reading("b", "2026-03-02", "2026-03-01", 10), Reading("b", "2026-03-04", "2026-03-01", 30)});
  Load("post_day",
       {"('a', date '2026-03-03', 'x', 'organic', null, 7, null, null, null, null, 'native', null, 2)"});
  const std::vector<std::string> days = Days();
  ASSERT_EQ(days.size(), 3U);
  EXPECT_EQ(days[0], "{'post': a, 'date': 2026-03-03, 'views': 7, 'derivation': native, 'correction': NULL}");
}

TEST_F(ReadingsTest, OpeningAndDaysAddUpToTheLastReading) {
  std::mt19937 random(7);
  std::vector<std::string> tuples;
  for (int post = 0; post < 12; ++post) {
    std::int64_t views = static_cast<std::int64_t>(random() % 1000);
    for (int day = 1; day < 28; day += 1 + static_cast<int>(random() % 6)) {
      views += static_cast<std::int64_t>(random() % 500) - 60;
      const std::string read = std::string("2026-03-") + (day < 10 ? "0" : "") + std::to_string(day);
      tuples.push_back(Reading("p" + std::to_string(post), read, "2026-02-01", views));
    }
  }
  Load("post_snapshot", tuples);
  ASSERT_FALSE(Days().empty());
  EXPECT_EQ(
      Number(
          *engine_,
          "with ends as (select post, min_by(views, observed_on) as opening, max_by(views, observed_on) as "
          "last,"
          " min_by(watch_seconds, observed_on) as seconds, max_by(watch_seconds, observed_on) as last_seconds"
          " from post_snapshot group by post),"
          " days as (select post, sum(views) as views, sum(watch_seconds) as seconds from post_day group by "
          "post)"
          " select count(*) from ends left join days using (post) where opening + coalesce(views, 0) <> last"
          " or abs(ends.seconds + coalesce(days.seconds, 0) - last_seconds) > 1e-6"),
      0);
  EXPECT_EQ(Number(*engine_, "select count(*) - count(distinct (post, date, paid)) from post_day"), 0);
}

}  // namespace
}  // namespace backcast
