// SPDX-License-Identifier: Apache-2.0
#include "lake/write/parquet_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

const std::vector<LakeColumn> kColumns = {
    {"word", "VARCHAR"},    {"count", "BIGINT"},   {"money", "DECIMAL(18,4)"}, {"number", "DOUBLE"},
    {"day", "DATE"},        {"at", "TIMESTAMP"},   {"flag", "BOOLEAN"},        {"id", "BIGINT"},
    {"nothing", "VARCHAR"}, {"source", "VARCHAR"}, {"load_id", "BIGINT"},      {"free", "VARCHAR"}};

/// Rows with all shapes that a column can have: repeating, all different, partly and wholly missing,
/// constant.
struct Made {
  RowBatch batch;
  std::vector<std::string> texts;
};

Made MakeRows(std::size_t rows, double missing, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> chance(0, 1);
  Made made;
  made.batch.rows = rows;
  made.batch.columns.resize(kColumns.size());
  for (std::size_t row = 0; row < rows; ++row)
    made.texts.push_back(std::string(random() % 40, 'a') + "\xc3\xa9" + std::to_string(random()));
  const std::vector<std::string_view> few = {"", "instagram", "x", "a word that is somewhat longer"};
  for (std::size_t at = 0; at < kColumns.size(); ++at) {
    ColumnBuffer& column = made.batch.columns[at];
    for (std::size_t row = 0; row < rows; ++row) {
      column.present.push_back(kColumns[at].name != "nothing" && chance(random) >= missing ? 1 : 0);
      const auto value = static_cast<std::int64_t>(random() % 2000) - 1000;
      column.words.push_back(kColumns[at].name == "free" ? std::string_view(made.texts[row])
                                                         : few[random() % 4]);
      column.numbers.push_back(static_cast<double>(value) / 7);
      column.integers.push_back(kColumns[at].name == "flag" ? (value > 0 ? 1 : 0)
                                : kColumns[at].name == "id" ? static_cast<std::int64_t>(random() >> 1)
                                                            : value);
    }
  }
  return made;
}

class ParquetFileTest : public LakeTest {
 protected:
  /// Writes the batch in groups of `group` rows and returns the finished file.
  ParquetFile Written(const RowBatch& batch, std::size_t group) {
    std::filesystem::create_directories(folder_);
    auto file = ParquetFile::Create(folder_ + "/rows.parquet", kColumns);
    EXPECT_TRUE(file.ok());
    std::vector<ColumnChunk> chunks;
    for (const LakeColumn& column : kColumns) chunks.emplace_back(*PhysicalOf(column.type));
    for (std::size_t from = 0; from < batch.rows; from += group) {
      std::vector<std::uint32_t> rows;
      for (std::size_t row = from; row < std::min(batch.rows, from + group); ++row)
        rows.push_back(static_cast<std::uint32_t>(row));
      for (std::size_t at = 0; at < kColumns.size(); ++at) {
        if (kColumns[at].name == "source") {
          chunks[at].AddWord("export", rows.size());
        } else if (kColumns[at].name == "load_id") {
          chunks[at].AddInteger(7, rows.size());
        } else {
          chunks[at].Add(batch.columns[at], rows);
        }
      }
      EXPECT_TRUE(file.value().Write(chunks).ok());
    }
    EXPECT_TRUE(file.value().Finish().ok());
    return std::move(file).value();
  }

  /// What the engine reads back, cell by cell, against the batch.
  void ExpectSame(DuckDb& engine, const RowBatch& batch) {
    const auto table =
        engine.Run("select * replace (count::varchar as count, id::varchar as id) from read_parquet('" +
                   folder_ + "/rows.parquet')");
    ASSERT_TRUE(table.ok()) << ToSentence(table.error());
    ASSERT_EQ(table.value().rows, batch.rows);
    for (std::size_t at = 0; at < kColumns.size(); ++at) {
      const std::string& name = kColumns[at].name;
      const Column& got = table.value().columns[at];
      const ColumnBuffer& sent = batch.columns[at];
      for (std::size_t row = 0; row < batch.rows; ++row) {
        if (name == "source" || name == "load_id") {
          ASSERT_TRUE(name == "source" ? got.words[row] == "export" : got.numbers[row] == 7);
          continue;
        }
        ASSERT_EQ(got.present[row], sent.present[row]) << name << " " << row;
        if (sent.present[row] == 0) continue;
        const auto integer = static_cast<double>(sent.integers[row]);
        if (name == "word" || name == "free") {
          ASSERT_EQ(got.words[row], sent.words[row]) << name << " " << row;
        } else if (name == "count" || name == "id") {
          ASSERT_EQ(got.words[row], std::to_string(sent.integers[row])) << name << " " << row;
        } else if (name == "number") {
          ASSERT_EQ(got.numbers[row], sent.numbers[row]) << row;
        } else {
          ASSERT_EQ(got.numbers[row], name == "money" ? integer / 1e4
                                      : name == "at"  ? integer / 1e6
                                                      : integer)
              << name << " " << row;
        }
      }
    }
  }
};

TEST_F(ParquetFileTest, TheEngineReadsBackWhatWasWritten) {
  const auto engine = Engine();
  std::uint64_t seed = 1;
  for (const std::size_t rows : {1u, 7u, 8u, 9u, 1000u, 70'000u}) {
    for (const double missing : {0.0, 0.3, 1.0}) {
      for (const std::size_t group : {rows, rows / 3 + 1}) {
        SCOPED_TRACE(std::to_string(rows) + " rows, " + std::to_string(missing) + " missing, groups of " +
                     std::to_string(group));
        const Made made = MakeRows(rows, missing, ++seed);
        Written(made.batch, group);
        ExpectSame(*engine, made.batch);
        if (HasFatalFailure()) return;
        std::filesystem::remove_all(folder_);
      }
    }
  }
}

TEST_F(ParquetFileTest, TypesAndBoundsAreThoseOfTheEnginesOwnFiles) {
  const auto engine = Engine();
  const Made made = MakeRows(500, 0.2, 42);
  const ParquetFile file = Written(made.batch, 500);
  const std::string mine = folder_ + "/rows.parquet", theirs = folder_ + "/copy.parquet";
  ASSERT_TRUE(
      engine->Do("copy (from read_parquet('" + mine + "')) to '" + theirs + "' (format parquet)").ok());
  const auto types = [&](const std::string& path) {
    return LakeTest::Rows(
        *engine, "select column_name, column_type from (describe from read_parquet('" + path + "'))");
  };
  EXPECT_EQ(types(mine), types(theirs));
  const auto bounds = [&](const std::string& path) {
    return LakeTest::Rows(
        *engine,
        "select path_in_schema, num_values, stats_null_count, stats_min_value, stats_max_value "
        "from parquet_metadata('" +
            path + "') where type not in ('DOUBLE', 'BOOLEAN') order by 1");
  };
  EXPECT_EQ(bounds(mine), bounds(theirs));
  EXPECT_EQ(file.rows(), 500);
  EXPECT_EQ(file.nulls().at("nothing"), 500);
  EXPECT_EQ(file.integers().count("nothing"), 0u);
}

}  // namespace
}  // namespace backcast
