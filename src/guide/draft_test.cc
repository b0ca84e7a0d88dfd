// SPDX-License-Identifier: Apache-2.0
// Answers in, plan out, and what the doctor says about it.
#include "guide/draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "guide/answers.h"
#include "guide/back_out.h"
#include "guide/guide_cases.h"
#include "guide/proposals.h"
#include "guide/yaml_writer.h"
#include "plan/driver_trees.h"
#include "plan/plan_cases.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

const Day kToday = DayOf("2026-11-02");

Yaml Nothing() {
  Yaml answers;
  answers.kind = Yaml::Kind::kMap;
  return answers;
}

Draft DraftOf(const Yaml& answers, const std::vector<std::string>& templates) {
  auto draft = DraftPlan(answers, templates, ShippedGuide(), "radwerk");
  EXPECT_TRUE(draft.ok()) << ToSentence(draft.error());
  return draft.ok() ? std::move(draft).value() : Draft();
}

std::vector<Finding> FindingsOf(const std::string& yaml) {
  const PlanReading reading = ReadSoundly(yaml);
  std::vector<Finding> findings = reading.findings;
  const std::vector<Finding> chain = ExamineChain(reading.plan, ShippedCatalogue(), kToday);
  findings.insert(findings.end(), chain.begin(), chain.end());
  return findings;
}

std::size_t CountOf(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(Draft, EveryTemplateWithoutAnswersHasNoErrorsAndAsksForWhatIsMissing) {
  // Each of these rules is about something that only a person can say.
  const std::set<std::string> waiting = {"P04", "P07", "P13", "P14", "P22", "P32", "P36",
                                         "P38", "P46", "P48", "P51", "P53", "T03"};
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) {
    SCOPED_TRACE(tree.id);
    const Draft draft = DraftOf(Nothing(), {tree.id});
    for (const Finding& finding : FindingsOf(draft.yaml)) {
      EXPECT_NE(finding.severity, Severity::kError) << ToLine(finding) << "\n" << draft.yaml;
      EXPECT_TRUE(waiting.count(finding.rule) > 0) << ToLine(finding);
    }
    EXPECT_GE(draft.open.size(), 10U);
    EXPECT_EQ(draft.yaml.find("reviewed_on"), std::string::npos);
    EXPECT_EQ(draft.yaml.find("baseline:"), std::string::npos);
    EXPECT_EQ(draft.yaml.find("paper:"), std::string::npos);
    EXPECT_EQ(draft.yaml.find("next_review"), std::string::npos) << "no day is made up";
  }
}

TEST(Draft, EveryPairOfTemplatesHasNoErrors) {
  for (const DriverTree& one : DriverTreeSet::Shipped().all()) {
    for (const DriverTree& other : DriverTreeSet::Shipped().all()) {
      if (one.id >= other.id) continue;
      for (const Finding& finding : FindingsOf(DraftOf(Nothing(), {one.id, other.id}).yaml))
        EXPECT_NE(finding.severity, Severity::kError) << one.id << " " << other.id << ToLine(finding);
    }
  }
}

TEST(Draft, AllTemplatesAtOnceStayWithinWhatAPersonCanLookAt) {
  std::vector<std::string> all;
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) all.push_back(tree.id);
  for (const Finding& finding : FindingsOf(DraftOf(Nothing(), all).yaml)) {
    EXPECT_NE(finding.severity, Severity::kError) << ToLine(finding);
    EXPECT_NE(finding.rule, "P30") << ToLine(finding);
  }
}

TEST(Draft, WhatIsSaidStandsInThePlanAsAComment) {
  const Draft draft = DraftOf(Nothing(), {"b2b_revenue"});
  EXPECT_EQ(CountOf(draft.yaml, "# assumed: "), draft.assumed.size());
  EXPECT_EQ(CountOf(draft.yaml, "# gap: "), draft.gaps.size()) << draft.yaml;
  EXPECT_EQ(CountOf(draft.yaml, "# answer: "), draft.open.size()) << draft.yaml;
  EXPECT_FALSE(draft.gaps.empty());
}

TEST(Draft, TheSameAnswersGiveTheSameBytes) {
  EXPECT_EQ(DraftOf(Nothing(), {"inquiries", "hiring"}).yaml,
            DraftOf(Nothing(), {"inquiries", "hiring"}).yaml);
}

TEST(Draft, WithoutAnOutcomeThereIsNoPlan) {
  const auto draft = DraftPlan(Nothing(), {}, ShippedGuide(), "x");
  ASSERT_FALSE(draft.ok());
  EXPECT_EQ(draft.error().code, Code::kUsage);
}

