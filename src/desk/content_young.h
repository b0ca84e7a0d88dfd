// SPDX-License-Identifier: Apache-2.0
// Instant feedback: young posts against the usual curve of their account.
#pragma once

#include <vector>

#include "desk/content_read.h"

namespace backcast {

/// How far back a post's past reaches.
inline constexpr int kPastDays = 180;

/// Posts among `posts` (by platform, day and id) that are younger than the age of comparison at their newest
/// reading and were published in the last `kComparedAge` days up to `as_of`, newest first; or the one called
/// `post`, whatever its age. Compared with posts of the same account that were published up to 180 days
/// before it and were not promoted: at the same age in hours where files came while it could be told, else in
/// days.
std::vector<YoungPost> YoungPosts(const std::vector<ReadPost>& posts, Day as_of, const std::string& post);

}  // namespace backcast
