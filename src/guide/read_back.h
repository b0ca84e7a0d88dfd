// SPDX-License-Identifier: Apache-2.0
// A plan read back as the answers that would have led to it, so that the walkthrough can go on from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "guide/guide_data.h"

namespace backcast {

struct ReadBack {
  Yaml answers;                   ///< in the form of an answers file
  std::vector<std::string> kept;  ///< nodes that no question is about, each with why: they stay as they are
};

/// Reads `plan`, the root of a plan.yaml whose text is `text`: a place that its comments say is held for
/// somebody is no person. A value that no question would take is no answer. Errors: kInput with
/// file:line:column when no outcome of the plan has a driver tree, so that there is nothing to go on from.
Result<ReadBack> AnswersOfPlan(const Yaml& plan, std::string_view text, std::string_view file,
                               const GuideData& data);

/// The answers without those that nobody gave: what the plan's own comments ("# assumed:", "# answer:") say,
/// and what a draft without them would propose all the same. `text`: of the plan; `name` as for DraftPlan.
Yaml WithoutAssumed(Yaml answers, std::string_view text, const GuideData& data, const std::string& name);

}  // namespace backcast
