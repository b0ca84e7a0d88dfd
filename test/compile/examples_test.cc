// SPDX-License-Identifier: Apache-2.0
// Every metric's example is its test: rows in, value out, on the embedded engine.
#include <gtest/gtest.h>

#include <cmath>

#include "compile/compile.h"
#include "test/compile/world.h"

namespace backcast {
namespace {

Question January(const std::string& metric) {
  Question question;
  question.metrics = {metric};
  question.windows = {ParsePeriod("2026-01", Day{}).value()};
  return question;
}

TEST(Examples, EveryFormulaGivesTheValueOfItsExample) {
  const auto schemas = Schemas::Shipped();
  ASSERT_TRUE(schemas.ok()) << ToSentence(schemas.error());
  const auto catalogue = Catalogue::Shipped(schemas.value());
  ASSERT_TRUE(catalogue.ok()) << ToSentence(catalogue.error());
  auto engine = DuckDb::Open({});
  ASSERT_TRUE(engine.ok());
  Tables tables(schemas.value(), *engine.value());
  ASSERT_TRUE(tables.Create().ok());
  int tested = 0;
  for (const Metric& metric : catalogue.value().all()) {
    if (!metric.HasFormula()) continue;
    SCOPED_TRACE(metric.where + " " + metric.id);
    const Yaml* rows = metric.example.Find("rows");
    const Yaml* value = metric.example.Find("value");
    ASSERT_TRUE(rows != nullptr && value != nullptr && !metric.sources.empty())
        << "needs an example and a source";
    const auto loaded = tables.Fill(ReadWorld(*rows, schemas.value()));
    ASSERT_TRUE(loaded.ok()) << ToSentence(loaded.error());
    const auto compiled = Compile(catalogue.value(), schemas.value(), January(metric.id), DuckDbDialect());
    ASSERT_TRUE(compiled.ok()) << ToSentence(compiled.error());
    const auto answer = engine.value()->Run(compiled.value().sql);
    ASSERT_TRUE(answer.ok()) << ToSentence(answer.error()) << "\n" << compiled.value().sql.text;
    const Column* column = answer.value().Find(metric.id + "@0");
    ASSERT_TRUE(column != nullptr && answer.value().rows == 1) << compiled.value().sql.text;
    EXPECT_EQ(column->present[0] != 0, !value->IsNull()) << compiled.value().sql.text;
    if (!value->IsNull()) {
      EXPECT_NEAR(column->numbers[0], value->Number().value(), 1e-9) << compiled.value().sql.text;
    }
    ++tested;
  }
  EXPECT_GE(tested, 100);
}

}  // namespace
}  // namespace backcast
