// SPDX-License-Identifier: Apache-2.0
// YAML as a tree in which every key and value knows its line and column. Comes in: text; goes out: Yaml or
// findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace backcast {

/// 1-based place in a file.
struct Place {
  int line = 0;
  int column = 0;
};

/// One node. Scalars keep their text as written; a plain `null`, `~` or nothing is kNull, a quoted one is
/// text.
class Yaml {
 public:
  enum class Kind : std::uint8_t { kNull, kScalar, kList, kMap };
  struct Entry;

  Kind kind = Kind::kNull;
  std::string text;         ///< of a scalar
  bool quoted = false;      ///< of a scalar: written with quotes or as a block
  Place place;              ///< where the value begins
  std::vector<Yaml> items;  ///< of a list
  std::vector<Entry>
      entries;  ///< of a map, in file order; keys are unique (a repeat is an error of ParseYaml)

  bool IsMap() const { return kind == Kind::kMap; }
  bool IsList() const { return kind == Kind::kList; }
  bool IsScalar() const { return kind == Kind::kScalar; }
  bool IsNull() const { return kind == Kind::kNull; }

  /// The value under `key` of a map, or nullptr.
  const Yaml* Find(std::string_view key) const;
  /// The text of the scalar under `key`, or `otherwise`.
  std::string Text(std::string_view key, std::string_view otherwise = "") const;
  /// The scalar's number, when it is one from its first to its last character.
  std::optional<double> Number() const;
  /// true/false/yes/no of an unquoted scalar.
  std::optional<bool> Boolean() const;
  /// Texts of a list of scalars, or the one text of a scalar; others are left out.
  std::vector<std::string> Texts() const;
  /// The same of the value under `key`; none when there is no such key.
  std::vector<std::string> Texts(std::string_view key) const;
  /// The number under `key`, or `otherwise`.
  double Number(std::string_view key, double otherwise) const;
  /// True when the value under `key` is true or yes.
  bool Flag(std::string_view key) const;
  /// The items of the list under `key`; none when there is no such list.
  const std::vector<Yaml>& Items(std::string_view key) const;
};

struct Yaml::Entry {
  std::string key;
  Place place;
  Yaml value;
};

/// What ParseYaml allows, so that a hostile file ends in a sentence and not in exhausted memory.
struct YamlLimits {
  std::size_t bytes = 16 << 20;
  std::size_t nodes = 1'000'000;
  int depth = 100;
};

/// Parses one document. Anchors and aliases, several documents, duplicate keys, tags beyond the core ones,
/// invalid UTF-8 and anything over `limits` are refused. `file` goes into "where". Errors: kInput with
/// file:line:column. A flow list that breaks at ? : , # gets the hint to put quotes around sentences.
Result<Yaml> ParseYaml(std::string_view text, std::string_view file, const YamlLimits& limits = {});

/// "plan.yaml:12:5".
std::string At(std::string_view file, const Place& place);

}  // namespace backcast
