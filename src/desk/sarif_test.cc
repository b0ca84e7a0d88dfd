// SPDX-License-Identifier: Apache-2.0
#include "desk/sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace backcast {
namespace {

using Json = nlohmann::json;

SarifFinding Of(const std::string& rule, Severity severity, const std::string& message,
                const std::string& accepted = "") {
  SarifFinding item;
  item.finding.rule = rule;
  item.finding.severity = severity;
  item.finding.file = "plan.yaml";
  item.finding.message = message;
  item.accepted = accepted;
  return item;
}

Json RunOf(const std::vector<SarifFinding>& findings) { return Json::parse(ToSarif(findings))["runs"][0]; }

TEST(Sarif, UriReferencesArePercentEncoded) {
  EXPECT_EQ(ToUriReference("plan.yaml"), "plan.yaml");
  EXPECT_EQ(ToUriReference("a b/ü%#?:\".yaml"), "a%20b/%C3%BC%25%23%3F%3A%22.yaml");
  EXPECT_EQ(ToUriReference(""), "");
}

TEST(Sarif, LevelsFollowTheSeverities) {
  const Json run = RunOf({Of("P01", Severity::kError, "a"), Of("P04", Severity::kWarning, "b"),
                          Of("P44", Severity::kAdvice, "c"), Of("P18", Severity::kFutureError, "d")});
  std::string levels;
  for (const Json& result : run["results"]) levels += result["level"].get<std::string>() + " ";
  EXPECT_EQ(levels, "error warning note warning ");
  EXPECT_EQ(run["results"][3]["properties"]["severity"], "future_error");
  EXPECT_EQ(run["results"][3]["message"]["text"], "d (error from the next release)");
}

TEST(Sarif, RulesAreNamedOnceAndByTheirTitle) {
  const Json run = RunOf({Of("P04", Severity::kWarning, "a"), Of("P01", Severity::kError, "b"),
                          Of("P04", Severity::kWarning, "c")});
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0]["shortDescription"]["text"], "Social stands alone");
  for (const Json& result : run["results"])
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
}

TEST(Sarif, FingerprintsDoNotDependOnLinesAndAreAllDifferent) {
  const auto print = [](const Json& run, int i) {
    return run["results"][i]["partialFingerprints"]["ruleNodeMessage/v1"].get<std::string>();
  };
  std::vector<SarifFinding> findings = {Of("P04", Severity::kWarning, "a"),
                                        Of("P04", Severity::kWarning, "a"),
                                        Of("P04", Severity::kWarning, "b")};
  const Json before = RunOf(findings);
  for (SarifFinding& item : findings) item.finding.place = {77, 3};
  const Json after = RunOf(findings);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(print(before, i), print(after, i));
  EXPECT_NE(print(before, 0), print(before, 1));
  EXPECT_NE(print(before, 0), print(before, 2));
}

TEST(Sarif, AcceptedFindingsAreSuppressedWithTheirReason) {
  const Json run = RunOf(
      {Of("P04", Severity::kWarning, "a", "accepted by mia: \"<b>\""), Of("P01", Severity::kError, "b")});
  const Json expected = {
      {"kind", "external"}, {"status", "accepted"}, {"justification", "accepted by mia: \"<b>\""}};
  EXPECT_EQ(run["results"][0]["suppressions"], Json::array({expected}));
  EXPECT_EQ(run["results"][1]["suppressions"], Json::array()) << "in every result or in none";
}

TEST(Sarif, NothingFoundIsAnEmptyList) {
  const Json run = RunOf({});
  EXPECT_TRUE(run["results"].is_array() && run["results"].empty());
  EXPECT_TRUE(run["tool"]["driver"]["rules"].empty());
}

}  // namespace
}  // namespace backcast
