// SPDX-License-Identifier: Apache-2.0
// Random loads against a model that keeps every row in a map: the lake must hold exactly the same, and say
// the same.
#include <map>
#include <optional>
#include <random>

#include "lake/lake_fixture.h"

namespace backcast {
namespace {

/// One row of post_day: key (post, date, paid), values (views, clicks, spend, score), line.
struct Row {
  std::string post, date, paid;
  std::optional<int> views, clicks, spend, score;
  std::int64_t load_id = 0;
  int line = 0;
  std::string Key() const { return post + "/" + date + "/" + paid; }
};

std::string Cell(const std::optional<int>& value) { return value ? std::to_string(*value) : "null"; }

/// "null" stays a missing paid label.
std::string Tuple(const Row& row) {
  return "('" + row.post + "', date '" + row.date + "', " +
         (row.paid == "null" ? "null" : "'" + row.paid + "'") + ", " + Cell(row.views) + ", " +
         Cell(row.clicks) + ", " + Cell(row.spend) + ", " + Cell(row.score) + ", " +
         std::to_string(row.line) + ")";
}

std::string Line(const Row& row, bool lineage) {
  return row.Key() + ":" + Cell(row.views) + "," + Cell(row.clicks) + "," + Cell(row.spend) + "," +
         Cell(row.score) +
         (lineage ? "@" + std::to_string(row.load_id) + "." + std::to_string(row.line) : "");
}

class Model {
 public:
  Change Load(const std::vector<Row>& loaded, std::int64_t load_id) {
    Change change;
    std::map<std::string, Row> last;
    for (const Row& row : loaded) {
      change.repeated += last.contains(row.Key()) ? 1 : 0;
      last[row.Key()] = row;
    }
    for (int i = 0; i < 4; ++i) absent_[i] = true;
    for (const Row& row : loaded) {
      for (int i = 0; i < 4; ++i) absent_[i] = absent_[i] && !Value(row, i).has_value();
    }
    for (auto& [key, row] : last) Apply(row, load_id, change);
    return change;
  }
  std::map<std::string, Row> rows;

 private:
  static const std::optional<int>& Value(const Row& row, int i) {
    return i == 0 ? row.views : i == 1 ? row.clicks : i == 2 ? row.spend : row.score;
  }
  static std::optional<int>& Value(Row& row, int i) {
    return i == 0 ? row.views : i == 1 ? row.clicks : i == 2 ? row.spend : row.score;
  }

  void Apply(Row row, std::int64_t load_id, Change& change) {
    static constexpr const char* kNames[] = {"views", "clicks", "spend", "score"};
    row.load_id = load_id;
    const auto old = rows.find(row.Key());
    if (old == rows.end()) {
      ++change.new_rows;
      rows[row.Key()] = row;
      return;
    }
    bool changed = false;
    for (int i = 0; i < 4; ++i) {
      if (absent_[i]) Value(row, i) = Value(old->second, i);
      if (Value(row, i) == Value(old->second, i)) continue;
      changed = true;
      change.restated_by[kNames[i]] += Value(row, i).value_or(0) - Value(old->second, i).value_or(0);
    }
    ++(changed ? change.restated : change.unchanged);
    if (changed) old->second = row;
  }

  bool absent_[4] = {};
};

class UpsertTest : public LakeTest {
 protected:
  std::vector<Row> RandomRows(std::mt19937& random, int count) {
    const auto any = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const auto maybe = [&](int limit) { return any(4) == 0 ? std::nullopt : std::optional<int>(any(limit)); };
    const bool no_clicks = any(3) == 0;
    const int first_month = any(4);
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
      const int month = 1 + (first_month + any(2)) % 5;
      const int day = 1 + any(9);
      rows.push_back({.post = "p" + std::to_string(any(6)),
                      .date = "2026-0" + std::to_string(month) + "-0" + std::to_string(day),
                      .paid = any(3) == 0   ? "null"
                              : any(2) == 0 ? "paid"
                                            : "organic",
                      .views = maybe(5),
                      .clicks = no_clicks ? std::nullopt : maybe(3),
                      .spend = maybe(3),
                      .score = maybe(2),
                      .line = i + 2});
    }
    return rows;
  }

  static Staged StageRows(DuckDb& engine, const std::vector<Row>& rows) {
    std::string tuples;
    for (const Row& row : rows) tuples += (tuples.empty() ? "" : ", ") + Tuple(row);
    return Stage(engine, "post_day", tuples);
  }

  static std::vector<std::string> Held(DuckDb& engine, bool lineage) {
    const auto table = engine.Run(
        "select p.\"natural\" || '/' || f.date || '/' || coalesce(paid, 'null') || ':' || "
        "coalesce(views::varchar, 'null') || ',' || "
        "coalesce(clicks::varchar, 'null') || ',' || coalesce(spend::int::varchar, 'null') || ',' || "
        "coalesce(score::int::varchar, 'null')" +
        std::string(lineage ? " || '@' || f.load_id || '.' || f.line" : "") +
        " as r from post_day f join post p on f.post = p.post_key order by r");
    EXPECT_TRUE(table.ok()) << ToSentence(table.error());
    return table.ok() ? table.value().columns[0].words : std::vector<std::string>{};
  }

