// SPDX-License-Identifier: Apache-2.0
// Random rows and random questions over all shipped formulas: the fused SQL gives what the plain meaning
// gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "compile/dimensions.h"
#include "test/compile/naive_evaluator.h"

namespace backcast {
namespace {

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int Below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool Is(double share) { return Below(1000) < share * 1000; }
  template <class List>
  const auto& Of(const List& list) {
    return list[static_cast<std::size_t>(Below(static_cast<int>(list.size())))];
  }

 private:
  std::mt19937 engine_;
};

Day Base() { return ParseIsoDay("2025-12-20").value(); }

/// Words that formulas compare each column with, so that conditions are met.
using Words = std::map<std::string, std::vector<std::string>>;

void CollectWords(const RowExpression& e, const std::string& fact, Words& words) {
  if (!e.parts.empty() && e.parts[0].kind == RowExpression::Kind::kColumn) {
    for (std::size_t i = 1; i < e.parts.size(); ++i) {
      if (e.parts[i].kind == RowExpression::Kind::kText)
        words[fact + "." + e.parts[0].text].push_back(e.parts[i].text);
    }
  }
  for (const RowExpression& part : e.parts) CollectWords(part, fact, words);
}

void CollectWords(const Expression& e, Words& words) {
  if (e.kind == Expression::Kind::kAggregate) CollectWords(e.condition, e.fact, words);
  for (const Expression& part : e.parts) CollectWords(part, words);
}

class WorldMaker {
 public:
  WorldMaker(const Catalogue& catalogue, const Schemas& schemas, const std::vector<Window>& windows,
             unsigned seed)
      : schemas_(schemas), windows_(windows), chance_(seed) {
    for (const Metric& metric : catalogue.all()) CollectWords(metric.expression, words_);
  }

  World Make() {
    World world;
    for (const Fact& fact : schemas_.all()) {
      const int rows = fact.is_dimension ? 8 : chance_.Is(0.15) ? 0 : chance_.Below(60);
      std::set<std::string> absent, seen;
      for (const FactColumn& column : fact.columns) {
        if (chance_.Is(0.1)) absent.insert(column.name);
      }
      for (int i = 0; i < rows; ++i) {
        WorldRow row = MakeRow(fact, absent);
        std::string key;
        for (const std::string& name : fact.key) key += Show(row[name]) + "|";
        if (fact.is_dimension || seen.insert(key).second) world[fact.id].push_back(std::move(row));
      }
    }
    return world;
  }

 private:
  static std::string Show(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<double>(&cell)) return std::to_string(*number);
    return "";
  }

  bool NeverMissing(const Fact& fact, const std::string& column) const {
    return column == fact.day || column == fact.asked_by ||
           std::find(fact.key.begin(), fact.key.end(), column) != fact.key.end();
  }

  WorldRow MakeRow(const Fact& fact, const std::set<std::string>& absent) {
    WorldRow row;
    for (const FactColumn& column : fact.columns) {
      if (!NeverMissing(fact, column.name) && (absent.count(column.name) != 0 || chance_.Is(0.15))) continue;
      row[column.name] = MakeCell(fact, column);
    }
    if (fact.Find("period_start") != nullptr && chance_.Is(0.6)) {
      const Window& window = chance_.Of(windows_);
      row["period_start"] = ToIso(window.from);
      row["period_end"] = ToIso(window.to - std::chrono::days(1));
    }
    if (fact.id == "post_snapshot") {  // a post is published once
      row["published_on"] =
          ToIso(Base() + std::chrono::days(static_cast<int>(std::get<double>(row["post"])) * 9));
    }
    return row;
  }

  Cell MakeCell(const Fact& fact, const FactColumn& column) {
    switch (column.type) {
      case Type::kCode:
        return static_cast<double>(chance_.Below(8));
      case Type::kLabel:
      case Type::kText:
        return MakeWord(fact, column.name);
      case Type::kCount:
        return static_cast<double>(chance_.Below(60) - 6);
      case Type::kNumber:
        return column.name.rfind("sc", 0) == 0 ? static_cast<double>(chance_.Below(11))
                                               : (chance_.Below(41) - 10) / 4.0;
      case Type::kMoney:
        return (chance_.Below(40000) - 2000) / 100.0;
      case Type::kDay:
        return ToIso(Base() + std::chrono::days(chance_.Below(80)));
      case Type::kInstant:
        return ToIso(Base() + std::chrono::days(chance_.Below(3))) +
               (chance_.Is(0.5) ? " 10:00:00" : " 10:20:30");
      case Type::kFlag:
        return chance_.Is(0.5);
    }
    return {};
  }

  std::string MakeWord(const Fact& fact, const std::string& column) {
    if (column == "currency") return chance_.Is(0.9) ? "EUR" : "USD";
    const auto known = words_.find(fact.id + "." + column);
    if (known != words_.end() && chance_.Is(0.8)) return chance_.Of(known->second);
    static const std::vector<std::string> kWords = {"organic_social", "paid_social", "email",
                                                    "it's",           "\"quoted\"",  "ä"};
    return chance_.Of(kWords);
  }

