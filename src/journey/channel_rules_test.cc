// SPDX-License-Identifier: Apache-2.0
#include "journey/channel_rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/embedded.h"

namespace backcast {
namespace {

ChannelRules Shipped() {
  auto rules = ChannelRules::Shipped();
  EXPECT_TRUE(rules.ok()) << (rules.ok() ? "" : ToSentence(rules.error()));
  return std::move(rules).value();
}

Arrival Of(Origin origin, std::string text) {
  Arrival arrival;
  arrival.said[static_cast<std::size_t>(origin)] = std::move(text);
  return arrival;
}

std::string GroupOf(const ChannelRules& rules, const Arrival& arrival) {
  const auto verdict = rules.Classify(arrival);
  return verdict ? verdict->channel_group : "";
}

TEST(ChannelRules, DecideTheCases) {
  const ChannelRules rules = Shipped();
  std::ifstream file(BACKCAST_SOURCE_DIR "/src/journey/cases/channels.yaml");
  std::stringstream text;
  text << file.rdbuf();
  const auto cases = ParseYaml(text.str(), "channels.yaml");
  ASSERT_TRUE(cases.ok()) << ToSentence(cases.error());
  ASSERT_GT(cases.value().items.size(), 40U);
  for (const Yaml& one : cases.value().items) {
    Arrival arrival;
    for (std::size_t i = 0; i < kOriginNames.size(); ++i) arrival.said[i] = one.Text(kOriginNames[i]);
    arrival.visit = one.Flag("visit");
    const auto verdict = rules.Classify(arrival);
    SCOPED_TRACE(At("channels.yaml", one.place));
    EXPECT_EQ(verdict ? verdict->channel_group : "", one.Text("group"));
    EXPECT_EQ(verdict ? verdict->channel : "", one.Text("channel_is"));
    EXPECT_EQ(verdict ? verdict->rule->id : "", one.Text("rule"));
    if (verdict) {
      EXPECT_FALSE(rules.Because(*verdict->rule, arrival).empty());
    }
  }
}

/// What ingest makes of source and medium by the lists of words.yaml.
TEST(ChannelRules, AgreeWithTheWordsOfIngest) {
  const ChannelRules rules = Shipped();
  const auto words = ParseYaml(*Embedded("words.yaml"), "words.yaml");
  ASSERT_TRUE(words.ok());
  const Yaml& lists = *words.value().Find("lists");
  std::map<std::string, std::string> mix;
  for (const Yaml::Entry& entry : lists.Find("channel_mix")->entries) {
    for (const std::string& word : entry.value.Texts()) mix[word] = entry.key;
  }
  int compared = 0;
  for (const Yaml::Entry& group : lists.Find("utm_medium")->entries) {
    for (const std::string& medium : group.value.Texts()) {
      if (medium == "(not set)") continue;  // says nothing, which is not direct
      EXPECT_EQ(GroupOf(rules, Of(Origin::kMedium, medium)), group.key) << medium;
      const auto mixed = mix.find("social+" + group.key);
      if (mixed == mix.end()) continue;
      for (const std::string& source : lists.Find("social_source")->Find("social")->Texts()) {
        Arrival both = Of(Origin::kMedium, medium);
        both.said[static_cast<std::size_t>(Origin::kSource)] = source;
        EXPECT_EQ(GroupOf(rules, both), mixed->second) << source << " / " << medium;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 500);
}

TEST(ChannelRules, CaseBlanksAndDashesDoNotMatter) {
  const ChannelRules rules = Shipped();
  for (const char* medium : {"paid_social", "Paid Social", " PAID-SOCIAL ", "paid  social"})
    EXPECT_EQ(GroupOf(rules, Of(Origin::kMedium, medium)), "paid_social") << medium;
  for (const char* host : {"T.CO", "t.co.", "https://t.co/abc?x=y", "user@t.co:443"})
    EXPECT_EQ(GroupOf(rules, Of(Origin::kReferrer, host)), "organic_social") << host;
}

/// Every rule that ships can decide something.
TEST(ChannelRules, NoneIsHiddenByThoseBefore) {
  const ChannelRules rules = Shipped();
  const std::map<std::string, std::string> of_kind = {
      {"@social", "tiktok"},    {"@ai", "claude"},         {"@search", "bing"},      {"@mail", "gmail"},
      {"@letter", "brevo"},     {"@native", "outbrain"},   {"@missing", ""},         {"@any", "shop.example"},
      {"@ad_social", "twclid"}, {"@ad_search", "msclkid"}, {"@ad_display", "dclid"}, {"@link", "epik"},
      {"@listing", "srsltid"}};
  for (const ChannelRule& rule : rules.rules()) {
    Arrival arrival;
    arrival.visit = rule.visit.value_or(false);
    for (std::size_t i = 0; i < rule.when.size(); ++i) {
      if (rule.when[i].empty()) continue;
      const std::string& word = rule.when[i].front();
      const auto kind = of_kind.find(word);
      const bool click = static_cast<Origin>(i) == Origin::kClickId && word == "@letter";
      arrival.said[i] = click ? "mc_cid" : kind != of_kind.end() ? kind->second : word;
      if (const std::size_t star = arrival.said[i].find('*'); star != std::string::npos)
        arrival.said[i].replace(star, 1, "abc");
    }
    const auto verdict = rules.Classify(arrival);
    ASSERT_TRUE(verdict) << rule.id;
    EXPECT_EQ(verdict->rule->id, rule.id);
  }
}

TEST(ChannelRules, AWorkspaceReplacesPutsBeforeAndTakesAway) {
  ChannelRules rules = Shipped();
  const std::size_t shipped = rules.rules().size();
  const auto done = rules.Override(
      "version: 3\n"
      "names: {linkedin: {kind: social, also: [li-company]}}\n"
      "rules:\n"
      "- {id: blog, when: {referrer: [partner.example]}, group: affiliate, channel: blog}\n"
      "- {id: medium_video, when: {medium: [video]}, group: display}\n"
      "- {id: campaign_letter, off: true}\n",
      "channels.yaml");
  ASSERT_TRUE(done.ok()) << ToSentence(done.error());
  EXPECT_EQ(rules.rules().size(), shipped);
  EXPECT_EQ(rules.rules()[0].Name(), "own:blog@3");
  EXPECT_EQ(GroupOf(rules, Of(Origin::kReferrer, "news.partner.example")), "affiliate");
  EXPECT_EQ(GroupOf(rules, Of(Origin::kReferrer, "otherpartner.example")), "referral");
  EXPECT_EQ(GroupOf(rules, Of(Origin::kMedium, "video")), "display");
  EXPECT_EQ(GroupOf(rules, Of(Origin::kSource, "LI-Company")), "organic_social");
  EXPECT_EQ(GroupOf(rules, Of(Origin::kCampaign, "newsletter 3")), "");
  EXPECT_EQ(rules.taken_away(), std::vector<std::string>{"campaign_letter"});
  EXPECT_TRUE(rules.HasOwn());
}

TEST(ChannelRules, AWrongListIsRefusedWithItsPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {"rules:\n- {id: a, when: {medium: [x]}, group: organic_socal}\n", "organic_social"},
      {"rules:\n- {id: a, when: {mediun: [x]}, group: email}\n", "medium"},
      {"rules:\n- {id: a, when: {source: [\"@sozial\"]}, group: email}\n", "kind"},
      {"rules:\n- {id: a, group: email}\n", "when"},
      {"rules:\n- {when: {medium: [x]}, group: email}\n", "id"},
      {"rules:\n- {id: nothing_like_it, off: true}\n", "take away"},
      {"rules:\n- {id: a, when: {medium: [x]}, group: email}\n- {id: a, when: {medium: [y]}, group: email}\n",
       "two"},
      {"names: [a]\n", "map"},
      {"nams: {}\n", "names"},
  };
  for (const auto& [text, said] : wrong) {
    ChannelRules rules = Shipped();
    const auto done = rules.Override(text, "channels.yaml");
    ASSERT_FALSE(done.ok()) << text;
    const std::string sentence = ToSentence(done.error());
    EXPECT_NE(sentence.find("channels.yaml:"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find(said), std::string::npos) << sentence;
  }
}

TEST(FitsPattern, StarsStandForAnyText) {
  for (const auto& [pattern, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"*", ""}, {"a*", "abc"}, {"*c", "abc"}, {"a*c", "abbbc"}, {"a*b*c", "aXbYbZc"}, {"abc", "abc"}})
    EXPECT_TRUE(FitsPattern(pattern, text)) << pattern << " " << text;
  for (const auto& [pattern, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", "a"}, {"a*", "ba"}, {"*c", "cb"}, {"a*b", "a"}, {"ab", "a"}})
    EXPECT_FALSE(FitsPattern(pattern, text)) << pattern << " " << text;
}

TEST(HostOf, LeavesTheHostAlone) {
  EXPECT_EQ(HostOf(" HTTPS://user:pw@www.Example.com:8080/path?q#f "), "example.com");
  EXPECT_EQ(HostOf("example.com."), "example.com");
  EXPECT_EQ(HostOf("word"), "word");
  EXPECT_EQ(HostOf(""), "");
}

}  // namespace
}  // namespace backcast
