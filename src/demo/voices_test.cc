// SPDX-License-Identifier: Apache-2.0
// What others say and ask has its true causes, and leaves the world of visits and orders as it was.
#include "demo/voices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/embedded.h"
#include "base/yaml.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

const World& Brand() {
  static const World world = [] {
    World made = Simulate({});
    EXPECT_TRUE(SimulateVoices(made).ok());
    return made;
  }();
  return world;
}

TEST(Voices, ChangeNothingOfAnOrderButItsCodeAndCampaign) {
  const World before = Simulate({});
  const World& after = Brand();
  ASSERT_EQ(before.orders.size(), after.orders.size());
  std::set<std::string_view> codes;
  for (const CreatorDeal& deal : BrandVoices().creators) codes.insert(deal.code);
  std::map<std::string_view, int> sold;
  for (std::size_t i = 0; i < before.orders.size(); ++i) {
    const Order &was = before.orders[i], &is = after.orders[i];
    ASSERT_EQ(was.total, is.total);
    ASSERT_EQ(was.Net(), is.Net());
    ASSERT_EQ(was.stream, is.stream);
    if (was.code == is.code) {
      ASSERT_TRUE(is.campaign.empty());
      continue;
    }
    ASSERT_TRUE(was.code.empty()) << "a code of the shop was taken away";
    ASSERT_TRUE(codes.contains(is.code));
    ++sold[is.code];
  }
  EXPECT_EQ(sold.size(), codes.size()) << "every creator sold something";
  for (std::size_t i = 0; i < before.site.size(); ++i)
    ASSERT_EQ(before.site[i].revenue, after.site[i].revenue);
}

/// Of a day, before and since the first day of the topic's effect; the season is about the same.
template <class Things>
double Times(const World& world, const Things& things, int topic) {
  const Topic& about = BrandVoices().topics[static_cast<std::size_t>(topic)];
  const Window since{about.from, std::min(about.to, world.At(world.days))};
  const Window before{since.from - std::chrono::days{since.days()}, since.from};
  double now = 0, then = 0;
  for (const auto& one : things) {
    if (one.topic != topic) continue;
    now += since.Contains(world.At(one.day));
    then += before.Contains(world.At(one.day));
  }
  return now / then;
}

TEST(Voices, AnIssueIsWrittenAndCalledAboutAsItsEffectSays) {
  const World& world = Brand();
  EXPECT_NEAR(Times(world, world.voices.contacts, 0), BrandVoices().topics[0].effect, 0.09);
  EXPECT_NEAR(Times(world, world.voices.mentions, 0), BrandVoices().topics[0].effect, 0.09);
  EXPECT_GT(Times(world, world.voices.contacts, 2), 2.0);
  EXPECT_GT(Times(world, world.voices.contacts, 3), 5.0);
}

TEST(Voices, AReplyAndAResolutionNeverComeBeforeTheQuestion) {
  int answered = 0;
  for (const Contact& one : Brand().voices.contacts) {
    if (one.resolved_day >= 0) ASSERT_GE(one.reply_day, 0);
    if (one.reply_day < 0) continue;
    ++answered;
    ASSERT_GT(std::pair(one.reply_day, one.reply_minute), std::pair(one.day, one.minute));
    ASSERT_LT(one.reply_day, Brand().days);
    if (one.resolved_day >= 0)
      ASSERT_GE(std::pair(one.resolved_day, one.resolved_minute), std::pair(one.reply_day, one.reply_minute));
  }
  EXPECT_GT(answered, 1000);
  for (const ForumEvent& one : Brand().voices.forum) {
    if (one.reply_to == 0) continue;
    const ForumEvent& to = Brand().voices.forum[static_cast<std::size_t>(one.reply_to) - 1];
    ASSERT_GE(std::pair(one.day, one.minute), std::pair(to.day, to.minute));
    ASSERT_NE(one.member, to.member);
  }
}

/// Lower case of ASCII; the umlauts of the phrases are written small in the plan too.
std::string Small(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::vector<std::string> PlanWords(const std::string& issue) {
  std::string text(*Embedded("demo/b2c/plan.yaml"));
  const std::size_t at = text.find("id: " + issue + ",");
  const std::size_t words = text.find("words: [", at) + 8;
  std::vector<std::string> found(1);
  for (const char c : text.substr(words, text.find(']', words) - words)) {
    if (c == ',')
      found.emplace_back();
    else if (c != ' ' || !found.back().empty())
      found.back() += c;
  }
  return found;
}

bool Says(const std::string& text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return Small(text).find(word) != std::string::npos; });
}

TEST(Voices, SentencesOfAnIssueMostlySayTheWordsOfThePlanAndOthersNever) {
  const auto root = ParseYaml(*Embedded("demo/b2c/phrases.yaml"), "phrases.yaml");
  ASSERT_TRUE(root.ok()) << ToSentence(root.error());
  for (const auto& [topic, issue] : {std::pair{"late", "i_late"}, {"size", "i_size"}, {"back", "i_back"}}) {
    const auto words = PlanWords(issue);
    ASSERT_GE(words.size(), 2U);
    for (const std::string_view language : kLanguages) {
      const Yaml* spoken = root.value().Find(language);
      ASSERT_NE(spoken, nullptr);
      for (const auto& entry : spoken->Find("general")->entries)
        for (const std::string& text : entry.value.Texts()) EXPECT_FALSE(Says(text, words)) << text;
      const Yaml* about = spoken->Find(topic);
      if (about == nullptr) continue;
      int said = 0, all = 0;
      for (const auto& entry : about->entries)
        for (const std::string& text : entry.value.Texts()) {
          ++all;
          said += Says(text, words);
        }
      EXPECT_GE(said + 1, all) << topic << " in " << language;
    }
  }
}

TEST(Voices, TheSurveyOfTheLadderIsAsThePlanQuotesIt) {
  std::map<std::size_t, std::set<int>> people;
  std::set<int> all;
  for (const Tick& tick : LadderTicks(7)) {
    EXPECT_TRUE(people[tick.rung].insert(tick.person).second) << "ticked twice";
    all.insert(tick.person);
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kLadderAsked));
  const std::string plan(*Embedded("demo/b2c/plan.yaml"));
  for (std::size_t rung = 0; rung < kLadder.size(); ++rung) {
    EXPECT_EQ(people[rung].size(), static_cast<std::size_t>(kLadder[rung].people));
    const std::string key(kLadder[rung].id);
    const std::size_t at = plan.find(key + ": ", plan.find("activities: {"));
    ASSERT_NE(at, std::string::npos);
    EXPECT_NEAR(std::stod(plan.substr(at + key.size() + 2, 4)), kLadder[rung].people / double{kLadderAsked},
                0.005);
  }
  for (const int person : people[kLadder.size() - 1])
    for (std::size_t rung = 0; rung + 1 < kLadder.size(); ++rung) EXPECT_FALSE(people[rung].contains(person));
}

}  // namespace
}  // namespace backcast::demo