  const Schemas& schemas_;
  const std::vector<Window>& windows_;
  Chance chance_;
  Words words_;
};

std::vector<Window> RandomWindows(Chance& chance) {
  std::vector<Window> windows;
  const int count = 1 + chance.Below(3);
  for (int i = 0; i < count; ++i) {
    const Day from =
        i > 0 && chance.Is(0.4) ? windows.back().to : Base() + std::chrono::days(chance.Below(50));
    windows.push_back({from, from + std::chrono::days(1 + chance.Below(30))});
  }
  return windows;
}

Question RandomQuestion(const Catalogue& catalogue, const Schemas& schemas, Chance& chance) {
  Question question;
  question.windows = RandomWindows(chance);
  std::vector<std::string> common;
  const int count = 1 + chance.Below(6);
  while (static_cast<int>(question.metrics.size()) < count) {
    const Metric& metric = chance.Of(catalogue.all());
    if (!metric.HasFormula() ||
        std::find(question.metrics.begin(), question.metrics.end(), metric.id) != question.metrics.end())
      continue;
    const std::vector<std::string> names = DimensionsOf(catalogue, schemas, metric);
    if (question.metrics.empty()) {
      common = names;
    } else {
      std::erase_if(common, [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) == names.end();
      });
    }
    question.metrics.push_back(metric.id);
  }
  for (int i = chance.Below(3); i > 0 && !common.empty(); --i) {
    const std::string& name = chance.Of(common);
    if (std::find(question.by.begin(), question.by.end(), name) == question.by.end())
      question.by.push_back(name);
  }
  static const std::vector<std::string> kDays = {"day", "week", "month", "quarter", "weekday"};
  std::erase_if(common, [&](const std::string& name) {
    return std::find(kDays.begin(), kDays.end(), name) != kDays.end();
  });
  if (chance.Is(0.3) && !common.empty()) {
    question.filters.push_back(
        {chance.Of(common), {chance.Is(0.5) ? "organic_social" : "it's", chance.Is(0.3) ? "" : "true"}});
    if (question.filters[0].dimension == "channel_group") question.filters[0].values.push_back("social");
  }
  return question;
}

std::string Describe(const Question& question) {
  std::string text;
  for (const std::string& metric : question.metrics) text += metric + " ";
  for (const std::string& name : question.by) text += "by " + name + " ";
  for (const Filter& filter : question.filters) text += "where " + filter.dimension + " ";
  for (const Window& window : question.windows) text += ToIso(window.from) + ".." + ToIso(window.to) + " ";
  return text;
}

GroupKey KeyOfRow(const Table& table, const Question& question, std::size_t row) {
  GroupKey key;
  key.is_total = table.Find("is_total")->numbers[row] == 1;
  for (std::size_t i = 0; i < question.by.size() && !key.is_total; ++i) {
    const Column& column = table.columns[i];
    key.values.push_back(column.present[row] != 0 ? std::optional(column.words[row]) : std::nullopt);
  }
  return key;
}

void Compare(const Table& table, const NaiveEvaluator& naive, const Catalogue& catalogue,
             const Question& question) {
  const std::vector<GroupKey> groups = naive.Groups();
  ASSERT_EQ(table.rows, groups.size());
  for (std::size_t row = 0; row < table.rows; ++row) {
    const GroupKey key = KeyOfRow(table, question, row);
    ASSERT_TRUE(std::find(groups.begin(), groups.end(), key) != groups.end());
    for (const std::string& id : question.metrics) {
      for (std::size_t w = 0; w < question.windows.size(); ++w) {
        const std::string name = id + "@" + std::to_string(w);
        const NaiveAnswer expected = naive.Answer(*catalogue.Find(id), key, question.windows[w]);
        const Column& value = *table.Find(name);
        ASSERT_EQ(value.present[row] != 0, expected.value.has_value()) << name << " row " << row;
        if (expected.value) {
          ASSERT_NEAR(value.numbers[row], *expected.value, 1e-9 * std::max(1.0, std::fabs(*expected.value)))
              << name << " row " << row;
        }
        const Column& rows = *table.Find(name + ":n");
        ASSERT_EQ(rows.present[row] != 0 ? rows.numbers[row] : 0, expected.rows) << name << ":n row " << row;
        if (const Column* currencies = table.Find(name + ":currencies")) {
          ASSERT_EQ(currencies->numbers[row], expected.currencies) << name << ":currencies row " << row;
        }
      }
    }
  }
}

using Property = ShippedTest;

/// How many rounds to play: BACKCAST_ROUNDS, or so many.
unsigned Rounds(unsigned usual) {
  const char* asked = std::getenv("BACKCAST_ROUNDS");
  return asked != nullptr ? static_cast<unsigned>(std::atoi(asked)) : usual;
}

