// SPDX-License-Identifier: Apache-2.0
// JSON and CSV against the contract, read back by parsers that are not ours or not the renderer's.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "report/document.h"
#include "report/example_cards_test.h"
#include "report/phrases.h"

namespace backcast {
namespace {

using nlohmann::json;

void ExpectKeys(const json& object, const std::vector<std::string>& keys, const std::string& where) {
  for (const std::string& key : keys) EXPECT_TRUE(object.contains(key)) << where << " lacks " << key;
}

void ExpectValueObject(const json& value, const std::string& where) {
  ExpectKeys(value,
             {"state", "value", "low", "high", "level", "n", "unit", "basis", "coverage", "definition"},
             where);
  static const std::set<std::string> kStates = {"value",    "zero",      "not_offered",
                                                "withheld", "not_final", "too_little_data"};
  const std::string state = value["state"];
  EXPECT_EQ(kStates.count(state), 1U) << where << ": " << state;
  const bool has_number = state == "value" || state == "zero" || state == "not_final";
  EXPECT_EQ(value["value"].is_number(), has_number) << where << ": " << value;
  if (state == "zero") {
    EXPECT_EQ(value["value"], 0) << where;
  } else if (value["value"].is_number()) {
    EXPECT_NE(value["value"], 0) << where;
  }
  EXPECT_EQ(value["low"].is_null(), value["level"].is_null()) << where;
}

TEST(Json, EveryCardKeepsTheContract) {
  for (const auto& [name, card] : AllCards()) {
    const json answer = json::parse(RenderJson(card));
    ExpectKeys(answer, {"schema", "workspace", "as_of", "period", "data", "findings"}, name);
    EXPECT_EQ(answer["schema"], "backcast/score/1");
    EXPECT_EQ(answer["period"]["from"], "2027-03-01");
    EXPECT_EQ(answer["period"]["to"], "2027-03-31");
    std::size_t metrics = 0;
    for (const ScoreLine& line : card.lines) metrics += line.metric.empty() ? 0 : 1;
    ASSERT_EQ(answer["data"]["metrics"].size(), metrics) << name;
    for (const json& metric : answer["data"]["metrics"]) {
      const std::string where = name + " " + metric["id"].get<std::string>();
      ExpectKeys(metric,
                 {"id", "title", "level", "stage", "element", "owner", "group", "value", "previous", "change",
                  "target", "pace", "verdict"},
                 where);
      EXPECT_TRUE(metric["group"].is_object());
      for (const char* key : {"value", "previous", "change", "pace"})
        ExpectValueObject(metric[key], where + " " + key);
    }
    ASSERT_EQ(answer["findings"].size(), card.findings.size());
    for (const json& finding : answer["findings"]) {
      ExpectKeys(finding, {"rule", "severity", "file", "line", "column", "message", "why", "fix", "seed"},
                 name);
    }
  }
}

TEST(Json, NumbersComeBackAsTheSameDoubles) {
  Scorecard card = HealthyCard();
  card.lines[0].value.value = 0.1 + 0.2;
  card.lines[0].value.low = 1.0 / 3;
  card.lines[0].target = 1e17 + 2;
  const json metric = json::parse(RenderJson(card))["data"]["metrics"][0];
  EXPECT_EQ(metric["value"]["value"].get<double>(), 0.1 + 0.2);
  EXPECT_EQ(metric["value"]["low"].get<double>(), 1.0 / 3);
  EXPECT_EQ(metric["target"].get<double>(), 1e17 + 2);
}

TEST(Json, WhatIsMissingIsNullAndNamesItsState) {
  const json card = json::parse(RenderJson(TooLittleCard()));
  for (const json& metric : card["data"]["metrics"]) {
    EXPECT_EQ(metric["value"]["state"], "too_little_data");
    EXPECT_TRUE(metric["value"]["value"].is_null());
    EXPECT_EQ(metric["value"]["n"], 9);
    EXPECT_EQ(metric["change"]["state"], "too_little_data");
  }
  const json empty = json::parse(RenderJson(ZeroRowsCard()));
  EXPECT_TRUE(empty["as_of"].is_null());
}

TEST(Json, EverySentenceOfTheParagraphComesWithItsNumbers) {
  for (const auto& [name, card] : AllCards()) {
    const json data = json::parse(RenderJson(card))["data"];
    ASSERT_EQ(data["executive"].size(), card.executive.size()) << name;
    EXPECT_LE(data["executive"].size(), 5U);
    for (const json& sentence : data["executive"]) {
      ExpectKeys(sentence, {"key", "text", "quantities"}, name);
      EXPECT_FALSE(sentence["quantities"].empty()) << name << ": " << sentence;
      for (const json& quantity : sentence["quantities"])
        ExpectKeys(quantity, {"name", "value", "low", "high", "level", "n", "unit"}, name);
    }
    EXPECT_EQ(data["notes"].size(), card.notes.size());
    EXPECT_EQ(data["examples"].size(), card.examples.size());
    EXPECT_TRUE(data["headline"].is_string() || data["headline"].is_null());
  }
  const json data = json::parse(RenderJson(BrokenCheckoutCard()))["data"];
  EXPECT_EQ(data["headline"], data["executive"][0]["text"]);
  EXPECT_EQ(data["notes"][0]["day"], "2027-03-09");
  EXPECT_EQ(data["examples"][0]["value"], 1204);
  const json gaps = json::parse(RenderJson(ZeroRowsCard()))["data"]["gaps"];
  EXPECT_EQ(gaps.size(), 6U) << "two outcomes and four KPIs";
}

TEST(Json, TextThatIsNoUtf8StillParsesAndTheRestIsKeptAsWritten) {
  const json answer = json::parse(RenderJson(HostileCard()));
  EXPECT_EQ(answer["workspace"], "<script>alert(1)</script>");
  EXPECT_EQ(answer["findings"].back()["message"], std::string("nul\0byte", 8));
}

/// A reader of RFC 4180 that knows nothing of the writer.
std::vector<std::vector<std::string>> ReadCsv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
      row.push_back(std::exchange(field, {}));
      if (c == '\r') {
        rows.push_back(std::exchange(row, {}));
        ++i;
      }
    } else {
      field += c;
    }
  }
  EXPECT_TRUE(field.empty() && row.empty() && !quoted);
  return rows;
}