  static std::vector<std::string> Expected(const Model& model, bool lineage) {
    std::vector<std::string> lines;
    for (const auto& [key, row] : model.rows) lines.push_back(Line(row, lineage));
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

/// What the files say is what a scan finds.
void ExpectTold(const TableStatistics& told, DuckDb& engine) {
  const auto found = engine.Run(
      "select count(*), min(post), max(post), min(date)::varchar, max(date)::varchar, min(source), "
      "max(source) from post_day");
  ASSERT_TRUE(found.ok());
  const std::vector<Column>& columns = found.value().columns;
  EXPECT_EQ(static_cast<double>(told.rows), columns[0].numbers[0]);
  EXPECT_EQ(static_cast<double>(told.integers.at("post").first), columns[1].numbers[0]);
  EXPECT_EQ(static_cast<double>(told.integers.at("post").second), columns[2].numbers[0]);
  EXPECT_EQ(told.words.at("date"), std::pair(columns[3].words[0], columns[4].words[0]));
  EXPECT_EQ(told.words.at("source"), std::pair(columns[5].words[0], columns[6].words[0]));
}

TEST_F(UpsertTest, RandomLoadsEqualTheModelNowAndAsOf) {
  std::mt19937 random(20260301);
  Lake lake = OpenLake();
  const auto engine = Engine();
  Model model;
  std::map<Day, std::vector<std::string>> history;
  for (int round = 0; round < 24; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::vector<Row> rows = RandomRows(random, 1 + static_cast<int>(random() % 60));
    const LoadReceipt receipt =
        MustCommit(lake, *engine, {"s", std::to_string(round)}, {StageRows(*engine, rows)});
    const Change expected = model.Load(rows, receipt.load_id);
    ASSERT_EQ(receipt.changes.size(), 1u);
    const Change& change = receipt.changes[0];
    EXPECT_EQ(change.new_rows, expected.new_rows);
    EXPECT_EQ(change.unchanged, expected.unchanged);
    EXPECT_EQ(change.restated, expected.restated);
    EXPECT_EQ(change.repeated, expected.repeated);
    EXPECT_EQ(change.restated_by, expected.restated_by);
    if (round % 6 == 5) {
      ASSERT_TRUE(lake.Compact(*engine).ok());
    }
    const auto attached = lake.Attach(*engine);
    ASSERT_TRUE(attached.ok());
    ASSERT_EQ(Held(*engine, true), Expected(model, true));
    ExpectTold(attached.value().at("post_day"), *engine);
    history[std::chrono::floor<std::chrono::days>(now_)] = Expected(model, true);
    now_ += std::chrono::hours(24);
  }
  Lake another = OpenLake();
  for (const auto& [day, rows] : history) {
    SCOPED_TRACE(ToIso(day));
    ASSERT_TRUE(another.Attach(*engine, day).ok());
    EXPECT_EQ(Held(*engine, true), rows);
  }
  ASSERT_TRUE(another.Attach(*engine, history.begin()->first - std::chrono::days(1)).ok());
  EXPECT_TRUE(Held(*engine, true).empty());
  EXPECT_EQ(Number(*engine, "select count(*) from load"), 0);
}

TEST_F(UpsertTest, TheStatisticsOfColumnsThatSomeFilesLackSaySo) {
  Lake lake = OpenLake();
  const auto engine = Engine();
  MustCommit(lake, *engine, {"s", "1"},
             {Stage(*engine, "post_day", "('a', '2026-01-31', 'organic', 5, null, null, null, 2)")});
  MustCommit(lake, *engine, {"t", "2"},
             {Stage(*engine, "post_day", "('a', '2026-02-01', 'organic', 7, 4, null, null, 2)")});
  const auto attached = lake.Attach(*engine);
  ASSERT_TRUE(attached.ok());
  const TableStatistics& told = attached.value().at("post_day");
  EXPECT_EQ(told.rows, 2);
  EXPECT_EQ(told.integers.at("clicks"), std::pair(std::int64_t{4}, std::int64_t{4}));
  EXPECT_TRUE(told.missing.contains("score"));
  EXPECT_EQ(told.words.at("source"), std::pair(std::string("s"), std::string("t")));
  EXPECT_EQ(told.words.at("date"), std::pair(std::string("2026-01-31"), std::string("2026-02-01")));
}

TEST_F(UpsertTest, TheSameRowsAgainMakeNoNewVersion) {
  std::mt19937 random(7);
  Lake lake = OpenLake();
  const auto engine = Engine();
  const std::vector<Row> rows = RandomRows(random, 200);
  MustCommit(lake, *engine, {"s", "1"}, {StageRows(*engine, rows)});
  const auto count = [&] {
    const auto log =
        std::filesystem::directory_iterator(std::filesystem::path(folder_) / "post_day/_delta_log");
    return std::distance(begin(log), end(log));
  };
  const auto before = count();
  const LoadReceipt again = MustCommit(lake, *engine, {"s", "1"}, {StageRows(*engine, rows)});
  EXPECT_EQ(again.changes[0].new_rows + again.changes[0].restated, 0);
  EXPECT_EQ(again.changes[0].unchanged + again.changes[0].repeated, 200);
  EXPECT_EQ(count(), before);
}

TEST_F(UpsertTest, TheOrderOfDisjointLoadsDoesNotMatter) {
  std::mt19937 random(99);
  std::vector<std::vector<Row>> loads;
  for (int i = 0; i < 4; ++i) {
    loads.push_back(RandomRows(random, 40));
    for (Row& row : loads.back()) row.post += "-" + std::to_string(i);
  }
  std::vector<std::string> first;
  for (int turn = 0; turn < 3; ++turn) {
    const std::string folder = (root_ / ("turn" + std::to_string(turn))).string();
    folder_ = folder;
    Lake lake = OpenLake();
    const auto engine = Engine();
    for (const auto& rows : loads) MustCommit(lake, *engine, {"s", "x"}, {StageRows(*engine, rows)});
    ASSERT_TRUE(lake.Attach(*engine).ok());
    if (turn == 0) first = Held(*engine, false);
    EXPECT_EQ(Held(*engine, false), first);
    std::shuffle(loads.begin(), loads.end(), random);
  }
  EXPECT_FALSE(first.empty());
}

}  // namespace
}  // namespace backcast
