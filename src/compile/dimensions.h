// SPDX-License-Identifier: Apache-2.0
// Where a dimension's values come from for one fact: its own column, a column of a dimension it refers to, or
// its day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compile/compile.h"

namespace backcast {

struct DimensionSource {
  std::string column;  ///< of the fact, or of `dimension`
  std::string
      through;  ///< the fact's kCode column that leads to `dimension`; empty for the fact's own columns
  std::string dimension;  ///< id of the dimension table
  std::string unit;  ///< day, week, month, quarter, weekday: derived from the fact's day; column is empty
  bool is_flag = false;
};

/// How `name` is found for the fact, or nothing. "channel.group" is read as channel_group.
std::optional<DimensionSource> FindDimension(const Schemas& schemas, const Fact& fact, std::string_view name);

/// All names for which FindDimension gives something; sorted.
std::vector<std::string> DimensionNames(const Schemas& schemas, const Fact& fact);

/// Whether the formula takes the platform's figure for exactly the asked period, which days cannot break
/// down.
bool HasExact(const Expression& expression, const Catalogue& catalogue);

/// "channel.group" -> "channel_group".
std::string PlainName(std::string_view name);

}  // namespace backcast
