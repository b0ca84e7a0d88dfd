// SPDX-License-Identifier: Apache-2.0
// argv -> a command and its options. Options may stand anywhere; a typing mistake gets a suggestion, never a
// guess.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/command_table.h"

namespace backcast {

struct Words {
  const CommandSpec* command = nullptr;  ///< nullptr: only shared options were given
  std::vector<std::string> arguments;
  std::map<std::string, std::vector<std::string>, std::less<>>
      options;  ///< long name -> values ("" for a switch)

  bool Has(std::string_view name) const { return options.find(name) != options.end(); }
  /// The last value of an option, or `otherwise`.
  std::string Get(std::string_view name, std::string_view otherwise = "") const;
  /// All values, split at commas.
  std::vector<std::string> List(std::string_view name) const;
  /// Errors: kUsage when it is no whole number of at least `least`.
  Result<std::optional<long>> Number(std::string_view name, long least) const;
};

/// Errors: kUsage with a hint.
Result<Words> ParseWords(const std::vector<std::string>& arguments);

}  // namespace backcast
