// SPDX-License-Identifier: Apache-2.0
#include "lake/rewrite.h"

#include <fstream>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

class RewriteTest : public LakeTest {
 protected:
  /// The engine may also write beside the lake.
  std::unique_ptr<DuckDb> Wide() const {
    auto engine = DuckDb::Open({.threads = 2, .folders = {root_.string()}});
    EXPECT_TRUE(engine.ok() && engine.value()->Lock().ok());
    return std::move(engine).value();
  }

  /// Three loads on three days; `anna` is in the first two, restated in the second.
  void Fill(DuckDb& engine) {
    Lake lake = OpenLake();
    MustCommit(
        lake, engine, {"s", "1.csv", "1"},
        {Stage(engine, "note", "('n1', 'anna was here', 1), ('n2', 'ben was here', 2)"),
         Stage(engine, "post_day",
               "('anna', '2026-01-01', 'organic', 5, 1, 1.5, null, 1), ('ben', '2026-01-01', 'organic', "
               "7, 1, 1.5, null, 2), ('ben', '2026-02-01', 'organic', 9, 1, 1.5, null, 3)")},
        {{9, "views", "anna", "is no number"}});
    now_ += std::chrono::days{1};
    MustCommit(lake, engine, {"s", "2.csv", "2"},
               {Stage(engine, "post_day", "('anna', '2026-01-01', 'organic', 6, 1, 1.5, null, 1)")});
    now_ += std::chrono::days{1};
    MustCommit(lake, engine, {"s", "3.csv", "3"},
               {Stage(engine, "post_day", "('kim', '2026-01-02', 'organic', 1, 1, 1.5, null, 1)")});
  }

  static std::vector<TableEdit> Edits(std::int64_t key) {
    const std::string theirs = "post = " + std::to_string(key);
    return {{"post", "post_key = " + std::to_string(key), {}, "post_key = " + std::to_string(key)},
            {"post_day", theirs, {}, theirs},
            {"note", "", {{"text", "replace(text, 'anna', '[forgotten]')"}}, "contains(text, 'anna')"},
            {"quarantine", "", {{"value", "''"}}, "value = 'anna'"}};
  }

  std::int64_t KeyOfAnna(DuckDb& engine) {
    EXPECT_TRUE(OpenLake().Attach(engine).ok());
    return static_cast<std::int64_t>(Number(engine, "select post_key from post where \"natural\" = 'anna'"));
  }

  /// Files below the lake, logs and data, in which the word stands; data are asked through the engine.
  std::vector<std::string> Holding(DuckDb& engine, const std::string& word) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (!entry.is_regular_file()) continue;
      const std::string path = entry.path().string();
      std::ifstream file(path, std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
      bool holds = bytes.find(word) != std::string::npos;
      if (path.ends_with(".parquet")) {
        const auto rows = engine.Run("select count(*) from read_parquet(" + QuoteText(path) +
                                     ") r where contains(to_json(r)::varchar, " + QuoteText(word) + ")");
        EXPECT_TRUE(rows.ok());
        holds = holds || (rows.ok() && rows.value().columns[0].numbers[0] > 0);
      }
      if (holds) found.push_back(path);
    }
    return found;
  }
};

TEST_F(RewriteTest, NoVersionAndNoLogHoldsTheWordAfterwards) {
  const auto engine = Wide();
  Fill(*engine);
  ASSERT_FALSE(Holding(*engine, "anna").empty());
  const auto done = RewriteLake(*engine, folder_, Facts(), Edits(KeyOfAnna(*engine)), false);
  ASSERT_TRUE(done.ok()) << ToSentence(done.error());
  EXPECT_EQ(done.value().size(), 4u);
  EXPECT_EQ(Holding(*engine, "anna"), std::vector<std::string>{});
  EXPECT_FALSE(fs::exists(BesideLake(folder_)));
}

