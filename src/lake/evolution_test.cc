// SPDX-License-Identifier: Apache-2.0
// Lakes that outlive a version of facts.yaml, their checkpoints, and upkeep under readers' feet.
#include <fstream>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

std::string Replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  out.replace(out.find(from), from.size(), to);
  return out;
}

TEST_F(LakeTest, AFactMayGainAndLoseColumns) {
  const auto engine = Engine();
  Lake old = OpenLake();
  MustCommit(old, *engine, {"s", "1"}, {Stage(*engine, "note", "('a', 'one', 1), ('b', 'two', 2)")});
  const std::string gained =
      Replaced(kTestFacts, "  - note_id: label\n", "  - note_id: label\n  - stars: count\n");
  Lake wider = OpenLake(gained);
  ASSERT_TRUE(wider.Attach(*engine).ok());
  EXPECT_EQ(Number(*engine, "select count(*) from note where stars is null"), 2);
  const LoadReceipt receipt =
      MustCommit(wider, *engine, {"s", "2"},
                 {Stage(*engine, "note", "('b', 3, 'two', 1), ('c', 4, 'three', 2)", gained)});
  EXPECT_EQ(receipt.changes[0].restated, 1);
  ASSERT_TRUE(wider.Attach(*engine).ok());
  EXPECT_EQ(Rows(*engine, "select note_id n, stars s, text t from note order by 1"),
            (std::vector<std::string>{"{'n': a, 's': NULL, 't': one}", "{'n': b, 's': 3, 't': two}",
                                      "{'n': c, 's': 4, 't': three}"}));
  // A program that does not know the column yet leaves its values alone.
  Lake back = OpenLake();
  MustCommit(back, *engine, {"s", "3"}, {Stage(*engine, "note", "('c', 'drei', 1), ('d', 'four', 2)")});
  ASSERT_TRUE(back.Attach(*engine).ok());
  EXPECT_EQ(Rows(*engine, "select note_id n, stars s, text t from note order by 1"),
            (std::vector<std::string>{"{'n': a, 's': NULL, 't': one}", "{'n': b, 's': 3, 't': two}",
                                      "{'n': c, 's': 4, 't': drei}", "{'n': d, 's': NULL, 't': four}"}));
  const auto refused =
      OpenLake(Replaced(kTestFacts, "  - text: text\n", "  - text: count\n")).Attach(*engine);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kInput);
}

TEST_F(LakeTest, CheckpointsReplaceTheLogThatWasTrimmed) {
  const auto engine = Engine();
  Lake lake = OpenLake();
  for (int i = 0; i < 45; ++i) {
    MustCommit(lake, *engine, {"s", std::to_string(i), "sha" + std::to_string(i)},
               {Stage(*engine, "post_day",
                      "('p" + std::to_string(i) + "', '2026-01-0" + std::to_string(1 + i % 9) +
                          "', 'paid', " + std::to_string(i) + ", 1, 1, 1, 1)")});
    now_ += std::chrono::hours(24);
  }
  ASSERT_TRUE(
      std::filesystem::exists(folder_ + "/post_day/_delta_log/00000000000000000040.checkpoint.parquet"));
  const auto kept = lake.Vacuum(3);
  ASSERT_TRUE(kept.ok()) << ToSentence(kept.error());
  EXPECT_GT(kept.value(), 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/post_day/_delta_log/00000000000000000039.json"));
  Lake again = OpenLake();
  ASSERT_TRUE(again.Attach(*engine).ok());
  EXPECT_EQ(Number(*engine, "select sum(views) from post_day"), 44 * 45 / 2);
  EXPECT_EQ(
      Number(*engine,
             "select count(*) from post_day join post on post = post_key where \"natural\" = 'p' || views"),
      45);
  const Day today = std::chrono::floor<std::chrono::days>(now_);
  ASSERT_TRUE(again.Attach(*engine, today - std::chrono::days(2)).ok());
  EXPECT_EQ(Number(*engine, "select count(*) from post_day"), 44);
  const auto gone = again.Attach(*engine, today - std::chrono::days(30));
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, Code::kUnavailable);
  EXPECT_EQ(again.Loads().value().size(), 45u);
  EXPECT_TRUE(again.FindLoad("sha0").value().has_value());
  const LoadReceipt next =
      MustCommit(again, *engine, {"s", "x"},
                 {Stage(*engine, "post_day", "('p0', '2026-01-01', 'paid', 0, 1, 1, 1, 1)")});
  EXPECT_EQ(next.load_id, 46);
  EXPECT_EQ(next.changes[0].unchanged, 1);
}

