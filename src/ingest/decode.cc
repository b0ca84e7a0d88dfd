// SPDX-License-Identifier: Apache-2.0
#include "ingest/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "base/number.h"
#include "ingest/fact_filler.h"
#include "ingest/file_words.h"
#include "ingest/repeats.h"
#include "lake/write/slices.h"
#include "text/masking.h"

namespace backcast {
namespace {

constexpr std::size_t kValueBytes = 200;

std::string Listed(const std::vector<std::string>& words, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < limit; ++i) text += (i == 0 ? "" : ", ") + words[i];
  if (words.size() > limit) text += fmt::format(" and {} more", words.size() - limit);
  return text;
}

std::string_view StagedType(const FactColumn& column) {
  return column.type == Type::kCode ? "VARCHAR" : SqlType(column.type);
}

/// At most kValueBytes, cut between characters, private words masked.
std::string Masked(std::string_view value) {
  if (value.size() > kValueBytes * 4) value = value.substr(0, kValueBytes * 4);
  std::string masked = MaskPrivate(value);
  if (masked.size() > kValueBytes) {
    std::size_t size = kValueBytes;
    while (size > 0 && (static_cast<unsigned char>(masked[size]) & 0xC0) == 0x80) --size;
    masked.resize(size);
  }
  return masked;
}

/// Total rows of the file against the sum of its rows.
class Checksums {
 public:
  void AddTotal(const std::string& column, double value) { totals_[column].push_back(value); }
  void AddRow(const std::string& column, double value) { sums_[column] += value; }
  void Say(std::vector<std::string>& remarks) const {
    for (const auto& [column, totals] : totals_) {
      const auto found = sums_.find(column);
      const double sum = found == sums_.end() ? 0 : found->second;
      const auto nearest = std::min_element(totals.begin(), totals.end(), [&](double a, double b) {
        return std::abs(a - sum) < std::abs(b - sum);
      });
      const bool whole = std::floor(*nearest) == *nearest && std::floor(sum) == sum;
      const double allowed = whole ? 0.5 : std::max(0.05, std::abs(*nearest) * 1e-6);
      if (std::abs(*nearest - sum) <= allowed) continue;
      remarks.push_back(fmt::format("the rows add up to {} {}, the file's own total row says {}{}",
                                    Shown(sum), column, Shown(*nearest),
                                    *nearest != 0 ? fmt::format(" ({:.1f} %)", 100 * sum / *nearest) : ""));
    }
  }

 private:
  static std::string Shown(double value) {
    return std::floor(value) == value ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
  }
  std::map<std::string, std::vector<double>> totals_;
  std::map<std::string, double> sums_;
};

/// One run over a table; the order of its functions is the order of the work.
class Decoder {
 public:
  Decoder(RecordReader& reader, const Mapping& mapping, const Binding& binding, Words words,
          std::string_view salt, DuckDb& engine, const Waiting& waiting, const Forgotten* forgotten)
      : reader_(reader),
        mapping_(mapping),
        binding_(binding),
        words_(std::move(words)),
        engine_(engine),
        waiting_(waiting),
        forgotten_(forgotten),
        fields_(mapping, binding, words_, std::string(salt)) {}

  Result<Done> Prepare(const Schemas& schemas, std::string_view suffix);
  Result<Done> ReadAll(const IngestProgress& progress);
  Result<Decoded> Finish();
  void Drop();

 private:
  struct Stage {
    const Fact* fact = nullptr;
    std::string table;
    std::unique_ptr<DuckDb::Appender> appender;
    std::unique_ptr<SliceWriter> writer;  ///< instead of the appender
    std::shared_ptr<Slices> slices;
    std::int64_t rows = 0;
    bool add_repeats = false;

    Staged staged() const { return {fact->id, table, slices}; }
  };
  Result<Done> OpenStages();
  Result<Done> ReadBatch(const RecordBatch& batch);
  void PreferStyle();
  bool IsBrokenTotal(std::string_view text);
  void ApplyRules(const RecordBatch& batch, std::vector<char>& is_data, std::vector<RowFault>& faults);
  void Quarantine(std::int64_t line, std::string column, std::string_view value, std::string reason);
  void CheckTotals(const std::vector<char>& is_data, const std::vector<char>& refused);
  void AskForRemarks(const std::vector<char>& left_out);
  Result<Done> SetLateDays();
  Result<Done> AddUpRepeats();
  Result<Done> FindPeriod();
  void SayRemarks();
  Stage& StageOf(const Fact& fact);
  const FactFiller* MainFiller() const;
  std::string Word(std::string_view name) const;

