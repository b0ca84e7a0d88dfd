// SPDX-License-Identifier: Apache-2.0
// The command attribute: conversions credited to channels, all models side by side, from a workspace or from
// a file of paths or touches.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attribution/journey_rules.h"
#include "desk/answer.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct AttributeCommand {
  ScoreOptions card;    ///< period, as_of, format
  std::string paths;    ///< a file instead of a workspace
  std::string outcome;  ///< of the plan; empty: the fact `conversion`, or the plan's first that fits
  std::string by = "channel_group";  ///< what a channel is: channel, channel_group, source_name, campaign
  std::vector<std::string> models;   ///< empty: all
  int order = 1;
  int resamples = 400;
  int most_channels = 8;  ///< of Shapley on rates
  std::optional<int> window_days;
  std::optional<int> most_touches;
  std::optional<double> half_life_days;
  bool collapse = false, drop_direct = false;
  int threads = 0;
  std::string memory;
};

/// Errors: kUsage for a model, order or column that there is not; kInput for a file that cannot be used, with
/// file:line; those of Prepare. An answer of too little data is an answer.
Result<Answer> AttributeFile(const AttributeCommand& command, Talk& talk);
Result<Answer> AttributeWorkspace(Workspace& workspace, const AttributeCommand& command, Talk& talk);

}  // namespace backcast