TEST_F(LakeTest, ReadersKeepTheirVersionWhileFilesAreMerged) {
  const auto engine = Engine();
  const auto reader = Engine();
  Lake lake = OpenLake();
  for (int i = 0; i < 8; ++i) {
    MustCommit(
        lake, *engine, {"s", std::to_string(i)},
        {Stage(*engine, "post_day", "('p" + std::to_string(i) + "', '2026-01-01', 'paid', 1, 1, 1, 1, 1)")});
    MustCommit(lake, *engine, {"s", std::to_string(i)},
               {Stage(*engine, "note", "('n" + std::to_string(i) + "', 'x', 1)")});
  }
  ASSERT_TRUE(lake.Attach(*reader).ok());
  const auto files = [&] {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/post_day/month=2026-01"))
      count += entry.path().extension() == ".parquet" ? 1 : 0;
    return count;
  };
  EXPECT_EQ(files(), 8);
  ASSERT_TRUE(lake.Compact(*engine).ok());
  EXPECT_EQ(files(), 9);
  ASSERT_TRUE(lake.Vacuum(1).ok());
  EXPECT_EQ(Number(*reader, "select sum(views) from post_day"), 8);
  EXPECT_EQ(Number(*reader, "select count(*) from note"), 8);
  ASSERT_TRUE(lake.Attach(*reader).ok());
  EXPECT_EQ(Number(*reader, "select sum(views) from post_day"), 8);
  now_ += std::chrono::hours(72);
  MustCommit(lake, *engine, {"s", "9"},
             {Stage(*engine, "post_day", "('p9', '2026-01-01', 'paid', 1, 1, 1, 1, 1)")});
  now_ += std::chrono::hours(72);
  ASSERT_TRUE(lake.Vacuum(1).ok());
  EXPECT_EQ(files(), 2);
  ASSERT_TRUE(lake.Attach(*reader).ok());
  EXPECT_EQ(Number(*reader, "select sum(views) from post_day"), 9);
}

TEST_F(LakeTest, ADamagedLogIsASentence) {
  const auto engine = Engine();
  {
    Lake lake = OpenLake();
    MustCommit(lake, *engine, {"s", "1"}, {Stage(*engine, "note", "('a', 'one', 1)")});
  }
  const std::string path = folder_ + "/note/_delta_log/00000000000000000000.json";
  std::ofstream(path, std::ios::app) << "{\"add\":{\"path\":\"../../outside.parquet\",\"size\":1}}\n";
  auto attached = OpenLake().Attach(*engine);
  ASSERT_FALSE(attached.ok());
  EXPECT_EQ(attached.error().code, Code::kInput);
  EXPECT_NE(ToSentence(attached.error()).find("outside its table"), std::string::npos)
      << ToSentence(attached.error());
  std::ofstream(path) << "{\"protocol\":{\"minReaderVersion\":3,\"readerFeatures\":[\"deletionVectors\"]}}\n";
  attached = OpenLake().Attach(*engine);
  ASSERT_FALSE(attached.ok());
  EXPECT_NE(ToSentence(attached.error()).find("deletionVectors"), std::string::npos)
      << ToSentence(attached.error());
  std::ofstream(path) << "{\"metaData\": {\"id\"\n";
  attached = OpenLake().Attach(*engine);
  ASSERT_FALSE(attached.ok());
  EXPECT_NE(ToSentence(attached.error()).find("00000000000000000000.json"), std::string::npos)
      << ToSentence(attached.error());
}

}  // namespace
}  // namespace backcast
