// SPDX-License-Identifier: Apache-2.0
#include "ingest/fact_filler.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/day.h"
#include "facts/forget_rules.h"

namespace backcast {
namespace {

constexpr std::int64_t kMicrosPerDay = std::int64_t{86'400} * 1'000'000;
constexpr double kMoneyParts = 10000;

std::int64_t LateDay() { return ParseIsoDay(kLateDay).value().time_since_epoch().count(); }

bool IsWords(Type type) { return type == Type::kLabel || type == Type::kText || type == Type::kCode; }

void Resize(Type type, std::size_t rows, ColumnBuffer& column) {
  column.type = type;
  column.present.assign(rows, 0);
  if (IsWords(type))
    column.words.assign(rows, {});
  else if (type == Type::kNumber)
    column.numbers.assign(rows, 0);
  else
    column.integers.assign(rows, 0);
}

template <class T>
void Select(const std::vector<T>& all, const std::vector<char>& keep, std::vector<T>& kept) {
  kept.clear();
  if (all.empty()) return;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (keep[row]) kept.push_back(all[row]);
  }
}

void Mix(std::uint64_t value, std::uint64_t& hash) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
}

}  // namespace

FactFiller::FactFiller(const Mapping& mapping, const Fill& fill, const Fact& fact, RowFields& fields,
                       const Forgotten* forgotten)
    : mapping_(mapping),
      fill_(fill),
      fact_(fact),
      fields_(fields),
      forgotten_(forgotten != nullptr && !forgotten->empty() ? forgotten : nullptr),
      columns_(StagedColumns(fact)) {
  sources_.resize(columns_.size());
  for (const Target& target : fill.targets) {
    Source& source = sources_[target.column];
    if (source.offered) continue;
    source.target = &target;
    source.written.resize(target.fields.size());
    const auto offered = [&](int field) { return fields.Offered(field); };
    source.offered = target.kind == Target::Kind::kDifference
                         ? offered(target.fields[0])
                         : std::all_of(target.fields.begin(), target.fields.end(), offered);
    if (columns_[target.column].name == fact.day && source.offered)
      day_is_given_ = fields.IsSame(target.fields[0]);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string& name = columns_[i].name;
    const bool in_key = std::find(fact.key.begin(), fact.key.end(), name) != fact.key.end();
    if (in_key && columns_[i].type == Type::kLabel && !name.ends_with("_id"))
      blank_.push_back(i);
    else if (in_key || name == fact.day)
      needed_.push_back(i);
    const bool is_person = columns_[i].of == "person" || (fact.id == "person" && name == "natural");
    if (is_person)
      owners_.emplace_back(i, "person");
    else if (columns_[i].type == Type::kLabel && name.ends_with("_id") &&
             FindNamelessRule(fact.id) == nullptr)
      owners_.emplace_back(i, name);
  }
}

bool FactFiller::Has(std::string_view column) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == column) return sources_[i].offered;
  }
  return false;
}

Result<const Written*> FactFiller::WrittenAs(Source& source, std::size_t part, Type type,
                                             const std::vector<std::string_view>& cells) {
  Written& written = source.written[part];
  if (!written.known) {
    const CellForm& form = mapping_.fields[static_cast<std::size_t>(source.target->fields[part])].form;
    BACKCAST_TRY(written, FindWritten(form, type, cells, hints_));
    const std::string& name = columns_[source.target->column].name;
    if (written.dates.ambiguous || written.dates.mixed) unsure_dates_.emplace(name, written.dates);
  }
  return &written;
}

void FactFiller::Show(FileHints& hints) {
  for (const Target& target : fill_.targets) {
    const Type type = columns_[target.column].type;
    for (const int field : target.fields) {
      if (!fields_.Offered(field)) continue;
      const std::vector<std::string_view>& cells = fields_.Cells(field);
      if (type == Type::kCount || type == Type::kNumber || type == Type::kMoney) {
        hints.prefer_comma = hints.prefer_comma || GuessStyle(cells) == NumberStyle::kComma;
      } else if ((type == Type::kDay || type == Type::kInstant) && !hints.order) {
        const auto dates = GuessDates(cells);
        if (dates && dates->shows_order) hints.order = dates->order;
      }
    }
  }
}

