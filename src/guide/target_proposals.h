// SPDX-License-Identifier: Apache-2.0
// What the wanted change of an outcome asks of each factor of its identity. Comes in: the answers and what
// was backed out of them; goes out: a factor by which each number has to change, shared out as `backout` does
// (measure/backout.h), so that the plan and the command say the same.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "guide/back_out.h"

namespace backcast {

/// The change of one outcome, shared out over its factors.
struct SharedChange {
  std::map<std::string, double, std::less<>> factor_of;  ///< metric -> what it has to be multiplied by
  double missing_factor = 1;  ///< what the factors leave over within what is believable; 1: nothing
  std::string by;             ///< ISO day of the outcome's target; may be empty
  std::string how;  ///< "40000 to 55000 shared out over targeted_sessions (+17 %), ..., by how far ..."
};

/// Nothing when baseline or target of the outcome is not known or not above zero, or it has no identity.
std::optional<SharedChange> ShareOutOutcome(const BackedOut& out, const Yaml& answers, const GuideData& data,
                                            const Wanted& outcome);

/// A number for a KPI that nobody gave, and how it came about.
struct ProposedNumber {
  std::string text;    ///< as the plan writes it
  std::string period;  ///< of a baseline: the days it was measured over; else empty
  std::string by;      ///< of a target: ISO day; else empty
  std::string how;
};

/// Where the KPI stands: what the exports say of its metric. Nothing when there is no such number.
std::optional<ProposedNumber> ProposeBaseline(const GuideData& data, std::string_view metric);

/// Where the KPI has to be, from `current` and its outcome's shared change; four significant digits.
std::optional<ProposedNumber> ProposeTarget(const BackedOut& out, const Yaml& answers, const GuideData& data,
                                            std::string_view metric, std::string_view outcome,
                                            std::optional<double> current);

}  // namespace backcast
