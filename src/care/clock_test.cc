// SPDX-License-Identifier: Apache-2.0
#include "care/clock.h"

#include <gtest/gtest.h>

#include <random>

namespace backcast {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;

DeskHours Read(std::string_view yaml) {
  auto hours = ReadDeskHours(yaml, "calendar.yaml");
  EXPECT_TRUE(hours.ok()) << ToSentence(hours.error());
  return hours.value();
}

Instant Utc(const char* day, int hour, int minute = 0) {
  return ParseIsoDay(day).value() + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

const Window kYears{ParseIsoDay("2024-01-01").value(), ParseIsoDay("2028-01-01").value()};
constexpr const char* kOffice =
    "time_zone: Europe/Berlin\nbusiness_hours: {mon: \"09:00-17:00\", tue: \"09:00-17:00\", wed: "
    "[\"09:00-12:00\", \"13:00-17:00\"], thu: \"09:00-17:00\", fri: \"09:00-17:00\"}\n";
constexpr const char* kAlways =
    "business_hours: {mon: \"00:00-24:00\", tue: \"00:00-24:00\", wed: \"00:00-24:00\", thu: "
    "\"00:00-24:00\", "
    "fri: \"00:00-24:00\", sat: \"00:00-24:00\", sun: \"00:00-24:00\"}\n";

TEST(BusinessClock, RunsOnlyWhileTheDeskIsOpen) {
  const BusinessClock clock(Read(kOffice).all, kYears);
  // Friday 16:30 in Berlin (summer: UTC+2) to Monday 09:10: half an hour and ten minutes.
  EXPECT_EQ(clock.Between(Utc("2026-07-03", 14, 30), Utc("2026-07-06", 7, 10)), kHour * 40 / 60);
  // A whole Wednesday has a break.
  EXPECT_EQ(clock.Between(Utc("2026-07-01", 0), Utc("2026-07-02", 0)), 7 * kHour);
  // Asked and answered on a Sunday: no time of the desk.
  EXPECT_EQ(clock.Between(Utc("2026-07-05", 10), Utc("2026-07-05", 20)), 0);
}

TEST(BusinessClock, KnowsHolidays) {
  const std::string holidays =
      "holidays: [2026-12-25, {date: 2026-12-28, name: x}, {from: 2026-12-30, to: 2026-12-31}]\n";
  const BusinessClock clock(Read(kOffice + holidays).all, kYears);
  // Thursday 24th to Friday 1 January: the 24th and the 29th are open.
  EXPECT_EQ(clock.Between(Utc("2026-12-24", 0), Utc("2027-01-01", 0)), 16 * kHour);
}

TEST(BusinessClock, DaysOfDaylightSavingHaveTwentyThreeAndTwentyFiveHours) {
  const BusinessClock clock(Read(std::string("time_zone: Europe/Berlin\n") + kAlways).all, kYears);
  // Local midnights: 28 March 23:00 UTC, 29 March 22:00 UTC; 24 October 22:00 UTC, 25 October 23:00 UTC.
  EXPECT_EQ(clock.Between(Utc("2026-03-28", 23), Utc("2026-03-29", 22)), 23 * kHour);
  EXPECT_EQ(clock.Between(Utc("2026-10-24", 22), Utc("2026-10-25", 23)), 25 * kHour);
  const BusinessClock night(Read("time_zone: Europe/Berlin\nbusiness_hours: {sun: \"01:00-05:00\"}").all,
                            kYears);
  EXPECT_EQ(night.Between(Utc("2026-03-28", 12), Utc("2026-03-29", 12)), 3 * kHour);
  EXPECT_EQ(night.Between(Utc("2026-10-24", 12), Utc("2026-10-25", 12)), 5 * kHour);
  EXPECT_EQ(night.Between(Utc("2026-04-04", 12), Utc("2026-04-05", 12)), 4 * kHour);
}

TEST(BusinessClock, HoursInsideTheSkippedOneAreNone) {
  const BusinessClock clock(Read("time_zone: Europe/Berlin\nbusiness_hours: {sun: \"02:30-03:00\"}").all,
                            kYears);
  EXPECT_EQ(clock.Between(Utc("2026-03-28", 0), Utc("2026-03-30", 0)), 0);
  EXPECT_EQ(clock.Between(Utc("2026-04-04", 0), Utc("2026-04-06", 0)), kHour / 2);
}

TEST(BusinessClock, AShiftMayEndOnTheNextDayAndOverlapsCountOnce) {
  const BusinessClock clock(
      Read("business_hours: {fri: [\"22:00-06:00\", \"23:00-24:00\"], sat: \"05:00-07:00\"}").all, kYears);
  EXPECT_EQ(clock.Between(Utc("2026-07-03", 0), Utc("2026-07-05", 0)), 9 * kHour);
}

TEST(BusinessClock, AlwaysOpenIsTheCalendar) {
  const BusinessClock clock(Read(std::string("time_zone: America/New_York\n") + kAlways).all, kYears);
  const Instant from = Utc("2026-02-11", 3, 7), to = Utc("2026-11-20", 17, 1);
  EXPECT_EQ(clock.Between(from, to), (to - from).count());
}

TEST(BusinessClock, AddsUpIsNeverNegativeAndNeverFasterThanTime) {
  std::mt19937_64 random(7);
  for (const char* zone :
       {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"}) {
    const BusinessClock clock(
        Read(std::string("time_zone: ") + zone + "\n" + kAlways + "holidays: [2026-05-01]\n").all, kYears);
    const BusinessClock office(Read(std::string("time_zone: ") + zone +
                                    "\nbusiness_hours: {mon: \"01:30-02:30\", sun: \"02:15-03:45\"}")
                                   .all,
                               kYears);
    const auto any = [&random] {
      return Utc("2025-12-01", 0) +
             std::chrono::seconds{static_cast<std::int64_t>(random() % (500ULL * 86400))};
    };
    for (int i = 0; i < 2000; ++i) {
      std::array<Instant, 3> at = {any(), any(), any()};
      for (const BusinessClock* one : {&clock, &office}) {
        EXPECT_GE(one->Between(at[0], at[1]), 0);
        EXPECT_EQ(one->Between(std::max(at[0], at[1]), std::min(at[0], at[1])), 0);
      }
      std::sort(at.begin(), at.end());
      for (const BusinessClock* one : {&clock, &office}) {
        const std::int64_t whole = one->Between(at[0], at[2]);
        EXPECT_EQ(one->Between(at[0], at[1]) + one->Between(at[1], at[2]), whole);
        EXPECT_LE(whole, (at[2] - at[0]).count());
      }
    }
  }
}

TEST(BusinessClock, ATeamHasItsOwnHours) {
  const DeskHours hours =
      Read(std::string(kOffice) + "teams:\n  support_us: {time_zone: America/New_York}\n");
  EXPECT_EQ(hours.Of("nobody").zone_name, "Europe/Berlin");
  EXPECT_EQ(hours.Of("support_us").zone_name, "America/New_York");
  const Instant from = Utc("2026-07-06", 7), to = Utc("2026-07-06", 14);
  EXPECT_EQ(BusinessClock(hours.Of(""), kYears).Between(from, to), 7 * kHour);
  EXPECT_EQ(BusinessClock(hours.Of("support_us"), kYears).Between(from, to), kHour);
}

TEST(DeskHours, WhatCannotBeReadIsSaidWithItsPlace) {
  const struct {
    const char *yaml, *says;
  } cases[] = {
      {"time_zone: Mars/Olympus\nbusiness_hours: {mon: \"09:00-17:00\"}",
       "calendar.yaml:1:12: there is no time zone"},
      {"business_hours: {moon: \"09:00-17:00\"}", "'moon' is no weekday"},
      {"business_hours: {mon: \"9-5\"}", "'9-5' are no hours"},
      {"business_hours: {mon: \"24:00-25:00\"}", "are no hours"},
      {"business_hours: [mon]", "no map of weekdays"},
      {"business_hours: {mon: \"09:00-17:00\"}\nholidays: [2026-02-30]",
       "calendar.yaml:2:12: this holiday is no day"},
      {"business_hours: {mon: \"09:00-17:00\"}\nholidays: [{from: 1900-01-01, to: 2100-01-01}]",
       "10,000 days"},
      {"teams: [a]", "teams is no map"},
      {"time_zone: UTC", "no business hours are given"},
      {"a: [", "calendar.yaml"},
  };
  for (const auto& one : cases) {
    const auto hours = ReadDeskHours(one.yaml, "calendar.yaml");
    ASSERT_FALSE(hours.ok()) << one.yaml;
    EXPECT_EQ(hours.error().code, Code::kInput) << one.yaml;
    EXPECT_NE(ToSentence(hours.error()).find(one.says), std::string::npos) << ToSentence(hours.error());
  }
}

}  // namespace
}  // namespace backcast
