// SPDX-License-Identifier: Apache-2.0
// Lists of channel rules as they are written.
#include <algorithm>

#include "base/embedded.h"
#include "base/nearest.h"
#include "journey/channel_rules.h"

namespace backcast {
namespace {

constexpr std::string_view kShipped = "channels/rules.yaml";

Error Fault(std::string_view file, const Place& place, std::string what, std::string hint) {
  return {Code::kInput, At(file, place), std::move(what), std::move(hint)};
}

/// Refuses keys that nobody reads, so that a typing mistake does not silently change a channel.
Result<Done> CheckKeys(const Yaml& map, std::string_view file, const std::vector<std::string>& known) {
  if (!map.IsMap()) return Fault(file, map.place, "a block of keys is wanted here", "");
  for (const Yaml::Entry& entry : map.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    std::string all;
    for (const std::string& key : known) all += (all.empty() ? "" : ", ") + key;
    const std::string near = DidYouMean(entry.key, known);
    return Fault(file, entry.place, "there is no key '" + entry.key + "'",
                 near.empty() ? "there are " + all : near);
  }
  return Done{};
}

}  // namespace

Result<Done> ChannelRules::CheckWord(const std::string& word, Origin origin, const Yaml& at,
                                     std::string_view file) const {
  if (word.empty())
    return Fault(file, at.place, "an empty word fits nothing", "write @missing for what is not there");
  if (!word.starts_with('@') || word == "@missing" || word == "@any") return Done{};
  const ChannelNames& names = origin == Origin::kClickId ? click_ids_ : names_;
  if (names.HasKind(std::string_view(word).substr(1))) return Done{};
  return Fault(file, at.place, "no name is of the kind '" + word.substr(1) + "'",
               "kinds of names are social, search, ai, mail, letter, native; @any and @missing always fit");
}

Result<ChannelRule> ChannelRules::ReadRule(const Yaml& node, std::string_view file, int version,
                                           bool own) const {
  BACKCAST_CHECK(CheckKeys(node, file, {"id", "when", "group", "channel", "visit", "off", "note"}));
  ChannelRule rule;
  rule.id = node.Text("id");
  rule.file = file;
  rule.place = node.place;
  rule.version = version;
  rule.own = own;
  if (rule.id.empty()) return Fault(file, node.place, "the rule has no id", "for example id: partner_blog");
  if (node.Flag("off")) return rule;
  rule.channel_group = node.Text("group");
  rule.channel = node.Text("channel");
  if (std::find(groups_.begin(), groups_.end(), rule.channel_group) == groups_.end()) {
    std::string all;
    for (const std::string& group : groups_) all += (all.empty() ? "" : ", ") + group;
    const std::string near = DidYouMean(rule.channel_group, groups_);
    return Fault(file, node.place, "rule '" + rule.id + "' has no known group: '" + rule.channel_group + "'",
                 near.empty() ? "groups are " + all : near);
  }
  if (const Yaml* visit = node.Find("visit")) rule.visit = visit->Boolean();
  const Yaml* when = node.Find("when");
  if (when == nullptr || !when->IsMap() || when->entries.empty())
    return Fault(file, node.place, "rule '" + rule.id + "' says not when it fits",
                 "for example when: {medium: [cpc]}");
  BACKCAST_CHECK(CheckKeys(*when, file, {kOriginNames.begin(), kOriginNames.end()}));
  for (std::size_t i = 0; i < kOriginNames.size(); ++i) {
    const Yaml* words = when->Find(kOriginNames[i]);
    if (words == nullptr) continue;
    rule.when[i] = words->Texts();
    if (rule.when[i].empty()) return Fault(file, words->place, "a list of words is wanted here", "");
    for (const std::string& word : rule.when[i])
      BACKCAST_CHECK(CheckWord(word, static_cast<Origin>(i), *words, file));
  }
  return rule;
}

Result<ChannelRules> ChannelRules::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  ChannelRules rules;
  for (const std::string& word : root.Texts("silence")) rules.silence_.insert(FoldWord(word));
  rules.groups_ = root.Texts("groups");
  rules.facts_ = root.Texts("facts");
  if (const Yaml* names = root.Find("names")) BACKCAST_CHECK(rules.names_.Add(*names, file));
  if (const Yaml* ids = root.Find("click_ids")) BACKCAST_CHECK(rules.click_ids_.Add(*ids, file));
  for (const Yaml& node : root.Items("rules")) {
    BACKCAST_TRY(ChannelRule rule,
                 rules.ReadRule(node, file, static_cast<int>(root.Number("version", 1)), false));
    rules.rules_.push_back(std::move(rule));
  }
  return rules;
}

Result<ChannelRules> ChannelRules::Shipped() {
  const auto text = Embedded(kShipped);
  if (!text) return Error{Code::kInternal, std::string(kShipped), "the rules are not in the program", ""};
  return Parse(*text, kShipped);
}

Result<Done> ChannelRules::Override(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  BACKCAST_CHECK(CheckKeys(root, file, {"backcast", "version", "names", "click_ids", "rules"}));
  const int version = static_cast<int>(root.Number("version", 1));
  if (const Yaml* names = root.Find("names")) BACKCAST_CHECK(names_.Add(*names, file));
  if (const Yaml* ids = root.Find("click_ids")) BACKCAST_CHECK(click_ids_.Add(*ids, file));
  std::vector<ChannelRule> before;
  std::set<std::string> seen;
  for (const Yaml& node : root.Items("rules")) {
    BACKCAST_TRY(ChannelRule rule, ReadRule(node, file, version, true));
    if (!seen.insert(rule.id).second)
      return Fault(file, node.place, "there are two rules '" + rule.id + "'", "ids differ from each other");
    const auto known = std::find_if(rules_.begin(), rules_.end(),
                                    [&](const ChannelRule& other) { return other.id == rule.id; });
    if (node.Flag("off")) {
      if (known == rules_.end())
        return Fault(file, node.place, "there is no rule '" + rule.id + "' to take away",
                     "backcast channels lists them");
      rules_.erase(known);
      off_.push_back(rule.id);
    } else if (known != rules_.end()) {
      *known = std::move(rule);
    } else {
      before.push_back(std::move(rule));
    }
  }
  rules_.insert(rules_.begin(), std::make_move_iterator(before.begin()),
                std::make_move_iterator(before.end()));
  return Done{};
}

}  // namespace backcast
