// SPDX-License-Identifier: Apache-2.0
#include "desk/tone_view.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "desk/asked_columns.h"
#include "desk/listen_settings.h"
#include "listening/phrases.h"
#include "text/read_texts.h"

namespace backcast {
namespace {

constexpr std::size_t kTextsAtOnce = 32768;
constexpr std::size_t kBytesAtOnce = 16 << 20;

bool HasTone(const Fact& fact) {
  return fact.Find("text") != nullptr && fact.Find("sentiment_by") != nullptr && fact.key.size() == 1;
}

/// What was read, and the view as the files have it.
std::string TableOf(const Fact& fact) { return fact.id + "_tone"; }
std::string LabelledOf(const Fact& fact) { return fact.id + "_as_labelled"; }

/// One row of the fact beside its reading: a load never changes, so the same row of the same load reads the
/// same.
std::string JoinOn(const Fact& fact) {
  return "t.id is not distinct from f." + QuoteName(fact.key[0]) + " and t.load_id = f.load_id";
}

Result<bool> IsBegun(const Fact& fact, DuckDb& engine) {
  BACKCAST_TRY(const Table found,
               engine.Run("select 1 from duckdb_tables() where table_name = " + QuoteText(TableOf(fact))));
  return found.rows > 0;
}

std::string Filled(const std::string& column) {
  return "coalesce(f." + column + ", t." + column + ") as " + column + ", case when f." + column +
         " is null then t." + column + "_by else coalesce(f." + column + "_by, 'export') end as " + column +
         "_by";
}

Result<Done> MakeView(const Fact& fact, DuckDb& engine) {
  const std::string before = LabelledOf(fact);
  BACKCAST_CHECK(engine.Do("drop view if exists " + before));
  BACKCAST_CHECK(engine.Do("alter view " + QuoteName(fact.id) + " rename to " + before));
  return engine.Do("create view " + QuoteName(fact.id) + " as select f.* replace (" + Filled("sentiment") +
                   (fact.Find("issue_by") != nullptr ? ", " + Filled("issue") : "") + ") from " + before +
                   " f left join " + TableOf(fact) + " t on " + JoinOn(fact));
}

/// Some texts on their way from the view into the table of readings.
class Reading {
 public:
  Reading(const ListenSettings& settings, DuckDb& engine, DuckDb::Appender& out)
      : settings_(settings), out_(out) {
    threads_ = engine.threads() > 0 ? engine.threads()
                                    : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    reader_.lexicon = &settings.lexicon;
    reader_.languages = &settings.languages;
  }

  /// Columns: key, load_id, text.
  Result<Done> Take(const RowBatch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      keys_.Add(batch.columns[0].words[row]);
      has_key_.push_back(batch.columns[0].present[row]);
      loads_.push_back(batch.columns[1].integers[row]);
      texts_.Add(batch.columns[2].words[row]);
    }
    return texts_.size() < kTextsAtOnce && texts_.view().bytes.size() < kBytesAtOnce ? Done{} : Finish();
  }

  /// Reads what was taken and writes it down.
  Result<Done> Finish() {
    const TextReadings readings = ReadTexts(texts_.view(), reader_, threads_);
    const std::vector<std::string_view> issues = Issues();
    RowBatch batch{texts_.size(), std::vector<ColumnBuffer>(6)};
    batch.columns[1].integers = loads_;
    batch.columns[1].present.assign(batch.rows, 1);
    batch.columns[1].type = Type::kCount;
    batch.columns[2].numbers = readings.sentiment;
    batch.columns[2].type = Type::kNumber;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const bool classified = !std::isnan(readings.sentiment[row]);
      batch.columns[2].present.push_back(classified ? 1 : 0);
      Word(batch.columns[0], has_key_[row] != 0, keys_.view()[row]);
      Word(batch.columns[3], classified, settings_.read_by);
      Word(batch.columns[4], !issues[row].empty(), issues[row]);
      Word(batch.columns[5], !issues[row].empty(), settings_.issues_by);
    }
    BACKCAST_CHECK(out_.Append(batch));
    keys_ = texts_ = TextColumn();
    has_key_.clear();
    loads_.clear();
    return Done{};
  }

