// SPDX-License-Identifier: Apache-2.0
// The mentions of the lake as columns, their texts read in one pass.
#pragma once

#include "desk/listen_settings.h"
#include "desk/ready.h"
#include "listening/mentions.h"
#include "text/texts.h"

namespace backcast {

struct HeardMentions {
  Mentions mentions;  ///< by mention_id
  TextColumn texts;   ///< as many; empty where the export has no text
  std::string sql;
  std::int64_t negative_counts = 0;  ///< mentions whose engagements are below zero: taken as not told
};

/// Mentions from long enough before the period for what needs a past (65 weeks) to the last there are, spam
/// left out.
/// Errors: those of the engine.
Result<HeardMentions> HearMentions(Workspace& workspace, const Ready& ready, const ListenSettings& settings,
                                   int threads);

/// What people wrote to the brand itself (incoming messages), by tone.
struct HeardMessages {
  TonePair tones;
  double told = 0;  ///< whose sentiment an export said
};
Result<HeardMessages> HearMessages(Workspace& workspace, const Ready& ready, const ListenSettings& settings,
                                   int threads);

}  // namespace backcast
