// SPDX-License-Identifier: Apache-2.0
#include "text/normal.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace backcast {
namespace {

std::string Normal(std::string_view text) {
  std::string room;
  return std::string(Normalise(text, room));
}

TEST(Normal, OneSpellingForAll) {
  EXPECT_EQ(Normal("plain text, as it is\n"), "plain text, as it is\n");
  EXPECT_EQ(Normal("Tom &amp; Jerry &lt;3 &#39;so&#x27; &quot;&nbsp;x"), "Tom & Jerry <3 'so' \" x");
  EXPECT_EQ(Normal("don\u2019t"), "don't");
  EXPECT_EQ(Normal("cafe\u0301"), "caf\u00e9");
  EXPECT_EQ(Normal("\uff27\uff52\uff45\uff41\uff54"), "Great") << "full width";
  EXPECT_EQ(Normal("\U0001d4d6\U0001d4fb\U0001d4ee\U0001d4ea\U0001d4fd"), "Great") << "mathematical script";
  EXPECT_EQ(Normal("wait\u2026"), "wait...");
  EXPECT_EQ(Normal("a\u00a0b\u2028c"), "a b\nc");
}

TEST(Normal, NothingHiddenStays) {
  EXPECT_EQ(Normal("g\u200bo\u00ado\ufeffd \u202ebad\u202c"), "good bad");
  EXPECT_EQ(Normal("\u2764\ufe0f"), "\u2764") << "variation selector";
  EXPECT_EQ(Normal("a\u200db"), "ab") << "a joiner between letters";
  EXPECT_EQ(Normal("\U0001f469\u200d\U0001f4bb"), "\U0001f469\u200d\U0001f4bb") << "and between pictures";
  EXPECT_EQ(Normal(std::string("a\0b\x1b[31mc", 9)), "a b [31mc");
}

TEST(Normal, WhatIsNoUtf8IsReplacedByteByByte) {
  EXPECT_EQ(Normal("caf\xe9 ok"), "caf\ufffd ok");
  EXPECT_EQ(Normal("\xed\xa0\x80"), "\ufffd\ufffd\ufffd") << "half of a pair";
  EXPECT_EQ(Normal("\xf0\x9f\x98"), "\ufffd\ufffd\ufffd") << "cut off";
  EXPECT_EQ(Normal("&#xD800;&#0;&#9999999;"), "\ufffd\ufffd\ufffd");
  EXPECT_EQ(Normal("&;&#;&#x;&unknown;&amp"), "&;&#;&#x;&unknown;&amp") << "no references";
}

TEST(Normal, PilesOfAccentsAreCut) {
  std::string piled = "e";
  for (int i = 0; i < 50'000; ++i) piled += "\u0301\u0323";
  EXPECT_LT(Normal(piled).size(), 20U);
}

TEST(Normal, IsNormalItself) {
  for (const char* text :
       {"&amp;amp;", "\u1e9b\u0323", "A\u030a \ufb01 \u2460", "\U0001f468\u200d\U0001f469\U0001f3fd!"}) {
    const std::string once = Normal(text);
    for (std::size_t at = 0; at < once.size();)
      EXPECT_NE(NextCodePoint(once, at), kReplacementCharacter) << text;
  }
  EXPECT_EQ(Normal("&amp;amp;"), "&amp;") << "a reference is resolved once";
}

}  // namespace
}  // namespace backcast
