// SPDX-License-Identifier: Apache-2.0
#include "engine/duckdb.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

namespace backcast {
namespace {

std::unique_ptr<DuckDb> OpenEngine(const DuckDbOptions& options = {}) {
  auto engine = DuckDb::Open(options);
  EXPECT_TRUE(engine.ok());
  return std::move(engine).value();
}

TEST(DuckDb, AnswersEveryTypeOfTheHouse) {
  const auto engine = OpenEngine();
  const auto table = engine->Run(
      "select 'ä' w, 3::bigint c, 1.25::decimal(18,4) m, 0.5::double n, date '1970-01-03' d, "
      "timestamp '1970-01-01 00:00:02' t, true f, null::varchar x, sum(2::bigint) h");
  ASSERT_TRUE(table.ok()) << ToSentence(table.error());
  EXPECT_EQ(table.value().rows, 1u);
  EXPECT_EQ(table.value().Find("w")->words[0], "ä");
  EXPECT_EQ(table.value().Find("c")->numbers[0], 3);
  EXPECT_EQ(table.value().Find("m")->numbers[0], 1.25);
  EXPECT_EQ(table.value().Find("d")->numbers[0], 2);
  EXPECT_EQ(table.value().Find("t")->numbers[0], 2);
  EXPECT_EQ(table.value().Find("f")->numbers[0], 1);
  EXPECT_EQ(table.value().Find("x")->present[0], 0);
  EXPECT_EQ(table.value().Find("h")->numbers[0], 2);
}

TEST(DuckDb, BindsArgumentsAsText) {
  const auto engine = OpenEngine();
  const auto table = engine->Run(Statement{"select $1 || '!' w", {"Robert'); drop table x;--"}});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().columns[0].words[0], "Robert'); drop table x;--!");
}

TEST(DuckDb, AppendsBatchesWithMissingCells) {
  const auto engine = OpenEngine();
  ASSERT_TRUE(
      engine->Do("create table t(w varchar, m decimal(18,4), d date, i timestamp, f boolean, n double)")
          .ok());
  RowBatch batch;
  batch.rows = 5000;
  batch.columns.resize(6);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    for (ColumnBuffer& column : batch.columns) column.present.push_back(row % 2 == 0);
    batch.columns[0].words.push_back("word");
    for (const std::size_t at : {1, 2, 3})
      batch.columns[at].integers.push_back(static_cast<std::int64_t>(row));
    batch.columns[4].integers.push_back(1);
    batch.columns[5].numbers.push_back(0.5);
  }
  auto appender = engine->AppendTo("t");
  ASSERT_TRUE(appender.ok());
  ASSERT_TRUE(appender.value().Append(batch).ok());
  ASSERT_TRUE(appender.value().Close().ok());
  const auto table = engine->Run("select count(*), count(w), sum(m), count_if(f), sum(n), max(d) from t");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().columns[0].numbers[0], 5000);
  EXPECT_EQ(table.value().columns[1].numbers[0], 2500);
  EXPECT_DOUBLE_EQ(table.value().columns[2].numbers[0], 2500.0 * 2499 / 10000);
  EXPECT_EQ(table.value().columns[3].numbers[0], 2500);
  EXPECT_EQ(table.value().columns[4].numbers[0], 1250);
  EXPECT_EQ(table.value().columns[5].numbers[0], 4998);
}

TEST(DuckDb, AppendsBesideAStreamThatDoesNotSeeIt) {
  const auto engine = OpenEngine();
  ASSERT_TRUE(engine->Do("create table t as select range as i from range(300000)").ok());
  auto appender = engine->AppendBeside("t");
  ASSERT_TRUE(appender.ok());
  std::size_t rows = 0;
  const auto streamed = engine->Stream({"select i from t", {}}, [&](const RowBatch& batch) {
    rows += batch.rows;
    return appender.value().Append(batch);
  });
  ASSERT_TRUE(streamed.ok()) << ToSentence(streamed.error());
  EXPECT_EQ(rows, 300000U);
  ASSERT_TRUE(appender.value().Close().ok());
  const auto table = engine->Run("select count(*), sum(i) from t");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().columns[0].numbers[0], 600000);
  EXPECT_EQ(table.value().columns[1].numbers[0], 300000.0 * 299999);
  EXPECT_FALSE(engine->AppendBeside("nowhere").ok());
}

