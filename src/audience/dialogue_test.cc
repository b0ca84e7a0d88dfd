// SPDX-License-Identifier: Apache-2.0
#include "audience/dialogue.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

Utterance Said(int author, int answers = -1, std::optional<double> at = {}) {
  Utterance one;
  one.author = author;
  one.answers = answers;
  one.at = at;
  return one;
}

TEST(Dialogue, NothingSaidIsNothingKnown) {
  const Dialogue none = ReadDialogue({}, 0);
  EXPECT_EQ(none.voices.people, 0);
  EXPECT_FALSE(none.reciprocity.share);
  EXPECT_FALSE(none.depth.answered_share);
  EXPECT_FALSE(none.answers.within);
}

TEST(Dialogue, OneLoudVoiceIsHardlyMoreThanOne) {
  std::vector<Utterance> all;
  for (int i = 0; i < 90; ++i) all.push_back(Said(1));
  for (int i = 0; i < 10; ++i) all.push_back(Said(2 + i));
  const Voices voices = ReadDialogue(all, 0).voices;
  EXPECT_EQ(voices.people, 11);
  EXPECT_EQ(voices.top_people, 2);
  EXPECT_DOUBLE_EQ(voices.top_share, 0.91);
  EXPECT_NEAR(voices.effective, 10000.0 / (8100 + 10), 1e-9);
  std::vector<Utterance> equals;
  for (int i = 0; i < 100; ++i) equals.push_back(Said(i % 20));
  EXPECT_NEAR(ReadDialogue(equals, 0).voices.effective, 20, 1e-9);
}

TEST(Dialogue, StaffAndTheUnsignedAreNoVoices) {
  std::vector<Utterance> all = {Said(1), Said(-1), Said(9)};
  all[2].staff = true;
  const Voices voices = ReadDialogue(all, 0).voices;
  EXPECT_EQ(voices.people, 1);
  EXPECT_EQ(voices.staff_contributions, 1);
  EXPECT_EQ(voices.unsigned_contributions, 1);
}

TEST(Dialogue, PairsAreMutualWhenBothAnswered) {
  // 1 and 2 answer each other, 3 answers 1 and is not answered; who answers himself answers nobody.
  const std::vector<Utterance> all = {Said(1), Said(2, 0), Said(1, 1), Said(3, 0), Said(1, 2)};
  const Reciprocity found = ReadDialogue(all, 0).reciprocity;
  EXPECT_EQ(found.pairs, 2);
  EXPECT_EQ(found.mutual, 1);
  EXPECT_EQ(found.people, 3);
  ASSERT_TRUE(found.share);
  const Interval wilson = WilsonInterval(1, 2).value();
  EXPECT_LE(found.share->low, wilson.low);
  EXPECT_GE(found.share->high, wilson.high);
}

TEST(Dialogue, PairsThatShareOnePersonTellLessThanPairsOfTheirOwn) {
  // Forty pairs, twenty of them mutual: once all with person 0, in bunches of two hubs; once all apart.
  std::vector<Utterance> hubs, apart;
  for (int i = 0; i < 40; ++i) {
    const int hub = i < 20 ? 0 : 1;
    const int first = static_cast<int>(hubs.size());
    hubs.push_back(Said(hub));
    hubs.push_back(Said(100 + i, first));
    if (i < 20) hubs.push_back(Said(hub, first + 1));
    const int start = static_cast<int>(apart.size());
    apart.push_back(Said(200 + 2 * i));
    apart.push_back(Said(201 + 2 * i, start));
    if (i < 20) apart.push_back(Said(200 + 2 * i, start + 1));
  }
  const Reciprocity one = ReadDialogue(hubs, 0).reciprocity, other = ReadDialogue(apart, 0).reciprocity;
  EXPECT_EQ(one.mutual, 20);
  EXPECT_EQ(other.mutual, 20);
  EXPECT_GT(one.share->high - one.share->low, 1.5 * (other.share->high - other.share->low));
}

TEST(Dialogue, DepthIsRepliesUponRepliesByOthers) {
  const std::vector<Utterance> all = {Said(1),    Said(2, 0),
                                      Said(1, 1),              // answered, and the answer was answered
                                      Said(3),    Said(3, 3),  // only by himself
                                      Said(4),    Said(5, 5),  // answered once
                                      Said(6)};
  const Depth depth = ReadDialogue(all, 0).depth;
  EXPECT_EQ(depth.threads, 4);
  EXPECT_EQ(depth.answered, 2);
  EXPECT_EQ(depth.deeper, 1);
  EXPECT_EQ(depth.deepest, 2);
}

TEST(Dialogue, AReplyToSomethingOlderBeginsNoThread) {
  std::vector<Utterance> all = {Said(1), Said(2, 0), Said(3)};
  all[2].continues = true;
  EXPECT_EQ(ReadDialogue(all, 0).depth.threads, 1);
}

TEST(Dialogue, ACircleIsCutAndToldOnce) {
  const std::vector<Utterance> all = {Said(1, 1), Said(2, 0), Said(3, 1), Said(4, 99), Said(5, 4)};
  const Dialogue dialogue = ReadDialogue(all, 0);
  EXPECT_EQ(dialogue.loops, 1);
  EXPECT_EQ(dialogue.depth.threads, 3);
}

TEST(Dialogue, AnUnansweredQuestionWaitsAndIsNotLeftOut) {
  constexpr double kHour = 3600, kDay = 24 * kHour;
  std::vector<Utterance> all;
  for (int i = 0; i < 10; ++i) {
    Utterance question = Said(1, -1, 0.0);
    question.question = true;
    all.push_back(question);
    if (i < 6) all.push_back(Said(2, static_cast<int>(all.size()) - 1, (i + 1) * kHour));
  }
  Utterance staff = Said(9, static_cast<int>(all.size()) - 1, kHour);
  staff.staff = true;
  all.push_back(staff);
  const PeerAnswers answers = ReadDialogue(all, 30 * kDay).answers;
  EXPECT_EQ(answers.questions, 10);
  EXPECT_EQ(answers.by_peers, 6);
  EXPECT_EQ(answers.by_staff, 1);
  ASSERT_TRUE(answers.within);
  EXPECT_NEAR(answers.within->share, 0.6, 1e-12);
  ASSERT_TRUE(answers.median);
  EXPECT_DOUBLE_EQ(*answers.median->value, 5 * kHour);  // of the answered alone it would be 3.5
}

TEST(Dialogue, AnAnswerToOneselfIsNone) {
  Utterance question = Said(1, -1, 0.0);
  question.question = true;
  EXPECT_EQ(ReadDialogue({question, Said(1, 0, 5.0)}, 10).answers.by_peers, 0);
}

}  // namespace
}  // namespace backcast
