// SPDX-License-Identifier: Apache-2.0
// YAML with comments, for files that people go on editing. Comes in: Block; goes out: text that ParseYaml
// reads back byte for byte.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/yaml.h"

namespace backcast {

/// A value to be written, with the comments that stand above it.
struct Block {
  enum class Kind : unsigned char {
    kNothing,  ///< only its comments are written
    kText,     ///< a scalar that reads back as text: quoted where YAML would see something else in it
    kPlain,    ///< a scalar that was checked to be a number, a date, an id or true/false, and stands as it is
    kList,
    kMap
  };
  Kind kind = Kind::kNothing;
  std::string text;
  std::vector<Block> items;
  std::vector<std::pair<std::string, Block>> entries;
  std::vector<std::string>
      comments;  ///< without the hash; control characters are dropped, long lines wrapped

  static Block Text(std::string_view text);
  static Block Plain(std::string_view text);
  static Block List(std::vector<Block> items = {});
  static Block Map();
  /// A list of texts.
  static Block Texts(const std::vector<std::string>& texts);
  /// What was read, to be written again.
  static Block From(const Yaml& value);

  /// The value under a path such as "empathy.sees", made (with the maps on the way) when it is absent. This
  /// must be a map or nothing.
  Block& At(std::string_view path);
  /// The value under a key of a map, or nullptr.
  const Block* Find(std::string_view key) const;
  /// Nothing to write but comments: no text, no items, no entries.
  bool IsEmpty() const;
};

/// The text of a file: one document, ending in a newline. A map or list without comments in it that fits into
/// a line of 118 characters stands on one line, any other as a block. REQUIRES: texts are valid UTF-8.
std::string WriteYaml(const Block& root);

/// A scalar as WriteYaml writes a text.
std::string QuotedYaml(std::string_view text);

/// True when every byte belongs to a well-formed UTF-8 character (RFC 3629).
bool IsUtf8(std::string_view text);

}  // namespace backcast
