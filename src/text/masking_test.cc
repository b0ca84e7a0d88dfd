// SPDX-License-Identifier: Apache-2.0
#include "text/masking.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace backcast {
namespace {

TEST(Private, WordsAreMasked) {
  EXPECT_EQ(MaskPrivate("write to jane.doe+x@mail.example.com."), "write to [e-mail].");
  EXPECT_EQ(MaskPrivate("a@b.de,c@d.org"), "[e-mail],[e-mail]");
  EXPECT_EQ(MaskPrivate("call +49 (0)30 1234567 now"), "call [phone] now");
  EXPECT_EQ(MaskPrivate("(415) 555-2671 or 415.555.2671"), "[phone] or [phone]");
  EXPECT_EQ(MaskPrivate("030 12345678, 06 12 34 56 78"), "[phone], [phone]");
  EXPECT_EQ(MaskPrivate("DE89 3704 0044 0532 0130 00!"), "[number]!");
  EXPECT_EQ(MaskPrivate("card 4111 1111 1111 1111."), "card [number].");
  for (const char* fine :
       {"@united thanks @jetblue", "https://x.com/a/status/1355500244381949952", "post 17841400000123456",
        "2024-03-01 - 2024-03-11 10:00", "01.02.2024 10:30 and 16/02/2025", "1,234,567,890 views",
        "$1234567.89", "12345678", "1 200 000 000 reached", "id_4155552671", "mail me @ home.example"}) {
    EXPECT_EQ(MaskPrivate(fine), fine);
  }
}

TEST(Private, MaskingIsLinear) {
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += "a@1+(0 DE12a@b";
  EXPECT_FALSE(MaskPrivate(hostile).empty());
  EXPECT_FALSE(MaskPrivate(std::string(2'000'000, '1')).empty());
  EXPECT_FALSE(MaskPrivate(std::string(2'000'000, '(')).empty());
}

TEST(Private, NothingLeaksAtAnEdge) {
  const std::pair<const char*, const char*> cases[] = {
      {"jörg.müller@example.de", "[e-mail]"},
      {"o'brien@example.ie!", "[e-mail]!"},
      {"'jane@example.com'", "'[e-mail]'"},
      {"mail ivan@почта.рф or иван@example.xn--p1ai", "mail [e-mail] or [e-mail]"},
      {"我的邮箱jane@example.com谢谢", "我的邮箱[e-mail]谢谢"},
      {"jane＠example．com", "[e-mail]"},
      {"jane@exam\u200bple.com", "[e-mail]"},
      {"ja\u00adne\u200d@example.com", "[e-mail]"},
      {"\u202ejane@example.com\u202c", "\u202e[e-mail]"},
      {"4155552671,4155552672", "[phone],[phone]"},
      {"415-555-2671 30 min", "[phone] 30 min"},
      {"30 415-555-2671", "30 [phone]"},
      {"4155552671 4155552672", "[phone] [phone]"},
      {"call(415) 555-2671", "call[phone]"},
      {"(+49) 30 1234567", "[phone]"},
      {"T+49301234567", "T[phone]"},
      {"415-555-2671ext 5", "[phone]ext 5"},
      {"４１５−５５５−２６７１", "[phone]"},
      {"٠٣٠ ١٢٣٤٥٦٧٨", "[phone]"},
      {"030\u00a01234\u20095678", "[phone]"},
      {"+49\u200b301\u200b234567", "[phone]"},
      {"电话13812345678", "电话13812345678"},  // a mobile number of China: digits alone say too little
      {"전화 010-1234-5678로", "전화 [phone]로"},
      {"4111 1111 1111 1111 12/27", "[number] 12/27"},
      {"4111.1111-1111 1111", "[number]"},
      {"4111\u20601111\u206011111111", "[number]"},
      {"DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", "[number]"},
      {"jane@example.com4111111111111111", "[e-mail]"},
  };
  for (const auto& [written, expected] : cases) EXPECT_EQ(MaskPrivate(written), expected) << written;
  EXPECT_EQ(MaskPrivate(std::string("\0004155552671", 11)), std::string("\0[phone]", 8)) << "behind a NUL";
}

TEST(Private, WhatIsMaskedIsAChoice) {
  const MaskRules all{.url = true, .handle = true};
  EXPECT_EQ(MaskPrivate("@jane see https://x.com/a?b=1, jane@x.com", all), "[handle] see [link] [e-mail]");
  EXPECT_EQ(MaskPrivate("WWW.example.com @a@b.social ok", all), "[link] [handle] ok");
  EXPECT_EQ(MaskPrivate("@a@b.social", {}), "@[e-mail]");
  EXPECT_EQ(MaskPrivate("a@b.de 030 12345678", {.email = false}), "a@b.de [phone]");
  EXPECT_EQ(MaskPrivate("a@b.de 030 12345678", {.phone = false}), "[e-mail] 030 12345678");
  EXPECT_EQ(MaskPrivate("4111111111111111", {.account = false}), "4111111111111111");
}

TEST(Private, WhatIsNotMaskedStaysByteForByte) {
  for (const std::string fine :
       {"caf\xff 12345 @", "\xed\xa0\x80 and \xf4\x90\x80\x80 99999999x", "\u202e(12)\u200d",
        "(2024-03-01 12)", "(01.02.2024)", "2024-03-01 10 00", "v1.2.3.4.5.6.7.8.9"})
    EXPECT_EQ(MaskPrivate(fine), fine) << fine;
}

TEST(Private, WhatIsMaskedHidesNothingBehindOrBeforeIt) {
  // In one look the comma and the three digits behind the number would be a decimal, were they no mailbox.
  EXPECT_EQ(MaskPrivate("(415) 555-2671,415@x.com"), "[phone],[e-mail]");
  static constexpr std::string_view kParts[] = {"030 1234567",
                                                "+49 30 1234567",
                                                "(415) 555-2671",
                                                "4111111111111111",
                                                "jane@x.com",
                                                "@a@b.social",
                                                "415",
                                                ",",
                                                ".",
                                                " ",
                                                "-",
                                                "/",
                                                "@",
                                                "2026-03-01",
                                                "DE89370400440532013000",
                                                "www.x.com",
                                                "a",
                                                "\x01"};
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (unsigned part = 2 + random() % 6; part > 0; --part) text += kParts[random() % std::size(kParts)];
    for (const MaskRules& rules : {MaskRules{}, MaskRules{.url = true, .handle = true}}) {
      const std::string masked = MaskPrivate(text, rules);
      ASSERT_EQ(MaskPrivate(masked, rules), masked) << text;
    }
  }
}

TEST(Private, AColumnIsTheSameForAnyNumberOfThreads) {
  TextColumn texts;
  for (int i = 0; i < 5000; ++i)
    texts.Add("call 030 1234" + std::to_string(1000 + i) + (i % 3 == 0 ? " or a@b.de" : ""));
  const TextColumn one = MaskTexts(texts.view(), {}, 1), four = MaskTexts(texts.view(), {}, 4);
  EXPECT_EQ(one.view().bytes, four.view().bytes);
  ASSERT_EQ(one.size(), 5000U);
  EXPECT_EQ(one.view()[3], "call [phone] or [e-mail]");
  EXPECT_EQ(MaskTexts({}, {}, 2).size(), 0U);
}

}  // namespace
}  // namespace backcast
