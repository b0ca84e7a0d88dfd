// SPDX-License-Identifier: Apache-2.0
#include "ingest/repeats.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

const Fact& SiteDay() {
  static const Schemas facts = Schemas::Shipped().value();
  return *facts.Find("site_day");
}

/// Stages rows of (channel, sessions, users); empty key columns are "".
void Stage(DuckDb& engine, const std::string& rows) {
  std::string columns;
  for (const FactColumn& column : SiteDay().columns) {
    const std::string name = "\"" + column.name + "\"";
    if (column.name == "channel")
      columns += "channel";
    else if (column.name == "sessions")
      columns += "sessions::bigint as sessions";
    else if (column.name == "users_unique")
      columns += "users::bigint as users_unique";
    else if (column.name == "date")
      columns += "date '2025-01-01' as date";
    else
      columns +=
          (column.type == Type::kLabel ? "''" : "null::" + std::string(SqlType(column.type))) + " as " + name;
    columns += ", ";
  }
  ASSERT_TRUE(engine
                  .Do("create or replace temp table staged as select " + columns +
                      "line::bigint as line from (values " + rows + ") t(channel, sessions, users, line)")
                  .ok());
}

std::string Ask(DuckDb& engine, const std::string& what) {
  return engine.Run("select (" + what + ")::varchar from staged").value().columns[0].words.at(0);
}

TEST(Repeats, RowsOfOneKeyAreAddedAndSumsHold) {
  auto engine = DuckDb::Open({}).value();
  Staged staged{"site_day", "staged", nullptr};
  Stage(*engine, "('Direct', 200, 190, 2), ('Direct', 100, 90, 3), ('Social', 30, 28, 4)");
  const Repeats repeats = AddRepeats(*engine, SiteDay(), staged).value();
  EXPECT_EQ(repeats.added, 1);
  EXPECT_TRUE(repeats.people_lost);
  EXPECT_EQ(Ask(*engine, "count(*)"), "2");
  EXPECT_EQ(Ask(*engine, "sum(sessions)"), "330");
  EXPECT_EQ(Ask(*engine, "sum(users_unique)"), "28");  // people of two rows are not added
  EXPECT_EQ(AddRepeats(*engine, SiteDay(), staged).value().added, 0);
}

TEST(Repeats, RowsOfTheirOwnStayAsTheyAre) {
  auto engine = DuckDb::Open({}).value();
  Staged staged{"site_day", "staged", nullptr};
  Stage(*engine, "('Direct', 200, 190, 2), ('Social', 30, null, 4)");
  EXPECT_EQ(AddRepeats(*engine, SiteDay(), staged).value().added, 0);
  EXPECT_EQ(Ask(*engine, "string_agg(channel || line, ' ' order by line)"), "Direct2 Social4");
}

}  // namespace
}  // namespace backcast
