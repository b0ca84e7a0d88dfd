// SPDX-License-Identifier: Apache-2.0
// The plan that init writes: comes in answers and what was backed out of them, goes out plan.yaml as text.
// Nothing is made up: a number, a day, a review or a paper that nobody gave stays out, and a comment asks for
// it.
#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "base/yaml.h"
#include "guide/guide_data.h"
#include "guide/yaml_writer.h"

namespace backcast {

/// A question that waits for a person.
struct OpenQuestion {
  std::string id;     ///< "team.role", as in the answers file
  std::string block;  ///< top-level key of the plan that it fills
  std::string ask;
};

struct Draft {
  std::string yaml;
  Block root;                        ///< the same before it was written
  std::vector<OpenQuestion> open;    ///< each stands as "# answer:" in the plan
  std::vector<std::string> assumed;  ///< each stands as "# assumed:" in the plan
  std::vector<std::string> gaps;     ///< each stands as "# gap:" in the plan
};

/// What a plan assumes of a place that is held for somebody who was not named.
std::string StandInWords(const std::string& id);

/// `answers` as ReadAnswers or Interview gives them; `name`: of the brand, when nobody said it.
/// Deterministic. Errors: kUsage when no outcome is wanted.
Result<Draft> DraftPlan(const Yaml& answers, const std::vector<std::string>& templates, const GuideData& data,
                        const std::string& name);

}  // namespace backcast
