// SPDX-License-Identifier: Apache-2.0
// What the lake's tests share: a small set of facts, a folder of their own, and rows written as SQL values.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lake/lake.h"

namespace backcast {

inline constexpr std::string_view kTestFacts = R"(version: 1
facts:
- id: post
  kind: dimension
  grain: one row per post
  columns:
  - platform: label
  - published_at: instant
  - theme: label
- id: post_day
  grain: post x day x paid
  key: [post, date, paid]
  day: date
  columns:
  - post: code(post)
  - date: day
  - paid: label
  - views: count
  - clicks: count
  - spend: money
  - score: number
- id: order
  grain: one order
  key: [order_id]
  day: date
  columns:
  - order_id: label
  - date: day
  - status: label
  - total: money
  - post: code(post)
- id: note
  grain: one note
  key: [note_id]
  columns:
  - note_id: label
  - text: text
)";

class LakeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    root_ =
        std::filesystem::temp_directory_path() / ("backcast-lake-" + std::to_string(::getpid()) + "-" + name);
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
    folder_ = (root_ / "lake").string();
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  static Schemas Facts(std::string_view yaml = kTestFacts) {
    auto schemas = Schemas::Parse(yaml, "facts.yaml");
    EXPECT_TRUE(schemas.ok()) << ToSentence(schemas.error());
    return std::move(schemas).value();
  }

  std::unique_ptr<DuckDb> Engine() const {
    auto engine = DuckDb::Open({.threads = 2, .folders = {folder_}});
    EXPECT_TRUE(engine.ok());
    EXPECT_TRUE(engine.value()->Lock().ok());
    return std::move(engine).value();
  }

  Lake OpenLake(std::string_view yaml = kTestFacts) {
    auto lake = Lake::Open(folder_, Facts(yaml), [this] { return now_; });
    EXPECT_TRUE(lake.ok()) << ToSentence(lake.error());
    return std::move(lake).value();
  }

  /// Stages rows given as SQL tuples of the fact's columns and the line: "('p1', date '2026-01-01', ..., 2)".
  static Staged Stage(DuckDb& engine, const std::string& fact, const std::string& tuples,
                      std::string_view yaml = kTestFacts) {
    const Schemas schemas = Facts(yaml);
    const Fact* schema = schemas.Find(fact);
    std::string columns = schema->is_dimension ? "\"natural\" varchar, " : "";
    for (const FactColumn& column : schema->columns) {
      columns += "\"" + column.name + "\" " +
                 (column.type == Type::kCode ? "VARCHAR" : std::string(SqlType(column.type))) + ", ";
    }
    const auto made =
        engine.Do("create or replace temp table \"staged_" + fact + "\" (" + columns + "line bigint)");
    EXPECT_TRUE(made.ok()) << ToSentence(made.error());
    const auto filled = tuples.empty() ? Result<Done>(Done{})
                                       : engine.Do("insert into \"staged_" + fact + "\" values " + tuples);
    EXPECT_TRUE(filled.ok()) << ToSentence(filled.error());
    return {fact, "staged_" + fact};
  }

  static LoadReceipt MustCommit(Lake& lake, DuckDb& engine, const Load& load,
                                const std::vector<Staged>& staged,
                                const std::vector<Quarantined>& quarantined = {}) {
    auto receipt = lake.Commit(engine, load, staged, quarantined);
    EXPECT_TRUE(receipt.ok()) << ToSentence(receipt.error());
    return receipt.ok() ? std::move(receipt).value() : LoadReceipt{};
  }

  /// All rows of an answer, each as DuckDB prints a struct.
  static std::vector<std::string> Rows(DuckDb& engine, const std::string& sql) {
    std::vector<std::string> rows;
    const auto plain = engine.Run("select r::varchar from (" + sql + ") r");
    EXPECT_TRUE(plain.ok()) << ToSentence(plain.error());
    if (plain.ok()) rows = plain.value().columns[0].words;
    return rows;
  }

  static double Number(DuckDb& engine, const std::string& sql) {
    const auto table = engine.Run(sql);
    EXPECT_TRUE(table.ok()) << ToSentence(table.error());
    return table.ok() && table.value().rows > 0 ? table.value().columns[0].numbers[0] : -1;
  }

  std::filesystem::path root_;
  std::string folder_;
  std::chrono::system_clock::time_point now_ =
      std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(12);
};

}  // namespace backcast
