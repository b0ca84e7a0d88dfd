// SPDX-License-Identifier: Apache-2.0
#include "content/folded_text.h"

#include <gtest/gtest.h>

#include <string>

namespace backcast {
namespace {

bool Words(const char* text, const char* phrase) { return FoldedText(text).HasWords(FoldedText(phrase)); }
bool Tag(const char* text, const char* tag) { return FoldedText(text).HasHashtag(FoldedText(tag)); }

TEST(FoldedText, FindsWholeWordsInAnyCase) {
  EXPECT_TRUE(Words("Our DOG's day", "dog"));
  EXPECT_FALSE(Words("A hotdog stand", "dog"));
  EXPECT_FALSE(Words("dogs", "dog"));
  EXPECT_TRUE(Words("hotdog, dog", "dog"));
  EXPECT_TRUE(Words("frame\n  bag", "Frame bag"));
  EXPECT_FALSE(Words("anything", ""));
}

TEST(FoldedText, FoldsWhatUnicodeHoldsForTheSame) {
  EXPECT_TRUE(
      Words("Gro\xC3\x9F"
            "e STRASSE",
            "stra\xC3\x9F"
            "e"));
  EXPECT_TRUE(Words("CAFE\xCC\x81", "caf\xC3\xA9"));  // combining acute and the one letter
  EXPECT_TRUE(Words("\xEF\xBC\xA4og", "dog"));        // full width D
  EXPECT_TRUE(Words("wa\xC2\xADter", "water"));       // a soft hyphen is no letter
  EXPECT_FALSE(Words("\xCE\xBA\xCF\x8D\xCE\xBC\xCE\xB1\xCF\x84\xCE\xB1", "\xCE\xBA\xCF\x8D\xCE\xBC\xCE\xB1"));
  EXPECT_TRUE(Words("\xD0\xA1\xD0\x9E\xD0\x91\xD0\x90\xD0\x9A\xD0\x90!",
                    "\xD1\x81\xD0\xBE\xD0\xB1\xD0\xB0\xD0\xBA\xD0\xB0"));
}

TEST(FoldedText, NeedsNoBlanksWhereAScriptHasNone) {
  EXPECT_TRUE(
      Words("\xE6\x96\xB0\xE3\x81\x97\xE3\x81\x84\xE7\x8A\xAC\xE3\x81\xA7\xE3\x81\x99", "\xE7\x8A\xAC"));
  EXPECT_TRUE(Words("ride \xF0\x9F\x9A\xB2now", "\xF0\x9F\x9A\xB2"));
}

TEST(FoldedText, FindsWholeHashtags) {
  EXPECT_TRUE(Tag("Off we go #Tour, all of us", "#tour"));
  EXPECT_TRUE(Tag("#tour", "tour"));
  EXPECT_FALSE(Tag("#tourdefrance", "tour"));
  EXPECT_FALSE(Tag("a tour", "tour"));
  EXPECT_FALSE(Tag("# ", "#"));
}

TEST(FoldedText, SurvivesAnyBytes) {
  for (const std::string& bytes :
       {std::string("\xFF\xFE dog \x00 x", 10), std::string("\xF0\x9F"), std::string(3, '\0')}) {
    const FoldedText text(bytes);
    EXPECT_FALSE(text.HasWords(FoldedText("cat")));
  }
  EXPECT_TRUE(FoldedText("\xFF dog \xC3").HasWords(FoldedText("dog")));
}

}  // namespace
}  // namespace backcast
