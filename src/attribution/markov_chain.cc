// SPDX-License-Identifier: Apache-2.0
#include "attribution/markov_chain.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>

namespace backcast {
namespace {

constexpr std::uint32_t kUnseen = 0xffffffff;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

}  // namespace

std::optional<MarkovChain> MarkovChain::Of(const Journeys& journeys, int channels, int order,
                                           std::size_t most_cells) {
  MarkovChain chain;
  chain.channels_ = channels;
  const std::size_t row = chain.row();
  std::map<std::vector<ChannelCode>, std::uint32_t> numbers;
  std::vector<std::vector<ChannelCode>> last = {{}};
  chain.next_.assign(row, kUnseen);
  chain.newest_ = {-1};
  chain.ending_in_.resize(static_cast<std::size_t>(channels));
  if (row > most_cells) return std::nullopt;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    if (journeys.converting[path] + journeys.not_converting[path] <= 0) continue;
    std::uint32_t state = 0;
    for (const ChannelCode channel : journeys.Path(path)) {
      std::uint32_t next = chain.next_[state * row + channel];
      if (next == kUnseen) {
        std::vector<ChannelCode> touches = last[state];
        touches.push_back(channel);
        if (touches.size() > static_cast<std::size_t>(order)) touches.erase(touches.begin());
        const auto [known, is_new] =
            numbers.try_emplace(touches, static_cast<std::uint32_t>(chain.newest_.size()));
        next = known->second;
        chain.next_[state * row + channel] = next;
        ++chain.moves_seen_;
        if (is_new) {
          if ((chain.newest_.size() + 1) * row > most_cells) return std::nullopt;
          chain.next_.resize(chain.next_.size() + row, kUnseen);
          chain.ending_in_[channel].push_back(static_cast<int>(chain.newest_.size()));
          chain.newest_.push_back(channel);
          last.push_back(std::move(touches));
        }
      }
      state = next;
    }
  }
  return chain;
}

std::vector<double> MarkovChain::Count(const Journeys& journeys) const {
  std::vector<double> counts(cells());
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    const double converting = journeys.converting[path], not_converting = journeys.not_converting[path];
    if (converting + not_converting <= 0) continue;
    std::uint32_t state = 0;
    for (const ChannelCode channel : journeys.Path(path)) {
      counts[CellOf(state, channel)] += converting + not_converting;
      state = Next(state, channel);
    }
    counts[ConvertsCell(state)] += converting;
    counts[ConvertsCell(state) + 1] += not_converting;
  }
  return counts;
}

double MarkovChain::SweepCost() const {
  return static_cast<double>(moves_seen_) * static_cast<double>(row());
}

bool MarkovChain::Solvable() const { return states() <= kMostDenseStates || SweepCost() <= kMostSweepCost; }

SparseChain MarkovChain::SparseOf(const double* counts, std::size_t stride) const {
  const auto channels = static_cast<std::size_t>(channels_);
  SparseChain sparse{channels, newest_, {0}, {}, {}, {}, {}};
  sparse.stays.resize(states());
  sparse.converts.resize(states());
  for (std::uint32_t state = 0; state < states(); ++state) {
    const double* cell = counts + state * row() * stride;
    double all = 0;
    for (std::size_t to = 0; to < row(); ++to) all += cell[to * stride];
    for (std::size_t to = 0; all > 0 && to < channels; ++to) {
      if (cell[to * stride] <= 0) continue;
      const std::uint32_t next = Next(state, static_cast<ChannelCode>(to));
      const double chance = cell[to * stride] / all;
      if (next == state) {
        sparse.stays[state] = chance;
      } else {
        sparse.to.push_back(next);
        sparse.chance.push_back(chance);
      }
    }
    if (all > 0) sparse.converts[state] = cell[channels * stride] / all;
    sparse.from.push_back(static_cast<std::uint32_t>(sparse.to.size()));
  }
  return sparse;
}

// Every state leads to an end by the journeys it was counted from, so I - Q is invertible.
Removal MarkovChain::ByInverse(const SparseChain& sparse) const {
  const auto size = static_cast<Eigen::Index>(states());
  Matrix leaves = Matrix::Identity(size, size);  // I - Q
  for (std::size_t state = 0; state < states(); ++state) {
    const auto at = static_cast<Eigen::Index>(state);
    leaves(at, at) -= sparse.stays[state];
    for (std::uint32_t move = sparse.from[state]; move < sparse.from[state + 1]; ++move)
      leaves(at, sparse.to[move]) -= sparse.chance[move];
  }
  const Vector converts = Eigen::Map<const Vector>(sparse.converts.data(), size);
  const Matrix visits = leaves.partialPivLu().inverse();
  const Vector chance = visits * converts;
  Removal removal{chance(0), std::vector<double>(sparse.channels), false};
  if (chance(0) <= 0) return removal;
  for (std::size_t channel = 0; channel < sparse.channels; ++channel) {
    const std::vector<int>& ends = ending_in_[channel];
    if (ends.empty()) continue;
    if (ends.size() == 1) {
      removal.effects[channel] = visits(0, ends[0]) / visits(ends[0], ends[0]) * chance(ends[0]) / chance(0);
      continue;
    }
    const Matrix among = visits(ends, ends);
    const Vector reach = visits(0, ends).transpose();
    const Vector entered = among.transpose().partialPivLu().solve(reach);
    removal.effects[channel] = entered.dot(Vector(chance(ends))) / chance(0);
  }
  return removal;
}

std::optional<Removal> MarkovChain::RemovalEffects(const double* counts, std::size_t stride) const {
  constexpr double kUsualSweeps = 100;
  const SparseChain sparse = SparseOf(counts, stride);
  const double moves = static_cast<double>(sparse.to.size()) * static_cast<double>(row());
  const auto size = static_cast<double>(states());
  if (states() > kMostDenseStates || kUsualSweeps * moves < 2 * size * size * size) {
    std::optional<Removal> removal = RemovalBySweeps(sparse);
    if (removal || states() > kMostDenseStates) return removal;
  }
  return ByInverse(sparse);
}

double MarkovChain::LogLikelihood(std::span<const double> counts) const {
  double sum = 0;
  for (std::size_t state = 0; state < states(); ++state) {
    const auto moves = counts.subspan(state * row(), row());
    double all = 0;
    for (const double count : moves) all += count;
    for (const double count : moves) {
      if (count > 0) sum += count * std::log(count / all);
    }
  }
  return sum;
}

}  // namespace backcast
