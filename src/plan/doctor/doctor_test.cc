// SPDX-License-Identifier: Apache-2.0
#include "plan/doctor/doctor.h"

#include <algorithm>
#include <set>

#include "plan/plan_cases.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// Takes a top-level block out of a plan's text.
std::string Without(const std::string& text, const std::string& block) {
  std::string kept;
  bool inside = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] >= 'a' && line[0] <= 'z') inside = line.starts_with(block + ":");
    if (!inside) kept += line + "\n";
  }
  return kept;
}

std::string Changed(std::string text, const Yaml& change) {
  if (const Yaml* drop = change.Find("drop")) {
    for (const std::string& block : drop->Texts()) {
      const std::string kept = Without(text, block);
      EXPECT_NE(kept, text) << "there is no block " << block;
      text = kept;
    }
  }
  if (const Yaml* swap = change.Find("swap")) {
    for (const Yaml& pair : swap->items) {
      const std::string& from = pair.items[0].text;
      const std::size_t at = text.find(from);
      EXPECT_NE(at, std::string::npos) << "the healthy plan has no text " << from;
      if (at != std::string::npos) text.replace(at, from.size(), pair.items[1].text);
    }
  }
  return text;
}

std::vector<Finding> Examine(const std::string& text) {
  return ExamineChain(ReadSoundly(text).plan, ShippedCatalogue(), DayOf("2026-06-15"));
}

/// The text that a finding points at.
std::string_view TextAt(std::string_view text, const Place& place) {
  for (int line = 1; line < place.line; ++line)
    text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
  return text.substr(std::min<std::size_t>(static_cast<std::size_t>(place.column) - 1, text.size()));
}

const Yaml& Cases() {
  static const Yaml cases = ParseYaml(CaseText("chain.yaml"), "chain.yaml").value();
  return cases;
}

TEST(Chain, HealthyPlanHasNoFindings) {
  const std::string text = CaseText("healthy.yaml");
  EXPECT_EQ(ToLines(ReadSoundly(text).findings), "");
  EXPECT_EQ(ToLines(Examine(text)), "");
}

TEST(Chain, EveryRuleHasLogicWordsAndACase) {
  EXPECT_EQ(RulesWithoutLogic(), std::vector<std::string>());
  std::set<std::string> rules, cases;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    if (rule.id[0] == 'P') rules.insert(rule.id);
    EXPECT_FALSE(rule.title.empty() || rule.message.empty() || rule.why.empty() || rule.fix.empty())
        << rule.id;
  }
  for (const Yaml& one : Cases().Find("cases")->items) cases.insert(one.Text("rule"));
  EXPECT_EQ(rules.size(), 64U);
  EXPECT_EQ(rules, cases) << "each rule of rules.yaml needs an entry in cases/chain.yaml";
}

TEST(Chain, RulesFireWhereTheyShould) {
  for (const Yaml& one : Cases().Find("cases")->items) {
    const std::string rule = one.Text("rule");
    SCOPED_TRACE(rule);
    const std::string text = Changed(CaseText("healthy.yaml"), *one.Find("fires"));
    const std::vector<Finding> findings = Examine(text);
    const auto fired = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
      return finding.rule == rule && finding.message.find(one.Text("says")) != std::string::npos;
    });
    if (fired == findings.end()) {
      ADD_FAILURE() << "did not fire; there is:\n" << ToLines(findings);
      continue;
    }
    EXPECT_TRUE(TextAt(text, fired->place).starts_with(one.Text("at")))
        << ToLine(*fired) << "\npoints at: " << TextAt(text, fired->place).substr(0, 60);
    EXPECT_EQ(fired->node, one.Text("node"));
    EXPECT_NE(fired->fix.find(one.Text("fix")), std::string::npos) << fired->fix;
    EXPECT_EQ(fired->message.find('{'), std::string::npos) << fired->message;
    EXPECT_EQ(fired->file, "plan.yaml");
  }
}

TEST(Chain, RulesAreQuietOnNearMisses) {
  for (const Yaml& one : Cases().Find("cases")->items) {
    const std::string rule = one.Text("rule");
    for (const Finding& finding : Examine(Changed(CaseText("healthy.yaml"), *one.Find("quiet")))) {
      EXPECT_NE(finding.rule, rule) << ToLine(finding);
    }
  }
}

TEST(Chain, ExamplePlansHaveNoFindings) {
  for (const char* name : {"plan_b2c.yaml", "plan_b2b.yaml"}) {
    const std::string text = SharedText(name);
    if (text.empty()) GTEST_SKIP() << "the example plans are not beside the repository";
    const PlanReading reading = ReadSoundly(text);
    EXPECT_EQ(ToLines(reading.findings), "") << name;
    EXPECT_EQ(ToLines(ExamineChain(reading.plan, ShippedCatalogue(), DayOf("2026-11-21"))), "") << name;
  }
}

/// What the prototype of the rules says about the bad plan: rule and the node or word it names.
TEST(Chain, BadPlanFiresWhatThePrototypeFires) {
  const std::string text = SharedText("checks/plan_bad.yaml");
  if (text.empty()) GTEST_SKIP() << "the bad plan is not beside the repository";
  std::multiset<std::string> rules;
  std::set<std::string> fired;
  std::vector<Finding> findings =
      ExamineChain(ReadSoundly(text).plan, ShippedCatalogue(), DayOf("2026-11-21"));
  // The prototype knows the first 54 rules.
  findings.erase(std::remove_if(findings.begin(), findings.end(),
                                [](const Finding& finding) { return finding.rule > "P54"; }),
                 findings.end());
  for (const Finding& finding : findings) fired.insert(finding.rule);
  EXPECT_EQ(fired.size(), 51U);
  std::istringstream expected(CaseText("bad_plan.txt"));
  std::size_t count = 0;
  const bool has_emv = ShippedCatalogue().Find("emv") != nullptr;
  for (std::string rule, word; expected >> rule >> word; ++count) {
    // A catalogue that does not even know advertising value says so instead of calling it a vanity metric.
    if (!has_emv && rule == "P18" && word == "o4") rule = "P25";
    const bool found = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return finding.rule == rule &&
             (word == "-" || finding.node == word || finding.message.find(word) != std::string::npos);
    });
    EXPECT_TRUE(found) << rule << " " << word;
  }
  EXPECT_EQ(count, findings.size()) << ToLines(findings);
}

TEST(Chain, TheOtherThreeRulesFireOnMinimalPlans) {
  const auto rules = [](const std::string& text) {
    std::set<std::string> fired;
    for (const Finding& finding : Examine(text)) fired.insert(finding.rule);
    return fired;
  };
  const std::set<std::string> empty = rules("brand: x\n");
  EXPECT_TRUE(empty.count("P01") > 0 && empty.count("P31") > 0);
  EXPECT_GT(
      rules(
          "kpis: [{id: a, metric: csat}, {id: b, metric: nps}, {id: c, metric: frt_median}, {id: d, metric: "
          "first_contact_resolution}]\n")
          .count("P33"),
      0U);
}

}  // namespace
}  // namespace backcast
