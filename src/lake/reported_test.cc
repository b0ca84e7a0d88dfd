// SPDX-License-Identifier: Apache-2.0
// Media money typed into a list of costs and reported by an ad platform too: it counts once, and never not at
// all.
#include "lake/reported.h"

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

constexpr std::string_view kFacts = R"(version: 1
facts:
- id: ad_day
  grain: ad x day
  key: [ad, date]
  day: date
  columns:
  - ad: label
  - date: day
  - platform: label
  - channel_group: label
  - spend: money
- id: cost
  grain: one line
  key: [date, note]
  day: date
  reported_by: ad_day
  columns:
  - date: day
  - kind: label
  - platform: label
  - channel_group: label
  - amount: money
  - note: label
  - reported: flag
)";

class ReportedTest : public LakeTest {
 protected:
  void Load(const std::string& fact, const std::string& tuples) {
    if (!lake_) {
      lake_.emplace(OpenLake(kFacts));
      engine_ = Engine();
    }
    const Staged staged = Stage(*engine_, fact, tuples, kFacts);
    MustCommit(*lake_, *engine_, {.source = "s", .file = "a.csv", .sha256 = std::to_string(++loads_)},
               {staged});
  }

  void Spend(const std::string& day, const std::string& platform, const std::string& group) {
    Load("ad_day",
         "('ad " + std::to_string(loads_) + "', date '" + day + "', " + platform + ", " + group + ", 10, 2)");
  }

  void Cost(const std::string& day, const std::string& kind, const std::string& platform,
            const std::string& group, const std::string& reported = "null") {
    Load("cost", "(date '" + day + "', '" + kind + "', " + platform + ", " + group + ", 7, 'line " +
                     std::to_string(loads_) + "', " + reported + ", 2)");
  }

  /// Euros of cost lines that count.
  std::int64_t Counted() {
    EXPECT_TRUE(lake_->Attach(*engine_).ok());
    return Number(
        *engine_,
        "select coalesce(sum(amount) filter (where not coalesce(reported, false)), 0)::bigint from cost");
  }

  std::optional<Lake> lake_;
  std::unique_ptr<DuckDb> engine_;
  int loads_ = 0;
};

TEST_F(ReportedTest, MediaWithoutAnyAdExportCounts) {
  Cost("2026-03-04", "media", "'meta_ads'", "'paid_social'");
  EXPECT_EQ(Counted(), 7);
}

TEST_F(ReportedTest, MediaOfAPlatformWithAnExportOfTheMonthDoesNot) {
  Spend("2026-03-31", "'meta_ads'", "'paid_social'");
  Cost("2026-03-04", "media", "'meta_ads'", "'paid_social'");
  EXPECT_EQ(Counted(), 0);
  Cost("2026-04-04", "media", "'meta_ads'", "'paid_social'");
  EXPECT_EQ(Counted(), 7) << "the export has March, and not April";
}

TEST_F(ReportedTest, APlatformWithoutExportCountsThoughItsChannelGroupHasOne) {
  Spend("2026-03-05", "'meta_ads'", "'paid_social'");
  Cost("2026-03-04", "media", "'tiktok_ads'", "'paid_social'");
  EXPECT_EQ(Counted(), 7);
}

TEST_F(ReportedTest, ALineWithoutPlatformIsTakenForItsChannelGroup) {
  Spend("2026-03-05", "'meta_ads'", "'paid_social'");
  Cost("2026-03-04", "media", "null", "'paid_social'");
  EXPECT_EQ(Counted(), 0);
  Cost("2026-03-04", "media", "null", "'referral'");
  Cost("2026-03-04", "media", "null", "null");
  EXPECT_EQ(Counted(), 14);
}

TEST_F(ReportedTest, OnePlatformIsWrittenInMoreThanOneWay) {
  Spend("2026-03-05", "'TikTok'", "null");
  Cost("2026-03-04", "media", "'tiktok_ads'", "null");
  Cost("2026-03-04", "media", "'TikTok Ads'", "null");
  EXPECT_EQ(Counted(), 0);
}

TEST_F(ReportedTest, OtherKindsCountAndTheFilesOwnWordHolds) {
  Spend("2026-03-05", "'meta_ads'", "'paid_social'");
  Cost("2026-03-04", "labour", "'meta_ads'", "'paid_social'");
  EXPECT_EQ(Counted(), 7);
  Cost("2026-03-04", "media", "'meta_ads'", "'paid_social'", "false");
  EXPECT_EQ(Counted(), 14);
  Cost("2026-03-04", "fees", "null", "null", "true");
  EXPECT_EQ(Counted(), 14);
}

}  // namespace
}  // namespace backcast
