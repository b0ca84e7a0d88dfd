// SPDX-License-Identifier: Apache-2.0
// What the data say of every link of a chain: component links are checked as identities, influence links are
// tested with false-discovery control over all that were tested (METHODS 3), results of experiments in the
// plan raise the grade.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/chain_data.h"
#include "chain/claim.h"
#include "chain/declared.h"
#include "chain/graph.h"
#include "measure/link.h"

namespace backcast {

/// How an identity closes.
struct Closure {
  double now = 1;  ///< outcome / product of the factors
  std::optional<double> before;
  /// It moved less than the other factors and the chance of the outcome's events let expect; always, where a
  /// factor without numbers is part of it.
  bool holds = true;
};

struct LinkEvidence {
  std::string from, to;
  LinkKind kind = LinkKind::kInfluence;
  /// Words of the contract: asserted, correlated, predictive, experimental, none_found, against_plan,
  /// too_little_data, broken; "component" for arithmetic that closes.
  std::string grade = "asserted";
  std::optional<LinkTest> test;
  double adjusted_p = 1;  ///< Benjamini-Hochberg over all links tested together
  int weeks = 0;          ///< that both ends have in common
  std::optional<Closure> closure;
  std::optional<Experiment> experiment;  ///< of several the one with the narrowest interval
  std::vector<Claim> claims;
  std::string because;  ///< one sentence for a link that was not tested: what is missing

  /// The link has been shown, and not against the plan.
  bool Shown() const { return grade == "correlated" || grade == "predictive" || grade == "experimental"; }
};

/// One entry per link of the chain, in its order.
std::vector<LinkEvidence> WeighLinks(const ValueChain& chain, const ChainData& data,
                                     const std::vector<Experiment>& experiments);

/// Both series by week on their log scale, oldest first, over their last common stretch without a hole.
struct AlignedWeeks {
  std::vector<double> from, to;
  Day end{};  ///< day after the last week
};
AlignedWeeks Align(const DailySeries& from, const DailySeries& to, int most = 156);

/// outcome / product of the factors, of two values per node; nothing where one is missing or not above zero.
std::optional<Closure> CloseIdentity(const ValueChain& chain, const ChainData& data,
                                     std::string_view outcome);

}  // namespace backcast
