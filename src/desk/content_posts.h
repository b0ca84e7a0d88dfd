// SPDX-License-Identifier: Apache-2.0
// The workspace's own posts with their themes and their counters by age, as the lake has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "content/content_rules.h"
#include "content/post_curve.h"
#include "desk/content_labels.h"
#include "desk/ready.h"
#include "desk/workspace.h"

namespace backcast {

struct ReadPost {
  std::string platform, account, id, text, format, focus;
  Day published{};
  std::optional<std::int64_t> published_at;  ///< seconds since 1970, UTC
  PostLabels labels;
  bool promoted = false;   ///< money stood behind it
  bool undivided = false;  ///< its export does not tell organic from paid
  /// Counters of the organic row, or of the undivided one. `engagement`: reactions, comments, shares and
  /// saves as far as the platform reports them, else what it calls engagements. `kept`: saves and shares
  /// (sends among the shares, where a platform counts them so); empty where it reports neither.
  PostCurve engagement, kept;
  /// Points of `engagement` whose time of day is known, with their age to the minute: read on the day on
  /// which the file came.
  PostCurve clocked;
  std::optional<double> seen;  ///< impressions, else views, at the newest point

  /// Posts of one account are compared with each other.
  std::string AccountName() const { return account.empty() ? platform : platform + " " + account; }
};

/// Own posts published in `window`, by platform, day and id; the statements are added to `sql`. A post is
/// promoted when it has a paid row with anything in it, or when only its total is known in an account whose
/// other posts are told apart. Errors: kUsage for a filter that posts have no column for; those of the
/// engine.
Result<std::vector<ReadPost>> ReadPosts(Workspace& workspace, const Ready& ready, const ContentLabels& labels,
                                        const Window& window, const std::vector<Filter>& filters,
                                        std::vector<std::string>& sql);

}  // namespace backcast
