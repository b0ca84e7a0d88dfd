// SPDX-License-Identifier: Apache-2.0
// A file that is read in parts gives what it gives when it is read in one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "desk/attribute_asked.h"
#include "engine/duckdb.h"

namespace backcast {
namespace {

AskedJourneys Read(const std::string& file, int threads) {
  AttributeCommand command;
  command.paths = file;
  command.threads = threads;
  return ReadJourneysFile(command).value();
}

TEST(JourneyParquet, IsTheSameForAnyNumberOfParts) {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("backcast_touches_" + std::to_string(getpid()) + ".parquet"))
          .string();
  auto engine = DuckDb::Open({.threads = 1}).value();
  // Channels that only the end knows, spellings that differ, rows without a person, and persons of all parts.
  ASSERT_TRUE(
      engine
          ->Do("copy (select case when i % 997 = 0 then null else 'p' || (i * 7919 % 30011) end as person, "
               "timestamp '2026-01-01' + to_seconds(i * 13 % 90000) as time, "
               "case when i > 150000 and i % 3 = 0 then 'late' when i % 2 = 0 then 'Mail' when i < 90000 "
               "then 'search' else 'SEARCH' end as channel, i % 11 = 0 as converted, "
               "(i % 100)::double as value from range(200000) t(i)) to '" +
               file + "' (format parquet, row_group_size 10000)")
          .ok());
  const AskedJourneys one = Read(file, 1);
  EXPECT_EQ(one.channels.size(), 3U);
  EXPECT_GT(one.journeys.persons, 30'000 - 1);
  for (const int threads : {2, 3, 8}) {
    const AskedJourneys other = Read(file, threads);
    EXPECT_EQ(other.channels, one.channels);
    EXPECT_EQ(other.notes, one.notes);
    EXPECT_EQ(other.conversions, one.conversions);
    EXPECT_EQ(other.journeys.touches, one.journeys.touches);
    EXPECT_EQ(other.journeys.offsets, one.journeys.offsets);
    EXPECT_EQ(other.journeys.converting, one.journeys.converting);
    EXPECT_EQ(other.journeys.value, one.journeys.value);
    EXPECT_EQ(other.journeys.not_converting, one.journeys.not_converting);
    EXPECT_EQ(other.journeys.decay, one.journeys.decay);
    EXPECT_EQ(other.journeys.several_offsets, one.journeys.several_offsets);
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace backcast
