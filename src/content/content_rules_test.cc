// SPDX-License-Identifier: Apache-2.0
#include "content/content_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backcast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<ContentRules> Read(const std::string& yaml) {
  return ReadContentRules(ParseYaml(yaml, "plan.yaml").value(), "plan.yaml");
}

constexpr auto kRules =
    "themes:\n"
    "- {id: dogs, words: [dog, puppy]}\n"
    "- {id: tips, hashtags: ['#howto'], formats: [reel]}\n"
    "- {id: shop, accounts: [the shop]}\n"
    "- {id: by_hand}\n"
    "compare:\n"
    "- {id: p, one: {name: People, themes: [dogs]}, other: {name: Product, focus: [product]}}\n";

PostWords Post(const std::string& text, const std::string& format = "photo",
               const std::string& account = "a") {
  return {.platform = "x",
          .account = account,
          .id = "7",
          .url = "",
          .text = text,
          .format = format,
          .said = "said"};
}

TEST(ContentRules, LabelsByWordsHashtagsFormatsAndAccounts) {
  const ContentRules rules = Read(kRules).value();
  const HandLabels none;
  const Labeller labeller(rules, none);
  EXPECT_THAT(labeller.LabelsOf(Post("A Puppy!")).themes, ElementsAre("dogs"));
  EXPECT_THAT(labeller.LabelsOf(Post("dog #HowTo", "reel", "The Shop")).themes,
              ElementsAre("dogs", "tips", "shop"));
  EXPECT_THAT(labeller.LabelsOf(Post("#howto")).themes, ElementsAre("said"));  // no reel
  EXPECT_EQ(labeller.LabelsOf(Post("#howto")).source, LabelSource::kExport);
  PostWords silent = Post("nothing");
  silent.said = "";
  EXPECT_THAT(labeller.LabelsOf(silent).themes, IsEmpty());
}

TEST(ContentRules, WhatIsGivenByHandStandsAboveRules) {
  const ContentRules rules = Read(kRules).value();
  const HandLabels by_hand = {{"x:7", {"by_hand", "tips"}}};
  const PostLabels labels = Labeller(rules, by_hand).LabelsOf(Post("dog"));
  EXPECT_THAT(labels.themes, ElementsAre("by_hand", "tips"));
  EXPECT_EQ(labels.source, LabelSource::kHand);
}

TEST(ContentRules, PostsMayBeNamedInThePlan) {
  const ContentRules rules = Read("themes:\n- {id: a, posts: [7, 'x:8']}\n- {id: b, posts: [7]}\n").value();
  HandLabels by_hand = {{"7", {"b"}}};
  AddPostsOf(rules, by_hand);
  EXPECT_THAT(by_hand["7"], ElementsAre("b", "a"));
  EXPECT_THAT(Labeller(rules, by_hand).LabelsOf(Post("anything")).themes, ElementsAre("b", "a"));
  EXPECT_NE(LabelVersion(rules, by_hand), LabelVersion(rules, {}));
}

TEST(ContentRules, VersionFollowsWhatDecidesAndNothingElse) {
  ContentRules rules = Read(kRules).value();
  const std::string version = LabelVersion(rules, {});
  EXPECT_EQ(version.size(), 12U);
  rules.themes[0].note = "a remark";
  rules.themes[0].name = "Dogs of all kinds";
  rules.pairs.clear();
  EXPECT_EQ(LabelVersion(rules, {}), version);
  EXPECT_NE(LabelVersion(rules, {{"7", {"dogs"}}}), version);
  std::swap(rules.themes[0].words, rules.themes[0].hashtags);
  EXPECT_NE(LabelVersion(rules, {}), version);
}

TEST(ContentRules, FaultsHaveTheirPlace) {
  EXPECT_THAT(ToSentence(Read("themes:\n- {words: [a]}\n").error()),
              HasSubstr("plan.yaml:2:3: the theme has no id"));
  EXPECT_THAT(ToSentence(Read("themes: [{id: a}, {id: a}]\n").error()), HasSubstr("two themes 'a'"));
  EXPECT_THAT(ToSentence(Read("themes: [{id: a}]\nseveral: whole\n").error()), HasSubstr("plan.yaml:2:10"));
  EXPECT_THAT(
      ToSentence(
          Read("themes: [{id: a}]\ncompare: [{id: p, one: {themes: [b]}, other: {themes: [a]}}]\n").error()),
      HasSubstr("names the theme 'b'"));
  EXPECT_THAT(ToSentence(Read("compare: [{id: p, one: {themes: [b]}}]\n").error()),
              HasSubstr("no group 'other'"));
}

}  // namespace
}  // namespace backcast
