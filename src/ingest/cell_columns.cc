// SPDX-License-Identifier: Apache-2.0
#include "ingest/cell_columns.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "text/masking.h"

namespace backcast {
namespace {

constexpr std::size_t kGuessCells = 5000;
constexpr double kTenThousand = 10000;

/// Runs `read` over the cells; a cell equal to the one before is not read again.
template <class Value, class Read, class Store>
void Each(const std::vector<std::string_view>& cells, ColumnBuffer& column, std::vector<BadCell>& bad,
          std::string_view what, const Read& read, const Store& store) {
  std::optional<Value> last;
  std::string_view last_cell;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const std::string_view cell = cells[row];
    if (cell.empty()) continue;
    if (cell != last_cell) {
      last = read(cell);
      last_cell = cell;
    }
    if (last) {
      column.present[row] = 1;
      store(row, *last);
    } else {
      bad.push_back({row, std::string(what)});
    }
  }
}

/// Up to 15 plain digits, the common case of counts.
bool ReadPlain(std::string_view cell, std::int64_t& value) {
  if (cell.size() > 15) return false;
  std::int64_t sum = 0;
  for (const char c : cell) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    if (digit > 9) return false;
    sum = sum * 10 + digit;
  }
  value = sum;
  return true;
}

std::optional<double> ReadScaled(std::string_view cell, const Written& written) {
  std::optional<double> value;
  if (written.form.percent)
    value = ReadPercent(cell, *written.form.percent, written.style);
  else if (written.form.duration)
    value = ReadDuration(cell, written.style);
  else
    value = ReadNumber(cell, written.style);
  if (value) *value *= written.form.scale;
  return value;
}

std::optional<std::int64_t> Rounded(std::optional<double> value, double scale) {
  if (!value || std::abs(*value * scale) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(*value * scale));
}

void ReadIntegers(Type type, const Written& written, const std::vector<std::string_view>& cells,
                  ColumnBuffer& column, std::vector<BadCell>& bad) {
  column.integers.assign(cells.size(), 0);
  const auto store = [&](std::size_t row, std::int64_t value) { column.integers[row] = value; };
  const bool plain = written.form.scale == 1 && !written.form.duration && !written.form.percent;
  const auto count = [&](std::string_view cell) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    if (ReadPlain(cell, value)) return value;
    return ReadCount(cell, written.style);
  };
  const auto scaled = [&](std::string_view cell) { return Rounded(ReadScaled(cell, written), 1); };
  const auto money = [&](std::string_view cell) { return ReadMoney(cell, written.style); };
  const auto scaled_money = [&](std::string_view cell) {
    return Rounded(ReadScaled(cell, written), kTenThousand);
  };
  const auto day = [&](std::string_view cell) -> std::optional<std::int64_t> {
    const auto found = ReadDay(cell, written.dates);
    return found ? std::optional<std::int64_t>(found->time_since_epoch().count()) : std::nullopt;
  };
  const auto instant = [&](std::string_view cell) -> std::optional<std::int64_t> {
    const auto found = ReadInstant(cell, written.dates, written.zone);
    return found ? std::optional<std::int64_t>(found->time_since_epoch().count()) : std::nullopt;
  };
  const auto flag = [](std::string_view cell) -> std::optional<std::int64_t> {
    const auto found = ReadFlag(cell);
    return found ? std::optional<std::int64_t>(*found ? 1 : 0) : std::nullopt;
  };
  const std::string_view date_words = written.dates.without_year && written.dates.year == 0
                                          ? "is a date without a year; give one with --year"
                                          : "is no date";
  using Value = std::int64_t;
  if (type == Type::kCount && plain)
    return Each<Value>(cells, column, bad, "is no whole number", count, store);
  if (type == Type::kCount) return Each<Value>(cells, column, bad, "is no number", scaled, store);
  if (type == Type::kMoney && plain)
    return Each<Value>(cells, column, bad, "is no amount of money", money, store);
  if (type == Type::kMoney)
    return Each<Value>(cells, column, bad, "is no amount of money", scaled_money, store);
  if (type == Type::kDay) return Each<Value>(cells, column, bad, date_words, day, store);
  if (type == Type::kInstant) return Each<Value>(cells, column, bad, date_words, instant, store);
  return Each<Value>(cells, column, bad, "is neither yes nor no", flag, store);
}

