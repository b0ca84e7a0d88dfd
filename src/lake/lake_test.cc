// SPDX-License-Identifier: Apache-2.0
#include "lake/lake.h"

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

TEST_F(LakeTest, AnEmptyLakeHasEmptyTables) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  const auto attached = lake.Attach(*engine);
  ASSERT_TRUE(attached.ok()) << ToSentence(attached.error());
  EXPECT_EQ(Number(*engine, "select count(post) + count(date) + sum(views) is null from post_day"), 1);
  EXPECT_EQ(Number(*engine, "select count(*) from \"order\""), 0);
  EXPECT_EQ(Number(*engine, "select count(*) from load"), 0);
  EXPECT_TRUE(lake.Loads().value().empty());
}

TEST_F(LakeTest, KeepsRowsWithCodesAndLineage) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  const Staged facts = Stage(*engine, "post_day",
                             "('b', '2026-02-01', 'organic', 5, 1, 1.25, null, 2), ('a', '2026-01-31', "
                             "'organic', 7, null, null, 0.5, 3), "
                             "('b', '2026-01-31', 'paid', 1, 1, null, 0.5, 4)");
  const Staged posts = Stage(*engine, "post", "('b', 'x', '2026-01-01 10:00:00', 'news', 2)");
  const LoadReceipt receipt = MustCommit(lake, *engine, {"layout", "a.csv", "abc", "me", 4, 1},
                                         {posts, facts}, {{5, "views", "many", "not a number"}});
  EXPECT_EQ(receipt.load_id, 1);
  ASSERT_EQ(receipt.changes.size(), 2u);
  EXPECT_EQ(receipt.changes[0].fact, "post");
  EXPECT_EQ(receipt.changes[0].new_rows, 1);
  EXPECT_EQ(receipt.changes[1].new_rows, 3);
  EXPECT_EQ(receipt.changes[1].from, "2026-01-31");
  EXPECT_EQ(receipt.changes[1].to, "2026-02-01");
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(Rows(*engine, "from post_day order by line"),
            (std::vector<std::string>{
                "{'post': 1, 'date': 2026-02-01, 'paid': organic, 'views': 5, 'clicks': 1, 'spend': 1.2500, "
                "'score': NULL, 'source': layout, 'load_id': 1, 'line': 2}",
                "{'post': 2, 'date': 2026-01-31, 'paid': organic, 'views': 7, 'clicks': NULL, 'spend': NULL, "
                "'score': 0.5, 'source': layout, 'load_id': 1, 'line': 3}",
                "{'post': 1, 'date': 2026-01-31, 'paid': paid, 'views': 1, 'clicks': 1, 'spend': NULL, "
                "'score': 0.5, 'source': layout, 'load_id': 1, 'line': 4}"}));
  EXPECT_EQ(Rows(*engine, "select post_key, \"natural\", platform, theme, line from post order by 1"),
            (std::vector<std::string>{
                "{'post_key': 1, 'natural': b, 'platform': x, 'theme': news, 'line': 2}",
                "{'post_key': 2, 'natural': a, 'platform': NULL, 'theme': NULL, 'line': 3}"}));
  EXPECT_EQ(Rows(*engine, "select \"column\", value, file, line from quarantine"),
            (std::vector<std::string>{"{'column': views, 'value': many, 'file': a.csv, 'line': 5}"}));
  const auto found = lake.FindLoad("abc");
  ASSERT_TRUE(found.ok() && found.value().has_value());
  EXPECT_EQ(found.value()->load.source, "layout");
  EXPECT_EQ(found.value()->rows_kept, 3);
  EXPECT_EQ(found.value()->from, "2026-01-31");
  EXPECT_EQ(found.value()->loaded_at, "2026-03-01T12:00:00Z");
  EXPECT_FALSE(lake.FindLoad("other").value().has_value());
}

