// SPDX-License-Identifier: Apache-2.0
#include "plan/rulebook.h"

#include "plan/plan_cases.h"

namespace backcast {
namespace {

TEST(Rulebook, EverySeverityIsRead) {
  for (const Severity severity :
       {Severity::kAdvice, Severity::kFutureError, Severity::kWarning, Severity::kError}) {
    const auto book =
        Rulebook::Parse("rules: [{id: X01, severity: " + std::string(ToWord(severity)) + "}]\n", "r");
    ASSERT_TRUE(book.ok());
    EXPECT_EQ(book.value().Find("X01").severity, severity);
    EXPECT_EQ(Say(book.value().Find("X01"), {}, "f", {1, 1}, "").severity, severity);
  }
}

TEST(Rulebook, AnUnknownSeverityIsNotTakenForAWarning) {
  for (const char* word : {"eror", "~", "Error", "[]"}) {
    const auto book = Rulebook::Parse("rules:\n- {id: X01, severity: " + std::string(word) + "}\n", "r.yaml");
    ASSERT_FALSE(book.ok()) << word;
    EXPECT_EQ(book.error().where, "r.yaml:2:3");
  }
}

TEST(Rulebook, WordsAreFilledInOnce) {
  const auto book =
      Rulebook::Parse("rules: [{id: X, severity: error, message: '{x}{y} {z}|{w}{q}{x', fix: '{w}'}]\n", "r");
  const Finding finding = Say(book.value().Find("X"), {"{y}", "{x}", "3", "", "4"}, "f", {1, 1}, "");
  EXPECT_EQ(finding.message, "{y}{x} 3|4{q}{x");
  EXPECT_EQ(finding.fix, "4");
}

TEST(Rulebook, IdsAreThereOnce) {
  std::set<std::string> ids;
  for (const Rule& rule : Rulebook::Shipped().all()) EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
  EXPECT_EQ(ids.size(), 10U + 64U + 18U + 4U);
}

}  // namespace
}  // namespace backcast