TEST(Csv, ReadsBackWithEveryCellAndEveryDouble) {
  for (const auto& [name, card] : AllCards()) {
    const auto rows = ReadCsv(RenderCsv(card));
    const auto column = [&](const std::string& heading) {
      return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), heading) - rows[0].begin());
    };
    std::size_t at = 1;
    for (const ScoreLine& line : card.lines) {
      if (line.metric.empty()) continue;
      ASSERT_LT(at, rows.size()) << name;
      const auto& row = rows[at++];
      ASSERT_EQ(row.size(), rows[0].size()) << name;
      EXPECT_EQ(row[column("id")], line.id);
      if (line.value.value) {
        EXPECT_EQ(std::stod(row[column("value")]), *line.value.value) << name;
      } else {
        EXPECT_EQ(row[column("value")], "") << name;
      }
      EXPECT_EQ(row[column("verdict")], ToWord(line.verdict));
    }
    EXPECT_EQ(at, rows.size()) << name;
  }
}

TEST(Csv, NoTextCellCanRunInASpreadsheet) {
  Scorecard card = HealthyCard();
  const std::vector<std::string> starts = {"=cmd|'/C calc'!A0",   "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
                                           std::string("\0=1", 3)};
  for (const std::string& start : starts) {
    card.lines[0].title = start;
    const auto rows = ReadCsv(RenderCsv(card));
    const auto title =
        static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), "title") - rows[0].begin());
    EXPECT_EQ(rows[1][title], "'" + start);
  }
  card.lines[0].change = -0.5;
  EXPECT_NE(RenderCsv(card).find(",-0.5,"), std::string::npos) << "a negative number stays a number";
}

TEST(Pages, TextHtmlMarkdownAndJsonShowTheSameNumbers) {
  for (const auto& [name, card] : AllCards()) {
    if (name == "hostile") continue;
    const std::string text = RenderText(card, {.colour = false, .unicode = true, .width = 160});
    const std::string html = RenderHtml(card), markdown = RenderMarkdown(card);
    const json whole = json::parse(RenderJson(card));
    for (const json& metric : whole["data"]["metrics"]) {
      const json& value = metric["value"];
      if (!value["value"].is_number()) continue;
      const std::string unit = value["unit"];
      const std::string tile = FormatNumber(value["value"], unit, true),
                        exact = FormatNumber(value["value"], unit, false);
      EXPECT_NE(text.find(" " + tile), std::string::npos) << name << ": " << tile;
      EXPECT_NE(markdown.find("| " + exact), std::string::npos) << name << ": " << exact;
      EXPECT_NE(html.find(">" + exact), std::string::npos) << name << ": " << exact;
      if (!metric["group"].empty()) continue;  // parts of a number stand in the table alone
      EXPECT_NE(html.find(">" + tile + "<"), std::string::npos) << name << ": " << tile;
    }
  }
}

TEST(Notes, AcceptedFindingsAndDecisionsStandOnEveryPage) {
  Scorecard card = HealthyCard();
  card.findings[0].accepted = AcceptedNote{"the shop moves in May", "mia", "2027-03-02", "2027-05-31"};
  for (int i = 0; i < 9; ++i)
    card.decisions.push_back({"2027-03-0" + std::to_string(9 - i), "k_visit", "seen " + std::to_string(i),
                              "decided " + std::to_string(i), "mia"});
  const std::string note = "accepted by mia on 2027-03-02, until 2027-05-31: because the shop moves in May";
  for (const std::string& page : {RenderText(card, {.width = 160}), RenderMarkdown(card), RenderHtml(card)}) {
    std::string plain = page;  // Markdown escapes what could be markup
    plain.erase(std::remove(plain.begin(), plain.end(), '\\'), plain.end());
    EXPECT_NE(plain.find(note), std::string::npos);
    EXPECT_NE(plain.find("seen: seen 5 · decided: decided 5 (mia)"), std::string::npos);
    EXPECT_EQ(plain.find("decided 6"), std::string::npos) << "a short list";
    EXPECT_NE(plain.find("and 3 earlier ones"), std::string::npos);
  }
  const json answer = json::parse(RenderJson(card));
  EXPECT_EQ(answer["findings"][0]["accepted"]["because"], "the shop moves in May");
  EXPECT_EQ(answer["data"]["decisions"].size(), 9U);
  const json plain = json::parse(RenderJson(HealthyCard()));
  EXPECT_TRUE(plain["findings"][0]["accepted"].is_null());
  EXPECT_EQ(RenderHtml(HealthyCard()).find("id=\"decisions\""), std::string::npos);
}

}  // namespace
}  // namespace backcast
