// SPDX-License-Identifier: Apache-2.0
// How touches become journeys, written down so that an answer can say by which rules it was made. METHODS 2.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace backcast {

/// Applied in this order: window, split at conversions, direct, repeats, length.
struct JourneyRules {
  int window_days = 0;        ///< a touch counts for so long before the end of its journey; 0: for ever
  bool drop_direct = false;   ///< touches of the channel `direct` go, unless the journey has no other
  bool collapse = false;      ///< of touches of one channel in a row the newest stays
  int most_touches = 20;      ///< of a longer journey the first stays and the last most_touches - 1; 0: all
  double half_life_days = 7;  ///< of time decay
  std::int64_t count_from = std::numeric_limits<std::int64_t>::min();  ///< journeys that end earlier only
                                                                       ///< split; microseconds
};

/// The name and version under which these rules are recorded.
inline constexpr auto kJourneyRulesVersion = "journeys/1";

/// The rules as sentences for a reader, in the order in which they are applied.
std::vector<std::string> ToSentences(const JourneyRules& rules, bool from_touches);

}  // namespace backcast