/// The answers of a case, as the file says them.
Yaml AnswersOfCase(const std::string& name) {
  const std::string text = ReadText(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/guide/cases" / name);
  auto root = ParseYaml(text, name);
  EXPECT_TRUE(root.ok());
  return *root.value().Find("answers");
}

/// False when the answers contradict themselves, so that a file with them is refused.
bool ExpectNoErrors(const Yaml& said, const std::string& tree, const std::string& without) {
  const auto answers = ReadAnswers(WriteYaml(Block::From(said)), "a.yaml", ShippedGuide(), {tree});
  if (!answers.ok()) return false;
  const Draft draft = DraftOf(answers.value(), {tree});
  for (const Finding& finding : FindingsOf(draft.yaml)) {
    EXPECT_NE(finding.severity, Severity::kError)
        << tree << " without " << without << ": " << ToLine(finding);
  }
  return true;
}

TEST(Draft, WhateverAnswerIsMissingThereIsNoError) {
  int looked_at = 0;
  const Yaml complete = AnswersOfCase("complete_shop.yaml");
  for (std::size_t i = 0; i < complete.entries.size(); ++i) {
    Yaml answers = complete;
    answers.entries.erase(answers.entries.begin() + static_cast<std::ptrdiff_t>(i));
    looked_at += ExpectNoErrors(answers, "ecommerce_sales", complete.entries[i].key) ? 1 : 0;
    const Yaml& entry = complete.entries[i].value;
    const Yaml& first = entry.IsList() ? entry.items.front() : entry;
    for (std::size_t f = 0; f < first.entries.size(); ++f) {
      answers = complete;
      Yaml& changed = entry.IsList() ? answers.entries[i].value.items.front() : answers.entries[i].value;
      changed.entries.erase(changed.entries.begin() + static_cast<std::ptrdiff_t>(f));
      looked_at +=
          ExpectNoErrors(answers, "ecommerce_sales", complete.entries[i].key + "." + first.entries[f].key)
              ? 1
              : 0;
    }
  }
  EXPECT_GT(looked_at, 80);
}

TEST(Draft, ATeamThatCannotMoveMuchStillGetsAPlanWithoutErrors) {
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) {
    for (const char* influence : {"content", "site", "sales", "care", "hiring", "strategy", "delivery"}) {
      const auto answers = ReadAnswers(
          "team: [{name: ann, role: x, function: social, influences: [" + std::string(influence) + "]}]\n",
          "a.yaml", ShippedGuide(), {tree.id});
      ASSERT_TRUE(answers.ok()) << ToSentence(answers.error());
      EXPECT_TRUE(ExpectNoErrors(answers.value(), tree.id, std::string("anything but ") + influence));
    }
  }
}

/// Each file of cases/ holds templates, answers, and what must hold: errors (the rules), findings (all rules;
/// may be left out), has and lacks (words of the plan).
TEST(Draft, Cases) {
  int count = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/guide/cases")) {
    SCOPED_TRACE(file.path().filename().string());
    ++count;
    const std::string text = ReadText(file.path());
    const Yaml root = ParseYaml(text, "case").value();
    const std::vector<std::string> templates =
        root.Find("templates") == nullptr ? std::vector<std::string>() : root.Find("templates")->Texts();
    const std::size_t at = text.find("\nanswers:\n");
    ASSERT_NE(at, std::string::npos);
    std::string answers;
    std::istringstream lines(text.substr(at + 10));
    for (std::string line; std::getline(lines, line);)
      answers += line.substr(std::min<std::size_t>(2, line.size())) + "\n";
    const auto read = ReadAnswers(answers, "answers.yaml", ShippedGuide(), templates);
    ASSERT_TRUE(read.ok()) << ToSentence(read.error());
    const Draft draft = DraftOf(read.value(), templates);
    std::vector<std::string> rules, errors;
    const std::vector<Finding> findings = FindingsOf(draft.yaml);
    for (const Finding& finding : findings) {
      rules.push_back(finding.rule);
      if (finding.severity == Severity::kError) errors.push_back(finding.rule);
    }
    EXPECT_EQ(errors, root.Find("errors")->Texts()) << ToLines(findings) << draft.yaml;
    if (const Yaml* all = root.Find("findings")) {
      EXPECT_EQ(rules, all->Texts()) << ToLines(findings) << draft.yaml;
    }
    for (const std::string& words : root.Find("has")->Texts())
      EXPECT_NE(draft.yaml.find(words), std::string::npos) << words << "\n" << draft.yaml;
    for (const std::string& words : root.Find("lacks")->Texts())
      EXPECT_EQ(draft.yaml.find(words), std::string::npos) << words << "\n" << draft.yaml;
  }
  EXPECT_GE(count, 4);
}

TEST(Draft, HostileAnswersComeBackByteForByte) {
  for (const std::string text : {"? why: #1, [x] {y} \"z\" 'w'", "- dash", "two\nlines\r\n\ttab",
                                 "\x01\x1b[31mred\x7f", "&a *b !c %d @e `f", "null", "12"}) {
    Yaml answers = Nothing();
    Yaml entry = Nothing(), value;
    value.kind = Yaml::Kind::kScalar;
    value.quoted = true;
    value.text = text;
    entry.entries = {{"what", {}, value}, {"why", {}, value}};
    answers.entries.push_back({"not_measured", {}, entry});
    entry.entries = {{"statement", {}, value}};
    answers.entries.push_back({"objectives", {}, entry});
    const Draft draft = DraftOf(answers, {"speaking"});
    const Yaml plan = ParseYaml(draft.yaml, "plan.yaml").value();
    EXPECT_EQ(plan.Find("not_measured")->items[0].Text("why"), text);
    EXPECT_EQ(plan.Find("objectives")->items[0].Text("statement"), text);
  }
}