  RecordReader& reader_;
  const Mapping& mapping_;
  const Binding& binding_;
  Words words_;
  DuckDb& engine_;
  const Waiting& waiting_;
  const Forgotten* forgotten_;
  RowFields fields_;
  std::vector<std::unique_ptr<FactFiller>> fillers_;
  std::vector<Stage> stages_;
  bool style_known_ = false;
  std::vector<char> remark_holds_;     ///< per remark: a row answered its question with yes
  std::vector<std::int64_t> skipped_;  ///< per row rule
  std::vector<std::pair<const RowRule*, std::size_t>> total_rows_;
  Checksums checksums_;
  Decoded decoded_;
};

std::string Decoder::Word(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? std::string() : found->second;
}

Decoder::Stage& Decoder::StageOf(const Fact& fact) {
  return *std::find_if(stages_.begin(), stages_.end(),
                       [&](const Stage& stage) { return stage.fact == &fact; });
}

const FactFiller* Decoder::MainFiller() const {
  for (const auto& filler : fillers_) {
    if (filler->fact().id == mapping_.main_fact) return filler.get();
  }
  return nullptr;
}

Result<Done> Decoder::Prepare(const Schemas& schemas, std::string_view suffix) {
  skipped_.assign(mapping_.rows.size(), 0);
  remark_holds_.assign(mapping_.remarks.size(), 0);
  for (const Fill& fill : mapping_.fills) {
    const Fact* fact = schemas.Find(fill.fact);
    if (fact == nullptr)
      return Error{Code::kInternal, "", "layout " + mapping_.id + " fills the unknown fact " + fill.fact, ""};
    fillers_.push_back(std::make_unique<FactFiller>(mapping_, fill, *fact, fields_, forgotten_));
    if (std::any_of(stages_.begin(), stages_.end(), [&](const Stage& stage) { return stage.fact == fact; }))
      continue;
    Stage stage;
    stage.add_repeats = fill.add_repeats;
    stage.fact = fact;
    stage.table = fmt::format("stage_{}{}", fact->id, suffix);
    stages_.push_back(std::move(stage));
  }
  return Done{};
}

/// How large the file is is known when its first rows are there.
Result<Done> Decoder::OpenStages() {
  const bool large = !waiting_.place.folder.empty() && reader_.bytes_total() >= waiting_.large_from;
  for (Stage& stage : stages_) {
    if (large) {
      BACKCAST_TRY(stage.writer,
                   SliceWriter::Create(engine_, *stage.fact, stage.table, mapping_.id, waiting_.place));
      continue;
    }
    std::string columns;
    for (const FactColumn& column : StagedColumns(*stage.fact))
      columns += fmt::format("\"{}\" {}, ", column.name, StagedType(column));
    BACKCAST_CHECK(
        engine_.Do(fmt::format("create or replace temp table {} ({}line BIGINT)", stage.table, columns)));
    BACKCAST_TRY(DuckDb::Appender appender, engine_.AppendTo(stage.table));
    stage.appender = std::make_unique<DuckDb::Appender>(std::move(appender));
  }
  return Done{};
}

void Decoder::Quarantine(std::int64_t line, std::string column, std::string_view value, std::string reason) {
  ++decoded_.rows_refused;
  if (decoded_.quarantined.size() >= kQuarantineLimit) return;
  decoded_.quarantined.push_back({line, std::move(column), Masked(value), std::move(reason)});
}

void Decoder::ApplyRules(const RecordBatch& batch, std::vector<char>& is_data,
                         std::vector<RowFault>& faults) {
  total_rows_.clear();
  for (std::size_t i = 0; i < mapping_.rows.size(); ++i) {
    const RowRule& rule = mapping_.rows[i];
    const std::vector<char> holds = fields_.Holds(rule.when);
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (!holds[row] || !is_data[row]) continue;
      is_data[row] = 0;
      if (rule.kind == RowRule::Kind::kTotals) total_rows_.emplace_back(&rule, row);
      if (rule.kind == RowRule::Kind::kRefuse)
        faults.push_back({row, "", "", rule.reason});
      else
        ++skipped_[i];
    }
  }
}