Result<Done> FactFiller::ReadArithmetic(std::size_t at, std::vector<BadCell>& bad) {
  Source& source = sources_[at];
  const Target& target = *source.target;
  const Type type = columns_[at].type;
  ColumnBuffer& column = all_.columns[at];
  std::vector<double> result(all_.rows, target.kind == Target::Kind::kProduct ? 1.0 : 0.0);
  std::vector<std::uint8_t> present(all_.rows, 1);
  for (std::size_t part = 0; part < target.fields.size(); ++part) {
    if (!fields_.Offered(target.fields[part])) continue;
    const std::vector<std::string_view>& cells = fields_.Cells(target.fields[part]);
    const Type operand_type =
        type == Type::kMoney && target.kind != Target::Kind::kProduct ? Type::kMoney : Type::kNumber;
    BACKCAST_TRY(const Written* written, WrittenAs(source, part, operand_type, cells));
    ColumnBuffer operand;
    ReadCells(operand_type, *written, cells, operand, bad, texts_);
    const bool optional = target.kind == Target::Kind::kDifference && part > 0;
    for (std::size_t row = 0; row < all_.rows; ++row) {
      if (!operand.present[row]) {
        if (!optional) present[row] = 0;
        continue;
      }
      const double value = operand_type == Type::kMoney
                               ? static_cast<double>(operand.integers[row]) / kMoneyParts
                               : operand.numbers[row];
      if (target.kind == Target::Kind::kProduct)
        result[row] *= value;
      else
        result[row] += optional ? -value : value;
    }
  }
  Resize(type, all_.rows, column);
  column.present = present;
  const double scale = type == Type::kMoney ? kMoneyParts : 1;
  for (std::size_t row = 0; row < all_.rows; ++row) {
    if (!present[row]) continue;
    if (type == Type::kNumber)
      column.numbers[row] = result[row];
    else
      column.integers[row] = std::llround(result[row] * scale);
  }
  return Done{};
}

Result<Done> FactFiller::ReadTarget(std::size_t at, std::vector<BadCell>& bad) {
  Source& source = sources_[at];
  const Type type = columns_[at].type;
  if (source.target == nullptr || !source.offered) {
    Resize(type, all_.rows, all_.columns[at]);
    return Done{};
  }
  if (source.target->kind != Target::Kind::kField) return ReadArithmetic(at, bad);
  const std::vector<std::string_view>& cells = fields_.Cells(source.target->fields[0]);
  BACKCAST_TRY(const Written* written, WrittenAs(source, 0, type, cells));
  ReadCells(type, *written, cells, all_.columns[at], bad, texts_);
  const bool is_id = type == Type::kLabel && columns_[at].name.ends_with("_id");
  for (std::size_t row = 0; is_id && row < cells.size(); ++row) {
    if (LooksMangled(cells[row]))
      bad.push_back(
          {row,
           "is an id that a spreadsheet program destroyed; export the file again and do not re-save it"});
  }
  return Done{};
}

void FactFiller::CheckKeys(const std::vector<char>& is_data, std::vector<RowFault>& faults) {
  for (const std::size_t at : blank_) {
    ColumnBuffer& column = all_.columns[at];
    std::fill(column.present.begin(), column.present.end(), std::uint8_t{1});
  }
  if (fact_.is_dimension) {
    for (std::size_t row = 0; row < all_.rows; ++row)
      wanted_[row] = wanted_[row] && all_.columns[0].present[row];
    return;
  }
  for (const std::size_t at : needed_) {
    for (std::size_t row = 0; row < all_.rows; ++row) {
      if (!is_data[row] || !wanted_[row] || all_.columns[at].present[row]) continue;
      const bool is_day = columns_[at].name == fact_.day;
      faults.push_back({row, columns_[at].name, "",
                        is_day ? "the row has no day"
                               : "the row has no " + columns_[at].name + ", which is part of its key"});
    }
  }
}

/// Rows of a person who was forgotten: refused, without a word of what they say; of a fact that stays
/// nameless, kept without the person.
void FactFiller::LeaveOutForgotten(const std::vector<char>& is_data, std::vector<RowFault>& faults) {
  const NamelessRule* nameless = FindNamelessRule(fact_.id);
  std::vector<char> theirs(all_.rows, 0);
  bool any = false;
  for (const auto& [at, name] : owners_) {
    ColumnBuffer& column = all_.columns[at];
    for (std::size_t row = 0; row < all_.rows; ++row) {
      if (!column.present[row] || !is_data[row] || !forgotten_->Has(name, column.words[row])) continue;
      if (nameless != nullptr) column.present[row] = 0;
      theirs[row] = 1;
      any = true;
    }
  }
  if (!any) return;
  for (RowFault& fault : faults) {
    if (theirs[fault.row]) fault.value.clear();
  }
  for (std::size_t row = 0; row < all_.rows; ++row) {
    if (!theirs[row] || !wanted_[row]) continue;
    if (fact_.is_dimension) {
      wanted_[row] = 0;
    } else if (nameless == nullptr) {
      faults.push_back({row, "", "", "is of a person who was forgotten"});
    } else {
      for (std::size_t at = 0; at < columns_.size(); ++at) {
        if (std::count(nameless->without.begin(), nameless->without.end(), columns_[at].name) > 0)
          all_.columns[at].present[row] = 0;
      }
    }
  }
}

