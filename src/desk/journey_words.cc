// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_words.h"

#include "base/number.h"

namespace backcast {

std::string CountText(std::optional<double> value) {
  return value ? FormatNumber(*value, "count", false) : "—";
}

std::string ShareText(double value) { return FormatNumber(value, "ratio", true); }

std::string PointsText(double value) { return FormatNumber(100 * value, "percent_points", true); }

std::string RangeText(const std::optional<Interval>& interval) {
  return interval ? ShareText(interval->low) + " – " + ShareText(interval->high) : "—";
}

std::string RateText(const std::optional<StepRate>& rate) { return rate ? ShareText(rate->rate) : "—"; }

std::string VerdictText(const StepChange& change) {
  switch (change.verdict) {
    case StepVerdict::kBetter:
      return "better";
    case StepVerdict::kWorse:
      return "worse";
    case StepVerdict::kNoDifferenceShown:
      return "no difference shown";
    case StepVerdict::kTooLittle:
      return "too little data";
  }
  return "";
}

std::string GroupText(const std::string& group) { return group.empty() ? "(not said)" : group; }

std::string DaysText(double days) {
  if (days < 2) return FormatNumber(days * 86400, "seconds", true);
  return FormatNumber(days, "count", true) + " d";
}

}  // namespace backcast
