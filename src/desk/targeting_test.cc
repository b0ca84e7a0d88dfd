// SPDX-License-Identifier: Apache-2.0
#include "desk/targeting.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace backcast
