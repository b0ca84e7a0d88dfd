// SPDX-License-Identifier: Apache-2.0
#include "journey/channel_rules.h"

#include <algorithm>

#include "base/embedded.h"

namespace backcast {

/// What one text of an arrival is taken for.
struct ChannelRules::Heard {
  std::string word;                   ///< folded; empty when it says nothing
  std::string host;                   ///< as it stands in an answer
  const ChannelName* name = nullptr;  ///< whom it names
};

std::string ChannelRule::Name() const { return (own ? "own:" : "") + id + "@" + std::to_string(version); }

std::array<ChannelRules::Heard, 6> ChannelRules::Hear(const Arrival& arrival) const {
  std::array<Heard, 6> heard;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    Heard& one = heard[i];
    one.word = FoldWord(arrival.said[i]);
    if (silence_.contains(one.word)) one.word.clear();
    if (one.word.empty()) continue;
    one.host = HostOf(arrival.said[i]);
    const Origin origin = static_cast<Origin>(i);
    if (origin == Origin::kClickId) one.name = click_ids_.Find(one.word);
    if (origin == Origin::kSource || origin == Origin::kReferrer || origin == Origin::kChannel)
      one.name = names_.Find(arrival.said[i]);
  }
  return heard;
}

bool ChannelRules::WordFits(const std::string& word, Origin origin, const Heard& heard) const {
  if (word == "@missing") return heard.word.empty();
  if (heard.word.empty()) return false;
  if (word == "@any") return true;
  if (word.starts_with('@'))
    return heard.name != nullptr && heard.name->kind == std::string_view(word).substr(1);
  if (heard.name != nullptr && heard.name->id == word) return true;
  if (origin != Origin::kReferrer) return FitsPattern(FoldWord(word), heard.word);
  // A host stands for its sub-domains.
  return FitsPattern(word, heard.host) || FitsPattern("*." + word, heard.host);
}

bool ChannelRules::Fits(const ChannelRule& rule, const std::array<Heard, 6>& heard, bool visit) const {
  if (rule.visit && *rule.visit != visit) return false;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const std::vector<std::string>& words = rule.when[i];
    if (words.empty()) continue;
    if (std::none_of(words.begin(), words.end(), [&](const std::string& word) {
          return WordFits(word, static_cast<Origin>(i), heard[i]);
        }))
      return false;
  }
  return true;
}

std::string ChannelRules::ChannelOf(const ChannelRule& rule, const std::array<Heard, 6>& heard) const {
  if (!rule.channel.empty()) return rule.channel;
  constexpr std::array kSenders = {Origin::kSource, Origin::kClickId, Origin::kReferrer, Origin::kChannel};
  // What the rule looked at names the sender before what it did not.
  for (const bool looked_at : {true, false}) {
    for (const Origin origin : kSenders) {
      const auto i = static_cast<std::size_t>(origin);
      const Heard& one = heard[i];
      if (one.word.empty() || rule.when[i].empty() == looked_at) continue;
      if (one.name != nullptr) return one.name->of.empty() ? one.name->id : one.name->of;
      if (one.word.front() == '(' || origin == Origin::kClickId) continue;
      return origin == Origin::kChannel ? one.word : one.host;
    }
  }
  return rule.channel_group;
}

std::optional<ChannelVerdict> ChannelRules::Classify(const Arrival& arrival) const {
  const auto heard = Hear(arrival);
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const ChannelRule& rule) { return Fits(rule, heard, arrival.visit); });
  if (found == rules_.end()) return std::nullopt;
  return ChannelVerdict{found->channel_group, ChannelOf(*found, heard), &*found};
}

std::vector<const ChannelRule*> ChannelRules::Fitting(const Arrival& arrival) const {
  const auto heard = Hear(arrival);
  std::vector<const ChannelRule*> fitting;
  for (const ChannelRule& rule : rules_) {
    if (Fits(rule, heard, arrival.visit)) fitting.push_back(&rule);
  }
  return fitting;
}

std::vector<std::string> ChannelRules::Because(const ChannelRule& rule, const Arrival& arrival) const {
  const auto heard = Hear(arrival);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    for (const std::string& word : rule.when[i]) {
      if (!WordFits(word, static_cast<Origin>(i), heard[i])) continue;
      const std::string name(kOriginNames[i]), said = name + " '" + arrival.said[i] + "'";
      if (word == "@missing") {
        parts.push_back(name + " says nothing");
      } else if (word == "@any") {
        parts.push_back(said + " is there");
      } else if (heard[i].name != nullptr && (word.front() == '@' || word == heard[i].name->id)) {
        parts.push_back(said + " is " + heard[i].name->id + " (" + heard[i].name->kind + ")");
      } else {
        parts.push_back(said + " fits " + word);
      }
      break;
    }
  }
  if (rule.visit) parts.emplace_back("it is a visit in a file that tells where visits come from");
  return parts;
}

bool ChannelRules::HasOwn() const {
  return std::any_of(rules_.begin(), rules_.end(), [](const ChannelRule& rule) { return rule.own; });
}

}  // namespace backcast
