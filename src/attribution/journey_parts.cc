// SPDX-License-Identifier: Apache-2.0
#include "attribution/journey_parts.h"

#include <algorithm>
#include <utility>

namespace backcast {
namespace {

void Add(const JourneyCoverage& more, JourneyCoverage& all) {
  all.conversions += more.conversions;
  all.credited += more.credited;
  all.only_direct += more.only_direct;
  all.never_seen += more.never_seen;
  all.only_after += more.only_after;
  all.outside_window += more.outside_window;
  all.since_previous += more.since_previous;
  all.touches += more.touches;
  all.too_old += more.too_old;
  all.journeys += more.journeys;
  all.shaped.direct_dropped += more.shaped.direct_dropped;
  all.shaped.collapsed += more.shaped.collapsed;
  all.shaped.cut += more.shaped.cut;
}

void Add(const Journeys& more, PathIndex& index, Journeys& all) {
  std::vector<std::uint32_t> path_of(more.paths());
  for (std::size_t path = 0; path < more.paths(); ++path) {
    const std::uint32_t at = index.Of(more.Path(path));
    path_of[path] = at;
    all.converting[at] += more.converting[path];
    all.not_converting[at] += more.not_converting[path];
    all.alone_converting[at] += more.alone_converting[path];
    all.alone_not_converting[at] += more.alone_not_converting[path];
  }
  const auto conversions = static_cast<std::uint32_t>(all.conversions.size()),
             decay = static_cast<std::uint32_t>(all.decay.size()),
             several = static_cast<std::uint32_t>(all.several.size());
  for (TimedConversion conversion : more.conversions) {
    conversion.path = path_of[conversion.path];
    conversion.decay += decay;
    all.conversions.push_back(conversion);
  }
  all.decay.insert(all.decay.end(), more.decay.begin(), more.decay.end());
  for (PersonJourney made : more.several) {
    made.path = path_of[made.path];
    if (made.conversion != kNotConverted) made.conversion += conversions;
    all.several.push_back(made);
  }
  for (std::size_t person = 1; person < more.several_offsets.size(); ++person)
    all.several_offsets.push_back(several + more.several_offsets[person]);
  all.persons += more.persons;
  all.has_times = more.has_times;
}

}  // namespace

JourneyPart JoinParts(std::vector<JourneyPart> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  JourneyPart all;
  PathIndex index(all.journeys);
  for (JourneyPart& part : parts) {
    Add(part.coverage, all.coverage);
    Add(std::exchange(part.journeys, Journeys{}), index, all.journeys);
  }
  SortConversions(all.journeys);
  for (const TimedConversion& conversion : all.journeys.conversions)
    all.journeys.value[conversion.path] += conversion.value;
  return all;
}

}  // namespace backcast
