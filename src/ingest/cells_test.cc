// SPDX-License-Identifier: Apache-2.0
#include "ingest/cells.h"

#include <gtest/gtest.h>

#include <random>

namespace backcast {
namespace {

using Cells = std::vector<std::string_view>;

constexpr auto kPoint = NumberStyle::kPoint;
constexpr auto kComma = NumberStyle::kComma;
constexpr auto kAuto = NumberStyle::kAuto;

TEST(Numbers, CountsAreWhole) {
  EXPECT_EQ(ReadCount("25,881"), 25881);
  EXPECT_EQ(ReadCount(" 215.0 "), 215);
  EXPECT_EQ(ReadCount("1\u202f234\u202f567"), 1234567);
  EXPECT_EQ(ReadCount("1'234"), 1234);
  EXPECT_EQ(ReadCount("12,34,567", kPoint), 1234567);
  EXPECT_EQ(ReadCount("1.234.567", kAuto), 1234567);
  EXPECT_EQ(ReadCount("1.234", kComma), 1234);
  EXPECT_EQ(ReadCount("\u22123"), -3);
  EXPECT_EQ(ReadCount("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  for (const char* bad : {"", "-", " --", "NAN", "NA", "1.5", "1,5", "9223372036854775808", "1.23E+17",
                          "1,23,4", "12 34", "0x10", "1-2", "77%"}) {
    EXPECT_EQ(ReadCount(bad), std::nullopt) << bad;
  }
}

TEST(Numbers, StylesAreThoseOfTheColumn) {
  EXPECT_EQ(GuessStyle(Cells{"1,234", "5", "--"}), kPoint);
  EXPECT_EQ(GuessStyle(Cells{"1.234,5", "5"}), kComma);
  EXPECT_EQ(GuessStyle(Cells{"1.200,00 €", "1.234"}), kComma);
  EXPECT_EQ(GuessStyle(Cells{"0,25", "1.234"}), kComma);
  EXPECT_EQ(GuessStyle(Cells{"0.25", "1,234"}), kPoint);
  EXPECT_DOUBLE_EQ(*ReadNumber("1.234,5", kComma), 1234.5);
  EXPECT_DOUBLE_EQ(*ReadNumber("1.234", kAuto), 1.234);
  EXPECT_DOUBLE_EQ(*ReadNumber("1.5E-05", kPoint), 1.5e-5);
  EXPECT_EQ(ReadNumber("1e999", kPoint), std::nullopt);
  EXPECT_EQ(ReadNumber("inf"), std::nullopt);
}

TEST(Numbers, AnyDoubleReadsBackInEitherStyle) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const double value =
        static_cast<double>(static_cast<std::int64_t>(random() % 2'000'000'000'000) - 1'000'000'000'000) /
        1000;
    char text[64];
    std::snprintf(text, sizeof text, "%.3f", value);
    EXPECT_EQ(ReadNumber(text, kPoint), value);
    std::string comma(text);
    comma[comma.find('.')] = ',';
    EXPECT_EQ(ReadNumber(comma, kComma), value);
  }
}

