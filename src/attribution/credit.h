// SPDX-License-Identifier: Apache-2.0
// Conversions and their value credited to channels by every model, side by side, with what each model needs
// before it answers. None of them is causal: reports say "credited by". METHODS 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/channel_sets.h"
#include "attribution/journeys.h"
#include "attribution/order_fit.h"

namespace backcast {

/// The models by their id, in the order in which they are shown.
inline constexpr std::string_view kModels[] = {
    "first",  "last",           "last_non_direct", "linear",  "position",       "time_decay",
    "markov", "shapley_volume", "shapley_rate",    "matched", "shapley_ordered"};
inline constexpr std::string_view kHeadlineModel = "last_non_direct";

/// What a model answers below. METHODS 0.
inline constexpr double kFewestConversions = 30, kFewestForMarkov = 100, kFewestJourneysForMarkov = 300,
                        kFewestForRates = 1000;

struct CreditOptions {
  ChannelCode direct = kNoChannel;
  int channels = 0;
  int order = 1;         ///< of the Markov chain, 1 to 3
  int most_players = 8;  ///< channels that Shapley on rates takes, at most 12
  int resamples = 400;   ///< 0: no intervals
  std::uint64_t seed = 0;
  int threads = 1;
  std::vector<std::string> models;  ///< empty: all
};

struct ChannelCredit {
  int channel = 0;  ///< or Players::kMerged
  double credit = 0, value = 0, share = 0;
  std::optional<double> low, high;              ///< 95 % interval of the credit
  std::optional<double> share_low, share_high;  ///< and of the share
  std::optional<double> value_low, value_high;  ///< and of the value; nothing when nothing is worth anything
  /// markov only: the share of conversions lost when the channel leads nowhere, with its 95 % interval.
  std::optional<double> removal_effect, removal_low, removal_high;
  /// shapley_ordered only: conversions by the channel's place in the journey, from 1.
  std::vector<std::pair<int, double>> positions;
};

struct ModelCredit {
  enum class State : std::uint8_t { kAnswered, kTooLittle, kRefused };
  std::string id;
  State state = State::kAnswered;
  std::string reason;                     ///< of a model that does not answer, and what it would need
  std::vector<ChannelCredit> channels;    ///< by channel; empty when it does not answer
  double credit = 0, value = 0;           ///< sums over the channels
  std::optional<double> conversion_rate;  ///< markov only: of the chain, from its start
  std::string no_interval;                ///< why there is none, when resamples were asked for
};

/// How far the models are apart on one channel.
struct CreditSpread {
  int channel = 0;
  double headline = 0, least = 0, most = 0;  ///< shares
  std::string least_model, most_model;
  /// The band: from the least lower to the greatest upper limit of all models; nothing without intervals.
  std::optional<double> low, high;
  bool known = false;  ///< every model that the rate of the band was measured with is in it
  double points() const { return 100 * (most - least); }
};

/// How often, at least, the band of a channel holds the share of conversions that would be missing without
/// it, where persons meet channels by chance and CreditSpread::known: a promise of script/truth. Where they
/// do not, no rate is known.
inline constexpr double kBandHolds = 0.95;

struct Credits {
  JourneyTotals totals;
  double persons = 0;
  std::vector<ModelCredit> models;
  std::vector<CreditSpread> spread;  ///< over the models that answered, widest first
  std::vector<OrderFit> orders;      ///< when the Markov chain was asked
  Players players;
  int resamples = 0;  ///< that were drawn
  /// The greatest relative distance of a model's sum from the conversions and from the value.
  double conservation = 0;
  const ModelCredit* Find(std::string_view id) const;
};

/// Journeys hold at least one path. Models that cannot answer say why in their own entry.
Credits CreditChannels(const Journeys& journeys, const CreditOptions& options);

}  // namespace backcast