TEST_F(RewriteTest, EveryVersionKeepsTheOthersRows) {
  const auto engine = Wide();
  Fill(*engine);
  const std::int64_t key = KeyOfAnna(*engine);
  Lake lake = OpenLake();
  const std::string others = "select date, views, load_id, line from post_day where post <> " +
                             std::to_string(key) + " order by 1, 2";
  std::vector<std::vector<std::string>> before;
  const std::optional<Day> days[] = {Day(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)),
                                     Day(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)),
                                     std::nullopt};
  for (const auto& day : days) {
    ASSERT_TRUE(lake.Attach(*engine, day).ok());
    before.push_back(Rows(*engine, others));
  }
  ASSERT_TRUE(RewriteLake(*engine, folder_, Facts(), Edits(key), false).ok());
  // The same lake object goes on: it notices that versions were replaced.
  for (std::size_t i = 0; i < 3; ++i) {
    const auto attached = lake.Attach(*engine, days[i]);
    ASSERT_TRUE(attached.ok()) << ToSentence(attached.error());
    EXPECT_EQ(Rows(*engine, others), before[i]);
    EXPECT_EQ(Number(*engine, "select count(*) from post_day where post = " + std::to_string(key)), 0);
    EXPECT_EQ(Rows(*engine, "select text from note order by note_id"),
              (std::vector<std::string>{"{'text': '[forgotten] was here'}", "{'text': ben was here}"}));
    if (i == 2) {
      EXPECT_EQ(attached.value().at("post_day").rows, static_cast<std::int64_t>(before[i].size()));
    }
  }
  MustCommit(lake, *engine, {"s", "4.csv", "4"},
             {Stage(*engine, "post_day", "('ben', '2026-01-01', 'organic', 8, 1, 1.5, null, 2)")});
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(Number(*engine, "select sum(views) from post_day"), 8 + 9 + 1);
}

TEST_F(RewriteTest, ALakeWithCheckpointsIsRewrittenToo) {
  const auto engine = Wide();
  Fill(*engine);
  Lake lake = OpenLake();
  for (int i = 0; i < 45; ++i) {
    now_ += std::chrono::days{1};
    MustCommit(lake, *engine, {"s", "more.csv", "more" + std::to_string(i)},
               {Stage(*engine, "post_day",
                      "('anna', '2026-01-05', 'organic', " + std::to_string(100 + i) +
                          ", 1, 1, null, 1), ('ben', '2026-01-05', 'organic', " + std::to_string(i) +
                          ", 1, 1, null, 2)")});
  }
  ASSERT_TRUE(lake.Vacuum(3).ok());
  ASSERT_TRUE(RewriteLake(*engine, folder_, Facts(), Edits(KeyOfAnna(*engine)), false).ok());
  EXPECT_EQ(Holding(*engine, "anna"), std::vector<std::string>{});
  Lake again = OpenLake();
  ASSERT_TRUE(again.Attach(*engine).ok());
  EXPECT_EQ(Number(*engine, "select sum(views) from post_day where date = date '2026-01-05'"), 44);
  EXPECT_EQ(again.Loads().value().size(), 48u);
}

TEST_F(RewriteTest, ADryRunChangesNothing) {
  const auto engine = Wide();
  Fill(*engine);
  const std::vector<std::string> before = Holding(*engine, "anna");
  const auto done = RewriteLake(*engine, folder_, Facts(), Edits(KeyOfAnna(*engine)), true);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done.value().size(), 4u);
  EXPECT_EQ(Holding(*engine, "anna"), before);
}

TEST_F(RewriteTest, WhatAKilledRewriteLeftGoesWithTheNextWriter) {
  const auto engine = Wide();
  Fill(*engine);
  fs::create_directories(BesideLake(folder_) + "/note");
  std::ofstream(BesideLake(folder_) + "/note/old.parquet") << "anna";
  Lake lake = OpenLake();
  MustCommit(lake, *engine, {"s", "4.csv", "4"}, {Stage(*engine, "note", "('n3', 'kim', 1)")});
  EXPECT_FALSE(fs::exists(BesideLake(folder_)));
}

TEST_F(RewriteTest, ALinkIsNotExchanged) {
  const auto engine = Wide();
  Fill(*engine);
  const std::int64_t key = KeyOfAnna(*engine);
  fs::rename(folder_, root_ / "elsewhere");
  fs::create_directory_symlink(root_ / "elsewhere", folder_);
  const auto done = RewriteLake(*engine, folder_, Facts(), Edits(key), false);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kUnavailable);
  EXPECT_EQ(KeyOfAnna(*engine), key);
}

TEST_F(RewriteTest, WhenItCannotBeWrittenTheOldLakeStands) {
  const auto engine = Engine();  // may write in the lake only
  Fill(*engine);
  const std::int64_t key = KeyOfAnna(*engine);
  EXPECT_FALSE(RewriteLake(*engine, folder_, Facts(), Edits(key), false).ok());
  EXPECT_FALSE(fs::exists(BesideLake(folder_)));
  EXPECT_EQ(KeyOfAnna(*engine), key);
  EXPECT_EQ(Number(*engine, "select sum(views) from post_day"), 6 + 7 + 9 + 1);
}

}  // namespace
}  // namespace backcast
