// SPDX-License-Identifier: Apache-2.0
// A plan that goes on: what a person has answered since it was read back, put into what stands there. What no
// question is about stays word for word.
#pragma once

#include "base/yaml.h"
#include "guide/yaml_writer.h"

namespace backcast {

/// `base`: the draft of the plan's own answers; `now`: the draft of the answers as they are now; `plan`: as
/// written. Where base and now say the same, the plan's word stands; else that of now; where the plan says
/// nothing, what now proposes. Entries of lists are told apart by their id; a list without ids is one word.
/// Comments are those of `now`: the plan's own cannot be read.
Block MergePlan(const Block& base, const Yaml& plan, const Block& now);

}  // namespace backcast
