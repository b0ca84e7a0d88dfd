// SPDX-License-Identifier: Apache-2.0
// Rules that need no code: the test of rules.yaml, evaluated over the plan as written.
//   nothing_in: PATH          the list or block is missing or empty: one finding
//   each: [PATH, ...]         every entry of these lists for which all of the following hold:
//     metric_in: [ID, ...]      its metric is one of these
//     metric_is: {A: [W, ...]}  its metric has one of the words for role, goodhart, additivity, element,
//     level, stage metric_is_not: {...}      its metric is known and has none of them has: [KEY, ...] none of
//     the keys is empty lacks: [KEY, ...]         one of the keys is empty dangling: {key, to}       no value
//     under key is the id of an entry of the list `to` unused: {by, key}         no entry of the list `by`
//     names its id under key
//   at: KEY                   the finding stands at this value; name: KEY instead of the id for {x};
//   y: metric, or one of the words above, for {y}
#pragma once

#include "plan/doctor/examination.h"

namespace backcast {

/// The test uses only the words above; otherwise the first one that it does not know.
std::string UnknownWordOf(const Yaml& test);

/// Adds what the rule's test finds.
void ExaminePredicate(const Examination& seen, const Rule& rule, const Report& report);

}  // namespace backcast
