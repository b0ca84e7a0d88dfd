// SPDX-License-Identifier: Apache-2.0
// What a spreadsheet's number stands for under its number format, as text that cannot be misread.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

enum class CellKind : std::uint8_t { kNumber, kDate, kDateTime, kTime, kElapsed, kPercent };

/// What a format code like "yyyy-mm-dd", "[h]:mm:ss" or "0.00%" makes of a number.
CellKind KindOfFormat(std::string_view code);

/// The same for the formats that spreadsheets know by number only.
CellKind KindOfBuiltIn(int number_format);

/// "45" -> "2024-02-14" and so on; `stored` is returned when it is no number. Days count from 1900 or from
/// 1904.
std::string CellText(std::string_view stored, CellKind kind, bool from_1904);

}  // namespace backcast
