// SPDX-License-Identifier: Apache-2.0
// Logs that another program wrote, or that were damaged.
#include "lake/delta.h"

#include <gtest/gtest.h>

#include <fstream>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

Result<Actions> ReadLine(const std::string& line) {
  Actions actions;
  BACKCAST_CHECK(ParseAction(line, actions));
  return actions;
}

TEST(Delta, NamesOfFilesAreWrittenAsTheyWereRead) {
  for (const std::string name : {"a.parquet", "100%25.parquet", "a%2520b.parquet", "a%20b.parquet",
                                 "%FF.parquet", "month=2026-01/gr%C3%BC%C3%9F.parquet"}) {
    const auto read = ReadLine(R"({"add":{"path":")" + name + R"(","size":1}})");
    ASSERT_TRUE(read.ok()) << ToSentence(read.error());
    const std::string path = read.value().add.at(0).path;
    const auto added = ReadLine(AddJson(read.value().add[0], false, true));
    ASSERT_TRUE(added.ok()) << ToSentence(added.error());
    EXPECT_EQ(added.value().add.at(0).path, path) << name;
    const auto removed = ReadLine(RemoveJson(path, 7, true));
    ASSERT_TRUE(removed.ok()) << ToSentence(removed.error());
    EXPECT_EQ(removed.value().remove.at(0).first, path) << name;
  }
}

TEST(Delta, NamesThatLeaveTheTableAreRefused) {
  for (const std::string name :
       {"", "/etc/passwd", "../a", "a/../../b", "%2e%2e/a", "s3://bucket/a", "a%00b"}) {
    EXPECT_FALSE(ReadLine(R"({"add":{"path":")" + name + R"(","size":1}})").ok()) << name;
    EXPECT_FALSE(ReadLine(R"({"remove":{"path":")" + name + R"("}})").ok()) << name;
  }
}

TEST(Delta, ATypeOfOthersIsNeverSql) {
  const auto column = [](const std::string& type) {
    return ReadLine(R"({"metaData":{"id":"1","schemaString":"{\"fields\":[{\"name\":\"a\",\"type\":\")" +
                    type + R"(\"}]}"}})");
  };
  const auto known = column("decimal(18,4)");
  ASSERT_TRUE(known.ok()) << ToSentence(known.error());
  EXPECT_EQ(known.value().metadata->columns.at(0).type, "DECIMAL(18,4)");
  for (const std::string type : {"decimal(18,4)) as a; drop table note; --", "decimal(18,4",
                                 "decimal(18,4)x)", "decimal(a)", "variant", ""})
    EXPECT_FALSE(column(type).ok()) << type;
}

TEST(Delta, DamagedLinesAreSentences) {
  for (const std::string line :
       {"", "{", "[1", "{\"add\":{}}", "{\"add\":{\"path\":1}}", "{\"metaData\":{}}",
        "{\"metaData\":{\"id\":\"1\",\"schemaString\":\"{\"}}", "{\"protocol\":{\"minReaderVersion\":4}}",
        "{\"protocol\":{\"readerFeatures\":[1]}}",
        "{\"commitInfo\":{\"backcast\":{\"tables\":{\"a\":\"b\"}}}}"}) {
    const auto read = ReadLine(line);
    ASSERT_FALSE(read.ok()) << line;
    EXPECT_EQ(read.error().code, Code::kInput) << line;
    EXPECT_FALSE(read.error().what.empty()) << line;
  }
}

TEST(Delta, NumbersThatDoNotFitAreUnknown) {
  const auto read = ReadLine(
      R"({"add":{"path":"a","size":1e300,"modificationTime":-1e300,"stats":"{\"numRecords\":17672256001767225600000}"}})");
  ASSERT_TRUE(read.ok()) << ToSentence(read.error());
  EXPECT_EQ(read.value().add.at(0).bytes, 0);
  EXPECT_EQ(read.value().add.at(0).modified, 0);
  EXPECT_EQ(read.value().add.at(0).rows, -1);
  const auto removed = ReadLine(R"({"remove":{"path":"a","deletionTimestamp":17672256001767225600000}})");
  ASSERT_TRUE(removed.ok()) << ToSentence(removed.error());
  EXPECT_EQ(removed.value().remove.at(0).second, 0);
}

TEST_F(LakeTest, AStrayNumberBesideTheLogIsNoVersion) {
  const auto engine = Engine();
  {
    Lake lake = OpenLake();
    MustCommit(lake, *engine, {"s", "1"}, {Stage(*engine, "note", "('a', 'one', 1)")});
  }
  std::ofstream(folder_ + "/note/_delta_log/99999999999999999999.json") << "{}\n";
  std::ofstream(folder_ + "/note/_delta_log/99999999999999999999.checkpoint.parquet") << "{}\n";
  Lake lake = OpenLake();
  MustCommit(lake, *engine, {"s", "2"}, {Stage(*engine, "note", "('b', 'two', 1)")});
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(Number(*engine, "select count(*) from note"), 2);
}

}  // namespace
}  // namespace backcast
