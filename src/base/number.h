// SPDX-License-Identifier: Apache-2.0
// Numbers as every page, sentence and terminal line writes them, so that they agree everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backcast {

/// At most three significant digits when `tile`, exact otherwise: "12.3 k", "4.1 %", "61,400 EUR", "2 h 5
/// min". `unit`: count, ratio (shown in per cent), seconds, score, percent_points, or a currency code. NaN is
/// an em dash.
std::string FormatNumber(double value, std::string_view unit, bool tile);

/// "1 row", "2 rows": of things whose plural ends in s.
std::string Counted(std::int64_t count, std::string_view one);

}  // namespace backcast
