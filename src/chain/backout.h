// SPDX-License-Identifier: Apache-2.0
// Backing out: a target on the outcome becomes a needed value of everything that leads there. The change is
// shared out over the factors of the outcome's identity by how far their owners control them, within what is
// believable (PLAN 4); leading metrics get their part through the elasticity that was measured.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chain/evidence.h"
#include "plan/per_unit.h"

namespace backcast {

struct BackoutRequest {
  std::string outcome;
  std::optional<double> target;         ///< in the plan's unit; the plan's own when missing
  std::optional<Day> by;                ///< the plan's own when missing
  std::map<std::string, double> fixed;  ///< what-if: node id or metric -> value that it will have
};

/// Against the node's own history, in stretches of four weeks.
enum class Feasible : std::uint8_t {
  kYes,            ///< three quarters of the history are no better than what is needed
  kStretch,        ///< reached before, rarely
  kBeyondHistory,  ///< never reached
  kUnknown,        ///< fewer than eight weeks of history
};
std::string_view ToWord(Feasible feasible);  ///< "yes", "stretch", "beyond_history", "unknown"

struct BackoutNode {
  std::string id, metric, title, owner, unit;
  NodeRole role = NodeRole::kFactor;
  double current = 0;  ///< per stretch of the plan's unit for counts and money
  double needed = 0;
  std::optional<double> low, high;  ///< of `needed`: how well it is known, 95 %
  double change = 0;                ///< needed / current - 1
  std::optional<double> volume;     ///< what has to pass this stage: product of the factors up to it
  std::optional<double> volume_now;
  Feasible feasible = Feasible::kUnknown;
  bool at_limit = false;   ///< no more is believable until the day
  bool fixed = false;      ///< set by the person who asks
  std::optional<Day> due;  ///< day by which it has to stand there
  double events = 0;       ///< events behind `current`
  std::string because;     ///< one sentence: limit, history, evidence
};

struct Backout {
  std::string outcome, title, unit;
  double current = 0, target = 0;
  std::optional<Day> by;
  double stretch_days = kDaysPerMonth;  ///< the plan's unit
  Window measured;                      ///< days behind `current`
  double needed_change = 0;             ///< target / current - 1
  double reached = 0;                   ///< value of the outcome if every node reaches what is needed
  /// Within which one stretch of the outcome then falls, 95 %: the factors' means of that stretch stand at
  /// `needed`, whatever part of it the season gave them, and what strays is their chance (SpreadOfStretch).
  /// So there is no season of `by` in it: `needed` is a value, not a rise over the season's.
  std::optional<double> low, high;
  double missing_factor = 1;       ///< 1: the drivers reach the target; 1.27: a further x 1.27 is missing
  std::vector<BackoutNode> nodes;  ///< factors in the order of the tree, then leading metrics
  std::vector<Claim> claims;
  std::vector<std::string> assumptions;
};

/// Needs the outcome's identity with numbers above zero for every factor, and eight weeks of days. Errors:
/// kUsage for an unknown outcome or node; kInput without a target or a tree; kTooLittle with what is missing.
Result<Backout> BackOut(const ValueChain& chain, const ChainData& data,
                        const std::vector<LinkEvidence>& evidence, const Plan& plan,
                        const BackoutRequest& request);

}  // namespace backcast
