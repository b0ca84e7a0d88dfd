// SPDX-License-Identifier: Apache-2.0
// The channel groups that ship (catalogue/channels/groups.yaml): how people call them and what holds for
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backcast {

struct ChannelGroup {
  std::string id, title;
  std::vector<std::string> also;  ///< other words that mean it
  bool digital = false;           ///< sales there prove that sales work online
  bool links = false;             ///< the team writes its links, so that they can carry a campaign
};

/// Read once, in the file's order.
const std::vector<ChannelGroup>& ChannelGroups();

/// nullptr for a group that does not ship.
const ChannelGroup* FindChannelGroup(std::string_view id);

/// "search ads" for paid_search; else the name with blanks for underscores; words for no channel.
std::string ChannelTitle(std::string_view id);

/// The group that a person's word means, whatever its case; the word itself when it means none.
std::string ChannelGroupOf(std::string_view word);

}  // namespace backcast
