// SPDX-License-Identifier: Apache-2.0
// Whether people ask more about an issue than in the period before, next to everything else they ask about:
// a Poisson rate with the day's total as its offset, spread wider by what the days vary beyond chance
// (METHODS 12; P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, 6.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/interval.h"

namespace backcast {

/// Contacts about the issue in both periods together below which nothing is said of a trend, and the days
/// with contacts.
inline constexpr double kFewestForTrend = 30;
inline constexpr int kFewestDaysForTrend = 14;
/// The expected share of false calls among those made (METHODS 0, rule 6).
inline constexpr double kFalseCalls = 0.10;

/// One day: contacts about the issue, contacts about anything; `now` is the later period.
struct IssueDay {
  double about = 0, all = 0;
  bool now = false;
};

enum class TrendVerdict : std::uint8_t { kRising, kFalling, kNoChangeShown, kTooLittle };
/// "rising", "falling", "no_change_shown", "too_little_data".
std::string_view ToWord(TrendVerdict verdict);

struct IssueTrend {
  double now = 0, before = 0;        ///< contacts about it
  std::optional<double> ratio;       ///< share now over share before
  std::optional<Interval> interval;  ///< 95 %
  double dispersion = 1;             ///< variance over chance, at least 1
  double p = 1, adjusted_p = 1;
  TrendVerdict verdict = TrendVerdict::kTooLittle;
  std::string needs;
};

/// One issue for itself; `verdict` is left to JudgeTrends. Days without any contact tell nothing.
IssueTrend ReadTrend(std::span<const IssueDay> days);

/// The price of looking at many: Benjamini-Hochberg over those that have a ratio, then the verdicts.
void JudgeTrends(std::vector<IssueTrend>& trends);

}  // namespace backcast
