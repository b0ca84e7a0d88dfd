// SPDX-License-Identifier: Apache-2.0
// Predicates over the fields of records: which rows are totals, which fill a fact.
#include <algorithm>
#include <unordered_map>

#include "ingest/row_fields.h"

namespace backcast {
namespace {

bool Matches(const Predicate& predicate, std::string_view cell) {
  const std::string folded = FoldText(cell);
  return std::any_of(predicate.words.begin(), predicate.words.end(), [&](const std::string& word) {
    if (predicate.kind == Predicate::Kind::kIs) return folded == word;
    if (predicate.kind == Predicate::Kind::kBegins) return folded.starts_with(word);
    return folded.find(word) != std::string::npos;
  });
}

/// "is" and "begins" of a long text need its beginning only; "contains" needs it all.
std::string_view Enough(const Predicate& predicate, std::string_view cell) {
  return predicate.kind == Predicate::Kind::kContains ? cell : cell.substr(0, 400);
}

}  // namespace

std::vector<char> RowFields::Holds(const Predicate& predicate) {
  using Kind = Predicate::Kind;
  const std::size_t rows = batch_->rows();
  std::vector<char> holds(rows, 0);
  switch (predicate.kind) {
    case Kind::kNever:
      break;
    case Kind::kIs:
    case Kind::kBegins:
    case Kind::kContains: {
      for (const int field : predicate.fields) {
        const std::vector<std::string_view>& cells = Cells(field);
        std::string_view last;
        bool last_holds = false;
        for (std::size_t row = 0; row < rows; ++row) {
          if (cells[row].empty()) continue;
          if (cells[row] != last) last_holds = Matches(predicate, Enough(predicate, cells[row]));
          last = cells[row];
          holds[row] = holds[row] || last_holds;
        }
      }
      break;
    }
    case Kind::kEmpty: {
      bool any = false;
      for (const int field : predicate.fields) any |= Offered(field);
      std::fill(holds.begin(), holds.end(), any ? 1 : 0);
      for (const int field : predicate.fields) {
        const std::vector<std::string_view>& cells = Cells(field);
        for (std::size_t row = 0; row < rows; ++row) holds[row] = holds[row] && cells[row].empty();
      }
      break;
    }
    case Kind::kDiffer: {
      const std::vector<std::string_view>& one = Cells(predicate.fields[0]);
      const std::vector<std::string_view>& other = Cells(predicate.fields[1]);
      for (std::size_t row = 0; row < rows; ++row)
        holds[row] = !one[row].empty() && !other[row].empty() && one[row] != other[row];
      break;
    }
    case Kind::kPresent:
    case Kind::kAll:
      std::fill(holds.begin(), holds.end(), 1);
      break;
    case Kind::kAny:
    case Kind::kNot:
      break;
  }
  if (predicate.kind == Kind::kPresent) {
    for (const int field : predicate.fields) {
      const std::vector<std::string_view>& cells = Cells(field);
      for (std::size_t row = 0; row < rows; ++row) holds[row] = holds[row] && !cells[row].empty();
    }
  }
  for (const Predicate& part : predicate.parts) {
    const std::vector<char> one = Holds(part);
    for (std::size_t row = 0; row < rows; ++row) {
      if (predicate.kind == Kind::kAll)
        holds[row] = holds[row] && one[row];
      else if (predicate.kind == Kind::kAny)
        holds[row] = holds[row] || one[row];
      else
        holds[row] = !one[row];
    }
  }
  return holds;
}

}  // namespace backcast