void CountText(const Yaml& node, const std::string& text, int& count) {
  count += node.IsScalar() && node.text == text ? 1 : 0;
  for (const Yaml& item : node.items) CountText(item, text, count);
  for (const Yaml::Entry& entry : node.entries) CountText(entry.value, text, count);
}

/// Every text of a complete set of answers is replaced; the plan holds each of them as it was.
TEST(Draft, HostileTextsAnywhereStayWholeInThePlan) {
  for (const std::string text :
       {"? a: b, #c [d] {e} \"f\" 'g'", "line\nline\n", "\x1b]0;title\x07", "- *x &y !z | > % @ `"}) {
    Yaml answers = AnswersOfCase("complete_shop.yaml");
    int replaced = 0;
    for (Yaml::Entry& question : answers.entries) {
      const GuideQuestion& asked = *Questions::Shipped().Find(question.key);
      std::vector<Yaml*> entries;
      if (question.value.IsMap()) entries.push_back(&question.value);
      for (Yaml& item : question.value.items) entries.push_back(&item);
      for (Yaml* entry : entries) {
        for (Yaml::Entry& field : entry->entries) {
          const GuideField& is = *asked.Find(field.key);
          const bool names = field.key == asked.named || (asked.id == "tactics" && field.key == "name");
          if (is.is != GuideField::Is::kText || names || is.into.empty() || asked.into.empty()) continue;
          field.value.text = text;
          field.value.quoted = true;
          ++replaced;
        }
      }
    }
    EXPECT_GT(replaced, 20);
    const auto plan = ParseYaml(DraftOf(answers, {"ecommerce_sales"}).yaml, "plan.yaml");
    ASSERT_TRUE(plan.ok()) << ToSentence(plan.error());
    int found = 0;
    CountText(plan.value(), text, found);
    EXPECT_EQ(found, replaced);
  }
}

TEST(Draft, TheSameResultTwiceIsTwoOutcomes) {
  const auto answers = ReadAnswers("outcomes: [{tree: hiring}, {tree: hiring, ceo: Engineers we hired.}]\n",
                                   "a.yaml", ShippedGuide(), {});
  ASSERT_TRUE(answers.ok());
  const Draft draft = DraftOf(answers.value(), {"hiring"});
  EXPECT_NE(draft.yaml.find("id: o_hiring_2"), std::string::npos);
  for (const Finding& finding : FindingsOf(draft.yaml))
    EXPECT_NE(finding.severity, Severity::kError) << ToLine(finding);
}

TEST(Proposals, NameOnlyWhatThereIs) {
  const Proposals& data = Proposals::Shipped();
  const auto known = [](const std::string& id) {
    return id.empty() || ShippedCatalogue().Find(id) != nullptr;
  };
  for (const DriverTree& tree : DriverTreeSet::Shipped().all())
    EXPECT_TRUE(!tree.strategy.empty() && !tree.objective.empty() && !tree.owner.empty()) << tree.id;
  for (const MetricPair& pair : DriverTreeSet::Shipped().pairs())
    EXPECT_TRUE(known(pair.metric) && known(pair.cost) && known(pair.guard)) << pair.metric;
  for (const auto& [metric, words] : data.steps) EXPECT_TRUE(known(metric)) << metric;
  std::set<std::string> elements;
  for (const Metric& metric : ShippedCatalogue().all()) elements.insert(metric.element);
  for (const TacticPattern& tactic : data.tactics) {
    for (const std::string& word : tactic.moves)
      EXPECT_TRUE(known(word) || elements.count(word) > 0) << tactic.id << " " << word;
    for (const std::string& function : tactic.owner)
      EXPECT_NE(data.FindFunction(function), nullptr) << function;
  }
}

TEST(BackOut, WhatNobodyCanMoveIsAConditionAndNoKpi) {
  const auto answers =
      ReadAnswers("team: [{name: mia, role: Social, function: social, influences: [content, audience]}]\n",
                  "a.yaml", ShippedGuide(), {"ecommerce_sales"});
  ASSERT_TRUE(answers.ok());
  const BackedOut out = BackOut(answers.value(), {"ecommerce_sales"}, ShippedGuide());
  for (const ProposedKpi& kpi : out.kpis) {
    EXPECT_EQ(kpi.owner, "mia") << kpi.metric;
    EXPECT_TRUE(kpi.metric != "add_to_cart_rate" && kpi.metric != "aov") << kpi.metric;
  }
  EXPECT_GE(out.kpis.size(), 2U);
  EXPECT_TRUE(std::any_of(out.gaps.begin(), out.gaps.end(), [](const NamedGap& gap) {
    return gap.what.find("add_to_cart_rate") != std::string::npos;
  }));
}

}  // namespace
}  // namespace backcast
