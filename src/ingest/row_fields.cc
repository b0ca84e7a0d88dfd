// SPDX-License-Identifier: Apache-2.0
#include "ingest/row_fields.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>

#include "ingest/person.h"
#include "text/masking.h"

namespace backcast {
namespace {

constexpr std::size_t kCacheLimit = 100'000;

bool IsBlankEdge(std::string_view cell) {
  const auto blank = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0xC2;
  };
  return !cell.empty() &&
         (blank(cell.front()) || blank(cell.back()) || static_cast<unsigned char>(cell.back()) >= 0x80);
}

/// ="0123" and '0123 are how spreadsheets keep a number as text; the marks are no part of it.
std::string_view WithoutTextMark(std::string_view cell) {
  if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"'))
    return cell.substr(2, cell.size() - 3);
  const bool marked =
      cell.size() > 1 && cell.front() == '\'' && cell.find_first_not_of("0123456789", 1) == cell.npos;
  return marked ? cell.substr(1) : cell;
}

}  // namespace

RowFields::RowFields(const Mapping& mapping, const Binding& binding, Words known, std::string salt)
    : mapping_(mapping), binding_(binding), known_(std::move(known)), salt_(std::move(salt)) {
  const std::size_t count = mapping.fields.size();
  cells_.resize(count);
  caches_.resize(count);
  counters_.resize(count);
  carried_.resize(count);
  carried_for_.resize(count);
  patterns_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (mapping.fields[i].make == Make::kMatch)
      patterns_[i] = std::make_unique<re2::RE2>(mapping.fields[i].text, RE2::Quiet);
  }
  FindOffered();
}

RowFields::~RowFields() = default;

void RowFields::FindOffered() {
  offered_.assign(mapping_.fields.size(), 0);
  for (std::size_t i = 0; i < mapping_.fields.size(); ++i) {
    const Field& field = mapping_.fields[i];
    const auto from_offered = [&](int from) { return offered_[static_cast<std::size_t>(from)] != 0; };
    switch (field.make) {
      case Make::kColumn:
        offered_[i] = binding_.columns[i] >= 0;
        break;
      case Make::kKnown:
        offered_[i] = known_.find(field.id) != known_.end();
        break;
      case Make::kConstant:
      case Make::kLine:
      case Make::kWhen:
      case Make::kNames:
        offered_[i] = 1;
        break;
      case Make::kCurrency:
        offered_[i] = !binding_.currencies[static_cast<std::size_t>(field.from[0])].empty();
        break;
      case Make::kText:
      case Make::kDaysAfter:
        offered_[i] = std::all_of(field.from.begin(), field.from.end(), from_offered);
        break;
      case Make::kOnly:
      case Make::kQualify:
        offered_[i] = from_offered(field.from[0]);
        break;
      default:
        offered_[i] = std::any_of(field.from.begin(), field.from.end(), from_offered);
    }
    if (field.make == Make::kWhen)
      offered_[i] = field.from.empty() || std::any_of(field.from.begin(), field.from.end(), from_offered);
  }
}

bool RowFields::IsSame(int field) const {
  const Field& it = mapping_.fields[static_cast<std::size_t>(field)];
  if (it.make == Make::kKnown || it.make == Make::kConstant || it.make == Make::kCurrency ||
      it.make == Make::kNames)
    return true;
  if (it.make == Make::kColumn || it.make == Make::kWhen || it.make == Make::kOnly ||
      it.make == Make::kLineNumber || it.make == Make::kLine)
    return false;
  return std::all_of(it.from.begin(), it.from.end(),
                     [&](int from) { return !Offered(from) || IsSame(from); });
}

void RowFields::Load(const RecordBatch& batch) {
  batch_ = &batch;
  made_.assign(mapping_.fields.size(), 0);
  texts_.clear();
  for (Cache& cache : caches_) {
    if (cache.size() > kCacheLimit) cache.clear();
  }
}

std::string_view RowFields::Keep(std::string text) {
  texts_.push_back(std::move(text));
  return texts_.back();
}

const std::vector<std::string_view>& RowFields::Cells(int field) {
  const auto at = static_cast<std::size_t>(field);
  if (!made_[at]) {
    made_[at] = 1;
    Make_(field, cells_[at]);
  }
  return cells_[at];
}

