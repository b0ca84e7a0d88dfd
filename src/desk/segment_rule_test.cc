// SPDX-License-Identifier: Apache-2.0
#include "desk/segment_rule.h"

#include <gtest/gtest.h>

#include "engine/duckdb.h"

namespace backcast {
namespace {

std::string SqlOf(std::string_view rule) {
  const auto read = ReadSegmentRule(rule);
  return read ? ToSql(*read) : "";
}

TEST(ReadSegmentRule, LeavesAloneWhatSaysMore) {
  for (const char* rule :
       {"", "country", "country in (DE", "viewed category in (tents)", "country in (DE) and not employee",
        "country in (DE AT)", "has order and viewed repair", "(country = DE", "country = DE)", "pages > many",
        "pages < ", "country begins", "not", "country = DE or", "country in ()", "'country' = DE",
        "country = (DE)", "country <> <> DE", "pages => 3"})
    EXPECT_FALSE(ReadSegmentRule(rule).has_value()) << rule;
  EXPECT_FALSE(ReadSegmentRule(std::string(1000, '(')).has_value());
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "not ";
  EXPECT_FALSE(ReadSegmentRule(deep + "a = b").has_value());
}

TEST(ReadSegmentRule, TextsAreQuotedForTheEngine) {
  EXPECT_EQ(SqlOf("country = \"D'E\""), "(cast(\"country\" as varchar) in ('D''E'))");
  EXPECT_EQ(SqlOf("a\"b = 1"), "");
}

/// What a rule says of rows: t true, f false, ? cannot be decided.
TEST(ReadSegmentRule, SaysOfRowsWhatItSays) {
  auto engine = DuckDb::Open({});
  ASSERT_TRUE(engine.ok());
  ASSERT_TRUE(
      engine.value()
          ->Do("create table v as select * from (values (1, 'DE', 'mobile', 2, true), (2, 'FR', 'mobile', 9, "
               "false), (3, null, 'desktop', null, null)) t(n, country, device, pages, is_new)")
          .ok());
  const std::pair<const char*, const char*> cases[] = {
      {"country in (DE, AT)", "tf?"},
      {"country not in (DE, AT)", "ft?"},
      {"country = DE and device = mobile", "tff"},
      {"country = DE or device = desktop", "tft"},
      {"country <> DE", "ft?"},
      {"not country = DE", "ft?"},
      {"pages >= 9", "ft?"},
      {"pages < 2.5", "tf?"},
      {"device begins desk", "fft"},
      {"is_new = true", "tf?"},
      {"country = DE or country = FR and device = desktop", "tf?"},
      {"(country = DE or country = FR) and device = desktop", "ff?"},
      {"not (country = DE and pages > 1)", "ft?"},
      {"not not country = DE", "tf?"},
  };
  for (const auto& [rule, said] : cases) {
    const auto table = engine.value()->Run("select " + SqlOf(rule) + " from v order by n");
    ASSERT_TRUE(table.ok()) << rule << ": " << ToSentence(table.error());
    std::string found;
    for (std::size_t row = 0; row < 3; ++row) {
      const Column& column = table.value().columns[0];
      found += column.present[row] == 0 ? '?' : column.numbers[row] != 0 ? 't' : 'f';
    }
    EXPECT_EQ(found, said) << rule;
  }
}

TEST(SegmentRuleFits, OnlyColumnsOfTheRightType) {
  const auto schemas = Schemas::Parse(
      "facts:\n- id: visits\n  key: [n]\n  columns:\n  - n: count\n  - country: label\n  - is_new: flag\n  - "
      "note: text\n",
      "f.yaml");
  ASSERT_TRUE(schemas.ok());
  const Fact& fact = schemas.value().all()[0];
  const std::pair<const char*, bool> cases[] = {
      {"country = DE", true},     {"n > 3", true},
      {"n = 3", false},           {"country > 3", false},
      {"is_new = true", true},    {"is_new = yes", false},
      {"is_new begins t", false}, {"region = x", false},
      {"note = x", false},        {"country = DE or region = x", false}};
  for (const auto& [rule, fits] : cases) EXPECT_EQ(Fits(*ReadSegmentRule(rule), fact), fits) << rule;
}

}  // namespace
}  // namespace backcast