Result<Done> FactFiller::Read(const RecordBatch& batch, const std::vector<char>& is_data,
                              std::vector<RowFault>& faults) {
  texts_.clear();
  all_.rows = batch.rows();
  all_.columns.resize(columns_.size() + 1);
  wanted_.assign(all_.rows, 1);
  if (fill_.when) wanted_ = fields_.Holds(*fill_.when);
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    std::vector<BadCell> bad;
    BACKCAST_CHECK(ReadTarget(at, bad));
    const bool is_told = columns_[at].type == Type::kNumber && !columns_[at].note.empty();
    const std::string wanted = is_told ? "; what can be read is " + columns_[at].note : "";
    for (BadCell& cell : bad) {
      if (!is_data[cell.row] || !wanted_[cell.row]) continue;
      const std::string_view text = fields_.Cells(sources_[at].target->fields[0])[cell.row];
      faults.push_back({cell.row, columns_[at].name, std::string(text), cell.reason + wanted});
    }
  }
  ColumnBuffer& lines = all_.columns.back();
  lines.type = Type::kCount;
  lines.present.assign(all_.rows, 1);
  lines.integers = batch.lines;
  CheckKeys(is_data, faults);
  if (forgotten_ != nullptr) LeaveOutForgotten(is_data, faults);
  return Done{};
}

void FactFiller::NoteDays(const ColumnBuffer& column, Type type) {
  static const std::int64_t late = LateDay();
  for (std::size_t row = 0; row < column.present.size(); ++row) {
    if (!column.present[row]) continue;
    std::int64_t day = column.integers[row];
    if (type == Type::kInstant) day = day / kMicrosPerDay - (day % kMicrosPerDay < 0 ? 1 : 0);
    if (day != late) newest_ = std::max(newest_.value_or(day), day);
  }
}

/// Of a dimension only rows that say something new are kept: exports repeat their ads and posts on every row.
void FactFiller::DropRepeats(std::vector<char>& keep) {
  const std::hash<std::string_view> of_word;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (!keep[row]) continue;
    std::uint64_t content = 0x243F6A8885A308D3ULL;
    for (std::size_t at = 1; at < columns_.size(); ++at) {
      const ColumnBuffer& column = all_.columns[at];
      Mix(column.present[row], content);
      if (!column.present[row]) continue;
      if (IsWords(column.type))
        Mix(of_word(column.words[row]), content);
      else if (column.type == Type::kNumber)
        Mix(std::hash<double>()(column.numbers[row]), content);
      else
        Mix(static_cast<std::uint64_t>(column.integers[row]), content);
    }
    std::uint64_t natural = 0;
    Mix(of_word(all_.columns[0].words[row]), natural);
    const auto [entry, is_new] = seen_.try_emplace(natural, content);
    if (!is_new && entry->second == content) keep[row] = 0;
    entry->second = content;
  }
}

const RowBatch& FactFiller::Keep(const std::vector<char>& refused) {
  std::vector<char> keep = wanted_;
  for (std::size_t row = 0; row < keep.size(); ++row) keep[row] = keep[row] && !refused[row];
  if (fact_.is_dimension) DropRepeats(keep);
  const bool whole = std::all_of(keep.begin(), keep.end(), [](char k) { return k != 0; });
  if (!whole) {
    kept_.columns.resize(all_.columns.size());
    kept_.rows =
        static_cast<std::size_t>(std::count_if(keep.begin(), keep.end(), [](char k) { return k != 0; }));
    for (std::size_t at = 0; at < all_.columns.size(); ++at) {
      kept_.columns[at].type = all_.columns[at].type;
      Select(all_.columns[at].present, keep, kept_.columns[at].present);
      Select(all_.columns[at].integers, keep, kept_.columns[at].integers);
      Select(all_.columns[at].numbers, keep, kept_.columns[at].numbers);
      Select(all_.columns[at].words, keep, kept_.columns[at].words);
    }
  }
  const RowBatch& rows = whole ? all_ : kept_;
  static const std::int64_t late = LateDay();
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    if (columns_[at].type != Type::kDay && columns_[at].type != Type::kInstant) continue;
    NoteDays(rows.columns[at], columns_[at].type);
    const bool holds_late = columns_[at].type == Type::kDay && !rows.columns[at].integers.empty() &&
                            rows.columns[at].integers[0] == late;
    if (holds_late && std::find(late_.begin(), late_.end(), columns_[at].name) == late_.end())
      late_.push_back(columns_[at].name);
  }
  return rows;
}

double FactFiller::Sum(std::string_view name, const std::vector<char>& is_data,
                       const std::vector<char>& refused) const {
  double sum = 0;
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    const ColumnBuffer& column = all_.columns[at];
    if (columns_[at].name != name || IsWords(column.type)) continue;
    std::int64_t whole = 0;
    for (std::size_t row = 0; row < all_.rows; ++row) {
      if (!column.present[row] || !is_data[row] || refused[row] || !wanted_[row]) continue;
      if (column.type == Type::kNumber)
        sum += column.numbers[row];
      else
        whole += column.integers[row];
    }
    sum += static_cast<double>(whole) / (column.type == Type::kMoney ? kMoneyParts : 1);
  }
  return sum;
}

std::optional<double> FactFiller::Number(std::string_view name, std::size_t row) const {
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    if (columns_[at].name != name || !all_.columns[at].present[row]) continue;
    const ColumnBuffer& column = all_.columns[at];
    if (column.type == Type::kNumber) return column.numbers[row];
    if (!IsWords(column.type))
      return static_cast<double>(column.integers[row]) / (column.type == Type::kMoney ? kMoneyParts : 1);
  }
  return std::nullopt;
}

}  // namespace backcast