/// The guess, unless commas are as possible and likelier: "25.881" is no count with a point.
NumberStyle StyleOf(Type type, const std::vector<std::string_view>& cells, bool prefer_comma) {
  const NumberStyle guess = GuessStyle(cells);
  if (guess != NumberStyle::kPoint) return guess;
  const auto reads = [&](NumberStyle style) {
    return std::all_of(cells.begin(), cells.end(), [&](std::string_view cell) {
      return type == Type::kCount ? ReadCount(cell, style).has_value() : ReadMoney(cell, style).has_value();
    });
  };
  const bool point_fails = type == Type::kCount && !reads(NumberStyle::kPoint);
  return (prefer_comma || point_fails) && reads(NumberStyle::kComma) ? NumberStyle::kComma : guess;
}

void ReadWords(Type type, const std::vector<std::string_view>& cells, ColumnBuffer& column,
               std::deque<std::string>& kept) {
  column.words = cells;
  for (std::size_t row = 0; row < cells.size(); ++row) column.present[row] = cells[row].empty() ? 0 : 1;
  if (type != Type::kText) return;
  for (std::string_view& word : column.words) {
    if (!MayHoldPrivate(word)) continue;
    kept.push_back(MaskPrivate(word));
    word = kept.back();
  }
}

}  // namespace

Result<Written> FindWritten(const CellForm& form, Type type, const std::vector<std::string_view>& cells,
                            const FileHints& hints) {
  Written written;
  written.form = form;
  std::vector<std::string_view> some;
  for (const std::string_view cell : cells) {
    if (!cell.empty() && some.size() < kGuessCells) some.push_back(cell);
  }
  written.known = !some.empty();
  if (type == Type::kCount || type == Type::kMoney || type == Type::kNumber) {
    written.style = form.style ? *form.style : StyleOf(type, some, hints.prefer_comma);
  }
  if (type == Type::kDay || type == Type::kInstant) {
    const auto dates = GuessDates(some);
    if (dates) written.dates = *dates;
    if (!dates || dates->ambiguous) {
      const auto known = hints.order ? hints.order : form.date_order;
      using Order = DateFormat::Order;
      written.dates.order = known.value_or(hints.prefer_comma ? Order::kDayFirst : Order::kMonthFirst);
      if (known) written.dates.ambiguous = false;
    }
    if (form.date_serial) written.dates.serial = *form.date_serial;
    written.dates.year = hints.year;
    if (!form.zone.empty()) {
      BACKCAST_TRY(written.zone, Zone::Open(form.zone));
    }
  }
  return written;
}

void ReadCells(Type type, const Written& written, const std::vector<std::string_view>& cells,
               ColumnBuffer& column, std::vector<BadCell>& bad, std::deque<std::string>& kept) {
  column.type = type;
  column.present.assign(cells.size(), 0);
  const bool is_number = type == Type::kCount || type == Type::kMoney || type == Type::kNumber;
  if (type == Type::kLabel || type == Type::kText || type == Type::kCode) {
    ReadWords(type, cells, column, kept);
  } else if (type == Type::kNumber) {
    column.numbers.assign(cells.size(), 0);
    Each<double>(
        cells, column, bad, "is no number", [&](std::string_view cell) { return ReadScaled(cell, written); },
        [&](std::size_t row, double value) { column.numbers[row] = value; });
  } else {
    ReadIntegers(type, written, cells, column, bad);
  }
  if (!is_number || !written.form.missing_is_zero) return;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row].empty()) column.present[row] = 1;
  }
}

}  // namespace backcast