/// A total line with more or fewer cells than the header: "...,1500,Grand total".
bool Decoder::IsBrokenTotal(std::string_view text) {
  const std::string folded = FoldText(text);
  for (std::size_t i = 0; i < mapping_.rows.size(); ++i) {
    for (const std::string& word : mapping_.rows[i].broken) {
      if (folded.find(word) == std::string::npos) continue;
      ++skipped_[i];
      return true;
    }
  }
  return false;
}

void Decoder::CheckTotals(const std::vector<char>& is_data, const std::vector<char>& refused) {
  const FactFiller* main = MainFiller();
  if (main == nullptr) return;
  for (const auto& [rule, row] : total_rows_) {
    for (const std::string& column : rule->check) {
      if (const auto value = main->Number(column, row)) checksums_.AddTotal(column, *value);
    }
  }
  std::set<std::string> checked;
  for (const RowRule& rule : mapping_.rows) checked.insert(rule.check.begin(), rule.check.end());
  for (const std::string& column : checked) {
    if (main->Has(column)) checksums_.AddRow(column, main->Sum(column, is_data, refused));
  }
}

void Decoder::AskForRemarks(const std::vector<char>& left_out) {
  for (std::size_t i = 0; i < mapping_.remarks.size(); ++i) {
    const Remark& remark = mapping_.remarks[i];
    if (!remark.when || remark_holds_[i]) continue;
    const std::vector<char> holds = fields_.Holds(*remark.when);
    for (std::size_t row = 0; row < holds.size(); ++row)
      remark_holds_[i] = remark_holds_[i] || (holds[row] && !left_out[row]);
  }
}

/// One column that writes 1.234,5 says how the others mean 1.234; one with 16/02/2025 how they mean 02/03.
void Decoder::PreferStyle() {
  style_known_ = true;
  const std::string year = Word("$year");
  FileHints hints{.year = year.empty() ? 0 : std::stoi(year)};
  for (const auto& filler : fillers_) filler->Show(hints);
  for (const auto& filler : fillers_) filler->Prefer(hints);
}

Result<Done> Decoder::ReadBatch(const RecordBatch& batch) {
  fields_.Load(batch);
  std::vector<char> is_data(batch.rows(), 1);
  std::vector<RowFault> faults;
  ApplyRules(batch, is_data, faults);
  std::vector<char> refused(batch.rows(), 0);
  for (const RowFault& fault : faults) refused[fault.row] = 1;
  if (!style_known_) PreferStyle();
  for (const auto& filler : fillers_) BACKCAST_CHECK(filler->Read(batch, is_data, faults));
  std::stable_sort(faults.begin(), faults.end(),
                   [](const RowFault& a, const RowFault& b) { return a.row < b.row; });
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (i > 0 && faults[i].row == faults[i - 1].row) continue;  // one reason a row is enough
    refused[faults[i].row] = 1;
    Quarantine(batch.lines[faults[i].row], faults[i].column, faults[i].value, faults[i].reason);
  }
  std::vector<char> left_out(batch.rows());
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    left_out[row] = !is_data[row] || refused[row];
    decoded_.rows_read += is_data[row] || refused[row];
    decoded_.rows_kept += !left_out[row];
  }
  CheckTotals(is_data, refused);
  AskForRemarks(left_out);
  for (const auto& filler : fillers_) {
    const RowBatch& rows = filler->Keep(left_out);
    if (rows.rows == 0) continue;
    Stage& stage = StageOf(filler->fact());
    BACKCAST_CHECK(stage.writer != nullptr ? stage.writer->Append(rows) : stage.appender->Append(rows));
    stage.rows += static_cast<std::int64_t>(rows.rows);
  }
  return Done{};
}

Result<Done> Decoder::ReadAll(const IngestProgress& progress) {
  RecordBatch batch;
  std::vector<RefusedRecord> broken;
  for (bool first = true;; first = false) {
    BACKCAST_TRY(const bool more, reader_.Next(batch, broken));
    if (first) BACKCAST_CHECK(OpenStages());
    for (RefusedRecord& record : broken) {
      if (IsBrokenTotal(record.text)) continue;
      ++decoded_.rows_read;
      Quarantine(record.line, record.column > 0 ? fmt::format("column {}", record.column) : "", record.text,
                 std::move(record.reason));
    }
    broken.clear();
    if (!more) break;
    BACKCAST_CHECK(ReadBatch(batch));
    if (progress && !progress(reader_.bytes_read(), reader_.bytes_total()))
      return Error{Code::kInterrupted, "", "stopped", ""};
  }
  for (Stage& stage : stages_) {
    if (stage.writer != nullptr && stage.rows > 0) {
      BACKCAST_TRY(stage.slices, stage.writer->Close());
    } else if (stage.appender != nullptr) {
      BACKCAST_CHECK(stage.appender->Close());
    }
    stage.writer.reset();
    stage.appender.reset();
  }
  return Done{};
}

