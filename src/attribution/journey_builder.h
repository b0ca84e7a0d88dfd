// SPDX-License-Identifier: Apache-2.0
// Touches and conversions of persons, oldest first, into journeys: one pass, any number of batches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attribution/journey_rules.h"
#include "attribution/journeys.h"
#include "attribution/path_shape.h"

namespace backcast {

/// Columns of events ordered by person, then time; one entry each. An event is a touch, a conversion, or a
/// touch in which the person converts.
struct EventBatch {
  std::span<const std::uint32_t> person;  ///< equal for one person; a person may go on in the next batch
  std::span<const std::int64_t> time;     ///< microseconds of one clock
  std::span<const ChannelCode> channel;   ///< kNoChannel: a conversion without a touch
  std::span<const std::uint8_t> converts;
  std::span<const double> value;  ///< of the conversion, else not read
};

/// What became of all touches and conversions. Conversions that count add up:
/// conversions = credited + never_seen + only_after + outside_window + since_previous.
struct JourneyCoverage {
  double conversions = 0;
  double credited = 0;        ///< have a path
  double only_direct = 0;     ///< of those: with no channel but direct
  double never_seen = 0;      ///< the person has no touch at all
  double only_after = 0;      ///< all touches came later
  double outside_window = 0;  ///< touches before it, but too old
  double since_previous = 0;  ///< touches before it, but all led to a conversion before it
  double touches = 0, too_old = 0;
  double journeys = 0;
  ShapedPaths shaped;
};

class JourneyBuilder {
 public:
  /// `direct`: the code of direct visits, or kNoChannel.
  JourneyBuilder(JourneyRules rules, ChannelCode direct);
  void Add(const EventBatch& batch);
  /// After the last batch; the builder is empty then.
  Journeys Finish();
  const JourneyCoverage& coverage() const { return coverage_; }

 private:
  struct Touch {
    std::int64_t time;
    ChannelCode channel;
  };
  struct Missed {
    bool touched_before, too_old;
  };
  void EndJourney(bool converted, std::int64_t at, double value);
  void EndPerson();
  bool TakePath(std::int64_t at);
  void AddDecay();

  JourneyRules rules_;
  ChannelCode direct_;
  std::int64_t window_;
  Journeys journeys_;
  PathIndex index_;
  JourneyCoverage coverage_;

  bool any_ = false;
  std::uint32_t person_ = 0;
  std::size_t touches_of_person_ = 0;
  std::vector<Touch> open_;          // since the person's last conversion
  std::vector<PersonJourney> made_;  // by the person
  std::vector<Missed> missed_;       // conversions of the person without a path
  std::vector<ChannelCode> path_;    // of the journey at hand, shaped
  std::vector<std::int64_t> times_;
};

}  // namespace backcast