 private:
  static void Word(ColumnBuffer& column, bool present, std::string_view word) {
    column.type = Type::kLabel;
    column.present.push_back(present ? 1 : 0);
    column.words.push_back(word);
  }

  /// The first issue of the plan that each text says; empty for none.
  std::vector<std::string_view> Issues() const {
    std::vector<std::string_view> first(texts_.size());
    for (const ListenIssue& issue : settings_.issues) {
      if (issue.words.empty()) continue;
      const std::vector<std::uint8_t> said = SaidIn(texts_.view(), issue.words, threads_);
      for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i] != 0 && first[i].empty()) first[i] = issue.name;
      }
    }
    return first;
  }

  const ListenSettings& settings_;
  DuckDb::Appender& out_;
  TextReader reader_;
  int threads_ = 1;
  TextColumn keys_, texts_;
  std::vector<std::uint8_t> has_key_;
  std::vector<std::int64_t> loads_;
};

Result<Done> Read(Workspace& workspace, const Ready& ready, const Fact& fact, bool sentiment) {
  if (!HasTone(fact) || !HasRows(ready.coverage, fact.id) || ready.filled->contains(fact.id)) return Done{};
  const auto told = ready.statistics.find(fact.id);
  if (told != ready.statistics.end() && told->second.missing.contains("text")) return Done{};
  BACKCAST_TRY(const ListenSettings settings, ReadWords(workspace));
  const bool issues = fact.Find("issue_by") != nullptr && !settings.issues_by.empty();
  if (!sentiment && !issues) return Done{};
  DuckDb& engine = workspace.engine();
  BACKCAST_TRY(const bool begun, IsBegun(fact, engine));
  if (!begun) {
    BACKCAST_CHECK(engine.Do("create table " + TableOf(fact) +
                             " (id varchar, load_id bigint, sentiment double, sentiment_by varchar, "
                             "issue varchar, issue_by varchar)"));
    BACKCAST_CHECK(MakeView(fact, engine));
  }
  const std::string sql = "select f." + QuoteName(fact.key[0]) + ", f.load_id, f.text from " +
                          LabelledOf(fact) + " f anti join " + TableOf(fact) + " t on " + JoinOn(fact) +
                          " where f.text <> '' and (f.sentiment is null" +
                          (issues ? " or f.issue is null)" : ")");
  BACKCAST_TRY(DuckDb::Appender out, engine.AppendBeside(TableOf(fact)));
  Reading reading(settings, engine, out);
  BACKCAST_CHECK(
      engine.Stream(Statement{sql, {}}, [&](const RowBatch& batch) { return reading.Take(batch); }));
  BACKCAST_CHECK(reading.Finish());
  BACKCAST_CHECK(out.Close());
  ready.filled->insert(fact.id);
  return Done{};
}

}  // namespace

Result<Done> ReadToneOf(Workspace& workspace, const Ready& ready, const std::string& id) {
  const Fact* fact = workspace.schemas().Find(id);
  return fact == nullptr ? Done{} : Read(workspace, ready, *fact, true);
}

Result<Done> ReadToneFor(Workspace& workspace, const Ready& ready, const Question& question) {
  const std::set<std::string> asked = AskedColumns(question, workspace.catalogue());
  for (const Fact& fact : workspace.schemas().all()) {
    const auto asks = [&](const std::string& column) {
      return asked.contains(fact.id + "." + column) || asked.contains(fact.id + "." + column + "_by");
    };
    const bool sentiment = asks("sentiment");
    if (sentiment || asks("issue")) BACKCAST_CHECK(Read(workspace, ready, fact, sentiment));
  }
  return Done{};
}

Result<Done> ApplyTone(const Schemas& schemas, DuckDb& engine) {
  for (const Fact& fact : schemas.all()) {
    if (!HasTone(fact)) continue;
    BACKCAST_TRY(const bool begun, IsBegun(fact, engine));
    if (begun) BACKCAST_CHECK(MakeView(fact, engine));
  }
  return Done{};
}

}  // namespace backcast
