// SPDX-License-Identifier: Apache-2.0
// The commands score and report: questions to the lake, answers onto the card, the card onto paper.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compile/compile.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "report/document.h"
#include "score/scorecard.h"

namespace backcast {

struct ScoreOptions {
  std::string period;  ///< as on the command line; empty: the last whole month, or all days without a plan
  std::string compare = "previous";
  std::vector<std::string> by, metrics;
  std::vector<Filter> filters;
  std::string as_of;     ///< ISO day: the card as it was on that day
  std::string currency;  ///< --currency: the one in which amounts are read; empty: the plan's
  bool chain = false;    ///< also the evidence of the links and why the first outcome changed
  bool sql = false;      ///< answer with the statements instead
  std::string rows;      ///< metric whose rows to list instead
  Format format = Format::kText;
  TextStyle style;
};

/// The scorecard of the plan, or of metrics. Errors: kUsage (period, metric, dimension), kInput (plan),
/// kUnavailable.
Result<Scorecard> MakeScorecard(Workspace& workspace, const ScoreOptions& options, Day today, Talk& talk);

/// `score`: the card, its SQL or the rows behind one metric, in the format asked for.
Result<Answer> Score(Workspace& workspace, const ScoreOptions& options, Day today, Talk& talk);

/// `report`: one file per path, the format by its ending: .html .pdf .json .csv .md .txt; without a path the
/// format asked for, to stdout. Errors: kUsage for another ending.
Result<Answer> Report(Workspace& workspace, const ScoreOptions& options,
                      const std::vector<std::string>& paths, Day today, Talk& talk);

}  // namespace backcast
