// SPDX-License-Identifier: Apache-2.0
#include "guide/interview.h"

#include <gtest/gtest.h>

#include <map>

#include "guide/draft.h"
#include "guide/guide_cases.h"
#include "guide/yaml_writer.h"
#include "plan/plan_cases.h"

namespace backcast {
namespace {

Interview NewInterview(std::vector<std::string> templates = {"ecommerce_sales"}) {
  return Interview(ShippedGuide(), std::move(templates));
}

/// Answers the open question with what was prepared for it, else skips it.
void AnswerOne(Interview& interview, const std::map<std::string, std::string>& prepared) {
  const auto prompt = interview.Next();
  ASSERT_TRUE(prompt.has_value());
  const auto found = prepared.find(prompt->at);
  if (found == prepared.end()) return interview.Skip();
  const auto taken = interview.Answer(found->second);
  ASSERT_TRUE(taken.ok()) << prompt->at << ": " << ToSentence(taken.error());
}

void AnswerAll(Interview& interview, const std::map<std::string, std::string>& prepared) {
  for (int steps = 0; interview.Next(); ++steps) {
    ASSERT_LT(steps, 1000) << "it asks for ever: " << interview.Next()->at;
    AnswerOne(interview, prepared);
  }
}

const std::map<std::string, std::string> kPrepared = {{"brand.0.name", "Radwerk"},
                                                      {"strategy.0.statement", "Sell more."},
                                                      {"strategy.0.paper", "Plan, page 2"},
                                                      {"outcomes.0.baseline", "40000"},
                                                      {"outcomes.0.target", "50000"},
                                                      {"outcomes.0.by", "2027-06-30"},
                                                      {"team.0.name", "Mia"},
                                                      {"team.0.role", "Marketing"},
                                                      {"team.0.function", "marketing"},
                                                      {"team.0.influences", "content; audience, site"},
                                                      {"team.1.name", "Eva"},
                                                      {"team.1.function", "ceo"},
                                                      {"team.1.influences", "strategy"},
                                                      {"owners.0.owner", "Eva"},
                                                      {"kpis.0.answer", "keep"},
                                                      {"kpis.0.baseline", "900"},
                                                      {"kpis.0.target", "1200"},
                                                      {"kpis.1.answer", "drop"}};

TEST(Interview, FollowsTheOrderOfThoughtAndEnds) {
  Interview interview = NewInterview();
  AnswerAll(interview, kPrepared);
  const Yaml& answers = interview.answers();
  EXPECT_EQ(answers.Find("team")->items.size(), 2U);
  EXPECT_EQ(answers.Find("outcomes")->items[0].Text("tree"), "ecommerce_sales");
  EXPECT_EQ(answers.Find("owners")->items[0].Text("outcome"), "o_ecommerce_sales");
  EXPECT_EQ(answers.Find("team")->items[0].Find("influences")->Texts(),
            (std::vector<std::string>{"content", "audience", "site"}));
  const auto draft = DraftPlan(answers, interview.templates(), ShippedGuide(), "x");
  ASSERT_TRUE(draft.ok());
  const PlanReading plan = ReadSoundly(draft.value().yaml);
  EXPECT_EQ(plan.plan.outcomes[0].owner, "eva");
  EXPECT_EQ(plan.plan.kpis[0].goal.baseline.value_or(0), 900);
  for (const Finding& finding : ExamineChain(plan.plan, ShippedCatalogue(), DayOf("2026-11-02")))
    EXPECT_NE(finding.severity, Severity::kError) << ToLine(finding);
}

TEST(Interview, StoppedAnywhereItGoesOnToTheSameEnd) {
  Interview whole = NewInterview();
  AnswerAll(whole, kPrepared);
  const std::string end = whole.Save();
  for (const int stop : {1, 17, 60}) {
    Interview first = NewInterview();
    for (int i = 0; i < stop && first.Next(); ++i) AnswerOne(first, kPrepared);
    Interview second(ShippedGuide(), {});
    const std::string saved = first.Save();
    const auto restored = second.Restore(saved, "init.yaml");
    ASSERT_TRUE(restored.ok()) << ToSentence(restored.error());
    AnswerAll(second, kPrepared);
    EXPECT_EQ(second.Save(), end) << "stopped after " << stop;
  }
}

TEST(Interview, BackOpensTheLastQuestionAndOnlyThat) {
  Interview interview = NewInterview();
  EXPECT_FALSE(interview.Back());
  AnswerOne(interview, kPrepared);
  AnswerOne(interview, kPrepared);
  const std::string before = interview.Next()->at;
  AnswerOne(interview, kPrepared);
  EXPECT_TRUE(interview.Back());
  EXPECT_EQ(interview.Next()->at, before);
  EXPECT_EQ(interview.answers().Find("brand")->Text("name"), "Radwerk");
}

TEST(Interview, ABadAnswerLeavesTheQuestionOpenAndSaysWhy) {
  Interview interview = NewInterview();
  while (interview.Next()->at != "outcomes.0.baseline") AnswerOne(interview, {});
  for (const char* bad : {"many", "1,000", "inf", "nan", ""}) {
    const auto taken = interview.Answer(bad);
    ASSERT_FALSE(taken.ok()) << bad;
    EXPECT_FALSE(taken.error().what.empty());
    EXPECT_EQ(interview.Next()->at, "outcomes.0.baseline");
  }
  ASSERT_TRUE(interview.Answer("12.5").ok());
  ASSERT_FALSE(interview.Answer("2026-13").ok());
  interview.Skip();
  ASSERT_TRUE(interview.Answer("20").ok());
  EXPECT_FALSE(interview.Answer("2026-02-30").ok());
  EXPECT_FALSE(interview.Answer("31.12.2026").ok());
  EXPECT_TRUE(interview.Answer("2026-12-31").ok());
}

TEST(Interview, AnAnswerThatNamesWhatIsGoneIsAskedAgain) {
  Interview interview = NewInterview({"inquiries"});
  while (interview.Next()->at != "requests.0.by")
    AnswerOne(interview,
              {{"team.0.name", "Ina"}, {"requests.0.owner", "ina"}, {"requests.0.promise", "0.8"}});
  std::string saved = interview.Save();
  const std::size_t at = saved.find("Ina");
  ASSERT_NE(at, std::string::npos);
  saved.replace(at, 3, "Ben");
  Interview changed = NewInterview({"inquiries"});
  ASSERT_TRUE(changed.Restore(saved, "init.yaml").ok());
  ASSERT_TRUE(changed.Next().has_value());
  EXPECT_EQ(changed.Next()->at, "requests.0.owner");
  ASSERT_TRUE(changed.Answer("ben").ok());
  EXPECT_EQ(changed.Next()->at, "requests.0.by");
}

TEST(Interview, ATooLongTextIsRefusedWithASentence) {
  Interview interview = NewInterview();
  const auto taken = interview.Answer(std::string(1U << 20, 'x'));
  ASSERT_FALSE(taken.ok());
  EXPECT_NE(taken.error().what.find("1048576 bytes"), std::string::npos) << taken.error().what;
}

TEST(Interview, RequestsAreAskedAboutOnlyWhereTheyCount) {
  const auto asks = [](const char* tree) {
    Interview interview = NewInterview({tree});
    bool found = false;
    while (const auto prompt = interview.Next()) {
      found |= prompt->at.starts_with("requests.");
      interview.Skip();
    }
    return found;
  };
  EXPECT_TRUE(asks("inquiries"));
  EXPECT_FALSE(asks("hiring"));
}

TEST(Interview, HostileTextsSurviveSavingAndGoingOn) {
  for (const std::string text : {"a: b # c", "\"q\" 'r'", "[x", "- y", "two\\n", "\x1b[2J", "@at"}) {
    Interview first = NewInterview();
    ASSERT_TRUE(first.Answer(text).ok());
    Interview second = NewInterview();
    ASSERT_TRUE(second.Restore(first.Save(), "init.yaml").ok());
    second.Next();
    EXPECT_EQ(second.answers().Find("brand")->Text("name"), text);
  }
}

TEST(Answers, FaultsNameThePlaceAndWhatWasMeant) {
  const auto fault = [](const std::string& text) {
    const auto read = ReadAnswers(text, "a.yaml", ShippedGuide(), {});
    return read.ok() ? std::string("no fault") : ToSentence(read.error());
  };
  EXPECT_EQ(fault("taem: []\n"), "a.yaml:1:1: there is no question 'taem'; did you mean 'team'?");
  EXPECT_EQ(fault("team:\n- {nmae: x}\n"), "a.yaml:2:4: team has no field 'nmae'; did you mean 'name'?");
  EXPECT_NE(fault("outcomes: [{tree: ecomerce_sales}]\n")
                .find("a.yaml:1:19: 'ecomerce_sales' is not a kind of result (ecommerce_sales, "),
            std::string::npos);
  EXPECT_NE(fault("owners: [{outcome: o_x, owner: y}]\n").find("a.yaml:1:20"), std::string::npos);
  EXPECT_NE(fault("review: {next_review: soon}\n").find("a day such as"), std::string::npos);
  EXPECT_NE(fault("review: [x]\n").find("a.yaml:1:9"), std::string::npos);
  EXPECT_NE(fault("brand: {name: \"" + std::string(5000, 'x') + "\"}\n").find("at most 4000"),
            std::string::npos);
  EXPECT_EQ(fault(""), "no fault");
}

TEST(Answers, TheTemplateIsAnAnswersFileItself) {
  const std::string text = AnswersTemplate(Questions::Shipped(), {"hiring", "pr"});
  const auto read = ReadAnswers(text, "template.yaml", ShippedGuide(), {});
  ASSERT_TRUE(read.ok()) << ToSentence(read.error());
  EXPECT_EQ(TreesOf(read.value(), {}), (std::vector<std::string>{"hiring", "pr"}));
  // With every # taken away it is YAML in which every question and field is known.
  std::string open;
  std::istringstream lines(AnswersTemplate(Questions::Shipped(), {}));
  for (std::string line; std::getline(lines, line);) {
    // A question's words stand behind "# "; what belongs to YAML does not.
    const bool is_field =
        line.starts_with("#  ") && !line.starts_with("#   ") && line.find(": ") != std::string::npos;
    if (line.starts_with("#") && (!line.starts_with("# ") || is_field)) open += line.substr(1) + "\n";
  }
  const auto all = ParseYaml(open, "open.yaml");
  ASSERT_TRUE(all.ok()) << ToSentence(all.error()) << open;
  for (const GuideQuestion& question : Questions::Shipped().all())
    EXPECT_NE(all.value().Find(question.id), nullptr) << question.id;
}

TEST(Questions, EveryFieldCanBeAskedAndPlaced) {
  for (const GuideQuestion& question : Questions::Shipped().all()) {
    for (const GuideField& field : question.fields) {
      EXPECT_FALSE(field.ask.empty());
      const bool names_words = field.is == GuideField::Is::kWord || field.is == GuideField::Is::kWords;
      EXPECT_TRUE(field.of.empty() || Questions::Shipped().Find(field.of) != nullptr) << field.id;
      EXPECT_TRUE(!names_words || !field.words.empty()) << question.id << "." << field.id;
      const bool names_ids = field.is == GuideField::Is::kId || field.is == GuideField::Is::kIds;
      EXPECT_TRUE(names_ids || field.example.empty() ||
                  ReadAnswer(field, field.example, Known{&ShippedCatalogue(), {}}).ok())
          << question.id << "." << field.id << " " << field.example;
    }
  }
  EXPECT_FALSE(
      Questions::Parse("questions: [{id: a, ask: b, fields: [{id: c, ask: d, is: texst}]}]", "q.yaml").ok());
}

}  // namespace
}  // namespace backcast
