// SPDX-License-Identifier: Apache-2.0
// What is known of where a visit, a touch or a lead came from, and the words in which platforms say it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace backcast {

/// The six texts by which rules tell channels apart, in the order in which they are believed.
enum class Origin : std::uint8_t { kMedium, kSource, kCampaign, kClickId, kReferrer, kChannel };
inline constexpr std::array<std::string_view, 6> kOriginNames = {"medium",   "source",   "campaign",
                                                                 "click_id", "referrer", "channel"};

/// Texts as a file had them; empty where it said nothing.
struct Arrival {
  std::array<std::string, 6> said;  ///< by Origin
  /// A visit in a file that tells where visits come from: saying nothing then means that nobody sent it.
  bool visit = false;

  const std::string& of(Origin origin) const { return said[static_cast<std::size_t>(origin)]; }
};

/// Lower case, no blanks at the ends, blanks and - as _: "Paid Social", "paid-social" and "paid_social" are
/// one word.
std::string FoldWord(std::string_view text);

/// The host of an address or of a bare host, in lower case without www., port, path or dot at its end:
/// "https://www.LinkedIn.com/feed" -> "linkedin.com". A text that is no host comes back in lower case.
std::string HostOf(std::string_view address);

/// Whether `text` fits `pattern`, in which * stands for any text, even none. Linear in text for one *, at
/// worst pattern times text.
bool FitsPattern(std::string_view pattern, std::string_view text);

}  // namespace backcast
