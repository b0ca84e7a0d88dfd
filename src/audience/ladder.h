// SPDX-License-Identifier: Apache-2.0
// The ladder of activities: what people do in social media, what they can be asked for, and which share of
// them. Rungs are data (catalogue/audience/ladder.yaml). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// People below whom a ladder is shown and nothing is concluded.
inline constexpr double kPeopleForLadder = 100;

struct Rung {
  std::string id, title, does, asks, measures;
  std::vector<std::string> kinds;  ///< of activity that put somebody here
};

struct Ladder {
  int version = 1;
  std::vector<Rung> rungs;  ///< the most active first, those who do nothing last

  std::optional<std::size_t> Find(std::string_view id) const;
};

/// The ladder that ships. Errors: kInternal, it is checked by the tests.
Result<Ladder> ShippedLadder();

/// People on one rung.
struct RungShare {
  double people = 0;               ///< who do what the rung says
  double highest = 0;              ///< of them, whose highest rung it is
  std::optional<Interval> share;   ///< of all people of the reading; nothing where there are none
  std::optional<double> of_known;  ///< people over a number of followers, where that is known
};

/// Where a reading comes from decides what its shares can say.
enum class LadderFrom : unsigned char {
  kSurvey,   ///< people who were asked: every rung can be seen
  kObserved  ///< people who were seen doing something: who only reads or does nothing is not seen
};

struct LadderReading {
  LadderFrom from = LadderFrom::kSurvey;
  double people = 0;             ///< asked, or seen
  std::vector<RungShare> rungs;  ///< as the ladder's
  /// The rung can be seen in this reading at all. Of observed people the last is never seen, and one of
  /// which no kind of activity is told has no share.
  std::vector<bool> seen;
};

/// Shares of `people` with Wilson's interval. `counts` and `highest` are by rung. `followers`: how many there
/// are in all, where somebody knows.
LadderReading ReadLadder(LadderFrom from, double people, const std::vector<double>& counts,
                         const std::vector<double>& highest, const std::vector<bool>& seen,
                         std::optional<double> followers);

}  // namespace backcast
