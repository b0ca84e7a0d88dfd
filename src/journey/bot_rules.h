// SPDX-License-Identifier: Apache-2.0
// The rules by which visits and sampled followers are suspected, as catalogue/bots/rules.yaml has them. Plain
// data; conditions are in the language of formulas.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace backcast {

/// One of: a condition, words of a user agent, clicks that are too even, a person with too many visits.
struct VisitRule {
  std::string id, title, when;
  std::vector<std::string> user_agent;
  int clicks = 0;        ///< least number of intervals between clicks; 0: not this kind
  double variation = 0;  ///< standard deviation over mean below which they are too even
  int visits_a_day = 0;  ///< of one person, more are too many; 0: not this kind
};

struct FollowerRule {
  std::string id, title, when;
  double points = 0;
};

struct BotRules {
  int version = 1;
  std::vector<VisitRule> visits;
  std::vector<FollowerRule> followers;
  double bias = 0;  ///< bias and points together above nought: the logistic above one half, suspected
  int least_sample = 0, least_labels = 0;
  std::vector<std::string> followers_not_checked;
};

/// The rules that ship. Errors: kInternal, they are checked by the tests.
Result<BotRules> ShippedBotRules();

/// The words as one pattern of RE2 over a text in lower case; nothing in them is taken for a sign.
std::string WordsPattern(const std::vector<std::string>& words);

}  // namespace backcast
