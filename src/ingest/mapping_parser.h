// SPDX-License-Identifier: Apache-2.0
// The parts of the mapping language: fields, steps and predicates. Comes in: YAML nodes; goes out: parts of a
// Mapping.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "facts/schema.h"
#include "ingest/mapping.h"

namespace backcast {

/// Builds one mapping. Every function returns kInput with file:line:column.
class MappingParser {
 public:
  MappingParser(std::string_view file, const Schemas& schemas, const WordLists& lists)
      : file_(file), schemas_(schemas), lists_(lists) {}

  Result<Mapping> Parse(const Yaml& root);

 private:
  Result<Done> ReadTop(const Yaml& root);
  Result<Done> ReadColumns(const Yaml& node);
  Result<Done> ReadRequired(const Yaml& node);
  Result<Done> ReadValues(const Yaml& node);
  Result<Done> ReadRows(const Yaml& node);
  Result<Done> ReadFills(const Yaml& node);
  Result<Fill> ReadFill(const Yaml& node);
  Result<Done> ReadTargets(const Fact& fact, const Yaml& node, Fill& fill);
  Result<Done> ReadCarry(const Yaml& node);
  Result<CellForm> ReadForm(const Yaml& node, CellForm form) const;
  /// A scalar, a list (first that is there) or a map (a step) becomes a field's index; steps become unnamed
  /// fields.
  Result<int> Reference(const Yaml& node);
  Result<std::vector<int>> References(const Yaml& node);
  Result<Field> ReadStep(const Yaml& node);
  Result<Field> ReadWords(const Yaml& node);
  Result<Field> ReadText(const Yaml& node);
  Result<Done> ReadRemarks(const Yaml& node);
  Result<Done> ReadTelling(const Yaml& node);
  Result<Target> ReadTarget(const Fact& fact, std::string_view column, const Yaml& node, const Place& place);
  Result<Predicate> ReadPredicate(const Yaml& node);
  Result<Done> OnlyKeys(const Yaml& node, std::initializer_list<std::string_view> keys) const;
  Error Fault(const Yaml& node, std::string what, std::string hint = "") const;
  Error Fault(const Place& place, std::string what, std::string hint = "") const;
  int Add(Field field);
  Result<int> Named(std::string_view id, const Yaml& node);

  std::string file_;
  const Schemas& schemas_;
  const WordLists& lists_;
  Mapping mapping_;
  CellForm defaults_;
};

}  // namespace backcast
