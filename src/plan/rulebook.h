// SPDX-License-Identifier: Apache-2.0
// The doctor's wording as data: what comes in is catalogue/plan/rules.yaml, what goes out is findings in
// sentences.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "plan/plan.h"

namespace backcast {

/// One rule as written in rules.yaml.
struct Rule {
  std::string id;
  Severity severity = Severity::kWarning;
  std::string title, message, why, fix, seed;
  std::map<std::string, std::string, std::less<>> variants;  ///< other wordings of the message
  Yaml test;                                                 ///< the predicate, for rules that need no code
  Yaml with;  ///< words and limits of a rule whose logic is a function

  /// The words under `key` of `with`, each once.
  std::set<std::string, std::less<>> Words(std::string_view key) const;
  /// The number under `key` of `with`, or `otherwise`.
  double Number(std::string_view key, double otherwise) const;
};

class Rulebook {
 public:
  static const Rulebook& Shipped();
  /// Errors: kInput with file:line:column.
  static Result<Rulebook> Parse(std::string_view yaml, std::string_view file);

  /// The rule, or one without words when the book does not have it.
  const Rule& Find(std::string_view id) const;
  const std::vector<Rule>& all() const { return rules_; }

 private:
  std::vector<Rule> rules_;
  Rule none_;
};

/// What a finding says beside its rule: {x}, {y}, {z} and {w} of the wording.
struct Said {
  std::string x, y, z;
  std::string_view variant;  ///< name of another wording; empty for the message itself
  std::string w = {};
};

/// The finding in sentences. What was written by a person is shortened and freed of control characters.
Finding Say(const Rule& rule, const Said& said, std::string_view file, const Place& place,
            std::string_view node);

/// At most `most` bytes of `text`, whole characters, on one line; longer ones end in "…". A control character
/// or a mark that turns the writing round becomes a space.
std::string Shortened(std::string_view text, std::size_t most = 60);

}  // namespace backcast
