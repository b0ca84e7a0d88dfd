// SPDX-License-Identifier: Apache-2.0
// A large file takes another way into the lake than a small one; what is in the lake afterwards must not
// tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "ingest/ingest.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

struct Shape {
  int rows = 0;
  int posts = 0;
  int days = 1;
  bool broken = false;    ///< some rows cannot be kept
  bool unordered = true;  ///< days come in any order, and keys come again
};

std::string RandomFile(const Shape& shape, std::uint64_t seed, const std::string& first_day = "2025-01-10") {
  std::mt19937_64 random(seed);
  const Day from = ParseIsoDay(first_day).value();
  std::string text = "post,platform,date,paid,impressions,reactions,spend,currency,theme\n";
  for (int row = 0; row < shape.rows; ++row) {
    const int day = shape.unordered ? static_cast<int>(random() % static_cast<unsigned>(shape.days))
                                    : row * shape.days / shape.rows;
    const int post = shape.unordered ? static_cast<int>(random() % static_cast<unsigned>(shape.posts)) : row;
    text += "p" + std::to_string(post) + ",x," + ToIso(from + std::chrono::days(day)) + ",organic,";
    text += random() % 7 == 0 ? "" : std::to_string(random() % 50);
    text +=
        "," + (shape.broken && random() % 40 == 0 ? std::string("n/a?") : std::to_string(random() % 9)) + ",";
    text += random() % 3 == 0 ? "" : std::to_string(random() % 900) + ".25";
    text += ",EUR,theme " + std::to_string(random() % 4) + "\n";
  }
  return text;
}

/// One lake that takes every file as small, one that takes every file as large.
class LargeFiles : public testing::Test {
 protected:
  struct Side {
    std::unique_ptr<DuckDb> engine;
    std::optional<Lake> lake;
    std::uint64_t large_from = 0;
  };

  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("backcast_large_" + std::to_string(getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    for (Side* side : {&small_, &large_}) {
      side->engine = DuckDb::Open({.threads = 2}).value();
      const std::string name = side == &small_ ? "small" : "large";
      side->lake.emplace(Lake::Open((folder_ / name).string(), facts_, [this] { return now_; }).value());
      side->large_from = side == &small_ ? ~std::uint64_t{0} : 0;
    }
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }

  FileReceipt Load(Side& side, const std::string& path, const IngestProgress& progress = {},
                   std::size_t held_bytes = LoadPlace{}.held_bytes) {
    IngestOptions options;
    options.large_from = side.large_from;
    options.held_bytes = held_bytes;
    auto receipts = IngestFile(path, options, facts_, sources_, *side.engine, &*side.lake, "salt", progress);
    EXPECT_TRUE(receipts.ok()) << ToSentence(receipts.error());
    return receipts.ok() ? receipts.value().front() : FileReceipt{};
  }

  std::vector<std::string> Rows(Side& side, const std::string& table) {
    const auto attached = side.lake->Attach(*side.engine);
    EXPECT_TRUE(attached.ok()) << ToSentence(attached.error());
    const auto rows = side.engine->Run("select r::varchar as r from " + table + " r order by r");
    EXPECT_TRUE(rows.ok()) << ToSentence(rows.error());
    return rows.ok() ? rows.value().columns[0].words : std::vector<std::string>();
  }

  void ExpectSameLakes() {
    for (const char* table : {"post_day", "post", "quarantine", "load"}) {
      const std::vector<std::string> expected = Rows(small_, table), got = Rows(large_, table);
      ASSERT_EQ(expected.size(), got.size()) << table;
      for (std::size_t row = 0; row < expected.size(); ++row) ASSERT_EQ(expected[row], got[row]) << table;
    }
    EXPECT_EQ(large_.engine->Run("select count(*) from duckdb_tables() where table_name like 'stage%'")
                  .value()
                  .columns[0]
                  .numbers[0],
              0);
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "large"))
      EXPECT_FALSE(entry.path().filename().string().starts_with(".write")) << entry.path();
  }

  void ExpectSameReceipts(const FileReceipt& a, const FileReceipt& b) {
    EXPECT_EQ(a.rows_read, b.rows_read);
    EXPECT_EQ(a.rows_kept, b.rows_kept);
    EXPECT_EQ(a.rows_unchanged, b.rows_unchanged);
    EXPECT_EQ(a.rows_restated, b.rows_restated);
    EXPECT_EQ(a.restated_by, b.restated_by);
    EXPECT_EQ(a.remarks, b.remarks);
    EXPECT_EQ(a.from, b.from);
    EXPECT_EQ(a.to, b.to);
    EXPECT_EQ(a.account, b.account);
  }

  std::chrono::system_clock::time_point now_ =
      std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(12);
  fs::path folder_;
  Schemas facts_ = Schemas::Shipped().value();
  Sources sources_ = Sources::Shipped(facts_).value();
  Side small_, large_;
};

TEST_F(LargeFiles, LeaveTheSameLakeAsSmallOnes) {
  const std::vector<std::string> files = {
      RandomFile({.rows = 5000, .posts = 5000, .days = 70, .unordered = false}, 1),
      RandomFile({.rows = 3000, .posts = 300, .days = 400, .broken = true}, 2, "2024-11-01"),
      RandomFile({.rows = 500, .posts = 500, .days = 20, .unordered = false}, 3, "2027-05-01"),
      RandomFile({.rows = 20, .posts = 3, .days = 2}, 4),
  };
  for (std::size_t i = 0; i < files.size(); ++i) {
    SCOPED_TRACE(i);
    const std::string path = Write("file" + std::to_string(i) + ".csv", files[i]);
    ExpectSameReceipts(Load(small_, path), Load(large_, path));
    ExpectSameLakes();
  }
}

TEST_F(LargeFiles, LeaveTheSameLakeWhenFewRowsAndIdsAreHeld) {
  for (const std::uint64_t seed : {11, 12}) {
    const std::string path = Write("file" + std::to_string(seed) + ".csv",
                                   RandomFile({.rows = 8000, .posts = 2000, .days = 90}, seed));
    ExpectSameReceipts(Load(small_, path), Load(large_, path, {}, 9000));
    ExpectSameLakes();
  }
}

TEST_F(LargeFiles, GiveWayToALoadThatComesInBetween) {
  const std::string big =
      Write("big.csv", RandomFile({.rows = 5000, .posts = 5000, .days = 40, .unordered = false}, 5));
  const std::string quick =
      Write("quick.csv", RandomFile({.rows = 50, .posts = 20, .days = 3}, 6, "2025-01-30"));
  Load(small_, quick);
  const FileReceipt expected = Load(small_, big);
  Side other;
  other.engine = DuckDb::Open({.threads = 1}).value();
  other.lake.emplace(Lake::Open((folder_ / "large").string(), facts_, [this] { return now_; }).value());
  bool came = false;
  const FileReceipt receipt = Load(large_, big, [&](std::uint64_t, std::uint64_t) {
    if (!came) Load(other, quick);
    return came = true;
  });
  EXPECT_TRUE(came);
  ExpectSameReceipts(expected, receipt);
  ExpectSameLakes();
}

}  // namespace
}  // namespace backcast
