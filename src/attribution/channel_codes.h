// SPDX-License-Identifier: Apache-2.0
// Channel names of many writers as codes: "LinkedIn", " linkedin" and "LINKEDIN" are one channel, shown as
// most wrote it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attribution/journeys.h"

namespace backcast {

/// The name without blanks around it, blanks inside squeezed to one, ASCII letters small.
std::string FoldedName(std::string_view name);

class ChannelCodes {
 public:
  /// The code of a name as written, counting it `times`; nothing when the name is blank or there are already
  /// kMostChannels others.
  std::optional<ChannelCode> CodeOf(std::string_view name, double times = 1);
  /// Takes over what another list has met after this one: by its codes, the codes here. Nothing when there
  /// are more than kMostChannels then.
  std::optional<std::vector<ChannelCode>> Take(const ChannelCodes& more);
  /// Gives codes anew, in byte order of the folded names: by the codes so far, the codes from now on.
  std::vector<ChannelCode> PutInOrder();
  std::size_t size() const { return folded_.size(); }
  /// By code: the spelling met most often, of several the first in byte order.
  std::vector<std::string> Shown() const;
  /// The code of the channel that one of the folded words names; kNoChannel when there is none.
  ChannelCode Find(const std::vector<std::string>& folded_words) const;
  bool full() const { return folded_.size() >= kMostChannels; }

 private:
  struct Spelling {
    ChannelCode code = 0;
    double times = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Spelling, Hash, std::equal_to<>> written_;
  std::map<std::string, ChannelCode, std::less<>> codes_;
  std::vector<std::string> folded_;
};

}  // namespace backcast