void RowFields::Make_(int index, std::vector<std::string_view>& cells) {
  const Field& field = mapping_.fields[static_cast<std::size_t>(index)];
  cells.assign(batch_->rows(), std::string_view());
  if (!Offered(index)) return;
  switch (field.make) {
    case Make::kColumn:
      return MakeColumn(index, cells);
    case Make::kKnown:
      return std::fill(cells.begin(), cells.end(), std::string_view(known_.find(field.id)->second)), void();
    case Make::kLine:
      for (std::size_t row = 0; row < cells.size(); ++row)
        cells[row] = Keep(std::to_string(batch_->lines[row]));
      return;
    case Make::kConstant:
      return std::fill(cells.begin(), cells.end(), std::string_view(field.text)), void();
    case Make::kNames:
      return std::fill(cells.begin(), cells.end(), Keep(NamesOf(field))), void();
    case Make::kCurrency:
      return std::fill(cells.begin(), cells.end(),
                       std::string_view(binding_.currencies[static_cast<std::size_t>(field.from[0])])),
             void();
    case Make::kText:
      return MakeText(field, cells);
    case Make::kJoin:
      return MakeJoin(field, cells);
    case Make::kFirst:
      return MakeFirst(field, cells);
    case Make::kWhen:
      return MakeWhen(field, cells);
    case Make::kOnly:
      return MakeOnly(field, cells);
    case Make::kLineNumber:
      return MakeLineNumbers(index, cells);
    case Make::kDaysAfter:
      return MakeDays(field, cells);
    case Make::kQualify:
      return MakeQualified(field, cells);
    case Make::kPerson:
      MakeFirst(field, cells);
      return MakeEach(index, cells);
    case Make::kWords:
    case Make::kMask:
    case Make::kMatch:
      cells = Cells(field.from[0]);
      return MakeEach(index, cells);
  }
}

std::string RowFields::NamesOf(const Field& field) const {
  std::string names = Offered(field.by) ? "" : std::string(kByPeriod);
  for (const int from : field.from) {
    if (Offered(from) && !IsSame(from))
      names += (names.empty() ? "" : ", ") + mapping_.fields[static_cast<std::size_t>(from)].id;
  }
  return names;
}

void RowFields::MakeColumn(int index, std::vector<std::string_view>& cells) {
  const std::size_t column = static_cast<std::size_t>(binding_.columns[static_cast<std::size_t>(index)]);
  const std::vector<std::string>& nulls = mapping_.fields[static_cast<std::size_t>(index)].form.nulls;
  const std::size_t stride = batch_->columns;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    std::string_view cell = batch_->cells[row * stride + column];
    if (IsBlankEdge(cell)) cell = Trim(cell);
    if (!cell.empty() && (cell.front() == '=' || cell.front() == '\'')) cell = WithoutTextMark(cell);
    cells[row] = cell;
  }
  for (const std::string& word : nulls) {
    for (std::string_view& cell : cells) {
      if (cell.size() == word.size() && cell == word) cell = {};
    }
  }
  if (std::find(mapping_.carry.begin(), mapping_.carry.end(), index) != mapping_.carry.end())
    Carry(index, cells);
}

/// Fills empty cells of later lines of one order with the cell of its first line.
void RowFields::Carry(int index, std::vector<std::string_view>& cells) {
  const std::vector<std::string_view>& by = Cells(mapping_.carry_by);
  std::string& last = carried_[static_cast<std::size_t>(index)];
  std::string& last_for = carried_for_[static_cast<std::size_t>(index)];
  std::string_view value = Keep(last);
  std::string_view value_for = Keep(last_for);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (by[row] != value_for) {
      value_for = by[row];
      value = cells[row];
    } else if (cells[row].empty()) {
      cells[row] = value;
    } else {
      value = cells[row];
    }
  }
  last = std::string(value);
  last_for = std::string(value_for);
}

void RowFields::MakeText(const Field& field, std::vector<std::string_view>& cells) {
  std::vector<const std::vector<std::string_view>*> parts;
  for (const int from : field.from) parts.push_back(&Cells(from));
  for (std::size_t row = 0; row < cells.size(); ++row) {
    std::string text = field.pieces[0];
    bool whole = true;
    for (std::size_t part = 0; part < parts.size() && whole; ++part) {
      whole = !(*parts[part])[row].empty();
      text += (*parts[part])[row];
      text += field.pieces[part + 1];
    }
    if (whole) cells[row] = Keep(std::move(text));
  }
}

