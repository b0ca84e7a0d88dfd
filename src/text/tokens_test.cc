// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.h"

#include <gtest/gtest.h>

#include "text/normal.h"
#include "text/word_key.h"

namespace backcast {
namespace {

/// "w:word m:@mention ..." of a text.
std::string Cut(std::string_view text) {
  static const Emoticons emoticons = [] {
    Emoticons list;
    for (const char* one : {":)", ":-)", ":d", ":/", ":p", "<3", "d:", "o_o", "):", ":'(", "=)"})
      list.Add(one);
    return list;
  }();
  std::string room, cut;
  std::vector<TextToken> tokens;
  const std::string_view normal = Normalise(text, room);
  Tokenise(normal, emoticons, tokens);
  std::uint32_t last = 0;
  for (const TextToken& token : tokens) {
    EXPECT_GE(token.from, last) << text;
    EXPECT_GT(token.to, token.from) << text;
    last = token.to;
    if (!cut.empty()) cut += ' ';
    cut += "wnmhueisp"[static_cast<int>(token.kind)];
    cut += token.upper ? "^" : ":";
    cut += token.In(normal);
  }
  return cut;
}

TEST(Tokens, WordsKeepTheirApostrophesAndHyphens) {
  EXPECT_EQ(Cut("I don't like well-made-up 'quotes' -- na\u00efve"),
            "w^I w:don't w:like w:well-made-up p:' w:quotes p:' p:-- w:na\u00efve");
  EXPECT_EQ(Cut("rock'n'roll- U.S. 4th 2nd3"), "w:rock'n'roll p:- w^U p:. w^S p:. w:4th w:2nd3");
  EXPECT_EQ(Cut("GREAT Great \u00dcBER"), "w^GREAT w:Great w^\u00dcBER");
  EXPECT_EQ(Cut("\u65e5\u672c\u8a9e \u0928\u092e\u0938\u094d\u0924\u0947"),
            "w:\u65e5\u672c\u8a9e w:\u0928\u092e\u0938\u094d\u0924\u0947");
}

TEST(Tokens, NumbersKeepTheirPoints) {
  EXPECT_EQ(Cut("1,200.50 and 3. 12:30 \u0663\u0664"),
            "n:1,200.50 w:and n:3 p:. n:12 p:: n:30 n:\u0663\u0664");
}

TEST(Tokens, WhatPostsHave) {
  EXPECT_EQ(Cut("@jane @a@b.social, #Fail #1st # x@ #\u00fcber"),
            "m:@jane m:@a@b.social p:, h:#Fail h:#1st p:# w:x p:@ h:#\u00fcber");
  EXPECT_EQ(Cut("see https://x.com/a?b=1, (www.y.org/z). HTTP://Z"),
            "w:see u:https://x.com/a?b=1 p:, p:( u:www.y.org/z p:) p:. u:HTTP://Z");
  EXPECT_EQ(Cut("mail jane.doe+x@mail.example.com."), "w:mail e:jane.doe+x@mail.example.com p:.");
  EXPECT_EQ(Cut("what?! no!!! ..."), "w:what p:? p:! w:no p:!!! p:...");
}

TEST(Tokens, EmojiAreOneEach) {
  EXPECT_EQ(Cut("\U0001f44d\U0001f3fd\U0001f44d"), "i:\U0001f44d\U0001f3fd i:\U0001f44d");
  EXPECT_EQ(Cut("\U0001f469\u200d\U0001f469\u200d\U0001f467x"),
            "i:\U0001f469\u200d\U0001f469\u200d\U0001f467 w:x");
  EXPECT_EQ(Cut("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\U0001f1ea"),
            "i:\U0001f1e9\U0001f1ea i:\U0001f1eb\U0001f1f7 i:\U0001f1ea");
  EXPECT_EQ(Cut("great\u2764\ufe0fday"), "w:great i:\u2764 w:day");
}

TEST(Tokens, EmoticonsCutNoWords) {
  EXPECT_EQ(Cut("nice :) :D :-) &lt;3 xD"), "w:nice s::) s::D s::-) s:<3 w:xD") << "plain letters are a word";
  EXPECT_EQ(Cut("yes:) note:pass"), "w:yes s::) w:note p:: w:pass");
  EXPECT_EQ(Cut("(see this): ok"), "p:( w:see w:this p:) p:: w:ok");
  EXPECT_EQ(Cut("and: no D: d: word:"), "w:and p:: w:no s:D: s:d: w:word p::");
  EXPECT_EQ(Cut("http://x http:/ :/"), "u:http://x w:http s::/ s::/");
}

TEST(Tokens, CarryTheirKey) {
  std::vector<TextToken> tokens;
  const std::string_view text = "Good, goood #GREAT na\u00efve Marvellously don't 4th 12 @jane :o";
  Tokenise(text, {}, tokens);
  for (const TextToken& token : tokens) {
    const std::string_view written = token.In(text);
    const bool word = token.kind == TokenKind::kWord && token.ascii;
    const bool tag = token.kind == TokenKind::kHashtag;
    EXPECT_EQ(token.key, word ? FoldedKey(written) : tag ? FoldedKey(written.substr(1)) : 0) << written;
    EXPECT_EQ(token.plain, written == "Good" || written == "Marvellously" || written == "o") << written;
  }
}

TEST(Tokens, AnyBytesAreCut) {
  for (const std::string& hostile :
       {std::string(3000, '@'), std::string(3000, '#'), std::string(3000, '\''), std::string(3000, ':'),
        std::string("\xff\xfe\x80\x80"), std::string("a-'-'-'-b'"), std::string("\u0301\u0301x")})
    (void)Cut(hostile);
  EXPECT_EQ(Cut(""), "");
}

}  // namespace
}  // namespace backcast
