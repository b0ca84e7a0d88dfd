// SPDX-License-Identifier: Apache-2.0
// Why an outcome changed: first whether the data are broken, then a decomposition that closes, which stage
// moved more than its weeks usually do, and whose turn it is (METHODS 7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chain/chain_data.h"
#include "chain/claim.h"
#include "chain/graph.h"

namespace backcast {

enum class Controllable : std::uint8_t { kOwner, kOtherOwner, kOutside, kNoise };
std::string_view ToWord(Controllable controllable);  ///< "owner", "other_owner", "outside", "noise"

/// One part of the change. A stage whose movement is partly the world's own stands as two parts.
struct WhyPart {
  std::string node, metric, title, owner;
  Controllable controllable = Controllable::kNoise;
  double contribution = 0;  ///< in the outcome's unit; all parts add up to the change
  double now = 0, before = 0;
  double change = 0;                ///< relative, of the stage itself
  std::optional<double> low, high;  ///< of that change, 95 %
  double adjusted_p = 1;            ///< over the stages of this outcome
  bool significant = false;
  double events = 0;  ///< behind `now`; where they are not known, the weeks behind the interval
};

/// The change of a rate that comes from other people coming and not from people doing another thing.
struct MixShift {
  std::string node, dimension, group;  ///< `group` grew most
  double mix = 0, rate = 0;            ///< add up to the rate's change
};

struct Why {
  enum class State : std::uint8_t { kAnswered, kDataBroken, kTooLittleData };
  State state = State::kAnswered;
  std::string outcome, title, unit, owner;
  double now = 0, before = 0, change = 0;
  bool exact_logs =
      true;  ///< decomposed by logarithmic means; else by Shapley values, because a factor is zero
  std::vector<WhyPart> parts;
  std::optional<std::size_t> weakest;  ///< index into parts
  std::vector<MixShift> mixes;
  std::vector<DataDoubt> doubts;
  std::vector<Claim> claims;  ///< the first says what matters most
  std::string needs;          ///< kTooLittleData: what is needed
};

/// One group of a rate in both periods: share of the divisor and the rate.
struct MixGroup {
  std::string name;
  double weight_before = 0, rate_before = 0, weight_now = 0, rate_now = 0;
};

/// Groups of the rate `node` by one dimension, for the split into mix and rate.
struct MixTable {
  std::string node, dimension;
  std::vector<MixGroup> groups;
};

/// Leads of the period and how many of them nobody picked up within two days.
struct Pickup {
  double leads = 0, open = 0;
  std::string owner;
};

struct WhyQuestion {
  std::string outcome;
  std::string owner;  ///< whose part is told apart; the outcome's owner when empty
  std::vector<MixTable> mixes;
  std::optional<Pickup> pickup;
};

/// Errors: kUsage for an unknown outcome. Too little data is an answer.
Result<Why> ExplainChange(const ValueChain& chain, const ChainData& data, const Plan& plan,
                          const WhyQuestion& question);

}  // namespace backcast
