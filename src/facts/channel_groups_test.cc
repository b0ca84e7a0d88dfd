// SPDX-License-Identifier: Apache-2.0
#include "facts/channel_groups.h"

#include <gtest/gtest.h>

#include <set>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

TEST(ChannelGroups, AreThoseThatTheRulesCanName) {
  const auto rules = ParseYaml(Embedded("channels/rules.yaml").value_or(""), "rules.yaml");
  ASSERT_TRUE(rules.ok());
  std::set<std::string> known, named;
  for (const ChannelGroup& group : ChannelGroups()) EXPECT_TRUE(known.insert(group.id).second) << group.id;
  for (const std::string& group : rules.value().Texts("groups")) named.insert(group);
  EXPECT_EQ(known, named);
}

TEST(ChannelGroups, NoWordMeansTwo) {
  std::set<std::string> words;
  for (const ChannelGroup& group : ChannelGroups()) {
    EXPECT_FALSE(group.title.empty()) << group.id;
    for (const std::string& word : group.also) {
      EXPECT_TRUE(words.insert(word).second) << word;
      EXPECT_EQ(ChannelGroupOf(word), group.id);
    }
    EXPECT_EQ(ChannelGroupOf(group.title), group.id);
    EXPECT_EQ(ChannelTitle(group.id), group.title);
  }
}

TEST(ChannelGroups, WordsOfPeople) {
  EXPECT_EQ(ChannelGroupOf("SEA"), "paid_search");
  EXPECT_EQ(ChannelGroupOf("Podcast"), "Podcast");
  EXPECT_EQ(ChannelTitle("guest_posts"), "guest posts");
  EXPECT_EQ(ChannelTitle(""), "of no channel");
  EXPECT_EQ(FindChannelGroup("podcast"), nullptr);
}

}  // namespace
}  // namespace backcast
