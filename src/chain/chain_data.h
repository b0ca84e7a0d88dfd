// SPDX-License-Identifier: Apache-2.0
// The numbers of a chain: what the lake says of every node. Filled by whoever can ask the lake, or by a
// simulated world; everything in this room works on it and nothing else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "chain/daily_series.h"
#include "plan/plan.h"

namespace backcast {

struct NodeData {
  DailySeries daily;                  ///< empty when the metric has no days
  std::optional<double> now, before;  ///< of the period and of the one compared, as the scorecard shows them
  double now_n = 0, before_n = 0;     ///< events or divisors behind them; 0: not known
  std::optional<DailySeries> elsewhere;  ///< of a sum under a scope: the same metric outside the scope
  std::string missing;                   ///< one sentence: why there is no number; empty when there is one
};

/// A reason not to believe a change before looking for its causes.
struct DataDoubt {
  std::string node;      ///< whose number it concerns
  std::string sentence;  ///< what is wrong, with days
  bool fatal = false;    ///< no cause may be named while it stands
};

struct ChainData {
  Window period, compare;
  Day last{};  ///< last day with data
  std::string currency;
  std::map<std::string, NodeData, std::less<>> nodes;  ///< by node id
  std::vector<DataDoubt> doubts;
  std::vector<Finding>
      findings;  ///< about the numbers: amounts that were converted, or could not be; whose sentiment

  /// nullptr for a node without numbers.
  const NodeData* Find(std::string_view id) const;
};

/// Runs of at least three days inside the window on which a sum says nothing or nought although its other
/// days are so seldom silent that chance would bring such a run once in a thousand such series, as doubts of
/// `node`. `title` names it in the sentence.
std::vector<DataDoubt> FindGaps(std::string_view node, std::string_view title, const DailySeries& series,
                                const Window& window);

}  // namespace backcast
