// SPDX-License-Identifier: Apache-2.0
// The first screen: what the picture, its words and the paragraph say is the same on every page.
#include "report/executive.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/document.h"
#include "report/example_cards_test.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"

namespace backcast {
namespace {

/// Where in the picture a mark of that class stands, in pixels from the left.
double PlaceOf(const std::string& svg, const std::string& css_class) {
  const std::size_t at = svg.find("class=\"" + css_class + "\"");
  EXPECT_NE(at, std::string::npos) << css_class;
  const std::size_t x = css_class == "dot" ? svg.find("cx=\"", at) + 4 : svg.find(" d=\"M", at) + 5;
  return std::stod(svg.substr(x, 12));
}

TEST(Picture, BetterIsToTheRightInEitherDirection) {
  const std::string ahead = HtmlPicture(HealthyCard()), behind = HtmlPicture(BrokenCheckoutCard());
  EXPECT_GT(PlaceOf(ahead, "dot"), PlaceOf(ahead, "due-mark"));
  EXPECT_LT(PlaceOf(behind, "dot"), PlaceOf(behind, "due-mark"));
  EXPECT_LT(PlaceOf(ahead, "due-mark"), PlaceOf(ahead, "goal-mark"));
  Scorecard lower = HealthyCard();
  ScoreLine& outcome = lower.lines[0];
  outcome.direction = "lower";
  outcome.baseline = 100;
  outcome.target = 40;
  outcome.expected = 70;
  outcome.judged = 60;
  outcome.judged_low = 58;
  outcome.judged_high = 62;
  const std::string turned = HtmlPicture(lower);
  EXPECT_LT(PlaceOf(turned, "base-line"), PlaceOf(turned, "due-mark"));
  EXPECT_LT(PlaceOf(turned, "due-mark"), PlaceOf(turned, "dot"));
  EXPECT_LT(PlaceOf(turned, "dot"), PlaceOf(turned, "goal-mark"));
}

TEST(Picture, EveryMarkStaysOnItForAnyNumbers) {
  for (const double value : {0.0, -5.0, 1e-300, 1e308, -1e308, 72000.0}) {
    Scorecard card = HealthyCard();
    ScoreLine& outcome = card.lines[0];
    outcome.judged = value;
    outcome.judged_low = outcome.judged_high = std::nullopt;
    const std::string svg = HtmlPicture(card);
    for (const char* mark : {"dot", "due-mark", "goal-mark", "base-line"}) {
      const double x = PlaceOf(svg, mark);
      EXPECT_TRUE(x >= 0 && x <= 960) << mark << " at " << x << " for " << value;
    }
  }
}

TEST(Picture, MarksTheWeakOneWithItsOwnerInWordsToo) {
  const Scorecard card = BrokenCheckoutCard();
  const std::string svg = HtmlPicture(card);
  EXPECT_NE(svg.find("class=\"part strong\""), std::string::npos);
  EXPECT_EQ(svg.find("class=\"part strong\""), svg.rfind("class=\"part strong\""));
  EXPECT_EQ(HtmlPicture(HealthyCard()).find("class=\"part strong\""), std::string::npos);
  const std::vector<std::string> words = PictureInWords(card);
  const auto weak = std::find_if(words.begin(), words.end(), [](const std::string& line) {
    return line.find("weakest link") != std::string::npos;
  });
  ASSERT_NE(weak, words.end());
  EXPECT_NE(weak->find("Shop owner"), std::string::npos) << *weak;
}

TEST(Picture, TheWeakestIsShownHoweverFarDownItStands) {
  Scorecard card = BrokenCheckoutCard();
  const auto weak =
      std::find_if(card.lines.begin(), card.lines.end(), [](const ScoreLine& l) { return l.weakest; });
  ScoreLine healthy = *weak;
  healthy.weakest = false;
  const auto at = static_cast<std::size_t>(weak - card.lines.begin());
  for (int i = 0; i < 6; ++i)
    card.lines.insert(card.lines.begin() + static_cast<std::ptrdiff_t>(at), healthy);
  const auto picture = PictureOf(card);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->parts.size(), 4U);
  EXPECT_TRUE(picture->parts.back()->weakest);
}

TEST(Picture, WithoutANumberThereIsNone) {
  EXPECT_FALSE(PictureOf(TooLittleCard()));
  EXPECT_FALSE(PictureOf(NoPlanCard()));
  EXPECT_EQ(HtmlPicture(ZeroRowsCard()), "");
}

TEST(FirstScreen, EveryPageSaysTheSameSentencesAndNumbers) {
  for (const auto& [name, card] : AllCards()) {
    if (name == "hostile") continue;
    const std::string html = RenderHtml(card), markdown = RenderMarkdown(card);
    const std::string wide = RenderText(card, {.colour = false, .unicode = true, .width = 160});
    for (const std::string& sentence : ParagraphOf(card)) {
      EXPECT_NE(html.find(EscapeHtml(KeepTogether(sentence))), std::string::npos) << name << ": " << sentence;
      EXPECT_NE(markdown.find(EscapeMarkdown(sentence)), std::string::npos) << name << ": " << sentence;
      EXPECT_NE(wide.find(Visible(sentence).substr(0, 20)), std::string::npos) << name << ": " << sentence;
    }
    for (const std::string& line : PictureInWords(card)) {
      EXPECT_NE(html.find(EscapeHtml(line)), std::string::npos) << name << ": " << line;
      EXPECT_NE(markdown.find(EscapeMarkdown(line)), std::string::npos) << name << ": " << line;
    }
  }
}

TEST(FirstScreen, ThePictureStandsBeforeTheChainAndWhatIsLeftOutBetween) {
  const std::string html = RenderHtml(BrokenCheckoutCard());
  EXPECT_LT(html.find("class=\"picture\""), html.find("id=\"not-measured\""));
  EXPECT_LT(html.find("id=\"not-measured\""), html.find("id=\"chain\""));
}

TEST(Beside, ANoteStandsByItsLineOnceElseInTheList) {
  const Scorecard card = HealthyCard();
  const std::vector<std::string> loose = FreeNotesOf(card);
  ASSERT_EQ(loose.size(), 1U);
  EXPECT_NE(loose[0].find("Trade fair"), std::string::npos);
  int beside = 0;
  for (const ScoreLine& line : card.lines) {
    for (const std::string& remark : RemarksOf(card, line)) {
      ++beside;
      EXPECT_EQ(line.id, remark.find("size table") != std::string::npos ? "k_cart" : "k_clicks") << remark;
    }
  }
  EXPECT_EQ(beside, 2) << "one note, one example";
  Scorecard orphan = card;
  orphan.notes[0].node = "k_gone";
  EXPECT_EQ(FreeNotesOf(orphan).size(), 2U) << "a note about a node that is gone is not lost";
}

TEST(Beside, GapsNameWhatIsMissing) {
  EXPECT_TRUE(GapsOf(HealthyCard()).empty());
  const std::vector<std::string> lines = GapLines(ZeroRowsCard());
  EXPECT_EQ(lines.size(), 6U);
  for (const std::string& line : lines)
    EXPECT_NE(line.find(": no export fills this yet"), std::string::npos) << line;
}

}  // namespace
}  // namespace backcast
