// SPDX-License-Identifier: Apache-2.0
// What files leave open about conversations, filled in from their messages and from the changes of their
// status, so that every command sees the same: when a conversation began, was answered by a person, was
// resolved, and whether it was opened again.
#pragma once

#include "engine/duckdb.h"
#include "facts/schema.h"
#include "lake/lake.h"

namespace backcast {

/// Replaces the views conversation and message where there are messages or changes. What a row says stays,
/// but for the instant of opening, which is never after the customer's first message.
/// A message: direction from its author beside the conversation's person; is_question by its marks
/// (care/questions.yaml); answered when a person of the company wrote in the conversation at or after it.
/// A conversation: first replies at or after its opening, those of a person apart; resolved_at from the last
/// status; reopened counts changes from resolved back; needs_reply is yes where it can be known whether one
/// came. Messages without a conversation of their own make one, when a customer wrote. Rows whose status is
/// deleted are left out. Both facts are taken out of `statistics` when their views changed: what they say no
/// longer holds. Call after Lake::Attach.
Result<Done> ApplyConversations(const Schemas& schemas, LakeStatistics& statistics, DuckDb& engine);

}  // namespace backcast
