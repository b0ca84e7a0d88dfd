// SPDX-License-Identifier: Apache-2.0
#include "desk/follower_view.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

constexpr auto kColumns = "(n, posts, has_avatar, has_bio, bot, suspected, bot_rule)";

class FollowerView : public testing::Test {
 protected:
  void SetUp() override {
    rules_.version = 3;
    rules_.bias = -3;
    rules_.followers = {{"no_avatar", "", "not has_avatar and has_avatar is not missing", 2},
                        {"no_bio", "", "not has_bio and has_bio is not missing", 1},
                        {"no_post", "", "posts = 0", 0.5}};
  }

  /// suspected ("true", "false" or "") and bot_rule of every row, in their order.
  std::vector<std::pair<std::string, std::string>> Of(const std::string& rows) {
    const auto schemas = Schemas::Parse(
        "facts:\n- id: follower_sample\n  key: [n]\n  columns:\n  - n: count\n  - posts: count\n  - "
        "has_avatar: "
        "flag\n  - has_bio: flag\n  - bot: flag\n  - suspected: flag\n  - bot_rule: label\n",
        "f.yaml");
    EXPECT_TRUE(schemas.ok()) << ToSentence(schemas.error());
    auto engine = DuckDb::Open({});
    EXPECT_TRUE(engine.ok());
    DuckDb& duckdb = *engine.value();
    EXPECT_TRUE(
        duckdb.Do("create view follower_sample as select * from (values " + rows + ") t" + kColumns).ok());
    LakeStatistics statistics;
    statistics["follower_sample"].rows = 1;
    const auto applied = ApplyFollowerRules(rules_, schemas.value(), statistics, duckdb);
    EXPECT_TRUE(applied.ok()) << ToSentence(applied.error());
    const auto table = duckdb.Run(
        "select coalesce(cast(suspected as varchar), '') as said, coalesce(bot_rule, '') as rule from "
        "follower_sample order by n");
    EXPECT_TRUE(table.ok());
    std::vector<std::pair<std::string, std::string>> said;
    for (std::size_t row = 0; row < table.value().rows; ++row)
      said.emplace_back(table.value().columns[0].words[row], table.value().columns[1].words[row]);
    return said;
  }

  BotRules rules_;
};

TEST_F(FollowerView, PointsTogetherSuspectAndTheReasonIsKept) {
  const auto said =
      Of("(1, 0, false, false, null, null::boolean, null::varchar), "
         "(2, 0, false, true, null, null, null), "
         "(3, 5, false, false, null, null, null)");
  EXPECT_EQ(said[0], std::pair(std::string("true"), std::string("no_avatar+no_bio+no_post@3")));
  EXPECT_EQ(said[1], std::pair(std::string("false"), std::string("")));
  EXPECT_EQ(said[2].first, "false") << "one half is not above one half";
}

TEST_F(FollowerView, NobodyIsSuspectedOfWhatIsNotTold) {
  const auto said =
      Of("(1, null::bigint, null::boolean, null::boolean, true, null::boolean, null::varchar), "
         "(2, null, null, false, null, null, null)");
  EXPECT_EQ(said[0].first, "") << "no rule could be asked, and a hand label is no rule";
  EXPECT_EQ(said[1].first, "false");
}

TEST_F(FollowerView, WhatTheFileSaysStays) {
  const auto said =
      Of("(1, 0, false, false, null::boolean, false, null::varchar), "
         "(2, 9, true, true, null, true, 'vendor')");
  EXPECT_EQ(said[0], std::pair(std::string("false"), std::string("")));
  EXPECT_EQ(said[1], std::pair(std::string("true"), std::string("vendor")));
}

}  // namespace
}  // namespace backcast
