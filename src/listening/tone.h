// SPDX-License-Identifier: Apache-2.0
// How a group of mentions feels: counts, net sentiment, and whether it moved. Pure. METHODS 1 and 12.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/interval.h"

namespace backcast {

enum class Tone : std::uint8_t { kNegative, kNeutral, kPositive };
inline constexpr std::size_t kTones = 3;
std::string_view ToWord(Tone tone);  ///< negative, neutral, positive
/// From 0.05 on positive, from -0.05 down negative (the cut of the metric net_sentiment).
Tone ToneOf(double sentiment);

/// Fewest classified mentions for a verdict.
inline constexpr double kFewestClassified = 50;

struct ToneCounts {
  double tones[kTones] = {0, 0, 0};
  double unclassified = 0;

  double classified() const { return tones[0] + tones[1] + tones[2]; }
  double all() const { return classified() + unclassified; }
  void Add(std::optional<Tone> tone) {
    if (tone) {
      ++tones[static_cast<std::size_t>(*tone)];
    } else {
      ++unclassified;
    }
  }
};

/// (positive - negative) / classified, from -1 to 1, with the interval of a variable of +1, 0, -1; nothing
/// when nothing is classified. Mentions of one tone have no variance: as many of another tone as Wilson's
/// interval leaves room for are then taken as the opposite one.
struct NetSentiment {
  double value = 0;
  Interval interval;  ///< 95 %, cut off at +-1
  double n = 0;
};
std::optional<NetSentiment> NetOf(const ToneCounts& counts);

enum class ToneVerdict : std::uint8_t { kBetter, kWorse, kNoDifferenceShown, kTooLittle };
std::string_view ToWord(ToneVerdict verdict);  ///< better, worse, no_difference_shown, too_little_data

struct ToneChange {
  ToneVerdict verdict = ToneVerdict::kTooLittle;
  double difference = 0;  ///< now - before
  Interval interval;      ///< 95 %, of the difference
  double n = 0;           ///< classified mentions of both periods; 0: no difference can be had
  double p = 1, adjusted_p = 1;
  std::string needs;
};

struct TonePair {
  ToneCounts now, before;
};

/// Each pair's change of net sentiment (z test of two means, variance pooled); p adjusted over all pairs
/// (Benjamini and Hochberg), a change is one at 0.05. Under 50 classified in either period: too little.
std::vector<ToneChange> CompareTones(std::span<const TonePair> pairs);

}  // namespace backcast
