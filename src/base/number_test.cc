// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace backcast {
namespace {

struct Case {
  double value;
  std::string_view unit;
  std::string_view tile, exact;
};

TEST(FormatNumber, Table) {
  static constexpr Case kCases[] = {
      {0, "count", "0", "0"},
      {7, "count", "7", "7"},
      {999, "count", "999", "999"},
      {999.6, "count", "1 k", "999.6"},
      {1000, "count", "1 k", "1,000"},
      {12345, "count", "12.3 k", "12,345"},
      {47912, "count", "47.9 k", "47,912"},
      {999999, "count", "1 M", "999,999"},
      {1234567, "count", "1.23 M", "1,234,567"},
      {9876543210.0, "count", "9.88 bn", "9,876,543,210"},
      {2.345, "count", "2.35", "2.35"},
      {0.01234, "count", "0.0123", "0.0123"},
      {-1500, "count", "−1.5 k", "−1,500"},
      {61400, "EUR", "61.4 k EUR", "61,400 EUR"},
      {61400.5, "EUR", "61.4 k EUR", "61,400.50 EUR"},
      {4.2, "EUR", "4.20 EUR", "4.20 EUR"},
      {12.34, "EUR", "12.3 EUR", "12.34 EUR"},
      {0.0432, "USD", "0.0432 USD", "0.0432 USD"},
      {0.041, "ratio", "4.1 %", "4.1 %"},
      {0.04137, "ratio", "4.1 %", "4.14 %"},
      {0.00413, "ratio", "0.41 %", "0.413 %"},
      {0.9999, "ratio", "100 %", "99.99 %"},
      {3.2, "ratio", "320 %", "320 %"},
      {7500, "seconds", "2 h 5 min", "2 h 5 min"},
      {7503, "seconds", "2 h 5 min", "2 h 5 min 3 s"},
      {59.4, "seconds", "59.4 s", "59.4 s"},
      {3599.9, "seconds", "1 h", "1 h"},
      {90000, "seconds", "1 d 1 h", "1 d 1 h"},
      {1.25, "percent_points", "1.25 pp", "1.25 pp"},
      {-0.0, "count", "0", "0"},
      {-0.0000001, "ratio", "−0.00001 %", "−0.00001 %"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(FormatNumber(one.value, one.unit, true), one.tile) << one.value << " " << one.unit;
    EXPECT_EQ(FormatNumber(one.value, one.unit, false), one.exact) << one.value << " " << one.unit;
  }
}

TEST(FormatNumber, WhatIsNoNumberIsADash) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(FormatNumber(value, "count", true), "—");
    EXPECT_EQ(FormatNumber(value, "EUR", false), "—");
  }
}

TEST(FormatNumber, TilesCarryAtMostThreeSignificantDigits) {
  for (int step = 0; step < 17; ++step) {
    const double value = 1.2345e-3 * std::pow(7.77, step);
    for (const std::string_view unit : {"count", "EUR", "ratio", "score"}) {
      const std::string text = FormatNumber(value, unit, true);
      std::string digits;
      for (const char c : text.substr(0, text.find(' '))) {
        if (c >= '0' && c <= '9') digits += c;
      }
      digits.erase(0, digits.find_first_not_of('0'));
      const std::size_t last = digits.find_last_not_of('0');
      EXPECT_LE(last == std::string::npos ? 0 : last + 1, 3U) << text;
    }
  }
}

TEST(Counted, OneThingIsOne) {
  EXPECT_EQ(Counted(0, "row"), "0 rows");
  EXPECT_EQ(Counted(1, "row"), "1 row");
  EXPECT_EQ(Counted(2, "total row"), "2 total rows");
}

}  // namespace
}  // namespace backcast
