// SPDX-License-Identifier: Apache-2.0
#include "plan/data_layer.h"

#include <algorithm>
#include <set>

#include "plan/picture_cases.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

const Yaml& Cases() {
  static const Yaml cases = ParseYaml(CaseText("data.yaml"), "data.yaml").value();
  return cases;
}

struct Examined {
  std::string text;
  std::vector<Finding> findings;
};

/// The healthy plan and picture, changed in the way a case says: swap: texts of the plan; the rest: fields.
Examined Examine(const Yaml* change) {
  Examined examined{CaseText("healthy.yaml"), {}};
  DataPicture picture;
  for (const Yaml::Entry& entry : Cases().Find("healthy")->entries) SetField(picture, entry.key, entry.value);
  Day today = DayOf("2026-06-15");
  for (const Yaml::Entry& entry : change == nullptr ? std::vector<Yaml::Entry>() : change->entries) {
    if (entry.key == "today") {
      today = DayOf(entry.value.text);
    } else if (entry.key != "swap") {
      SetField(picture, entry.key, entry.value);
    } else {
      for (const Yaml& pair : entry.value.items) {
        const std::size_t at = examined.text.find(pair.items[0].text);
        EXPECT_NE(at, std::string::npos) << "the healthy plan has no text " << pair.items[0].text;
        if (at != std::string::npos) examined.text.replace(at, pair.items[0].text.size(), pair.items[1].text);
      }
    }
  }
  const Plan plan = ReadSoundly(examined.text).plan;
  Catalogue catalogue = ShippedCatalogue();
  const std::string own = CustomMetricsYaml(plan);
  if (!own.empty()) {
    const std::vector<Error> faults = catalogue.Add(own, "plan.yaml", Schemas::Shipped().value());
    for (const Error& fault : faults) ADD_FAILURE() << ToSentence(fault);
  }
  examined.findings = ExamineData(plan, catalogue, picture, today);
  return examined;
}

std::string_view TextAt(std::string_view text, const Place& place) {
  for (int line = 1; line < place.line; ++line)
    text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
  return text.substr(std::min<std::size_t>(static_cast<std::size_t>(place.column) - 1, text.size()));
}

TEST(DataLayer, HealthyDataHaveNoFindings) { EXPECT_EQ(ToLines(Examine(nullptr).findings), ""); }

TEST(DataLayer, NothingKnownIsNotAFinding) {
  DataPicture unknown;
  EXPECT_EQ(ToLines(ExamineData(ReadSoundly(CaseText("healthy.yaml")).plan, ShippedCatalogue(), unknown,
                                DayOf("2026-06-15"))),
            "");
  const Result<Schemas> schemas = Schemas::Shipped();
  for (const Fact& fact : schemas.value().all()) unknown.rows[fact.id] = 1;
  EXPECT_EQ(ToLines(ExamineData(ReadSoundly(CaseText("healthy.yaml")).plan, ShippedCatalogue(), unknown,
                                DayOf("2026-06-15"))),
            "");
}

TEST(DataLayer, EveryRuleHasLogicWordsAndACase) {
  EXPECT_EQ(DataRulesWithoutLogic(), std::vector<std::string>());
  std::set<std::string> rules, cases;
  std::set<std::string> wordings, said;
  for (const Rule& rule : Rulebook::Shipped().all()) {
    if (rule.id[0] != 'D') continue;
    rules.insert(rule.id);
    EXPECT_FALSE(rule.title.empty() || rule.message.empty() || rule.why.empty() || rule.fix.empty() ||
                 rule.seed.empty())
        << rule.id;
    wordings.insert(rule.id);
    for (const auto& [name, wording] : rule.variants) wordings.insert(rule.id + " " + name);
  }
  for (const Yaml& one : Cases().Find("cases")->items) {
    cases.insert(one.Text("rule"));
    said.insert(one.Text("variant").empty() ? one.Text("rule")
                                            : one.Text("rule") + " " + one.Text("variant"));
  }
  EXPECT_EQ(rules.size(), 18U);
  EXPECT_EQ(rules, cases) << "each D-rule of rules.yaml needs an entry in cases/data.yaml";
  EXPECT_EQ(wordings, said) << "each wording needs a case that says it";
}

TEST(DataLayer, RulesFireWhereTheyShould) {
  for (const Yaml& one : Cases().Find("cases")->items) {
    const std::string rule = one.Text("rule");
    SCOPED_TRACE(rule + " line " + std::to_string(one.place.line));
    const Examined examined = Examine(one.Find("fires"));
    std::vector<Finding> fired;
    for (const Finding& finding : examined.findings) {
      if (finding.rule == rule) fired.push_back(finding);
    }
    if (fired.size() != 1) {
      ADD_FAILURE() << "fired " << fired.size() << " times; there is:\n" << ToLines(examined.findings);
      continue;
    }
    EXPECT_EQ(examined.findings.size(), 1U + WordsUnder(one, "too").size()) << ToLines(examined.findings);
    EXPECT_EQ(fired[0].message, one.Text("says"));
    EXPECT_TRUE(TextAt(examined.text, fired[0].place).starts_with(one.Text("at")))
        << ToLine(fired[0]) << "\npoints at: " << TextAt(examined.text, fired[0].place).substr(0, 60);
    EXPECT_EQ(fired[0].node, one.Text("node"));
    EXPECT_EQ(fired[0].file, "plan.yaml");
    const std::string severity = one.Text("severity");
    EXPECT_EQ(ToWord(fired[0].severity),
              severity.empty() ? ToWord(Rulebook::Shipped().Find(rule).severity) : severity);
  }
}

TEST(DataLayer, RulesAreQuietOnNearMisses) {
  for (const Yaml& one : Cases().Find("cases")->items) {
    const std::string rule = one.Text("rule");
    SCOPED_TRACE(rule + " line " + std::to_string(one.place.line));
    ASSERT_NE(one.Find("quiet"), nullptr);
    for (const Finding& finding : Examine(one.Find("quiet")).findings)
      EXPECT_NE(finding.rule, rule) << ToLine(finding);
  }
}

}  // namespace
}  // namespace backcast
