// SPDX-License-Identifier: Apache-2.0
// Which channel brought somebody: an ordered list of rules over what a link, a click id and a referrer say.
// Comes in: catalogue/channels/rules.yaml and a workspace's channels.yaml; goes out: one verdict per arrival.
// Pure, the same for every engine.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "journey/arrival.h"
#include "journey/channel_names.h"

namespace backcast {

/// One rule: every condition that is not empty must fit, and one fits when one of its words does.
struct ChannelRule {
  std::string id;
  std::string channel_group;
  std::string channel;                           ///< empty: named after the sender
  std::array<std::vector<std::string>, 6> when;  ///< by Origin, as written
  std::optional<bool> visit;                     ///< Arrival::visit must be this
  bool own = false;                              ///< of the workspace, which also overrules what files say
  std::string file;
  Place place;
  int version = 1;  ///< of the list it stands in

  /// "source_social@1", of the workspace "own:partner_blog@2": what a session's channel_rule holds.
  std::string Name() const;
};

struct ChannelVerdict {
  std::string channel_group, channel;
  const ChannelRule* rule = nullptr;
};

class ChannelRules {
 public:
  /// The rules that ship with the program. Errors: kInternal, they are checked by the tests.
  static Result<ChannelRules> Shipped();
  /// Errors: kInput with file:line:column, the nearest word for one that is unknown.
  static Result<ChannelRules> Parse(std::string_view yaml, std::string_view file);

  /// A workspace's own list: a rule with the id of one that is known takes its place (with `off: true` it is
  /// taken away), others come before all. Its names add spellings. Errors: as Parse.
  Result<Done> Override(std::string_view yaml, std::string_view file);

  std::span<const ChannelRule> rules() const { return rules_; }
  /// Facts that the rules are for.
  const std::vector<std::string>& facts() const { return facts_; }
  bool HasOwn() const;
  /// Rules of the catalogue that the workspace took away, by id.
  const std::vector<std::string>& taken_away() const { return off_; }

  /// The verdict of the first rule that fits; nothing when none does.
  std::optional<ChannelVerdict> Classify(const Arrival& arrival) const;
  /// Every rule that fits, in order: the first decides.
  std::vector<const ChannelRule*> Fitting(const Arrival& arrival) const;
  /// Why the rule fits: one part per condition, "source 'lnkd.in' is linkedin (social)".
  std::vector<std::string> Because(const ChannelRule& rule, const Arrival& arrival) const;

 private:
  struct Heard;  ///< one text of an arrival, folded and recognised
  std::array<Heard, 6> Hear(const Arrival& arrival) const;
  bool Fits(const ChannelRule& rule, const std::array<Heard, 6>& heard, bool visit) const;
  bool WordFits(const std::string& word, Origin origin, const Heard& heard) const;
  std::string ChannelOf(const ChannelRule& rule, const std::array<Heard, 6>& heard) const;
  Result<ChannelRule> ReadRule(const Yaml& node, std::string_view file, int version, bool own) const;
  Result<Done> CheckWord(const std::string& word, Origin origin, const Yaml& at, std::string_view file) const;

  ChannelNames names_, click_ids_;
  std::set<std::string> silence_;
  std::vector<std::string> groups_, facts_, off_;
  std::vector<ChannelRule> rules_;
};

}  // namespace backcast
