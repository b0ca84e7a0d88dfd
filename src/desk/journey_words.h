// SPDX-License-Identifier: Apache-2.0
// How a journey's numbers are written on paper.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/answer_table.h"
#include "desk/journey_answer.h"

namespace backcast {

/// Groups of a table before the rest is left to --json.
inline constexpr std::size_t kMostJourneyGroups = 12;

std::string CountText(std::optional<double> value);
std::string ShareText(double value);
/// A difference of two rates, in percentage points.
std::string PointsText(double value);
std::string RangeText(const std::optional<Interval>& interval);
std::string RateText(const std::optional<StepRate>& rate);
std::string VerdictText(const StepChange& change);
std::string GroupText(const std::string& group);
/// "14 h 51 min", "3.6 d".
std::string DaysText(double days);

/// The persons' reading, a section per cohort.
std::vector<AnswerSection> PersonSections(const JourneyAnswer& answer);

}  // namespace backcast
