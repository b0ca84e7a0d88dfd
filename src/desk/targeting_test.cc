// SPDX-License-Identifier: Apache-2.0
#include "desk/targeting.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace backcast {
namespace {

TEST(ApplySegments, FillsOnlyWhatTheSourceLeftOpen) {
  const auto schemas = Schemas::Parse(
      "facts:\n- id: visits\n  key: [n]\n  columns:\n  - n: count\n  - country: label\n  - in_target: flag\n",
      "f.yaml");
  ASSERT_TRUE(schemas.ok()) << ToSentence(schemas.error());
  auto engine = DuckDb::Open({});
  ASSERT_TRUE(engine.ok());
  DuckDb& duckdb = *engine.value();
  ASSERT_TRUE(duckdb
                  .Do("create view visits as select * from (values (1, 'DE', null::boolean), (2, 'FR', "
                      "null), (3, null, null), "
                      "(4, 'FR', true)) t(n, country, in_target)")
                  .ok());
  Plan plan;
  plan.root = ParseYaml(
                  "segments:\n- {id: a, is_target: true, rule: country in ('DE')}\n- {id: b, rule: country "
                  "in ('FR')}\n",
                  "p")
                  .value();
  for (int twice = 0; twice < 2; ++twice) {
    ASSERT_TRUE(duckdb
                    .Do("create or replace view visits as select * from (values (1, 'DE', null::boolean), "
                        "(2, 'FR', null), "
                        "(3, null, null), (4, 'FR', true)) t(n, country, in_target)")
                    .ok());
    const auto applied = ApplySegments(plan, schemas.value(), duckdb);
    ASSERT_TRUE(applied.ok()) << ToSentence(applied.error());
  }
  const auto table = duckdb.Run("select in_target from visits order by n");
  ASSERT_TRUE(table.ok());
  const Column& target = table.value().columns[0];
  EXPECT_EQ(target.numbers[0], 1);
  EXPECT_EQ(target.numbers[1], 0);
  EXPECT_EQ(target.present[2], 0) << "an unknown country is neither in nor out";
  EXPECT_EQ(target.numbers[3], 1) << "what the source said stays";
}

/// in_target of the rows, in their order: 1, 0, or nothing.
std::vector<std::optional<double>> OfFollowers(const std::string& rules, const std::string& rows) {
  const auto schemas = Schemas::Parse(
      "facts:\n- id: followers\n  key: [n]\n  columns:\n  - n: count\n  - dimension: label\n  - value: "
      "label\n  - "
      "in_target: flag\n",
      "f.yaml");
  EXPECT_TRUE(schemas.ok()) << ToSentence(schemas.error());
  auto engine = DuckDb::Open({});
  EXPECT_TRUE(engine.ok());
  DuckDb& duckdb = *engine.value();
  EXPECT_TRUE(duckdb
                  .Do("create view followers as select * from (values " + rows +
                      ") t(n, dimension, value, in_target)")
                  .ok());
  Plan plan;
  plan.root = ParseYaml("segments:\n" + rules, "p").value();
  const auto applied = ApplySegments(plan, schemas.value(), duckdb);
  EXPECT_TRUE(applied.ok()) << ToSentence(applied.error());
  const auto table = duckdb.Run("select in_target from followers order by n");
  EXPECT_TRUE(table.ok());
  std::vector<std::optional<double>> targets;
  for (std::size_t row = 0; row < table.value().rows; ++row) {
    const Column& column = table.value().columns[0];
    targets.push_back(column.present[row] != 0 ? std::optional(column.numbers[row]) : std::nullopt);
  }
  return targets;
}

TEST(ApplySegments, BrokenDownRowsAreAskedByTheirOneBreakdown) {
  const std::string rows =
      "(1, 'country', 'DE', null::boolean), (2, 'country', 'US', null), (3, 'city', 'Berlin', null), "
      "(4, 'total', '', null), (5, 'country', null, null)";
  const std::vector<std::optional<double>> expected = {1, 0, std::nullopt, std::nullopt, std::nullopt};
  EXPECT_EQ(OfFollowers("- {id: a, is_target: true, rule: 'country in (DE, AT)'}\n", rows), expected);
  EXPECT_EQ(OfFollowers("- {id: a, is_target: true, rule: 'country in (DE, AT)'}\n"
                        "- {id: b, is_target: true, rule: city = Berlin}\n",
                        rows),
            expected)
      << "cities are the same people again";
  EXPECT_EQ(OfFollowers("- {id: a, is_target: true, rule: country = DE and device = mobile}\n", rows),
            std::vector<std::optional<double>>(5));
}

TEST(ApplySegments, ABreakdownThatTheSourceMarksStaysAlone) {
  const auto targets = OfFollowers("- {id: a, is_target: true, rule: country = DE}\n",
                                   "(1, 'country', 'DE', null::boolean), (2, 'city', 'Berlin', true)");
  EXPECT_EQ(targets, (std::vector<std::optional<double>>{std::nullopt, 1}));
}

}  // namespace
}  // namespace backcast
