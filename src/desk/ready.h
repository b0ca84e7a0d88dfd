// SPDX-License-Identifier: Apache-2.0
// What must be known before any question to the lake: the plan is sound, the lake stands at the right
// version, how far it reaches, and which period is meant.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compile/compile.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "lake/lake.h"
#include "score/questions.h"

namespace backcast {

struct Ready {
  CardRequest request;
  std::vector<LoadRecord> loads;
  std::vector<FactCoverage> coverage;
  LakeStatistics statistics;
  /// Reports that are cut in several ways, by fact: read by the first question that needs them, and the same
  /// for all that follow.
  std::shared_ptr<std::map<std::string, CutReports>> cuts =
      std::make_shared<std::map<std::string, CutReports>>();
  /// What was filled in because a question asked for it: facts whose texts were read (desk/tone_view.h),
  /// "theme" (desk/themes_view.h).
  std::shared_ptr<std::set<std::string>> filled = std::make_shared<std::set<std::string>>();
  std::vector<std::string> notes;  ///< sentences about what was read, for the sources of an answer
  bool one_setting = false;        ///< of ads exported under several attribution settings one counts
  std::string currency;            ///< in which amounts are read: --currency, the plan's, or the only one
  std::set<std::string> foreign;   ///< facts with amounts that are converted into it; empty: as they stand
};

/// Opens the lake as of the day asked for, reads names through tags.yaml, names channels, suspects visits and
/// completes conversations where files left that open, applies the plan's segments. Errors: the plan's own,
/// those of tags.yaml and channels.yaml; kUsage for a period, metric or day that cannot be read; kInput when
/// there is no data yet; kUnavailable.
Result<Ready> Prepare(Workspace& workspace, const ScoreOptions& options, Talk& talk);

/// Whether any file has filled the fact.
bool HasRows(const std::vector<FactCoverage>& coverage, std::string_view fact);

/// Facts that the outline's questions read.
std::set<std::string> FactsOf(const Outline& outline, const Catalogue& catalogue);

/// The plan's currency, else the only one in the data, else nothing.
std::string CurrencyOf(const Workspace& workspace, const std::vector<FactCoverage>& coverage);

}  // namespace backcast