TEST_F(LakeTest, RestatesWhatChangedAndLeavesTheRest) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  MustCommit(lake, *engine, {"s", "1"},
             {Stage(*engine, "post_day",
                    "('a', '2026-01-01', null, 5, 1, 1.5, null, 1), ('b', '2026-01-01', null, 5, 1, 1.5, "
                    "null, 2), ('a', '2026-02-01', null, 5, 1, 1.5, null, 3)")});
  const LoadReceipt receipt = MustCommit(
      lake, *engine, {"s", "2"},
      {Stage(
          *engine, "post_day",
          "('a', '2026-01-01', null, 8, 1, null, null, 1), ('b', '2026-01-01', null, 5, 1, null, null, 2), "
          "('c', '2026-01-02', null, 1, 1, null, null, 3), ('c', '2026-01-02', null, 2, 1, null, null, 4)")});
  const Change& change = receipt.changes[0];
  EXPECT_EQ(change.new_rows, 1);
  EXPECT_EQ(change.restated, 1);
  EXPECT_EQ(change.unchanged, 1);
  EXPECT_EQ(change.repeated, 1);
  EXPECT_EQ(change.restated_by, (std::map<std::string, double>{{"views", 3}}));
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(Rows(*engine, "select post, date, views, spend, load_id, line from post_day order by 1, 2"),
            (std::vector<std::string>{
                "{'post': 1, 'date': 2026-01-01, 'views': 8, 'spend': 1.5000, 'load_id': 2, 'line': 1}",
                "{'post': 1, 'date': 2026-02-01, 'views': 5, 'spend': 1.5000, 'load_id': 1, 'line': 3}",
                "{'post': 2, 'date': 2026-01-01, 'views': 5, 'spend': 1.5000, 'load_id': 1, 'line': 2}",
                "{'post': 3, 'date': 2026-01-02, 'views': 2, 'spend': NULL, 'load_id': 2, 'line': 4}"}));
}

TEST_F(LakeTest, ANewerAttributeWinsAndAMissingOneErasesNothing) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  MustCommit(
      lake, *engine, {"s", "1"},
      {Stage(*engine, "post",
             "('a', 'x', null, 'news', 1), ('b', 'x', null, 'news', 2), ('a', null, null, 'fun', 3)")});
  const LoadReceipt receipt =
      MustCommit(lake, *engine, {"s", "2"},
                 {Stage(*engine, "post", "('b', 'y', null, null, 1), ('a', 'x', null, null, 2)"),
                  Stage(*engine, "order", "('o1', '2026-01-01', 'paid', 5, 'z', 1)")});
  EXPECT_EQ(receipt.changes[0].restated, 1);
  EXPECT_EQ(receipt.changes[0].unchanged, 1);
  EXPECT_EQ(receipt.changes[0].new_rows, 0);
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(
      Rows(*engine, "select post_key k, \"natural\" n, platform p, theme t from post order by 1"),
      (std::vector<std::string>{"{'k': 1, 'n': a, 'p': x, 't': fun}", "{'k': 2, 'n': b, 'p': y, 't': news}",
                                "{'k': 3, 'n': z, 'p': NULL, 't': NULL}"}));
}

TEST_F(LakeTest, ARowMayMoveToAnotherMonth) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  MustCommit(lake, *engine, {"s", "1"},
             {Stage(*engine, "order",
                    "('o1', '2026-01-01', 'paid', 5, null, 1), ('o2', '2026-01-01', 'paid', 6, null, 2), "
                    "('o3', null, 'paid', 6, null, 3)")});
  const LoadReceipt receipt =
      MustCommit(lake, *engine, {"s", "2"},
                 {Stage(*engine, "order",
                        "('o1', '2026-02-01', 'paid', 5, null, 1), ('o3', null, 'refunded', 6, null, 3)")});
  EXPECT_EQ(receipt.changes[0].restated, 2);
  ASSERT_TRUE(lake.Attach(*engine).ok());
  EXPECT_EQ(Rows(*engine, "select order_id o, date d, status s from \"order\" order by 1"),
            (std::vector<std::string>{"{'o': o1, 'd': 2026-02-01, 's': paid}",
                                      "{'o': o2, 'd': 2026-01-01, 's': paid}",
                                      "{'o': o3, 'd': NULL, 's': refunded}"}));
}

}  // namespace
}  // namespace backcast
