// SPDX-License-Identifier: Apache-2.0
// Puts sentences together from catalogue/demo/KIND/phrases.yaml: what people write about a brand and to its
// desk.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/yaml.h"
#include "demo/random.h"
#include "demo/voices.h"

namespace backcast::demo {

class Phrases {
 public:
  /// Error: kInternal when the file is not built in or cannot be read.
  static Result<Phrases> Read(const std::string& kind);

  /// Fills `text`, `language` and `tone` of a mention: of its topic, else in general. Where a language has
  /// nothing to say of a topic, or a topic nothing in a tone, others stand in, and the mention then has
  /// theirs.
  void Write(Mention& mention, std::string_view topic, std::string_view brand, Random& random) const;
  /// A customer's first message, the desk's reply, and what the program says at once.
  std::string Asks(std::string_view topic, Random& random) const;
  std::string Answer(Random& random) const;
  std::string Automatic() const { return root_.Text("automatic"); }

 private:
  explicit Phrases(Yaml root) : root_(std::move(root)) {}
  std::string Filled(std::string text, std::string_view brand, Random& random) const;

  Yaml root_;
};

}  // namespace backcast::demo
