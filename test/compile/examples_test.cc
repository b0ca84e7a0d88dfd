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

using Examples = ShippedTest;

TEST_F(Examples, EveryFormulaGivesTheValueOfItsExample) {
  int tested = 0;
  for (const Metric& metric : catalogue_.all()) {
    if (!metric.HasFormula()) continue;
    SCOPED_TRACE(metric.where + " " + metric.id);
    const Yaml* rows = metric.example.Find("rows");
    const Yaml* value = metric.example.Find("value");
    ASSERT_TRUE(rows != nullptr && value != nullptr && !metric.sources.empty())
        << "needs an example and a source";
    const auto loaded = tables_.Fill(ReadWorld(*rows, schemas_));
    ASSERT_TRUE(loaded.ok()) << ToSentence(loaded.error());
    const auto compiled = Compile(catalogue_, schemas_, January(metric.id), DuckDbDialect());
    ASSERT_TRUE(compiled.ok()) << ToSentence(compiled.error());
    const auto answer = engine_->Run(compiled.value().sql);
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
