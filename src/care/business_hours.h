// SPDX-License-Identifier: Apache-2.0
// When a desk is open: a time zone, hours by weekday and holidays, as calendar.yaml of a workspace says it.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "base/zone.h"

namespace backcast {

/// Minutes of one local day, half-open; `to` up to 48 h where a shift ends on the next day.
struct OpenMinutes {
  int from = 0, to = 0;
};

struct BusinessHours {
  std::string zone_name = "UTC";
  Zone zone;
  std::array<std::vector<OpenMinutes>, 7> week;  ///< Monday first; empty: closed
  std::set<Day> holidays;                        ///< local days without any hour that begins on them
};

/// The hours of the whole desk, and of teams that have their own.
struct DeskHours {
  BusinessHours all;
  std::map<std::string, BusinessHours> teams;  ///< by the queue's name

  const BusinessHours& Of(const std::string& team) const;
};

/// Reads `time_zone`, `business_hours` (day: "09:00-17:00", or a list of such), `holidays` (days, or {date}
/// or {from, to}) and `teams` (queue: the same keys; what it leaves out is the desk's). Other keys are left
/// alone. Errors: kInput with file:line:column for what cannot be read, and when no hours are given at all.
Result<DeskHours> ReadDeskHours(std::string_view yaml, std::string_view file);

}  // namespace backcast
