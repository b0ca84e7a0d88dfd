// SPDX-License-Identifier: Apache-2.0
// A test that changes something in some regions and not in others: the one design that may say "caused"
// (METHODS 13).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace backcast {

inline constexpr int kFewestRegions = 8;                            ///< of both kinds together
inline constexpr int kWeeksBeforeHoldOut = 8, kWeeksInHoldOut = 4;  ///< least

/// One region: its weekly values, the same weeks for all, each >= 0, unit of the measure.
struct TestRegion {
  std::string name;
  bool changed = false;        ///< the change was made here; else it is the comparison
  std::vector<double> before;  ///< weeks before the test, oldest first
  std::vector<double> during;  ///< weeks of the test
};

struct HoldOutResult {
  enum class Verdict : std::uint8_t {
    kCaused,         ///< the interval leaves out zero
    kNoEffectShown,  ///< it does not
    kApartBefore,    ///< the regions had already moved apart in the second half of the weeks before
  };
  Verdict verdict = Verdict::kNoEffectShown;
  double effect = 0, low = 0, high = 0;  ///< relative: 0.06 = 6 % more where it was changed; 95 %
  double p = 1;                          ///< two-sided, of no effect at all
  double p_before = 1;                   ///< of the same comparison between the halves of the weeks before
  double extra = 0, extra_low = 0,
         extra_high = 0;          ///< what the change brought in its regions, unit of the measure
  double smallest = 0;            ///< relative effect that such a test finds in four of five cases
  int changed = 0, compared = 0;  ///< regions of each kind
  int assignments = 0;            ///< ways to choose the regions that were looked at
  bool all_assignments = false;   ///< all that there are, else a seeded sample
};

/// Every region is scaled by its own mean of the weeks before; the effect is the mean of the scaled test
/// weeks where it was changed over that of the others, less one. p by permutation: in how many of all ways to
/// choose as many regions the difference is as large (all ways up to 10,000, else that many drawn by `seed`;
/// R. A. Fisher, The Design of Experiments, 1935); the interval holds the effects that such a test does not
/// refuse (E. S. Edgington, Randomization Tests). It is exact when the regions were chosen by lot and the
/// effect is the same share everywhere. Refused as kTooLittle: fewer than 8 regions, 8 weeks before or 4 of
/// the test, or so few regions of one kind that no result could be told from chance; as kInput: weeks that
/// differ, values that are negative or not numbers, a region that was nought before.
Result<HoldOutResult> TestHoldOut(std::span<const TestRegion> regions, std::uint64_t seed);

}  // namespace backcast
