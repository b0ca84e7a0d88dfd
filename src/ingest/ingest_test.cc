// SPDX-License-Identifier: Apache-2.0
// Whole files into the lake: real exports where they are at hand, and what must hold for any file.
#include "ingest/ingest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace backcast {
namespace {

namespace fs = std::filesystem;

fs::path SharedData() {
  const char* given = std::getenv("BACKCAST_SHARED");
  return given != nullptr ? fs::path(given) : fs::path(BACKCAST_SOURCE_DIR) / "../shared/data";
}

class Ingest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("backcast_ingest_" + std::to_string(getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    engine_ = DuckDb::Open({}).value();
    auto lake = Lake::Open((folder_ / "lake").string(), facts_);
    ASSERT_TRUE(lake.ok()) << ToSentence(lake.error());
    lake_.emplace(std::move(lake).value());
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string Write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  Result<std::vector<FileReceipt>> Load(const std::string& path, const IngestOptions& options = {}) {
    return IngestFile(path, options, facts_, sources_, *engine_, &*lake_, "salt");
  }
  FileReceipt LoadOne(const std::string& path, const IngestOptions& options = {}) {
    auto receipts = Load(path, options);
    EXPECT_TRUE(receipts.ok()) << ToSentence(receipts.error());
    if (!receipts.ok()) return {};
    EXPECT_EQ(receipts.value().size(), 1u);
    const FileReceipt& receipt = receipts.value().front();
    EXPECT_EQ(receipt.rows_read, receipt.rows_kept + receipt.rows_refused);
    return receipt;
  }
  double Ask(const std::string& sql) {
    const auto attached = lake_->Attach(*engine_);
    EXPECT_TRUE(attached.ok()) << ToSentence(attached.error());
    const auto table = engine_->Run(sql);
    EXPECT_TRUE(table.ok()) << ToSentence(table.error());
    return table.ok() && table.value().rows == 1 ? table.value().columns[0].numbers[0] : -1;
  }

  fs::path folder_;
  Schemas facts_ = Schemas::Shipped().value();
  Sources sources_ = Sources::Shipped(facts_).value();
  std::unique_ptr<DuckDb> engine_;
  std::optional<Lake> lake_;
};

TEST_F(Ingest, TwitterExportsKeepPostsAndDaysApart) {
  const fs::path data = SharedData() / "x-analytics-lisadebruine";
  if (!fs::exists(data)) GTEST_SKIP() << "no shared data at " << data;
  std::int64_t posts = 0, days = 0;
  for (const auto& file : fs::directory_iterator(data)) {
    if (file.path().extension() != ".csv") continue;
    const FileReceipt receipt = LoadOne(file.path().string());
    const bool daily = file.path().filename().string().starts_with("daily");
    EXPECT_EQ(receipt.source, daily ? "x_daily" : "x_posts");
    EXPECT_EQ(receipt.account, "LisaDeBruine");
    EXPECT_EQ(receipt.rows_refused, 0)
        << (receipt.refused.empty() ? "" : receipt.refused[0].column + " " + receipt.refused[0].reason);
    EXPECT_THAT(receipt.remarks, testing::IsEmpty()) << testing::PrintToString(receipt.remarks);
    (daily ? days : posts) += receipt.rows_kept;
  }
  EXPECT_EQ(posts, 1439);
  EXPECT_EQ(days, 181);
  EXPECT_EQ(Ask("select count(*) from post"), 1439);
  EXPECT_EQ(Ask("select sum(impressions) from post_snapshot where paid = 'organic'"), 3223116);
  EXPECT_EQ(Ask("select count(*) from post_snapshot where paid = 'paid'"), 0);
  EXPECT_EQ(Ask("select sum(engagements) from post_snapshot"), 105466);
  EXPECT_EQ(Ask("select sum(impressions) from account_day"), 3228731);
  EXPECT_EQ(Ask("select sum(posts_published) from account_day"), 1444);
}

TEST_F(Ingest, YouTubeTablesSayWhatDoesNotAddUp) {
  const fs::path data = SharedData() / "youtube-studio-geography-codingtrain";
  if (!fs::exists(data)) GTEST_SKIP() << "no shared data at " << data;
  const FileReceipt table = LoadOne((data / "Table data.csv").string());
  EXPECT_EQ(table.source, "youtube_geography");
  EXPECT_EQ(table.rows_kept, 201);
  EXPECT_THAT(testing::PrintToString(table.remarks),
              testing::HasSubstr("add up to 14344009 views, the file's own total row says 15503810"));
  EXPECT_EQ(table.to, "2021-12-30");
  EXPECT_EQ(LoadOne((data / "Chart data.csv").string()).rows_kept, 73365);
  EXPECT_EQ(LoadOne((data / "Totals.csv").string()).rows_kept, 365);
  EXPECT_EQ(Ask("select sum(views) from account_period"), 14344009);
  EXPECT_EQ(Ask("select count(*) from account_period where value = 'NA'"), 1);
  EXPECT_EQ(Ask("select sum(views) from audience_day"), 14344009);
  EXPECT_EQ(Ask("select sum(views) from account_day"), 15503810);
  EXPECT_EQ(Ask("select count(*) from audience_day where value = 'NA'"), 365);
}

TEST_F(Ingest, YouTubeContentTrimsIdsAndKeepsEmptyApart) {
  const fs::path file = SharedData() / "youtube-studio-content-excerpt/Table data.csv";
  if (!fs::exists(file)) GTEST_SKIP() << "no shared data at " << file;
  const FileReceipt receipt = LoadOne(file.string());
  EXPECT_EQ(receipt.source, "youtube_content");
  EXPECT_EQ(receipt.rows_kept, 12);
  EXPECT_EQ(receipt.rows_refused, 0) << (receipt.refused.empty()
                                             ? ""
                                             : receipt.refused[0].column + " " + receipt.refused[0].value);
  EXPECT_EQ(Ask("select count(*) from post where post_id <> trim(post_id)"), 0);
  EXPECT_EQ(Ask("select count(*) from post where post_id = '-HHGH-TTqYM'"), 1);
}

TEST_F(Ingest, UciFacebookAddsUp) {
  const fs::path file = SharedData() / "uci-facebook-metrics/dataset_Facebook.csv";
  if (!fs::exists(file)) GTEST_SKIP() << "no shared data at " << file;
  const FileReceipt receipt = LoadOne(file.string());
  EXPECT_EQ(receipt.source, "uci_facebook");
  EXPECT_EQ(receipt.rows_kept, 500);
  EXPECT_EQ(Ask("select sum(reach_unique) from post_snapshot"), 6951680);
  EXPECT_EQ(Ask("select sum(impressions) from post_snapshot"), 14792974);
  EXPECT_EQ(Ask("select sum(engagements) from post_snapshot"), 106060);
  EXPECT_EQ(Ask("select count(*) from post where media_type = 'photo'"), 426);
  EXPECT_EQ(Ask("select count(*) - count(shares) from post_snapshot"), 4);
  EXPECT_EQ(Ask("select year(min(published_on)) from post"), 2014);
}

const std::string kCosts =
    "date,channel,kind,amount,currency,note\n2025-01-05,instagram,labour,100,EUR,a\n2025-01-06,linkedin,"
    "media,20.5,EUR,b\n";

TEST_F(Ingest, SameContentTwiceChangesNothing) {
  const FileReceipt first = LoadOne(Write("costs.csv", kCosts));
  EXPECT_FALSE(first.already_loaded);
  const FileReceipt again = LoadOne(Write("copy/costs (1).csv", kCosts));
  EXPECT_TRUE(again.already_loaded);
  EXPECT_EQ(again.rows_unchanged, 2);
  EXPECT_EQ(again.rows_kept, 2);
  EXPECT_EQ(again.fact, "cost");
  EXPECT_EQ(Ask("select count(*) from cost"), 2);
  EXPECT_EQ(lake_->Loads().value().size(), 1u);
}

TEST_F(Ingest, RestatedDaysReplaceAndAreReported) {
  LoadOne(Write("costs.csv", kCosts));
  std::string corrected = kCosts;
  corrected.replace(corrected.find("20.5"), 4, "30.5");
  const FileReceipt receipt = LoadOne(Write("costs.csv", corrected));
  EXPECT_EQ(receipt.rows_restated, 1);
  EXPECT_EQ(receipt.rows_unchanged, 1);
  EXPECT_NEAR(receipt.restated_by.at("amount"), 10, 1e-9);
  EXPECT_EQ(Ask("select sum(amount) from cost"), 130.5);
}

TEST_F(Ingest, DryRunCommitsNothing) {
  IngestOptions options;
  options.dry_run = true;
  const FileReceipt receipt = LoadOne(Write("costs.csv", kCosts), options);
  EXPECT_EQ(receipt.rows_kept, 2);
  EXPECT_EQ(receipt.from, "2025-01-05");
  EXPECT_TRUE(lake_->Loads().value().empty());
  EXPECT_EQ(Ask("select count(*) from duckdb_tables() where temporary"), 0);
}

TEST_F(Ingest, RefusedRowsAreQuarantinedMasked) {
  const FileReceipt receipt = LoadOne(
      Write("costs.csv",
            kCosts + "2025-01-07,x,media,call me@example.com,EUR,c\n2025-13-07,x,media,3,EUR,d\n1,2\n"));
  EXPECT_EQ(receipt.rows_read, 5);
  EXPECT_EQ(receipt.rows_refused, 3);
  ASSERT_EQ(receipt.refused.size(), 3u);
  for (const Quarantined& row : receipt.refused) {
    EXPECT_GE(row.line, 4);
    EXPECT_FALSE(row.reason.empty());
    EXPECT_EQ(row.value.find('@'), std::string::npos);
  }
}

TEST_F(Ingest, FactsCanBeWrittenByHand) {
  const std::string path = Write("talks.csv",
                                 "outcome_event_id,type,date,qualified\nt1,speaking_invitation,2025-02-01,"
                                 "yes\nt2,award,2025-02-03,no\n");
  const FileReceipt receipt = LoadOne(path);
  EXPECT_EQ(receipt.source, "backcast_outcome_event");
  EXPECT_EQ(Ask("select count(*) from outcome_event where qualified"), 1);
  const FileReceipt posts = LoadOne(
      Write("posts.csv",
            "post,platform,date,paid,reactions\n17,x,2025-02-01,organic,5\nx:18,x,2025-02-01,organic,6\n"));
  EXPECT_EQ(posts.source, "backcast_post_day");
  EXPECT_EQ(Ask("select count(*) from post_day d join post p on p.post_key = d.post where p.\"natural\" in "
                "('x:17', 'x:18')"),
            2);
}

TEST_F(Ingest, UnknownFilesGetTheNearestLayout) {
  const auto receipts = Load(Write("odd.csv", "Tweet id,Tweet text,when\n1,a,2025-01-01\n"));
  ASSERT_FALSE(receipts.ok());
  EXPECT_EQ(receipts.error().code, Code::kInput);
  EXPECT_THAT(receipts.error().where, testing::HasSubstr("odd.csv:1"));
  EXPECT_THAT(receipts.error().hint, testing::HasSubstr("x_posts (without"));
  IngestOptions options;
  options.source = "x_post";
  const auto wrong = Load((folder_ / "odd.csv").string(), options);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::kUsage);
  EXPECT_THAT(wrong.error().hint, testing::HasSubstr("x_posts"));
}

TEST_F(Ingest, NothingIsCommittedWhenReadingBreaksOff) {
  const std::string path = Write("costs.csv", kCosts + "2025-01-08,x,media,1,EUR,\"never closed\n");
  const auto receipts = Load(path);
  if (receipts.ok()) {
    EXPECT_EQ(receipts.value()[0].rows_read,
              receipts.value()[0].rows_kept + receipts.value()[0].rows_refused);
  } else {
    EXPECT_TRUE(lake_->Loads().value().empty());
  }
  IngestOptions options;
  int calls = 0;
  const auto stopped = IngestFile(Write("more.csv", kCosts + "2025-02-08,x,media,1,EUR,z\n"),
                                  {.source = "costs"}, facts_, sources_, *engine_, &*lake_, "salt",
                                  [&](std::uint64_t, std::uint64_t) { return ++calls > 1; });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, Code::kInterrupted);
  EXPECT_EQ(Ask("select count(*) from cost where channel = 'x' and date = date '2025-02-08'"), 0);
}

TEST_F(Ingest, PersonsAreKeyedHashes) {
  const std::string text =
      "Record ID,Email,Create Date,Lifecycle Stage,Original Source\n1, Ana@Example.com "
      ",2025-01-01,Lead,Organic social\n2,ana@example.com,2025-01-02,Lead,Direct traffic\n";
  LoadOne(Write("all-contacts.csv", text));
  EXPECT_EQ(Ask("select count(distinct person) from lead"), 1);
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "lake")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(bytes.find("xample.com"), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace backcast
