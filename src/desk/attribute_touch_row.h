// SPDX-License-Identifier: Apache-2.0
// What one row of a table of touches adds, whatever the file is. Included by attribute_touch_rows.cc and
// attribute_parquet.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "desk/attribute_file.h"
#include "desk/attribute_touches.h"

namespace backcast {

/// One row as it was read; what is not there is empty.
struct TouchRow {
  std::optional<std::int64_t> time;
  std::string_view channel;
  bool converts = false;
  std::optional<double> value;
};

/// Adds a row of a person, or of nobody, by the stated rules.
Result<Done> TakeRow(const TouchRow& row, std::optional<std::uint32_t> person, const std::string& where,
                     TouchTable& table, LeftOut& left_out);

/// The journeys of all rows. `by_value`: no column says which rows convert.
AskedJourneys JourneysOfRows(TouchTable& table, const LeftOut& left_out, const AttributeCommand& command,
                             bool by_value);

}  // namespace backcast
