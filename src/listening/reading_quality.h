// SPDX-License-Identifier: Apache-2.0
// How often a reading of sentiment is right, by labels of people who looked, and shares put right by it.
// Pure. METHODS 1.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "listening/tone.h"
#include "measure/interval.h"

namespace backcast {

/// Mentions by label (row) and reading (column).
struct Confusion {
  double counts[kTones][kTones] = {};

  void Add(Tone label, Tone reading) {
    ++counts[static_cast<std::size_t>(label)][static_cast<std::size_t>(reading)];
  }
  double all() const;
  double labelled(std::size_t tone) const;
};

struct ToneQuality {
  double labelled = 0, others = 0;               ///< mentions with this label, and with another
  std::optional<Interval> sensitivity_interval;  ///< Wilson; nothing without such labels
  std::optional<Interval> specificity_interval;
  double sensitivity = 0, specificity = 0;
};

struct ReadingQuality {
  double n = 0, accuracy = 0, macro_f1 = 0;
  Interval interval;  ///< of the accuracy, Wilson
  ToneQuality tones[kTones];
};
/// Nothing without labels.
std::optional<ReadingQuality> QualityOf(const Confusion& confusion);

/// Hand labels that a correction needs, and of each tone.
inline constexpr double kFewestLabels = 200, kFewestOfATone = 10;

/// Shares of the tones and their net, with 95 % intervals in which the chance of the mentions and that of the
/// labels are both.
struct CorrectedTones {
  double shares[kTones] = {0, 0, 0};
  Interval share_intervals[kTones];
  double net = 0;
  Interval interval;
  double n = 0;  ///< mentions that were corrected or taken as they are
};

/// What was `read` is put right by the labels: with three tones Rogan and Gladen's correction (American
/// Journal of Epidemiology 107 (1978)) is the solution of read = shares x P(reading | label), moved to the
/// nearest shares that can be. `as_is` are mentions whose tone their export said; they are taken as they are.
/// Interval: 2,000 parametric draws, percentiles; the seed comes from `seed`. Refused as too little: under
/// 200 labels, under 10 of a tone, a reading that hardly tells the tones apart (determinant below 0.05).
Result<CorrectedTones> CorrectTones(const ToneCounts& read, const ToneCounts& as_is, const Confusion& labels,
                                    std::string_view seed);

}  // namespace backcast
