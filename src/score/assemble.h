// SPDX-License-Identifier: Apache-2.0
// Numbers and verdicts onto the lines of an outline: what comes in are the tables that answered its
// questions.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "facts/table.h"
#include "score/questions.h"

namespace backcast {

/// Answers to the questions of one scope; a table without columns where nothing was asked.
struct ScopedAnswer {
  Table now, whole, weeks, trend;
};

/// What a method says of a metric that has no formula: of the whole, not of a part.
struct ComputedValue {
  Value now, before;  ///< state, value, low, high, n and reason
};

/// What Assemble needs beside the outline.
struct CardContext {
  const Catalogue& catalogue;
  const CardRequest& request;
  const std::vector<FactCoverage>& coverage;
  std::string currency;                ///< the workspace's; money in another one is withheld
  std::set<std::string> foreign = {};  ///< facts whose amounts were converted into `currency`
  /// By fact: at which rates, and which days have none; both for the period and the one compared.
  std::map<std::string, std::string> converted = {}, withheld = {};
  std::map<std::string, ComputedValue, std::less<>> computed = {};  ///< by metric
  const Plan* plan = nullptr;     ///< units and baseline periods; may be absent
  std::vector<Finding> findings;  ///< an error takes the verdict from its node, never the number;
                                  ///< one that is accepted leaves it, with a note
};

/// Lines with value, previous, change, pace, verdict, trend and group lines; the headline, the weakest link,
/// the balance.
Scorecard Assemble(Outline outline, const std::vector<ScopedAnswer>& answers, const CardContext& context);

}  // namespace backcast
