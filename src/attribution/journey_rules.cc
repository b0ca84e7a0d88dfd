// SPDX-License-Identifier: Apache-2.0
#include "attribution/journey_rules.h"

namespace backcast {

std::vector<std::string> ToSentences(const JourneyRules& rules, bool from_touches) {
  std::vector<std::string> sentences;
  if (from_touches) {
    sentences.push_back(rules.window_days > 0 ? "A touch counts for " + std::to_string(rules.window_days) +
                                                    " days before the end of its journey."
                                              : "A touch counts however old it is.");
    sentences.emplace_back(
        "A journey ends at a conversion; what follows begins the next one, which may end without any.");
  } else {
    sentences.emplace_back("Paths are taken as the file has them.");
  }
  sentences.emplace_back(rules.drop_direct
                             ? "Direct visits are left out, unless a journey has no other touch."
                             : "Direct visits are kept.");
  sentences.emplace_back(rules.collapse ? "Of touches of one channel in a row the newest is kept."
                                        : "Touches of one channel in a row are all kept.");
  sentences.push_back(rules.most_touches > 0
                          ? "Of a journey of more than " + std::to_string(rules.most_touches) +
                                " touches the first and the last " + std::to_string(rules.most_touches - 1) +
                                " are kept."
                          : "Journeys are kept whole.");
  return sentences;
}

}  // namespace backcast
