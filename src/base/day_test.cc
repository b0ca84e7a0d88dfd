// SPDX-License-Identifier: Apache-2.0
#include "base/day.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

Day At(std::string_view iso) { return ParseIsoDay(iso).value(); }

std::string Span(std::string_view period) {
  const auto window = ParsePeriod(period, At("2026-11-23"));
  return window.ok() ? ToIso(window.value().from) + " " + ToIso(window.value().to)
                     : ToSentence(window.error());
}

TEST(Period, ReadsEveryFormOfTheContract) {
  EXPECT_EQ(Span("2026-03"), "2026-03-01 2026-04-01");
  EXPECT_EQ(Span("2026-12"), "2026-12-01 2027-01-01");
  EXPECT_EQ(Span("2026-Q1"), "2026-01-01 2026-04-01");
  EXPECT_EQ(Span("2026"), "2026-01-01 2027-01-01");
  EXPECT_EQ(Span("2026-W14"), "2026-03-30 2026-04-06");
  EXPECT_EQ(Span("2026-W53"), "2026-12-28 2027-01-04");
  EXPECT_EQ(Span("2026-01-01..2026-03-31"), "2026-01-01 2026-04-01");
  EXPECT_EQ(Span("last-28d"), "2026-10-27 2026-11-24");
  EXPECT_EQ(Span("mtd"), "2026-11-01 2026-11-24");
  EXPECT_EQ(Span("qtd"), "2026-10-01 2026-11-24");
  EXPECT_EQ(Span("ytd"), "2026-01-01 2026-11-24");
  EXPECT_EQ(Span("2024-02-29"), "2024-02-29 2024-03-01");
}

TEST(Period, RefusesWhatIsNone) {
  for (const char* text : {"", "2026-13", "2026-Q5", "2027-W53", "march", "2026-02-30..2026-03-01", "last-0d",
                           "last-d", "20260"}) {
    EXPECT_NE(Span(text).find("is not a period"), std::string::npos) << text << ": " << Span(text);
  }
  EXPECT_NE(Span("2026-03-31..2026-03-01").find("ends before it begins"), std::string::npos);
}

TEST(Comparison, TakesTheCalendarUnitBefore) {
  const Window march{At("2026-03-01"), At("2026-04-01")};
  EXPECT_EQ(ParseComparison("previous", march, At("2026-11-23")).value(),
            (Window{At("2026-02-01"), At("2026-03-01")}));
  EXPECT_EQ(ParseComparison("year", march, At("2026-11-23")).value(),
            (Window{At("2025-03-01"), At("2025-04-01")}));
  const Window odd{At("2026-03-02"), At("2026-03-12")};
  EXPECT_EQ(ParseComparison("previous", odd, At("2026-11-23")).value(),
            (Window{At("2026-02-20"), At("2026-03-02")}));
  EXPECT_EQ(ParseComparison("none", odd, At("2026-11-23")).value().days(), 0);
}

TEST(Window, IsNamedAsAReaderWould) {
  EXPECT_EQ(ToWords({At("2026-03-01"), At("2026-04-01")}), "March 2026");
  EXPECT_EQ(ToWords({At("2026-01-01"), At("2026-04-01")}), "Q1 2026");
  EXPECT_EQ(ToWords({At("2026-01-01"), At("2027-01-01")}), "2026");
  EXPECT_EQ(ToWords({At("2026-01-02"), At("2026-01-05")}), "2026-01-02 to 2026-01-04");
}

TEST(LastGrains, EndWithTheWindow) {
  const auto months = LastGrains({At("2026-03-01"), At("2026-03-16")}, Grain::kMonth, 3);
  ASSERT_EQ(months.size(), 3u);
  EXPECT_EQ(months[0], (Window{At("2026-01-01"), At("2026-02-01")}));
  EXPECT_EQ(months[2], (Window{At("2026-03-01"), At("2026-03-16")}));
}

}  // namespace
}  // namespace backcast