TEST(Numbers, MoneyIsExact) {
  EXPECT_EQ(ReadMoney("$1,234.50"), 12345000);
  EXPECT_EQ(ReadMoney("1 200,00 EUR", kComma), 12000000);
  EXPECT_EQ(ReadMoney("€ 1.200,00"), 12000000);
  EXPECT_EQ(ReadMoney("R$ 5", kPoint), 50000);
  EXPECT_EQ(ReadMoney("(12.34)"), -123400);
  EXPECT_EQ(ReadMoney("-$12.34"), -123400);
  EXPECT_EQ(ReadMoney("$-12.34"), -123400);
  EXPECT_EQ(ReadMoney("0.00005"), 1);
  EXPECT_EQ(ReadMoney("-0.00005"), -1);
  EXPECT_EQ(ReadMoney("0.000049"), 0);
  EXPECT_EQ(ReadMoney("0.1"), 1000);
  EXPECT_EQ(ReadMoney("99999999999999.9999"), 999'999'999'999'999'999);
  for (const char* bad : {"100000000000000", "--", "", "EUR", "12K", "1.2Mio", "12 34", "5%", "(-3)"})
    EXPECT_EQ(ReadMoney(bad), std::nullopt) << bad;
}

TEST(Numbers, PercentagesBecomeRatios) {
  EXPECT_DOUBLE_EQ(*ReadPercent("77.77%", PercentKind::kFraction), 0.7777);
  EXPECT_DOUBLE_EQ(*ReadPercent("5.02", PercentKind::kPercent), 0.0502);
  EXPECT_DOUBLE_EQ(*ReadPercent("0.0344", PercentKind::kFraction), 0.0344);
  EXPECT_DOUBLE_EQ(*ReadPercent("6,5 %", PercentKind::kPercent, kComma), 0.065);
  EXPECT_EQ(ReadPercent("< 10%", PercentKind::kPercent), std::nullopt);
}

TEST(Durations, AreSeconds) {
  EXPECT_EQ(ReadDuration("0:04:34"), 274);
  EXPECT_EQ(ReadDuration("4:34"), 274);
  EXPECT_EQ(ReadDuration("25:16:30"), 90990);
  EXPECT_EQ(ReadDuration("1d 2h"), 93600);
  EXPECT_EQ(ReadDuration("3m 20s"), 200);
  EXPECT_EQ(ReadDuration("2 hours, 5 minutes"), 7500);
  EXPECT_EQ(ReadDuration("PT4M34S"), 274);
  EXPECT_EQ(ReadDuration("274.5"), 274.5);
  for (const char* bad : {"4:60", "4:3", "abc", "", "1x", ":30", "2025-01-01"})
    EXPECT_EQ(ReadDuration(bad), std::nullopt) << bad;
}

TEST(Flags, AreWordsInAnyCase) {
  EXPECT_EQ(ReadFlag(" TRUE"), true);
  EXPECT_EQ(ReadFlag("n"), false);
  EXPECT_EQ(ReadFlag("maybe"), std::nullopt);
}

Day D(const char* iso) { return ParseIsoDay(iso).value(); }

TEST(Dates, EveryFormOfTheExports) {
  struct Case {
    const char* cell;
    const char* day;
  };
  for (const Case& each : {Case{"2021-01-30 12:56 +0000", "2021-01-30"},
                           Case{"Tue, Aug 26, 2025", "2025-08-26"},
                           Case{"Sep 27, 2024", "2024-09-27"},
                           Case{"02/16/2025 05:14", "2025-02-16"},
                           Case{"2025-11-03T01:00:00", "2025-11-03"},
                           Case{"20231010", "2023-10-10"},
                           Case{"2024030114", "2024-03-01"},
                           Case{"202403011405", "2024-03-01"},
                           Case{"2025/10/31 18:19:10", "2025-10-31"},
                           Case{"4/11/18 04:53", "2018-04-11"},
                           Case{"2020-02-04 4:30:21", "2020-02-04"},
                           Case{"Wed Oct 11 06:55:44 +0000 2017", "2017-10-11"},
                           Case{"2015-02-24 11:35:52 -0800", "2015-02-24"},
                           Case{"02/17/2012 12:00:00 AM", "2012-02-17"},
                           Case{"July 8, 2025 - July 31, 2025", "2025-07-08"},
                           Case{"2024-03-01 - 2024-03-11", "2024-03-01"},
                           Case{"2020-04-10 07:00:00 UTC", "2020-04-10"},
                           Case{"16.02.2025", "2025-02-16"},
                           Case{"8 de marzo de 2025", "2025-03-08"},
                           Case{"3. März 2025", "2025-03-03"},
                           Case{"1er août 2025", "2025-08-01"},
                           Case{"mar. 26 août 2025", "2025-08-26"},
                           Case{"2023-06-08 23:22:50.829000", "2023-06-08"},
                           Case{"03/15/2024 10:05 am", "2024-03-15"}}) {
    const auto format = GuessDates(Cells{each.cell});
    ASSERT_TRUE(format.has_value()) << each.cell;
    EXPECT_EQ(ReadDay(each.cell, *format), D(each.day)) << each.cell;
  }
  DateFormat given;
  EXPECT_EQ(ReadDay("April 12", given), std::nullopt);
  given.year = 2025;
  EXPECT_EQ(ReadDay("April 12", given), D("2025-04-12"));
  EXPECT_EQ(ReadDay("8 de marzo", given), D("2025-03-08"));
  given.serial = DateFormat::Serial::kExcel;
  EXPECT_EQ(ReadDay("45717", given), D("2025-03-01"));
  for (const char* bad : {"2025-02-30", "13/13/2025", "hello", "", "3.1", "Lifetime", "12:30", "99999999",
                          "31.02.2024", "Total", "May be"}) {
    EXPECT_EQ(ReadDay(bad, DateFormat{}), std::nullopt) << bad;
  }
}

TEST(Dates, TheColumnDecidesWhichNumberIsTheMonth) {
  const auto day_first = GuessDates(Cells{"03/04/2025", "16/04/2025"});
  EXPECT_EQ(ReadDay("03/04/2025", *day_first), D("2025-04-03"));
  EXPECT_FALSE(day_first->ambiguous);
  const auto month_first = GuessDates(Cells{"03/04/2025", "04/16/2025"});
  EXPECT_EQ(ReadDay("03/04/2025", *month_first), D("2025-03-04"));
  EXPECT_TRUE(GuessDates(Cells{"03/04/2025"})->ambiguous);
  EXPECT_TRUE(day_first->shows_order);
  EXPECT_TRUE(GuessDates(Cells{"13/04/2025", "04/13/2025"})->mixed);
  EXPECT_FALSE(GuessDates(Cells{"13/04/2025", "04/13/2025"})->shows_order);
  EXPECT_FALSE(GuessDates(Cells{"2025-03-04"})->ambiguous);
  EXPECT_TRUE(GuessDates(Cells{"April 12"})->without_year);
  EXPECT_EQ(GuessDates(Cells{"1507704944", "1507704945"})->serial, DateFormat::Serial::kUnixSeconds);
  EXPECT_FALSE(GuessDates(Cells{"12", "15"}).has_value());
  EXPECT_FALSE(GuessDates(Cells{"post", "reel", "2025-01-01"}).has_value());
}

TEST(Dates, RangesAreHalfOpen) {
  EXPECT_EQ(ReadDayRange("2024-03-01 - 2024-03-11", {}), (Window{D("2024-03-01"), D("2024-03-12")}));
  EXPECT_EQ(ReadDayRange("Jul 8 - Jul 31, 2025", {}), (Window{D("2025-07-08"), D("2025-08-01")}));
  EXPECT_EQ(ReadDayRange("March 2024", {}), (Window{D("2024-03-01"), D("2024-04-01")}));
  EXPECT_EQ(ReadDayRange("2024-02", {}), (Window{D("2024-02-01"), D("2024-03-01")}));
  EXPECT_EQ(ReadDayRange("2024-03-11 - 2024-03-01", {}), std::nullopt);
}

std::int64_t Seconds(const char* cell, const Zone& zone = Zone(), DateFormat format = {}) {
  const auto instant = ReadInstant(cell, format, zone);
  return instant ? instant->time_since_epoch().count() / 1'000'000 : -1;
}

TEST(Instants, TakeTheZoneOnlyWithoutAnOffset) {
  const Zone berlin = Zone::Open("Europe/Berlin").value();
  EXPECT_EQ(Seconds("2025-01-15 12:00"), 1736942400);
  EXPECT_EQ(Seconds("2025-01-15 12:00", berlin), 1736938800);
  EXPECT_EQ(Seconds("2025-07-15 12:00", berlin), 1752573600);
  EXPECT_EQ(Seconds("2025-07-15 12:00 -0800", berlin), 1752609600);
  EXPECT_EQ(Seconds("2025-07-15T12:00:00Z", berlin), 1752580800);
  EXPECT_EQ(Seconds("Wed Oct 11 06:55:44 +0000 2017"), 1507704944);
  EXPECT_EQ(Seconds("02/17/2012 12:00:00 AM"), 1329436800);
  EXPECT_EQ(Seconds("2025-03-30 02:30", berlin), Seconds("2025-03-30 01:30Z"));  // the skipped hour
  EXPECT_EQ(Seconds("2025-10-26 02:30", berlin), Seconds("2025-10-26 00:30Z"));  // the first of the two
  EXPECT_EQ(berlin.DayOf(*ReadInstant("2025-07-15 23:30Z", {}, berlin)), D("2025-07-16"));
  EXPECT_EQ(berlin.HourOf(*ReadInstant("2025-07-15 23:30Z", {}, berlin)), 1);
  EXPECT_EQ(berlin.HourOf(*ReadInstant("2025-01-15 23:30Z", {}, berlin)), 0);
  EXPECT_FALSE(Zone::Open("Europe/Berlinn").ok());
  EXPECT_FALSE(Zone::Open("").ok());
}

TEST(Mangled, IsWhatASpreadsheetDestroyed) {
  for (const char* bad :
       {"#NAME?", "#REF!", "#####", "1.23E+17", "1,35550024438195E+18", "3.яну", "3-Jan", "Jan-03", "03.Mär"})
    EXPECT_TRUE(LooksMangled(bad)) << bad;
  for (const char* fine : {"3.1", "17841400000", "#summer", "-HHGH-TTqYM", "1E5", "E+17", "", "3-abc", "Jan",
                           "1355500244381949952"})
    EXPECT_FALSE(LooksMangled(fine)) << fine;
}

TEST(Trim, TakesBlanksOfAllKinds) {
  EXPECT_EQ(Trim("\ufeff \u00a0\tx y\u202f\r\n"), "x y");
  EXPECT_EQ(Trim("  "), "");
}

}  // namespace
}  // namespace backcast