/// Counters whose day nobody named were read, at the earliest, on the newest day in the file.
Result<Done> Decoder::SetLateDays() {
  std::optional<std::int64_t> newest;
  bool is_late = false;
  for (const auto& filler : fillers_) {
    if (const auto day = filler->newest()) newest = std::max(newest.value_or(*day), *day);
    is_late |= !filler->late().empty();
  }
  if (!is_late) return Done{};
  if (!newest) {
    return Error{Code::kInput, "",
                 "nothing in this file says on which day or for which period its numbers stand",
                 "name the day they were read with --observed YYYY-MM-DD"};
  }
  const std::string day = ToIso(Day(std::chrono::days(*newest)));
  for (const auto& filler : fillers_) {
    Stage& stage = StageOf(filler->fact());
    if (filler->late().empty() || stage.rows == 0) continue;
    if (stage.slices != nullptr) {
      stage.slices->as_staged = false;
      BACKCAST_CHECK(
          ShowSlices(engine_, stage.table, *stage.slices, filler->late(), std::string(kLateDay), day));
      continue;
    }
    for (const std::string& column : filler->late()) {
      BACKCAST_CHECK(engine_.Do(fmt::format("update {} set \"{}\" = DATE '{}' where \"{}\" = DATE '{}'",
                                            stage.table, column, day, column, kLateDay)));
    }
  }
  decoded_.remarks.push_back(
      fmt::format("the file does not say when its counters were read; taken as {}, its newest day "
                  "(--observed sets another)",
                  day));
  return Done{};
}

Result<Done> Decoder::AddUpRepeats() {
  for (Stage& stage : stages_) {
    if (!stage.add_repeats || stage.rows < 2) continue;
    Staged staged = stage.staged();
    BACKCAST_TRY(const Repeats repeats, AddRepeats(engine_, *stage.fact, staged));
    if (repeats.added == 0) continue;
    stage.slices = nullptr;
    decoded_.remarks.push_back(fmt::format(
        "{} of {} with the {} of another row added to it{}{}", Counted(repeats.added, "row"), stage.fact->id,
        Listed(stage.fact->key, 12),
        binding_.unknown.empty() ? "" : ": the report is broken down by more than is read",
        repeats.people_lost ? "; their counts of people are left out, because people are not added" : ""));
  }
  return Done{};
}

Result<Done> Decoder::FindPeriod() {
  const FactFiller* main = MainFiller();
  decoded_.account = Word("$account");
  if (main == nullptr) return Done{};
  const Fact& fact = main->fact();
  const Stage& stage = StageOf(fact);
  if (stage.rows == 0) return Done{};
  if (stage.slices != nullptr && stage.slices->as_staged) {
    const auto& ranges = stage.slices->words;
    if (const auto days = ranges.find(fact.day); days != ranges.end())
      std::tie(decoded_.from, decoded_.to) = days->second;
    const auto names = ranges.find("account");
    if (decoded_.account.empty() && names != ranges.end() && names->second.first == names->second.second)
      decoded_.account = names->second.first;
    return Done{};
  }
  const std::string& table = stage.table;
  if (!fact.day.empty()) {
    BACKCAST_TRY(const Table days,
                 engine_.Run(fmt::format("select min(\"{0}\")::varchar, max(\"{0}\")::varchar from {1}",
                                         fact.day, table)));
    if (days.rows == 1) {
      decoded_.from = days.columns[0].words[0];
      decoded_.to = days.columns[1].words[0];
    }
  }
  if (decoded_.account.empty() && main->Has("account")) {
    BACKCAST_TRY(
        const Table names,
        engine_.Run(fmt::format("select min(account) from {} having min(account) = max(account)", table)));
    if (names.rows == 1) decoded_.account = names.columns[0].words[0];
  }
  return Done{};
}

