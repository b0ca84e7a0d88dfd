// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "report/chain.h"
#include "report/document.h"
#include "report/example_cards_test.h"
#include "report/hostile.h"
#include "report/phrases.h"
#include "report/sparkline.h"
#include "report/width.h"

namespace backcast {
namespace {

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Width, CountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth("plan"), 4);
  EXPECT_EQ(DisplayWidth("Söhne"), 5);
  EXPECT_EQ(DisplayWidth("So\u0308hne"), 5) << "a combining diaeresis takes no column";
  EXPECT_EQ(DisplayWidth("東京店"), 6);
  EXPECT_EQ(DisplayWidth("👍"), 2);
  EXPECT_EQ(DisplayWidth("קפה"), 3);
  EXPECT_EQ(DisplayWidth("▁█"), 2);
}

TEST(Width, TruncateAndPadNeverLeaveTheirColumns) {
  for (const std::string text :
       {"plain words", "東京の店の売上", "So\u0308hne und To\u0308chter", "👍👍👍👍", ""}) {
    for (int columns = 0; columns < 16; ++columns) {
      EXPECT_LE(DisplayWidth(Truncate(text, columns)), columns) << text;
      EXPECT_EQ(DisplayWidth(Pad(text, columns)), columns) << text;
      EXPECT_EQ(DisplayWidth(Pad(text, columns, true)), columns) << text;
    }
  }
}

TEST(Width, WrapKeepsEveryWord) {
  const std::string text =
      "the tactic 'Saturday trail stories' leads to Pneumonoultramicroscopicsilicovolcanoconiosis and "
      "東京の店";
  for (int columns = 2; columns < 60; ++columns) {
    std::string joined;
    for (const std::string& line : Wrap(text, columns)) {
      EXPECT_LE(DisplayWidth(line), columns);
      joined += line;
    }
    const auto bare = [](std::string words) {
      words.erase(std::remove(words.begin(), words.end(), ' '), words.end());
      return words;
    };
    EXPECT_EQ(bare(joined), bare(text));
  }
}

TEST(Sparkline, RisesAndLeavesGaps) {
  std::vector<Point> trend(12);
  for (int i = 0; i < 12; ++i) trend[static_cast<std::size_t>(i)].value = i;
  EXPECT_EQ(Sparkline(trend), "▁▁▂▃▃▄▅▆▆▇██");
  trend[3].value = std::nullopt;
  EXPECT_EQ(Sparkline(trend).substr(9, 1), " ");
  EXPECT_EQ(DisplayWidth(Sparkline(trend)), 12);
  EXPECT_EQ(Sparkline({}), "");
}

TEST(Text, NoLineIsWiderThanThePage) {
  for (const auto& [name, card] : AllCards()) {
    for (const int width : {60, 80, 112, 160}) {
      for (const bool unicode : {true, false}) {
        for (const std::string& line :
             LinesOf(RenderText(card, {.colour = false, .unicode = unicode, .width = width}))) {
          EXPECT_LE(DisplayWidth(line), width) << name << ": " << line;
        }
      }
    }
  }
}

TEST(Text, WithoutUnicodeEveryByteIsAscii) {
  for (const auto& [name, card] : AllCards()) {
    for (const char c : RenderText(card, {.colour = false, .unicode = false, .width = 80})) {
      ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F)) << name << ": " << static_cast<int>(c);
    }
  }
}

TEST(Text, ColourAddsNothingButColour) {
  for (const auto& [name, card] : AllCards()) {
    std::string coloured = RenderText(card, {.colour = true, .unicode = true, .width = 100});
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
      coloured.erase(at, coloured.find('m', at) + 1 - at);
    }
    const auto plain = LinesOf(RenderText(card, {.colour = false, .unicode = true, .width = 100}));
    const auto bare = LinesOf(coloured);
    ASSERT_EQ(bare.size(), plain.size()) << name;
    for (std::size_t i = 0; i < bare.size(); ++i)
      EXPECT_EQ(bare[i].substr(0, plain[i].size()), plain[i]) << name;
  }
}

