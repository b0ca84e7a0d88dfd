// SPDX-License-Identifier: Apache-2.0
#include "attribution/removal_sweeps.h"

#include <algorithm>
#include <cmath>

namespace backcast {
namespace {

constexpr double kWithin = 1e-11;

/// Lane c of a state: the chance to reach channel c and convert afterwards; behind the channels the chance to
/// convert at all, then the touches still to come.
class Sweeps {
 public:
  explicit Sweeps(const SparseChain& chain)
      : chain_(chain),
        lanes_(chain.channels + 2),
        all_(chain.channels),
        length_(chain.channels + 1),
        values_(chain.states() * lanes_),
        next_(lanes_),
        moved_(lanes_) {}

  /// From the last state to the first: a state is known by those that follow it, which were met later.
  void Sweep() {
    std::fill(moved_.begin(), moved_.end(), 0.0);
    for (std::size_t state = chain_.states(); state-- > 0;) Update(state);
  }

  /// With N = (I - Q)^-1, what is still missing at the start is at most N times what the last sweep moved,
  /// once for the chance to convert and once for the way to it; so is that of the length, which bounds the
  /// start's row of N.
  bool Settled() const {
    if (moved_[length_] > 0.5) return false;
    const double longest = values_[length_] / (1 - moved_[length_]);
    const double most =
        *std::max_element(moved_.begin(), moved_.begin() + static_cast<std::ptrdiff_t>(length_));
    return 2 * longest * most <= kWithin * values_[all_];
  }

  Removal Answer() const {
    Removal removal{values_[all_], std::vector<double>(chain_.channels), true};
    if (removal.conversion_rate <= 0) return removal;
    for (std::size_t channel = 0; channel < chain_.channels; ++channel)
      removal.effects[channel] = values_[channel] / removal.conversion_rate;
    return removal;
  }

 private:
  void Update(std::size_t state) {
    double* next = next_.data();
    std::fill(next_.begin(), next_.end(), 0.0);
    next[all_] = chain_.converts[state];
    next[length_] = 1;
    for (std::uint32_t move = chain_.from[state]; move < chain_.from[state + 1]; ++move) {
      const double chance = chain_.chance[move];
      const double* there = values_.data() + chain_.to[move] * lanes_;
      for (std::size_t lane = 0; lane < lanes_; ++lane) next[lane] += chance * there[lane];
    }
    const double leaves = 1 / (1 - chain_.stays[state]);
    for (std::size_t lane = 0; lane < lanes_; ++lane) next[lane] *= leaves;
    if (chain_.newest[state] >= 0) next[chain_.newest[state]] = next[all_];
    double *value = values_.data() + state * lanes_, *moved = moved_.data();
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      moved[lane] = std::max(moved[lane], std::abs(next[lane] - value[lane]));
      value[lane] = next[lane];
    }
  }

  const SparseChain& chain_;
  std::size_t lanes_, all_, length_;
  std::vector<double> values_, next_, moved_;
};

}  // namespace

std::optional<Removal> RemovalBySweeps(const SparseChain& chain) {
  if (std::all_of(chain.converts.begin(), chain.converts.end(), [](double chance) { return chance <= 0; }))
    return Removal{0, std::vector<double>(chain.channels), true};
  Sweeps sweeps(chain);
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    sweeps.Sweep();
    if (sweeps.Settled()) return sweeps.Answer();
  }
  return std::nullopt;
}

}  // namespace backcast
