// SPDX-License-Identifier: Apache-2.0
// Rows of facts as a test writes them, and the same rows as tables of the engine.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/yaml.h"
#include "catalog/catalogue.h"
#include "engine/duckdb.h"
#include "facts/schema.h"

namespace backcast {

/// Missing, number (count, number, money, code), text (also days 2026-01-31 and instants 2026-01-31
/// 10:00:00), flag.
using Cell = std::variant<std::monostate, double, std::string, bool>;
using WorldRow = std::map<std::string, Cell>;
using World = std::map<std::string, std::vector<WorldRow>>;

/// Rows of a metric's example; day columns that are left out stand for 2026-01-15.
World ReadWorld(const Yaml& rows, const Schemas& schemas);

/// The facts as tables of an engine.
class Tables {
 public:
  Tables(const Schemas& schemas, DuckDb& engine) : schemas_(schemas), engine_(engine) {}
  /// An empty table per fact and dimension.
  Result<Done> Create();
  /// The tables hold the world's rows and nothing else; a dimension's keys are 0, 1, ... in the order of its
  /// rows.
  Result<Done> Fill(const World& world);

 private:
  const Schemas& schemas_;
  DuckDb& engine_;
  std::vector<std::string> filled_;
};

/// Facts and metrics as they ship, an engine, and a table per fact in it.
class ShippedTest : public testing::Test {
 protected:
  ShippedTest();

  Schemas schemas_;
  Catalogue catalogue_;
  std::unique_ptr<DuckDb> engine_;
  Tables tables_;
};

}  // namespace backcast
