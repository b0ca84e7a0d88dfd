// SPDX-License-Identifier: Apache-2.0
#include "report/exhibits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/document.h"
#include "report/width.h"

namespace backcast {
namespace {

using testing::HasSubstr;
using testing::Not;

Value Money(double value, double low, double high) {
  Value money;
  money.state = State::kValue;
  money.value = value;
  money.low = low;
  money.high = high;
  money.n = 40;
  money.unit = "EUR";
  return money;
}

Value Missing(const std::string& reason) {
  Value value;
  value.state = State::kTooLittleData;
  value.reason = reason;
  return value;
}

Scorecard Card(const std::string& name) {
  Scorecard card;
  card.workspace = "Shop";
  card.has_plan = true;
  Exhibit exhibit;
  exhibit.id = "cost";
  exhibit.subject = "a sale";
  exhibit.columns = {{"channel", ""}, {"cost_per", ""}, {"verdict", ""}};
  exhibit.rows = {{{name, {}}, {"", {Money(41, 31, 55)}}, {"cheaper", {}}},
                  {{"Paid search", {}}, {"", {Missing("4 of 10")}}, {"", {}}}};
  exhibit.notes = {name};
  exhibit.command = "backcast cost --per sale";
  card.exhibits = {exhibit};
  return card;
}

TEST(Exhibits, EveryPageShowsTheNumberAndItsDoubt) {
  const Scorecard card = Card("Paid social");
  for (const std::string& page : {RenderText(card, {}), RenderHtml(card), RenderMarkdown(card)}) {
    EXPECT_THAT(page, HasSubstr("What a sale costs"));
    EXPECT_THAT(page, HasSubstr("41 EUR"));
    EXPECT_THAT(page, HasSubstr("31"));
    EXPECT_THAT(page, HasSubstr("55"));
    EXPECT_THAT(page, HasSubstr("too little data"));
    EXPECT_THAT(page, HasSubstr("cheaper"));
  }
  const auto json = nlohmann::json::parse(RenderJson(card));
  const auto& exhibit = json["data"]["exhibits"][0];
  EXPECT_EQ(exhibit["id"], "cost");
  EXPECT_EQ(exhibit["columns"], (std::vector<std::string>{"channel", "cost_per", "verdict"}));
  EXPECT_EQ(exhibit["rows"][0][1]["low"], 31);
  EXPECT_EQ(exhibit["rows"][0][1]["n"], 40);
  EXPECT_EQ(exhibit["rows"][1][1]["state"], "too_little_data");
  EXPECT_TRUE(exhibit["rows"][1][2].is_null());
}

TEST(Exhibits, HostileNamesStayText) {
  const Scorecard card = Card("<script>alert(1)</script>|\x1b[31m\u202e");
  EXPECT_THAT(RenderHtml(card), Not(HasSubstr("<script>")));
  EXPECT_THAT(RenderText(card, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(RenderMarkdown(card), Not(HasSubstr("<script>")));
}

TEST(Exhibits, ATableFitsItsPage) {
  const Scorecard card = Card(std::string(200, 'w'));
  for (const int width : {20, 40, 60, 100}) {
    for (const std::string& line : TextRows(card.exhibits[0], width))
      EXPECT_LE(DisplayWidth(line), width) << line;
  }
  EXPECT_TRUE(TextRows(Exhibit{}, 80).empty());
}

TEST(Exhibits, IntervalsGoBelowTheirNumbersBeforeATableIsGivenUp) {
  const Scorecard card = Card("Paid social");
  const auto wide = TextRows(card.exhibits[0], 100), narrow = TextRows(card.exhibits[0], 34);
  EXPECT_EQ(wide.size(), 3U);
  ASSERT_GT(narrow.size(), wide.size());
  EXPECT_THAT(narrow[0], HasSubstr("Verdict")) << "still a table";
  std::string all;
  for (const std::string& line : narrow) all += line + "\n";
  EXPECT_THAT(all, HasSubstr("41 EUR"));
  EXPECT_THAT(all, HasSubstr("(31"));
  EXPECT_THAT(all, HasSubstr("too little data"));
}

TEST(Exhibits, AColumnMayHaveWordsOfItsOwn) {
  Scorecard card = Card("Paid social");
  card.exhibits[0].columns[2] = {"verdict", "Word of the <plan>"};
  EXPECT_THAT(RenderHtml(card), HasSubstr("Word of the &lt;plan&gt;"));
  EXPECT_THAT(RenderText(card, {}), HasSubstr("Word of the"));
  EXPECT_EQ(nlohmann::json::parse(RenderJson(card))["data"]["exhibits"][0]["columns"][2], "verdict");
}

TEST(Exhibits, ACardWithoutThemHasNoSection) {
  Scorecard card = Card("x");
  card.exhibits.clear();
  EXPECT_THAT(RenderHtml(card), Not(HasSubstr("class=\"exhibit\"")));
  EXPECT_EQ(MarkdownExhibits(card), "");
}

}  // namespace
}  // namespace backcast
