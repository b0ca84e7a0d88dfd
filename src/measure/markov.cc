// SPDX-License-Identifier: Apache-2.0
// The Markov half of attribution.h, apart because it alone needs Eigen.
#include <Eigen/Dense>
#include <cmath>
#include <map>
#include <string>

#include "measure/attribution.h"

namespace backcast {
namespace {

constexpr auto kWhere = "Markov attribution";
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

// State 0 is the start; every other one stands for the last touches, the newest of which it remembers.
struct Chain {
  Matrix next;      // next(a, b): chance to go from a to b
  Vector converts;  // chance to convert right after
  std::vector<int> newest;
  double conversions = 0;
};

struct Counts {
  std::map<std::vector<int>, int> states{{{}, 0}};
  std::map<std::pair<int, int>, double> moves;
  std::map<int, double> converting, all;

  int StateOf(const std::vector<int>& last) {
    return states.try_emplace(last, static_cast<int>(states.size())).first->second;
  }
};

Counts CountMoves(std::span<const JourneyCount> journeys, int order) {
  Counts counts;
  for (const JourneyCount& journey : journeys) {
    const double weight = journey.converting + journey.not_converting;
    if (weight <= 0) continue;
    int state = 0;
    for (auto touch = journey.path.begin(); touch != journey.path.end(); ++touch) {
      const auto oldest = touch - std::min<std::ptrdiff_t>(order - 1, touch - journey.path.begin());
      const int next = counts.StateOf({oldest, touch + 1});
      counts.moves[{state, next}] += weight;
      counts.all[state] += weight;
      state = next;
    }
    counts.converting[state] += journey.converting;
    counts.all[state] += weight;
  }
  return counts;
}

Result<Chain> BuildChain(std::span<const JourneyCount> journeys, int channels, int order) {
  if (order < 1 || order > 3) {
    return Error{Code::kUsage, kWhere, "the order of the chain is 1, 2 or 3", "1 is the usual one"};
  }
  // The checks of a journey are those of every model; its answer is not needed.
  BACKCAST_CHECK(VolumeShapley(journeys, channels));
  double without = 0;
  Chain chain;
  for (const JourneyCount& journey : journeys) {
    chain.conversions += journey.converting;
    without += journey.not_converting;
  }
  if (without <= 0) {
    return Error{Code::kTooLittle, kWhere, "journeys without a conversion are missing",
                 "load them: without them the effects only say how often a channel is present"};
  }
  Counts counts = CountMoves(journeys, order);
  const auto size = static_cast<Eigen::Index>(counts.states.size());
  if (size > kMostMarkovStates) {
    return Error{Code::kInput, kWhere, std::to_string(size) + " states are too many to solve exactly",
                 "lower the order or merge small channels"};
  }
  chain.next = Matrix::Zero(size, size);
  chain.converts = Vector::Zero(size);
  for (const auto& [move, weight] : counts.moves)
    chain.next(move.first, move.second) = weight / counts.all[move.first];
  for (const auto& [state, weight] : counts.converting) chain.converts(state) = weight / counts.all[state];
  chain.newest.assign(static_cast<std::size_t>(size), -1);
  for (const auto& [last, state] : counts.states) {
    if (!last.empty()) chain.newest[static_cast<std::size_t>(state)] = last.back();
  }
  return chain;
}

// Every state leads to an end by the journeys it was counted from, so I - next is invertible.
Vector ChanceToConvert(const Matrix& next, const Vector& converts) {
  return (Matrix::Identity(next.rows(), next.cols()) - next).partialPivLu().solve(converts);
}

double ChanceWithout(const Chain& chain, int channel) {
  std::vector<int> kept;
  for (std::size_t state = 0; state < chain.newest.size(); ++state) {
    if (chain.newest[state] != channel) kept.push_back(static_cast<int>(state));
  }
  const Matrix next = chain.next(kept, kept);
  const Vector converts = chain.converts(kept);
  return ChanceToConvert(next, converts)(0);
}

void Credit(MarkovAttribution& attribution, double conversions) {
  double sum = 0;
  for (const double effect : attribution.removal_effect) sum += effect;
  for (const double effect : attribution.removal_effect)
    attribution.credit.push_back(conversions * effect / sum);
}

}  // namespace

Result<MarkovAttribution> MarkovRemoval(std::span<const JourneyCount> journeys, int channels, int order) {
  BACKCAST_TRY(const Chain chain, BuildChain(journeys, channels, order));
  MarkovAttribution attribution;
  attribution.conversion_rate = ChanceToConvert(chain.next, chain.converts)(0);
  for (int channel = 0; channel < channels; ++channel) {
    attribution.removal_effect.push_back(1 - ChanceWithout(chain, channel) / attribution.conversion_rate);
  }
  Credit(attribution, chain.conversions);
  return attribution;
}

Result<MarkovAttribution> MarkovRemovalByInverse(std::span<const JourneyCount> journeys, int channels) {
  BACKCAST_TRY(const Chain chain, BuildChain(journeys, channels, 1));
  const auto size = chain.next.rows();
  const Matrix visits = (Matrix::Identity(size, size) - chain.next).inverse();
  const Vector converts = visits * chain.converts;
  MarkovAttribution attribution;
  attribution.conversion_rate = converts(0);
  attribution.removal_effect.assign(static_cast<std::size_t>(channels), 0);
  for (Eigen::Index state = 1; state < size; ++state) {
    const auto channel = static_cast<std::size_t>(chain.newest[static_cast<std::size_t>(state)]);
    attribution.removal_effect[channel] =
        visits(0, state) / visits(state, state) * converts(state) / converts(0);
  }
  Credit(attribution, chain.conversions);
  return attribution;
}

}  // namespace backcast
