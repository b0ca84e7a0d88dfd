// SPDX-License-Identifier: Apache-2.0
#include "text/lexicon.h"

#include <gtest/gtest.h>

#include "base/embedded.h"

namespace backcast {
namespace {

Lexicon Shipped() {
  auto lexicon = Lexicon::Shipped();
  EXPECT_TRUE(lexicon.ok()) << ToSentence(lexicon.error());
  return std::move(lexicon).value();
}

double Valence(const Lexicon& lexicon, std::string_view key) {
  const LexiconEntry* entry = lexicon.Find(key);
  return entry != nullptr && entry->weighs ? static_cast<double>(entry->valence) : -99;
}

TEST(Lexicon, ShipsWholeAndWithItsRules) {
  const Lexicon lexicon = Shipped();
  EXPECT_GT(lexicon.size(), 7500U);
  EXPECT_NEAR(Valence(lexicon, "good"), 1.9, 1e-6);
  EXPECT_NEAR(Valence(lexicon, ":)"), 2.0, 1e-6);
  EXPECT_NEAR(Valence(lexicon, "no problem"), 1.2, 1e-6);
  EXPECT_GT(Valence(lexicon, "\U0001f60d"), 2);
  EXPECT_LT(Valence(lexicon, "\U0001f494"), -1);
  EXPECT_EQ(lexicon.Find("zebra"), nullptr);
  EXPECT_TRUE(lexicon.Find("can't")->negates && lexicon.Find("not")->negates);
  EXPECT_EQ(lexicon.Find("no")->phrase, 4) << "no problem at all";
  EXPECT_GT(lexicon.Find("very")->boost, 0.29F);
  EXPECT_TRUE(lexicon.Find("bus stop")->hides);
}

TEST(Lexicon, EveryDomainThatShipsReads) {
  for (const EmbeddedFile& file : EmbeddedFiles("text/domains/")) {
    Lexicon lexicon = Shipped();
    const std::string_view stem = file.path.substr(file.path.rfind('/') + 1);
    const auto added = lexicon.AddDomain(stem.substr(0, stem.rfind('.')));
    EXPECT_TRUE(added.ok()) << ToSentence(added.error());
  }
  Lexicon lexicon = Shipped();
  EXPECT_EQ(ToSentence(lexicon.AddDomain("cares").error()),
            "no words of the domain 'cares' ship with Backcast; did you mean 'care'?");
}

TEST(Lexicon, SaysItsVersions) {
  Lexicon lexicon = Shipped();
  EXPECT_EQ(lexicon.version(), "en@1");
  ASSERT_TRUE(lexicon.AddDomain("care").ok());
  EXPECT_EQ(lexicon.version(), "en@1+care@1");
  ASSERT_TRUE(lexicon.Overlay("words: {sick: 3}", "plan.yaml").ok());
  EXPECT_EQ(lexicon.version(), "en@1+care@1") << "a brand's own words have none";
}

TEST(Lexicon, AnOverlayWins) {
  Lexicon lexicon = Shipped();
  const auto done = lexicon.Overlay(
      "words: {Sick: 2.5, Lost Luggage: -2.8, ':-x': 1}\nneutral: [good]\n"
      "negations: [ain't no]\nmore: [wicked]\nemoji: [{valence: -2, signs: \"\U0001f44d\"}]\n",
      "brand.yaml");
  ASSERT_TRUE(done.ok()) << ToSentence(done.error());
  EXPECT_NEAR(Valence(lexicon, "sick"), 2.5, 1e-6);
  EXPECT_NEAR(Valence(lexicon, "lost luggage"), -2.8, 1e-6);
  EXPECT_EQ(lexicon.Find("lost")->phrase, 2);
  EXPECT_EQ(Valence(lexicon, "good"), -99);
  EXPECT_EQ(Valence(lexicon, "\U0001f44d"), -2);
  EXPECT_TRUE(lexicon.Find("ain't no")->negates);
  ASSERT_TRUE(lexicon.OverlayCsv("word,valence\r\n\"Great, Really\",3\nsick,-1\n\n", "w.csv").ok());
  EXPECT_NEAR(Valence(lexicon, "sick"), -1, 1e-6);
}

TEST(Lexicon, AnOverlaySaysWhereItIsWrong) {
  const auto fault = [](std::string_view yaml) {
    Lexicon lexicon = Shipped();
    const auto done = lexicon.Overlay(yaml, "b.yaml");
    return done.ok() ? std::string() : ToSentence(done.error());
  };
  EXPECT_EQ(fault("word: {sick: 2}\n"), "b.yaml:1:1: unknown key 'word'; did you mean 'words'?");
  EXPECT_EQ(fault("words:\n  sick: good\n"),
            "b.yaml:2:3: 'sick' needs a valence from -4 to 4; write for example 'lost luggage: -2.5'");
  EXPECT_NE(fault("words: {sick: 40}\n"), "");
  EXPECT_NE(fault("words: {sick: .nan}\n"), "");
  EXPECT_NE(fault("words: {one two three four five six seven: 1}\n"), "");
  EXPECT_NE(fault("emoji: [{valence: 1}]\n"), "");
  EXPECT_NE(fault("[a]\n"), "");
  EXPECT_NE(fault("emphasis: {boost: 9}\n"), "") << "only what ships sets how strong rules are";
  EXPECT_EQ(fault(""), "");
  Lexicon lexicon = Shipped();
  EXPECT_EQ(ToSentence(lexicon.OverlayCsv("sick,2\nbad\n", "w.csv").error()),
            "w.csv:2: 'bad' needs a valence from -4 to 4; write for example 'lost luggage: -2.5'");
}

}  // namespace
}  // namespace backcast