void RowFields::MakeJoin(const Field& field, std::vector<std::string_view>& cells) {
  std::vector<const std::vector<std::string_view>*> parts;
  for (const int from : field.from) parts.push_back(&Cells(from));
  for (std::size_t row = 0; row < cells.size(); ++row) {
    std::string text;
    for (const auto* part : parts) {
      if ((*part)[row].empty()) continue;
      if (!text.empty()) text += field.pieces[0];
      text += (*part)[row];
    }
    if (!text.empty()) cells[row] = Keep(std::move(text));
  }
}

void RowFields::MakeFirst(const Field& field, std::vector<std::string_view>& cells) {
  for (const int from : field.from) {
    if (!Offered(from)) continue;
    const std::vector<std::string_view>& others = Cells(from);
    for (std::size_t row = 0; row < cells.size(); ++row) {
      if (cells[row].empty()) cells[row] = others[row];
    }
  }
}

std::string RowFields::Change(const Field& field, std::size_t index, std::string_view cell) const {
  switch (field.make) {
    case Make::kPerson:
      return PersonId(salt_, cell);
    case Make::kMask:
      return MaskPrivate(cell);
    case Make::kMatch: {
      std::string group;
      return RE2::PartialMatch(re2::StringPiece(cell.data(), cell.size()), *patterns_[index], &group)
                 ? std::string(Trim(group))
                 : "";
    }
    default: {
      const auto found = field.words.find(FoldText(cell));
      if (found != field.words.end()) return found->second;
      return field.keep_unknown ? std::string(cell) : field.text;
    }
  }
}

/// Steps that turn one cell into another, remembered because exports repeat themselves.
void RowFields::MakeEach(int index, std::vector<std::string_view>& cells) {
  const auto at = static_cast<std::size_t>(index);
  const Field& field = mapping_.fields[at];
  const bool repeats = field.make != Make::kMask;
  std::string_view last;
  std::string_view last_changed;
  for (std::string_view& cell : cells) {
    if (field.make == Make::kMask && !MayHoldPrivate(cell)) continue;
    if (cell.empty()) continue;
    if (repeats && cell == last && !last.empty()) {
      cell = last_changed;
      continue;
    }
    last = cell;
    if (!repeats) {
      cell = Keep(Change(field, at, cell));
      continue;
    }
    const auto [entry, is_new] = caches_[at].try_emplace(std::string(cell));
    if (is_new) entry->second = Change(field, at, cell);
    cell = entry->second;
    last_changed = cell;
  }
}

void RowFields::MakeWhen(const Field& field, std::vector<std::string_view>& cells) {
  const std::vector<char> holds = Holds(*field.when);
  for (std::size_t row = 0; row < cells.size(); ++row)
    cells[row] = holds[row] ? std::string_view(field.pieces[0]) : std::string_view(field.text);
}

void RowFields::MakeOnly(const Field& field, std::vector<std::string_view>& cells) {
  const std::vector<char> holds = Holds(*field.when);
  const std::vector<std::string_view>& others = Cells(field.from[0]);
  for (std::size_t row = 0; row < cells.size(); ++row)
    cells[row] = holds[row] ? others[row] : std::string_view();
}

void RowFields::MakeLineNumbers(int index, std::vector<std::string_view>& cells) {
  const std::vector<std::string_view>& words =
      Cells(mapping_.fields[static_cast<std::size_t>(index)].from[0]);
  Counter& counter = counters_[static_cast<std::size_t>(index)];
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (words[row] != counter.word) counter = {std::string(words[row]), 0};
    cells[row] = Keep(std::to_string(++counter.count));
  }
}

void RowFields::MakeDays(const Field& field, std::vector<std::string_view>& cells) {
  const std::vector<std::string_view>& counts = Cells(field.from[0]);
  const std::vector<std::string_view>& firsts = Cells(field.from[1]);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const auto count = ReadCount(counts[row]);
    const auto first = ReadDay(firsts[row], DateFormat{});
    if (count && first && std::abs(*count) < 100'000)
      cells[row] = Keep(ToIso(*first + std::chrono::days(*count)));
  }
}

void RowFields::MakeQualified(const Field& field, std::vector<std::string_view>& cells) {
  const std::vector<std::string_view>& ids = Cells(field.from[0]);
  const std::vector<std::string_view>& prefixes = Cells(field.from[1]);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const std::string prefix = std::string(prefixes[row]) + ":";
    const bool bare = !ids[row].empty() && prefix.size() > 1 && !ids[row].starts_with(prefix);
    cells[row] = bare ? Keep(prefix + std::string(ids[row])) : ids[row];
  }
}

}  // namespace backcast
