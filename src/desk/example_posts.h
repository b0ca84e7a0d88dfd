// SPDX-License-Identifier: Apache-2.0
// The post of the period that did most, to stand beside a number about posts. Only the workspace's own posts:
// what other people wrote is never shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compile/compile.h"
#include "desk/workspace.h"
#include "score/scorecard.h"

namespace backcast {

/// A caption as it may be shown: on one line, at most 120 bytes, addresses left out, names after @ covered.
std::string ShownCaption(std::string_view caption);

/// Lines that an example helps to read: totals about content at the levels output and out-take, and targeted
/// visits.
bool WantsExample(const ScoreLine& line);

/// One post per such line where there is one: the most link clicks, else the most public engagements, of the
/// posts of the period within the line's scope; readings of lifetime counters before numbers by day. Of equal
/// posts the first by platform and id. A scope that posts do not know has no example. The statements are
/// added to card.sql. The lake must be attached. Errors: kUnavailable.
Result<Done> AddExamplePosts(Workspace& workspace, const std::vector<Filter>& filters, Scorecard& card);

}  // namespace backcast
