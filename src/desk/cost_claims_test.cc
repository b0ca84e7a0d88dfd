// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "desk/cost_notes.h"
#include "facts/channel_groups.h"

namespace backcast {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

ChannelCost Channel(const std::string& name, double cost, double count) {
  ChannelCost channel;
  channel.channel = name;
  channel.title = ChannelTitle(name);
  if (cost > 0) channel.cost.media = channel.cost.full = cost;
  channel.counts.all = count;
  channel.weekly.assign(26, count / 4);
  for (std::size_t week = 0; week < channel.weekly.size(); week += 2) channel.weekly[week] += 2;
  return channel;
}

CostAnswer Answered(const std::vector<ChannelCost>& channels, const std::string& against) {
  CostAnswer answer;
  answer.per = "sale";
  answer.counting = TheCostWords().per.front().second.front();
  answer.counting.one = "a sale";
  answer.counting.many = "sales";
  answer.by = "channel_group";
  answer.currency = "EUR";
  answer.against = against;
  answer.rows = JudgeCosts(channels, {Headline::kAll, 4, against});
  for (const ChannelCost& channel : channels) {
    answer.total.channel.cost.full =
        answer.total.channel.cost.full.value_or(0) + channel.cost.full.value_or(0);
    answer.total.channel.cost.media = answer.total.channel.cost.full;
  }
  return answer;
}

TEST(ClaimsOf, SayTheVerdictWithBothNumbersAndTheirDoubt) {
  const CostAnswer answer =
      Answered({Channel("paid_social", 8000, 80), Channel("paid_search", 4000, 200)}, "paid_search");
  ASSERT_EQ(answer.rows[0].verdict, CostVerdict::kDearer);
  const auto claims = ClaimsOf(answer, answer.rows[0]);
  ASSERT_FALSE(claims.empty());
  EXPECT_THAT(claims[0].text(), HasSubstr("100 EUR"));
  EXPECT_THAT(claims[0].text(), HasSubstr("20 EUR"));
  EXPECT_THAT(claims[0].text(), HasSubstr("dearer"));
  for (const Quantity& quantity : claims[0].quantities()) {
    EXPECT_TRUE(quantity.low && quantity.high && quantity.n) << quantity.name;
  }
  const auto reference = ClaimsOf(answer, answer.rows[1]);
  ASSERT_FALSE(reference.empty());
  EXPECT_EQ(reference[0].key(), "cost.reference");
}

TEST(ClaimsOf, NothingBookedIsNotCheap) {
  const CostAnswer answer =
      Answered({Channel("direct", 0, 300), Channel("paid_search", 4000, 200)}, "paid_search");
  ASSERT_EQ(answer.rows[0].verdict, CostVerdict::kNoCost);
  const auto claims = ClaimsOf(answer, answer.rows[0]);
  ASSERT_FALSE(claims.empty());
  EXPECT_THAT(claims[0].text(), HasSubstr("does not make them free"));
}

TEST(ClaimsOf, TooFewSayHowManyWouldDo) {
  const CostAnswer answer =
      Answered({Channel("paid_social", 500, 12), Channel("paid_search", 4000, 200)}, "paid_search");
  ASSERT_EQ(answer.rows[0].verdict, CostVerdict::kTooLittle);
  const auto claims = ClaimsOf(answer, answer.rows[0]);
  ASSERT_FALSE(claims.empty());
  EXPECT_THAT(claims[0].text(), HasSubstr("12"));
  EXPECT_THAT(claims[0].text(), Not(HasSubstr("cheaper.")));
}

TEST(ThingOf, NamesTheTargetGroupWhereItIsCounted) {
  CostAnswer answer;
  answer.counting.one = "an opt-in";
  EXPECT_EQ(ThingOf(answer), "an opt-in");
  answer.headline = Headline::kTargeted;
  EXPECT_EQ(ThingOf(answer), "a targeted opt-in");
  answer.counting.one = "one of \"Demos\"";
  EXPECT_EQ(ThingOf(answer), "one of \"Demos\"");
}

TEST(AddNotes, SayWhichKindsNobodyBookedAndWhatHasNoChannel) {
  CostAnswer answer =
      Answered({Channel("", 300, 0), Channel("paid_search", 4000, 200), Channel("direct", 0, 40)}, "");
  AddNotes(answer);
  EXPECT_THAT(answer.notes, Contains(HasSubstr("labour, tools, fees")));
  EXPECT_THAT(answer.notes, Contains(HasSubstr("--spread")));
  EXPECT_THAT(answer.notes, Contains(HasSubstr("channels without booked costs")));
  answer.notes.clear();
  answer.total.channel.cost.withheld = "two currencies";
  AddNotes(answer);
  EXPECT_THAT(answer.notes, Not(Contains(HasSubstr("not booked at all"))));
}

TEST(AddNotes, NamesThatNeverMeetAreTold) {
  CostAnswer answer = Answered({Channel("paid_search", 4000, 0), Channel("google", 0, 90)}, "");
  AddNotes(answer);
  EXPECT_THAT(answer.notes, Contains(HasSubstr("name the same one differently")));
}

TEST(CostWords, UnknownThingsAreRefusedWithTheNearest) {
  const Catalogue nothing;
  const auto found = TheCostWords().Find("sael", nothing);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::kUsage);
  EXPECT_THAT(ToSentence(found.error()), HasSubstr("sale"));
}

}  // namespace
}  // namespace backcast
