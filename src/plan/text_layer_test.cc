// SPDX-License-Identifier: Apache-2.0
#include "plan/text_layer.h"

#include "plan/plan_cases.h"

namespace backcast {
namespace {

/// "T02 5:19 error | part of the message or the fix" holds for the finding.
bool Matches(const std::string& expected, const Finding& finding) {
  const std::size_t bar = expected.find(" | ");
  const std::string line = ToLine(finding);
  return line.starts_with(expected.substr(0, bar)) &&
         line.find(expected.substr(bar + 3), bar) != std::string::npos;
}

/// Blocks that a beginner has not written yet.
bool IsMissingBlock(const Finding& finding) { return finding.rule == "T03"; }

TEST(TextLayer, FindsWhatTheCasesSay) {
  const Result<Yaml> cases = ParseYaml(CaseText("text.yaml"), "text.yaml");
  ASSERT_TRUE(cases.ok()) << ToSentence(cases.error());
  for (const Yaml& one : cases.value().Find("cases")->items) {
    SCOPED_TRACE(one.Text("name"));
    const auto reading = ReadPlan(one.Text("plan"), "plan.yaml", ShippedCatalogue());
    const std::string refused = one.Text("refused");
    EXPECT_EQ(reading.ok(), refused.empty());
    if (!reading.ok()) {
      EXPECT_EQ(reading.error().where, refused);
      continue;
    }
    std::vector<Finding> findings = reading.value().findings;
    if (one.Find("rest") != nullptr)
      findings.erase(std::remove_if(findings.begin(), findings.end(), IsMissingBlock), findings.end());
    const std::vector<std::string> expected = one.Find("findings")->Texts();
    EXPECT_EQ(findings.size(), expected.size()) << ToLines(findings);
    for (std::size_t i = 0; i < std::min(findings.size(), expected.size()); ++i) {
      EXPECT_TRUE(Matches(expected[i], findings[i]))
          << "expected " << expected[i] << "\nfound    " << ToLine(findings[i]);
      EXPECT_EQ(findings[i].message.find('{'), std::string::npos) << findings[i].message;
    }
  }
}

TEST(TextLayer, NamesTheNodeThatLosesItsVerdict) {
  const PlanReading reading =
      ReadSoundly("outcomes: [{id: o, metric: orders, target: lots, lag_weeks: x}]\n");
  int vital = 0;
  for (const Finding& finding : reading.findings) {
    if (finding.rule != "T02") continue;
    EXPECT_EQ(finding.node, "o");
    vital += finding.severity == Severity::kError ? 1 : 0;
  }
  EXPECT_EQ(vital, 1) << "the target is needed for a verdict, the lag is not";
}

}  // namespace
}  // namespace backcast
