// SPDX-License-Identifier: Apache-2.0
// Visits that only a report by day counts: how many would be suspected, by a log of the same days. Included
// by desk sources only.
#pragma once

#include <optional>
#include <string>

#include "catalog/formula.h"
#include "desk/ready.h"
#include "measure/interval.h"
#include "plan/plan.h"

namespace backcast {

/// Suspected visits among those of the log that somebody could judge.
struct LoggedShare {
  double suspected = 0, told = 0;
  Interval share;  ///< Wilson, 95 %
};

/// The share by which a report's number would shrink, or why no log can say it.
struct ReportedWithout {
  std::optional<LoggedShare> share;
  std::string because;
};

/// Only for a plain sum of site_day.sessions, whose condition and scope the log can answer too, and only
/// where the log has every day that the report has. Errors: of the engine.
Result<ReportedWithout> ShareByLog(Workspace& workspace, const Ready& ready, const Expression& formula,
                                   const Scope& scope);

}  // namespace backcast