std::string DatesSentence(std::string_view column, const DateFormat& dates) {
  if (dates.mixed) {
    return fmt::format(
        "{}: some dates can only have the day first, others only the month; each was read as it can be, the "
        "rest as {} first",
        column, dates.order == DateFormat::Order::kDayFirst ? "day" : "month");
  }
  if (dates.order == DateFormat::Order::kMonthFirst)
    return fmt::format("{}: no date tells day and month apart; read as month first", column);
  return fmt::format(
      "{}: no date tells day and month apart; read as day first, because the file writes decimal commas",
      column);
}

void Decoder::SayRemarks() {
  std::vector<std::string>& remarks = decoded_.remarks;
  const Head& head = reader_.head();
  if (head.encoding_guessed)
    remarks.push_back("the text encoding is not marked in the file; read as " + head.encoding);
  if (!binding_.unknown.empty()) remarks.push_back("columns not read: " + Listed(binding_.unknown, 12));
  for (std::size_t i = 0; i < mapping_.rows.size(); ++i) {
    const RowRule& rule = mapping_.rows[i];
    if (skipped_[i] == 0 || rule.kind == RowRule::Kind::kRefuse) continue;
    remarks.push_back(rule.kind == RowRule::Kind::kTotals
                          ? Counted(skipped_[i], "total row") + " used as a check, not as data"
                          : Counted(skipped_[i], "line") + " left out: " + rule.reason);
  }
  checksums_.Say(remarks);
  for (const auto& filler : fillers_) {
    for (const auto& [column, dates] : filler->unsure_dates())
      remarks.push_back(DatesSentence(column, dates));
    const bool is_main = filler.get() == MainFiller();
    const std::string from = Word("$from"), to = Word("$to");
    if (is_main && filler->day_is_given() && !from.empty() && from != to && decoded_.to == to &&
        decoded_.from == to && filler->fact().Find("period_start") == nullptr &&
        mapping_.counter == "daily") {
      remarks.push_back(
          fmt::format("the rows have no day: the sums of {} to {} stand on the last day", from, to));
    }
  }
  if (decoded_.rows_refused > static_cast<std::int64_t>(kQuarantineLimit)) {
    remarks.push_back(
        fmt::format("only the first {} refused rows are kept in the quarantine", kQuarantineLimit));
  }
  for (std::size_t i = 0; i < mapping_.remarks.size(); ++i) {
    const Remark& remark = mapping_.remarks[i];
    if (remark.when && !remark_holds_[i]) continue;
    if ((remark.with < 0 || fields_.Offered(remark.with)) &&
        (remark.without < 0 || !fields_.Offered(remark.without)))
      remarks.push_back(remark.say);
  }
}

Result<Decoded> Decoder::Finish() {
  BACKCAST_CHECK(SetLateDays());
  BACKCAST_CHECK(AddUpRepeats());
  BACKCAST_CHECK(FindPeriod());
  SayRemarks();
  for (const Stage& stage : stages_) {
    if (stage.rows > 0)
      decoded_.staged.push_back(stage.staged());
    else
      DropStaged(engine_, stage.staged());
  }
  return std::move(decoded_);
}

void Decoder::Drop() {
  for (Stage& stage : stages_) {
    stage.writer.reset();
    stage.appender.reset();
    DropStaged(engine_, stage.staged());
  }
}

}  // namespace

Result<Decoded> Decode(RecordReader& reader, const Mapping& mapping, std::string_view path,
                       const FileWords& words, std::string_view salt, const Schemas& schemas, DuckDb& engine,
                       std::string_view suffix, const IngestProgress& progress, const Waiting& waiting,
                       const Forgotten* forgotten) {
  const Binding binding = Bind(mapping, reader.head(), path);
  if (!binding.missing.empty()) {
    return Error{Code::kInput, fmt::format("{}:{}", path, reader.head().header_line),
                 fmt::format("the layout {} needs the column {}", mapping.id, Listed(binding.missing, 6)),
                 "see 'sources show " + mapping.id + "'"};
  }
  BACKCAST_TRY(Words known, FindWords(mapping, binding, path, words));
  Decoder decoder(reader, mapping, binding, std::move(known), salt, engine, waiting, forgotten);
  const auto run = [&]() -> Result<Decoded> {
    BACKCAST_CHECK(decoder.Prepare(schemas, suffix));
    BACKCAST_CHECK(decoder.ReadAll(progress));
    return decoder.Finish();
  };
  auto decoded = run();
  if (!decoded.ok()) {
    decoder.Drop();
    Error error = decoded.error();
    if (error.where.empty()) error.where = path;
    return error;
  }
  return decoded;
}

}  // namespace backcast
