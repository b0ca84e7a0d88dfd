// SPDX-License-Identifier: Apache-2.0
#include "care/driver_area.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

TEST(DriverArea, WordsDecideAndWhatFitsNowhereIsNobodys) {
  const auto areas = ShippedAreas();
  ASSERT_TRUE(areas.ok());
  EXPECT_EQ(AreaOf("The courier is late", areas.value()), "delivery");
  EXPECT_EQ(AreaOf("Lieferverzug im Depot", areas.value()), "delivery");
  EXPECT_EQ(AreaOf("refund of a broken payment", areas.value()), "commerce");
  EXPECT_EQ(AreaOf("the moon", areas.value()), "");
  EXPECT_EQ(AreaOf("", areas.value()), "");
  EXPECT_EQ(AreaOf("had a bad day", areas.value()), "") << "'ad' is a word of its own, not a part of one";
}

TEST(DriverArea, IdsOfPlansHoldLettersAndDigits) {
  EXPECT_EQ(IdOf(" Where's my parcel? "), "where_s_my_parcel");
  EXPECT_EQ(IdOf("***"), "");
  EXPECT_EQ(IdOf("größe"), "gr_e");
  EXPECT_LE(IdOf(std::string(500, 'x')).size(), 40U);
}

TEST(DriverArea, NamesAreComparedWithoutCase) { EXPECT_EQ(PlainWords(" Late  "), "late"); }

}  // namespace
}  // namespace backcast
