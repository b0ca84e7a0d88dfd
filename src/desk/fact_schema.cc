// SPDX-License-Identifier: Apache-2.0
#include "desk/fact_schema.h"

#include <algorithm>
#include <set>

#include "desk/answer_table.h"
#include "facts/type_words.h"
#include "ingest/mapping.h"

namespace backcast {
namespace {

bool InKey(const Fact& fact, const FactColumn& column) {
  if (fact.is_dimension) return column.name == "natural";
  return std::find(fact.key.begin(), fact.key.end(), column.name) != fact.key.end();
}

/// Without it a file is not known to be of this fact, or its rows are refused.
bool MustBeThere(const Fact& fact, const FactColumn& column) {
  return (InKey(fact, column) && column.name != kBreakdown) || (!fact.day.empty() && column.name == fact.day);
}

std::string AddingWord(Adding adding) {
  switch (adding) {
    case Adding::kUnique:
      return "unique";
    case Adding::kStock:
      return "stock";
    case Adding::kAdds:
      break;
  }
  return "";
}

}  // namespace

std::string TypeText(const FactColumn& column) {
  std::string text(ToWord(column.type));
  if (!column.of.empty()) text += " of " + column.of;
  const std::string adding = AddingWord(column.adding);
  return adding.empty() ? text : text + ", " + adding;
}

std::string FactPaper(const Fact& fact) {
  std::string out = Wrapped(fact.id + ": " + fact.grain);
  if (!fact.note.empty()) out += Wrapped(fact.note, 2);
  out +=
      "\n" + Wrapped(
                 "A CSV whose headers are these names fills it; columns without * may be left out, an empty "
                 "cell is not reported. Rows of the same key replace each other.");
  std::string key;
  std::size_t name_width = 0, type_width = 0;
  std::set<Type> types;
  bool unique = false, stock = false;
  const std::vector<FactColumn> columns = StagedColumns(fact);
  for (const FactColumn& column : columns) {
    if (InKey(fact, column)) key += (key.empty() ? "" : ", ") + column.name;
    name_width = std::max(name_width, column.name.size());
    type_width = std::max(type_width, TypeText(column).size());
    types.insert(column.type);
    unique |= column.adding == Adding::kUnique;
    stock |= column.adding == Adding::kStock;
  }
  out += Wrapped("key: " + key, 2) + "\n";
  for (const FactColumn& column : columns) {
    const std::string type = TypeText(column);
    std::string line = (MustBeThere(fact, column) ? "  * " : "    ") + column.name +
                       std::string(name_width - column.name.size() + 2, ' ') + type;
    if (!column.note.empty()) {
      line += std::string(type_width - type.size() + 2, ' ');
      line += Wrapped(column.note, static_cast<int>(line.size())).substr(line.size());
    } else {
      line += "\n";
    }
    out += line;
  }
  out += "\n";
  for (const TypeWord& one : kTypes) {
    if (types.contains(one.type)) out += Wrapped(std::string(one.word) + ": " + std::string(one.cells), 2);
  }
  if (unique)
    out += Wrapped("unique: people that the platform counted once; never added, not even over days", 2);
  if (stock) out += Wrapped("stock: a level at a moment; the last one counts, accounts add up", 2);
  return out;
}

Json FactJson(const Fact& fact) {
  Json columns = Json::array(), types = Json::object();
  for (const FactColumn& column : StagedColumns(fact)) {
    const std::string adding = AddingWord(column.adding);
    columns.push_back({{"name", column.name},
                       {"type", ToWord(column.type)},
                       {"of", column.of.empty() ? Json() : Json(column.of)},
                       {"adding", adding.empty() ? Json() : Json(adding)},
                       {"key", InKey(fact, column)},
                       {"required", MustBeThere(fact, column)},
                       {"note", column.note.empty() ? Json() : Json(column.note)}});
  }
  for (const TypeWord& one : kTypes) types[std::string(one.word)] = one.cells;
  return {{"fact", fact.id},
          {"layout", "backcast_" + fact.id},
          {"grain", fact.grain},
          {"note", fact.note.empty() ? Json() : Json(fact.note)},
          {"day", fact.day.empty() ? Json() : Json(fact.day)},
          {"columns", std::move(columns)},
          {"types", std::move(types)}};
}

}  // namespace backcast