TEST(DuckDb, LockClosesEverythingOutside) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "backcast-engine-lock";
  std::filesystem::create_directories(folder / "inside");
  std::ofstream(folder / "outside.csv") << "a\n1\n";
  std::ofstream(folder / "inside/inside.csv") << "a\n1\n";
  const auto engine = OpenEngine({.folders = {(folder / "inside").string()}});
  ASSERT_TRUE(engine->Lock().ok());
  EXPECT_TRUE(engine->Run("from read_csv('" + (folder / "inside/inside.csv").string() + "')").ok());
  EXPECT_FALSE(engine->Run("from read_csv('" + (folder / "outside.csv").string() + "')").ok());
  EXPECT_FALSE(engine->Run("from read_csv('" + (folder / "inside/../outside.csv").string() + "')").ok());
  EXPECT_FALSE(engine->Do("set enable_external_access = true").ok());
  EXPECT_FALSE(engine->Do("set threads = 1").ok());
  EXPECT_FALSE(engine->Do("attach '" + (folder / "x.db").string() + "'").ok());
  EXPECT_FALSE(engine->Do("install httpfs").ok());
}

TEST(DuckDb, StreamsTheRowsThatRunReturnsInTheirOrder) {
  const auto engine = OpenEngine();
  const Statement statement{
      "select range, range % 3 = 0 as flag, case when range % 7 > 0 then 'word ' || range end as word, "
      "range / 4.0 as number, (range / 8)::decimal(12, 2) as money, timestamp '2026-01-01' + "
      "to_seconds(range) as at "
      "from range(100000)",
      {}};
  std::int64_t row = 0;
  const auto read = engine->Stream(statement, [&](const RowBatch& batch) -> Result<Done> {
    for (std::size_t at = 0; at < batch.rows; ++at, ++row) {
      EXPECT_EQ(batch.columns[0].integers[at], row);
      EXPECT_EQ(batch.columns[1].integers[at], row % 3 == 0 ? 1 : 0);
      EXPECT_EQ(batch.columns[2].present[at], row % 7 > 0 ? 1 : 0);
      if (row % 7 > 0) {
        EXPECT_EQ(batch.columns[2].words[at], "word " + std::to_string(row));
      }
      EXPECT_EQ(batch.columns[3].numbers[at], static_cast<double>(row) / 4);
      EXPECT_NEAR(batch.columns[4].numbers[at], static_cast<double>(row) / 8, 0.0051);
      EXPECT_EQ(batch.columns[5].integers[at], 1'767'225'600'000'000 + row * 1'000'000);
    }
    return Done{};
  });
  EXPECT_TRUE(read.ok());
  EXPECT_EQ(row, 100'000);
}

TEST(DuckDb, AStreamEndsWithTheErrorOfWhoeverFails) {
  const auto engine = OpenEngine();
  const Statement fails_late{
      "select case when range = 90000 then error('broken') else range end from range(100000)", {}};
  EXPECT_FALSE(engine->Stream(fails_late, [](const RowBatch&) -> Result<Done> { return Done{}; }).ok());
  const auto stopped = engine->Stream(
      {"select range from range(100000)", {}},
      [](const RowBatch&) -> Result<Done> { return Error{Code::kTooLittle, "", "enough", ""}; });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, Code::kTooLittle);
  EXPECT_TRUE(engine->Run("select 1").ok());
}

TEST(DuckDb, RefusesSettingsInASentence) {
  const auto engine = DuckDb::Open({.memory = "plenty"});
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.error().code, Code::kUsage);
  EXPECT_NE(ToSentence(engine.error()).find("--memory"), std::string::npos);
}

TEST(DuckDb, InterruptEndsAQuery) {
  const auto engine = OpenEngine();
  std::jthread watcher([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    engine->Interrupt();
  });
  const auto table = engine->Run("select sum(a.range * b.range % 7) from range(10000000) a, range(100000) b");
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().code, Code::kInterrupted);
  EXPECT_TRUE(engine->Run("select 1").ok());
}

}  // namespace
}  // namespace backcast
