// SPDX-License-Identifier: Apache-2.0
// The shape of plan.yaml as data: what comes in is catalogue/plan/schema.yaml, what goes out is Shapes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "plan/plan.h"

namespace backcast {

/// One way in which a value may be written.
struct Form {
  enum class Kind : std::uint8_t {
    kText,
    kId,
    kNumber,
    kInteger,
    kShare,
    kDate,
    kPeriod,
    kYesNo,
    kMetric,
    kWord,
    kAny,
    kList,
    kMap,
    kShape
  };
  Kind kind = Kind::kText;
  std::string shape;     ///< kShape: its name
  std::vector<Form> of;  ///< kList, kMap: the forms of an element, the first that fits counts

  bool IsScalar() const { return kind < Kind::kList; }
};

/// A key of a shape and everything that is checked about its value.
struct ShapeKey {
  std::string name, is, note;
  std::vector<Form> forms;
  std::vector<std::string> words;   ///< allowed values of the words in it
  std::vector<std::string> keys;    ///< allowed keys of a map
  std::vector<std::string> refers;  ///< kinds of node whose ids the value names
  std::string ids;                  ///< the list's entries are nodes of this kind
  std::string not_before;           ///< sibling whose day this one may not precede
  std::optional<Severity> required;
  bool vital = false;  ///< a fault here takes the node's verdict
  std::optional<double> min, max;
};

struct Shape {
  std::string name;
  std::vector<ShapeKey> keys;      ///< in the order of the page
  std::vector<std::string> names;  ///< of the keys, for suggestions

  const ShapeKey* Find(std::string_view key) const;
};

class Shapes {
 public:
  /// The shapes that ship with the program; the root is "file".
  static const Shapes& Shipped();
  /// Reads a text like schema.yaml. Errors: kInput with file:line:column.
  static Result<Shapes> Parse(std::string_view yaml, std::string_view file);

  const Shape* Find(std::string_view name) const;
  /// The list of that name under words:, or nullptr.
  const std::vector<std::string>* FindWords(std::string_view name) const;
  const std::vector<Shape>& all() const { return shapes_; }
  /// Kinds of node whose ids must differ from each other.
  const std::vector<std::vector<std::string>>& name_spaces() const { return name_spaces_; }

 private:
  std::vector<Shape> shapes_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::string, std::vector<std::string>, std::less<>> words_;
  std::vector<std::vector<std::string>> name_spaces_;
};

/// "a number", "a day like 2026-03-31", "a list": the form in a sentence.
std::string ToWords(const Form& form);

}  // namespace backcast