TEST_F(Property, FusedSqlGivesThePlainMeaningOfEveryFormula) {
  Chance chance(20260122);
  for (unsigned round = 0; round < Rounds(12); ++round) {
    Question first = RandomQuestion(catalogue_, schemas_, chance);
    const World world = WorldMaker(catalogue_, schemas_, first.windows, round).Make();
    ASSERT_TRUE(tables_.Fill(world).ok());
    for (int ask = 0; ask < 4; ++ask) {
      const Question question = ask == 0 ? first : RandomQuestion(catalogue_, schemas_, chance);
      SCOPED_TRACE("round " + std::to_string(round) + ": " + Describe(question));
      CompileHints hints;
      if (chance.Is(0.5)) hints.max_id = {{"post", 7}, {"person", 7}};
      const auto compiled = Compile(catalogue_, schemas_, question, DuckDbDialect(), hints);
      ASSERT_TRUE(compiled.ok()) << ToSentence(compiled.error());
      const auto answer = engine_->Run(compiled.value().sql);
      ASSERT_TRUE(answer.ok()) << ToSentence(answer.error());
      Compare(answer.value(), NaiveEvaluator(catalogue_, schemas_, world, question), catalogue_, question);
      if (HasFatalFailure()) FAIL() << compiled.value().sql.text;
    }
  }
}

/// The series that comes with an answer is what asking by its unit gives.
void CompareSeries(const Table& table, const Table& asked, const Question& question) {
  std::size_t parts = 0, expected = 0;
  const Column& part = *table.Find("series");
  for (std::size_t row = 0; row < asked.rows; ++row) expected += asked.Find("is_total")->numbers[row] == 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (part.present[row] == 0) continue;
    ++parts;
    const auto& words = asked.columns[0].words;
    const auto same =
        static_cast<std::size_t>(std::find(words.begin(), words.end(), part.words[row]) - words.begin());
    ASSERT_LT(same, asked.rows) << part.words[row];
    for (const std::string& id : question.metrics) {
      const Column &left = *table.Find(id + "@0"), &right = *asked.Find(id + "@0");
      ASSERT_EQ(left.present[row], right.present[same]) << id << " " << part.words[row];
      if (left.present[row] == 0) continue;
      ASSERT_EQ(left.numbers[row], right.numbers[same]) << id << " " << part.words[row];
    }
  }
  ASSERT_EQ(parts, expected);
}

/// The rows of an answer that are no part of its series.
Table WithoutSeries(const Table& table) {
  const Column& part = *table.Find("series");
  Table rest = table;
  for (Column& column : rest.columns) {
    column.present.clear();
    column.numbers.clear();
    column.words.clear();
  }
  rest.rows = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (part.present[row] != 0) continue;
    ++rest.rows;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      rest.columns[i].present.push_back(column.present[row]);
      if (column.is_text) rest.columns[i].words.push_back(column.words[row]);
      if (!column.is_text) rest.columns[i].numbers.push_back(column.numbers[row]);
    }
  }
  return rest;
}

TEST_F(Property, ASeriesBesideTheWindowsIsTheSeriesAskedAlone) {
  Chance chance(20260123);
  static const std::vector<std::string> kUnits = {"day", "week", "month", "quarter"};
  int compared = 0;
  for (unsigned round = 0; round < Rounds(8); ++round) {
    Question question = RandomQuestion(catalogue_, schemas_, chance);
    const World world = WorldMaker(catalogue_, schemas_, question.windows, round).Make();
    ASSERT_TRUE(tables_.Fill(world).ok());
    for (int ask = 0; ask < 12; ++ask, question = RandomQuestion(catalogue_, schemas_, chance)) {
      question.series = {chance.Of(kUnits), RandomWindows(chance)[0]};
      SCOPED_TRACE("round " + std::to_string(round) + ": " + Describe(question));
      CompileHints hints{.max_id = {{"post", 7}, {"person", 7}}};
      const auto compiled = Compile(catalogue_, schemas_, question, DuckDbDialect(), hints);
      ASSERT_TRUE(compiled.ok()) << ToSentence(compiled.error());
      if (!compiled.value().with_series) continue;
      const auto answer = engine_->Run(compiled.value().sql);
      ASSERT_TRUE(answer.ok()) << ToSentence(answer.error());
      const Question alone{
          question.metrics, {question.series.unit}, question.filters, {question.series.days}};
      const auto by_unit = Compile(catalogue_, schemas_, alone, DuckDbDialect());
      ASSERT_TRUE(by_unit.ok()) << ToSentence(by_unit.error());
      const auto asked = engine_->Run(by_unit.value().sql);
      ASSERT_TRUE(asked.ok()) << ToSentence(asked.error());
      CompareSeries(answer.value(), asked.value(), question);
      question.series = {};
      Compare(WithoutSeries(answer.value()), NaiveEvaluator(catalogue_, schemas_, world, question),
              catalogue_, question);
      if (HasFatalFailure()) FAIL() << compiled.value().sql.text;
      ++compared;
    }
  }
  EXPECT_GT(compared, 10);
}

}  // namespace
}  // namespace backcast
