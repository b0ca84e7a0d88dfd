// rooms: lake
// SPDX-License-Identifier: Apache-2.0
// Any text is the actions of a log or an error; actions that were read are written so that they read back as
// the same.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "lake/delta.h"

namespace {

using namespace backcast;

std::optional<Actions> ReadLines(std::string_view text) {
  Actions actions;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) continue;
    const auto read = ParseAction(line, actions);
    if (!read.ok()) {
      if (read.error().what.empty()) std::abort();
      return std::nullopt;
    }
  }
  return actions;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto actions = ReadLines({reinterpret_cast<const char*>(data), size});
  if (!actions) return 0;
  const bool by_month = actions->metadata && actions->metadata->by_month;
  const std::string written = ToJson(*actions, by_month);
  const auto again = ReadLines(written);
  if (!again || again->add.size() != actions->add.size() || again->remove != actions->remove) std::abort();
  for (std::size_t i = 0; i < again->add.size(); ++i) {
    const DataFile& one = actions->add[i];
    const DataFile& other = again->add[i];
    if (one.path != other.path || one.rows != other.rows || one.integers != other.integers) std::abort();
    if (by_month && one.month != other.month) std::abort();
  }
  if (!actions->metadata) return 0;
  if (!again->metadata || actions->metadata->columns != again->metadata->columns) std::abort();
  return 0;
}
