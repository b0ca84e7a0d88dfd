// SPDX-License-Identifier: Apache-2.0
// Every command and option as data: parsing, help, shell completion and the reference in docs/ are made of
// it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

struct OptionSpec {
  std::string_view name;   ///< "--period"
  std::string_view brief;  ///< "-w", or empty
  std::string_view value;  ///< "PERIOD": takes a value; empty: a switch
  std::string_view help;
  bool repeatable = false;
};

struct CommandSpec {
  std::string_view name;       ///< "sources detect" for a command of two words
  std::string_view arguments;  ///< "PATH…", or empty
  int least = 0, most = 0;     ///< number of arguments; most < 0: any
  std::string_view summary;
  std::string_view example;
  std::vector<OptionSpec> options;
};

std::span<const CommandSpec> Commands();
/// Options that every command takes.
std::span<const OptionSpec> SharedOptions();

}  // namespace backcast
