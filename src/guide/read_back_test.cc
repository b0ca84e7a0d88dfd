// SPDX-License-Identifier: Apache-2.0
// Answers to plan to answers.
#include "guide/read_back.h"

#include <gtest/gtest.h>

#include <set>

#include "guide/answers.h"
#include "guide/back_out.h"
#include "guide/draft.h"
#include "guide/guide_cases.h"
#include "guide/merge.h"
#include "plan/driver_trees.h"

namespace backcast {
namespace {

Yaml Nothing() {
  Yaml answers;
  answers.kind = Yaml::Kind::kMap;
  return answers;
}

std::string PlanOf(const Yaml& answers, const std::vector<std::string>& templates) {
  const auto draft = DraftPlan(answers, templates, ShippedGuide(), "radwerk");
  EXPECT_TRUE(draft.ok()) << ToSentence(draft.error());
  return draft.ok() ? draft.value().yaml : "";
}

Yaml Back(const std::string& plan) {
  const PlanReading reading = ReadSoundly(plan);
  auto read = AnswersOfPlan(reading.plan.root, plan, "plan.yaml", ShippedGuide());
  EXPECT_TRUE(read.ok()) << ToSentence(read.error());
  if (!read.ok()) return Nothing();
  EXPECT_TRUE(read.value().kept.empty()) << read.value().kept.front();
  return WithoutAssumed(std::move(read).value().answers, plan, ShippedGuide(), "radwerk");
}

/// Answers as "question.number.field: text", in order of these; an answer that a list of one is, is the one.
void Flatten(const std::string& at, const Yaml& value, std::set<std::string>& lines) {
  for (const Yaml::Entry& entry : value.entries) Flatten(at + "." + entry.key, entry.value, lines);
  for (std::size_t i = 0; i < value.items.size(); ++i)
    Flatten(at + "." + std::to_string(i), value.items[i], lines);
  if (value.IsScalar()) lines.insert(at + ": " + value.text);
}

std::set<std::string> Flat(const Yaml& answers) {
  std::set<std::string> lines;
  Flatten("", answers, lines);
  return lines;
}

/// Lines that only the first has.
std::string Beside(const std::set<std::string>& first, const std::set<std::string>& second) {
  std::string only;
  for (const std::string& line : first) only += second.count(line) > 0 ? "" : line + "\n";
  return only;
}

/// Every set of one or two templates: 12 and 66.
std::vector<std::vector<std::string>> Wishes() {
  std::vector<std::vector<std::string>> wishes;
  const std::vector<DriverTree>& trees = DriverTreeSet::Shipped().all();
  for (std::size_t i = 0; i < trees.size(); ++i) {
    wishes.push_back({trees[i].id});
    for (std::size_t j = i + 1; j < trees.size(); ++j) wishes.push_back({trees[i].id, trees[j].id});
  }
  return wishes;
}

/// An answer of the field's kind that tells one entry and field from another.
std::string SampleOf(const GuideField& field, const std::string& tree, int number) {
  switch (field.is) {
    case GuideField::Is::kNumber:
    case GuideField::Is::kInteger:
      return std::to_string(7 + number);
    case GuideField::Is::kShare:
      return "0.2" + std::to_string(number);
    case GuideField::Is::kYesNo:
      return "true";
    case GuideField::Is::kTree:
      return tree;
    case GuideField::Is::kText:
      return field.example + " " + std::to_string(number);
    default:
      return field.example;
  }
}

Yaml TextOf(const std::string& text) {
  Yaml value;
  value.kind = Yaml::Kind::kScalar;
  value.text = text;
  return value;
}

/// What a person says who answers everything but what is proposed, with numbers for each proposed KPI and
/// money for each tactic.
Yaml FullAnswers(const std::vector<std::string>& trees) {
  Yaml answers = Nothing();
  const auto put = [](Yaml& map, const std::string& key, Yaml value) {
    map.entries.push_back({key, {}, std::move(value)});
  };
  for (const GuideQuestion& question : Questions::Shipped().all()) {
    if (!IsAsked(question, answers, trees)) continue;
    Yaml list;
    list.kind = Yaml::Kind::kList;
    const BackedOut out = BackOut(answers, trees, ShippedGuide());
    const std::size_t count =
        question.each == "outcomes" || question.each == "owners" || question.id == "objectives" ? trees.size()
        : question.each == "kpis"    ? out.proposed.size()
        : question.each == "tactics" ? out.proposed_tactics.size()
        : question.id == "team"      ? 6
        : question.repeat            ? 2
                                     : 1;
    for (std::size_t i = 0; i < count; ++i) {
      Yaml entry = Nothing();
      const int number = static_cast<int>(i) + 1;
      if (question.each == "owners") {
        put(entry, "outcome", TextOf(out.outcomes[i].id));
        put(entry, "owner", TextOf("mia_1"));
      } else if (question.each == "kpis") {
        if (out.proposed[i].required) continue;  // `requests` is about that one
        put(entry, "metric", TextOf(out.proposed[i].metric));
        put(entry, "outcome", TextOf(out.proposed[i].outcome));
        if (i == 1 && out.proposed.size() > 3) {
          put(entry, "answer", TextOf("drop"));
          put(entry, "because", TextOf("Nobody would act on it."));
        } else {
          put(entry, "baseline", TextOf("0.1" + std::to_string(i)));
          put(entry, "target", TextOf("0.9" + std::to_string(i)));
          put(entry, "by", TextOf("2027-06-30"));
        }
      } else if (question.each == "tactics") {
        put(entry, "name", TextOf(out.proposed_tactics[i].name));
        if (i == 1) put(entry, "answer", TextOf("drop"));
        if (i != 1) put(entry, "people", TextOf(std::to_string(1000 + i)));
      } else {
        for (const GuideField& field : question.fields) {
          if (!IsAsked(field, entry) || field.id == "accepted_because" || field.id == "exception") continue;
          std::string text = SampleOf(field, trees[i % trees.size()], number);
          if (field.of == "team") text = "mia_1";
          if (question.id == "requests" && field.id == "owner") text = "p_3";  // in sales
          if (question.id == "team" && field.id == "influences" && i == 3)
            text = "sales; leads; lead_response";
          if (field.of == "outcomes") text = out.outcomes.empty() ? "" : out.outcomes.front().id;
          if (question.each == "outcomes" && field.id == "objective") text = "b_" + std::to_string(number);
          if (field.of == "issues") text = "i_late_bikes_1";
          if (field.of == "segments") text = "g_families_without_a_car";
          if (question.id == "team" && field.id == "name") text = i == 0 ? "mia_1" : "p_" + std::to_string(i);
          if (question.id == "team" && field.id == "function")
            text = std::vector<std::string>{"social", "site", "product", "sales", "hr", "ceo"}[i];
          if (question.id == "segments" && field.id == "name")
            text = i == 0 ? "Families without a car" : "Others";
          if (question.id == "channels" && field.id == "platform") text = i == 0 ? "instagram" : "meta_ads";
          const auto value = ReadAnswer(field, text, {&ShippedCatalogue(), {}});
          EXPECT_TRUE(value.ok()) << question.id << "." << field.id << " " << text;
          if (value.ok()) put(entry, field.id, value.value());
        }
      }
      if (!question.repeat) {
        put(answers, question.id, entry);
        break;
      }
      if (!entry.entries.empty()) list.items.push_back(entry);
    }
    if (question.repeat && !list.items.empty()) put(answers, question.id, list);
  }
  return answers;
}

TEST(ReadBack, APlanThatNobodyAnsweredHoldsNoAnswers) {
  for (const std::vector<std::string>& trees : Wishes()) {
    const std::string plan = PlanOf(Nothing(), trees);
    const Yaml answers = Back(plan);
    std::set<std::string> expected;
    for (std::size_t i = 0; i < trees.size(); ++i)
      expected.insert(".outcomes." + std::to_string(i) + ".tree: " + trees[i]);
    EXPECT_EQ(Flat(answers), expected) << trees.front() << " " << trees.back();
    EXPECT_EQ(PlanOf(answers, {}), plan) << trees.front() << " " << trees.back();
  }
}

TEST(ReadBack, FullAnswersComeBack) {
  for (const std::vector<std::string>& trees : Wishes()) {
    const Yaml answers = FullAnswers(trees);
    const std::string plan = PlanOf(answers, {});
    const Yaml back = Back(plan);
    EXPECT_EQ(Beside(Flat(back), Flat(answers)), "") << trees.front() << " " << trees.back();
    EXPECT_EQ(Beside(Flat(answers), Flat(back)), "") << trees.front() << " " << trees.back();
    EXPECT_EQ(PlanOf(back, {}), plan) << trees.front() << " " << trees.back();
  }
}

/// A plan of a person's own hand, with what no question is about.
constexpr const char* kOwnPlan =
    "brand: {name: Radwerk, industry: bikes}\n"
    "team: [{id: mia, role: Marketing, function: social, influences: [content, audience], bonus: [{metric: "
    "orders}]}]\n"
    "objectives: [{id: b_sell, statement: Sell more.}]\n"
    "outcomes:\n"
    "- {id: o_shop, objective: b_sell, metric: revenue_net, tree: ecommerce_sales, owner: mia, baseline: "
    "40000}\n"
    "- {id: o_else, metric: csat, owner: mia}\n"
    "kpis:\n"
    "- {id: k_visit, outcome: o_shop, metric: targeted_sessions, owner: mia, baseline: 900, why: My own "
    "words.}\n"
    "- {id: k_fans, outcome: o_else, metric: targeted_followers, owner: mia}\n"
    "tactics: [{id: t_tour, name: Tours, element: content, moves: [k_visit], owner: mia, budget: {people: "
    "2000}}]\n"
    "experiments: [{id: e, link: {from: k_visit, to: o_shop}, effect: 0.1, low: 0.05, high: 0.2}]\n";

TEST(GoOn, WhatStandsStaysWordForWordAndWhatIsMissingIsProposed) {
  const PlanReading reading = ReadSoundly(kOwnPlan);
  const auto read = AnswersOfPlan(reading.plan.root, kOwnPlan, "plan.yaml", ShippedGuide());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().kept.size(), 2U) << "the outcome without a tree and its KPI";
  const auto draft = DraftPlan(read.value().answers, {}, ShippedGuide(), "x");
  ASSERT_TRUE(draft.ok());
  const std::string merged = WriteYaml(MergePlan(draft.value().root, reading.plan.root, draft.value().root));
  const PlanReading again = ReadSoundly(merged);
  EXPECT_EQ(Beside(Flat(reading.plan.root), Flat(again.plan.root)), "");
  EXPECT_EQ(again.plan.FindKpi("k_visit")->why, "My own words.");
  EXPECT_GE(again.plan.FindKpi("k_visit")->path.size(), 2U) << "its path is proposed";
  // Once more changes nothing.
  const auto twice = AnswersOfPlan(again.plan.root, merged, "plan.yaml", ShippedGuide());
  ASSERT_TRUE(twice.ok());
  const auto redrafted =
      DraftPlan(WithoutAssumed(twice.value().answers, merged, ShippedGuide(), "x"), {}, ShippedGuide(), "x");
  ASSERT_TRUE(redrafted.ok());
  const std::string same =
      WriteYaml(MergePlan(redrafted.value().root, again.plan.root, redrafted.value().root));
  EXPECT_EQ(Flat(ReadSoundly(same).plan.root), Flat(again.plan.root));
  EXPECT_NE(merged.find("# answer: "), std::string::npos) << "what is still open is asked";
}

TEST(GoOn, AnAnswerChangesWhatItIsAboutAndNothingElse) {
  const PlanReading reading = ReadSoundly(kOwnPlan);
  const auto read = AnswersOfPlan(reading.plan.root, kOwnPlan, "plan.yaml", ShippedGuide());
  ASSERT_TRUE(read.ok());
  Yaml changed = read.value().answers;
  for (Yaml::Entry& entry : changed.entries) {
    if (entry.key == "brand") entry.value.entries.push_back({"currency", {}, TextOf("EUR")});
    if (entry.key != "outcomes") continue;
    for (Yaml::Entry& field : entry.value.items.front().entries) {
      if (field.key == "baseline") field.value.text = "41000";
    }
  }
  const auto base = DraftPlan(read.value().answers, {}, ShippedGuide(), "x");
  const auto now = DraftPlan(changed, {}, ShippedGuide(), "x");
  ASSERT_TRUE(base.ok() && now.ok());
  const std::string merged = WriteYaml(MergePlan(base.value().root, reading.plan.root, now.value().root));
  const PlanReading again = ReadSoundly(merged);
  const PlanReading before =
      ReadSoundly(WriteYaml(MergePlan(base.value().root, reading.plan.root, base.value().root)));
  EXPECT_EQ(Beside(Flat(again.plan.root), Flat(before.plan.root)),
            ".brand.currency: EUR\n.outcomes.0.baseline.value: 41000\n");
  EXPECT_EQ(Beside(Flat(before.plan.root), Flat(again.plan.root)), ".outcomes.0.baseline: 40000\n");
}

TEST(GoOn, WithoutAnOutcomeThereIsNothingToGoOnFrom) {
  const std::string plan = "brand: x\noutcomes: [{id: o, metric: csat}]\n";
  const PlanReading reading = ReadSoundly(plan);
  const auto read = AnswersOfPlan(reading.plan.root, plan, "plan.yaml", ShippedGuide());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().where, "plan.yaml:2:11");
}

}  // namespace
}  // namespace backcast
