// SPDX-License-Identifier: Apache-2.0
#include "test/compile/world.h"

#include <fmt/format.h>

#include <utility>

namespace backcast {
namespace {

Cell ReadCell(const Yaml& value, Type type) {
  if (value.IsNull()) return {};
  if (type == Type::kFlag) return value.Boolean().value_or(false);
  const bool text =
      type == Type::kLabel || type == Type::kText || type == Type::kDay || type == Type::kInstant;
  if (text) return value.text;
  return value.Number().value_or(0);
}

std::string Literal(const Cell& cell, const FactColumn& column) {
  if (const double* number = std::get_if<double>(&cell))
    return fmt::format("cast({} as {})", *number, SqlType(column.type));
  if (const bool* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  if (const std::string* text = std::get_if<std::string>(&cell))
    return fmt::format("cast({} as {})", QuoteText(*text), SqlType(column.type));
  return "null";
}

}  // namespace

World ReadWorld(const Yaml& rows, const Schemas& schemas) {
  World world;
  for (const Yaml::Entry& entry : rows.entries) {
    const Fact* fact = schemas.Find(entry.key);
    if (fact == nullptr) continue;
    for (const Yaml& item : entry.value.items) {
      WorldRow row;
      for (const std::string& day : {fact->day, fact->asked_by}) {
        if (!day.empty()) row[day] = std::string("2026-01-15");
      }
      for (const Yaml::Entry& cell : item.entries) {
        if (const FactColumn* column = fact->Find(cell.key))
          row[cell.key] = ReadCell(cell.value, column->type);
      }
      world[entry.key].push_back(std::move(row));
    }
  }
  return world;
}

Result<Done> Tables::Create() {
  for (const Fact& fact : schemas_.all()) {
    std::string columns =
        fact.is_dimension ? QuoteName(fact.id + "_key") + " bigint, \"natural\" varchar" : "";
    for (const FactColumn& column : fact.columns) {
      columns +=
          (columns.empty() ? "" : ", ") + QuoteName(column.name) + " " + std::string(SqlType(column.type));
    }
    BACKCAST_CHECK(engine_.Do("create table " + QuoteName(fact.id) + " (" + columns + ")"));
  }
  return Done{};
}

Result<Done> Tables::Fill(const World& world) {
  for (const std::string& fact : std::exchange(filled_, {}))
    BACKCAST_CHECK(engine_.Do("truncate " + QuoteName(fact)));
  for (const Fact& fact : schemas_.all()) {
    const auto rows = world.find(fact.id);
    if (rows == world.end()) continue;
    filled_.push_back(fact.id);
    std::size_t key = 0;
    std::string values;
    for (const WorldRow& row : rows->second) {
      std::string cells = fact.is_dimension ? fmt::format("{}, 'id{}'", key, key) : "";
      ++key;
      for (const FactColumn& column : fact.columns) {
        const auto cell = row.find(column.name);
        cells += (cells.empty() ? "" : ", ") +
                 (cell == row.end() ? std::string("null") : Literal(cell->second, column));
      }
      values += (values.empty() ? "" : ",\n") + ("(" + cells + ")");
    }
    if (!values.empty())
      BACKCAST_CHECK(engine_.Do("insert into " + QuoteName(fact.id) + " values " + values));
  }
  return Done{};
}

ShippedTest::ShippedTest()
    : schemas_(Schemas::Shipped().value()),
      catalogue_(Catalogue::Shipped(schemas_).value()),
      engine_(DuckDb::Open({.threads = 1}).value()),
      tables_(schemas_, *engine_) {
  EXPECT_TRUE(tables_.Create().ok());
}

}  // namespace backcast