TEST(Text, ControlCharactersOfOthersNeverReachTheTerminal) {
  const std::string page = RenderText(HostileCard(), {});
  for (const char c : page) ASSERT_FALSE((c >= 0 && c < 0x20 && c != '\n') || c == 0x7F);
  EXPECT_EQ(page.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(page.find("␛[2J"), std::string::npos);
  EXPECT_NE(page.find("<U+202E>"), std::string::npos);
}

TEST(Text, VerdictIsAWordAndNotAColourAlone) {
  const std::string page = RenderText(BrokenCheckoutCard(), {.colour = true, .unicode = true, .width = 80});
  for (const char* words : {"▼ missed", "▲ met", "○ can't tell", "△ likely", "weakest link"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
}

TEST(Visible, IsValidUtf8AndStaysTheSameWhenShownAgain) {
  for (const std::string& payload : Payloads()) {
    const std::string once = Visible(payload);
    EXPECT_EQ(Visible(once), once);
    for (std::size_t at = 0; at < once.size();) {
      const std::size_t from = at;
      const char32_t code = NextCodePoint(once, at);
      std::string again;
      AppendUtf8(code, again);
      EXPECT_EQ(again, once.substr(from, at - from));
    }
  }
}

TEST(Markdown, NoTagLinkOrColumnOfOthersBegins) {
  const std::string page = RenderMarkdown(HostileCard());
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("[click]"), std::string::npos);
  EXPECT_EQ(page.find("https://"), std::string::npos);
  EXPECT_NE(page.find("\\[click\\]"), std::string::npos);
  std::size_t columns = 0;
  for (const std::string& line : LinesOf(page)) {
    if (line.rfind("| ", 0) != 0 || line.find("◄") == std::string::npos) continue;
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i) bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
    if (columns == 0) columns = bars;
    EXPECT_EQ(bars, columns) << line;
  }
  EXPECT_EQ(columns, 10U);
}

TEST(Chain, SurvivesCyclesDuplicatesAndOrphans) {
  Scorecard card;
  card.has_plan = true;
  const auto add = [&](const char* id, const char* parent, NodeKind kind) {
    ScoreLine line;
    line.id = id;
    line.parent = parent;
    line.kind = kind;
    card.lines.push_back(line);
  };
  add("a", "b", NodeKind::kKpi);
  add("b", "a", NodeKind::kKpi);
  add("c", "c", NodeKind::kKpi);
  add("b", "b", NodeKind::kTactic);
  add("d", "nobody", NodeKind::kChannel);
  for (int i = 0; i < 20000; ++i) add("deep", "deep", NodeKind::kKpi);
  const Chain chain = ChainOf(card);
  std::vector<std::size_t> walked = chain.walk;
  std::sort(walked.begin(), walked.end());
  ASSERT_EQ(walked.size(), card.lines.size());
  for (std::size_t i = 0; i < walked.size(); ++i) EXPECT_EQ(walked[i], i) << "every line exactly once";
  EXPECT_LE(chain.columns, 6);
  card.lines.resize(300);
  EXPECT_FALSE(RenderText(card, {}).empty());
  EXPECT_FALSE(RenderHtml(card).empty());
}

TEST(NextCommand, NeverHandsAShellMoreThanAWord) {
  Scorecard card = BrokenCheckoutCard();
  card.findings.clear();
  for (ScoreLine& line : card.lines) {
    if (line.weakest) line.metric = "x; rm -rf ~";
  }
  EXPECT_EQ(NextCommand(card), "backcast score --rows METRIC");
}

TEST(KeepTogether, BindsNumbersToTheirUnits) {
  EXPECT_EQ(KeepTogether("61.4 k EUR in March 2027, 5.1 % of it"),
            "61.4\u00A0k\u00A0EUR in March 2027, 5.1\u00A0% of it");
}

}  // namespace
}  // namespace backcast
