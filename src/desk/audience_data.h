// SPDX-License-Identifier: Apache-2.0
// What the command audience found, before it is written. Included by desk sources only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audience/dialogue.h"
#include "audience/follower_change.h"
#include "audience/ladder.h"
#include "desk/answer.h"
#include "desk/bots_data.h"
#include "desk/ready.h"
#include "desk/workspace.h"

namespace backcast {

/// A survey of the ladder; of one segment, or of all who were asked.
struct SurveyLadder {
  std::string survey, segment;
  LadderReading reading;
};

/// What a tactic of the plan asks for, and how many of the people it reaches could do it.
struct Asked {
  std::string tactic, rung, segment;  ///< segment: of whose reading; empty: of all
  std::optional<double> share;
  std::optional<Interval> within;
  double people = 0;
  bool observed = false;  ///< from people who were seen, which is no share of an audience
};

struct AccountFollowers {
  std::string platform, account;
  FollowerChange change;
};

struct Community {
  std::string platform, account;  ///< both empty: all together
  Dialogue dialogue;
};

struct AudienceAnswer {
  std::string workspace;
  Window period;
  Day as_of{};
  Ladder ladder;
  std::optional<LadderReading> observed;
  std::vector<std::string> unknown_kinds;  ///< of activity, which the ladder does not place
  std::vector<SurveyLadder> surveys;       ///< the newest survey: all first, then its segments
  std::vector<Asked> asked;
  std::optional<double> followers;  ///< of all accounts at the period's end
  std::vector<AccountFollowers> accounts;
  std::optional<double> targeted, targeted_growth, targeted_share;
  BotsAnswer bots;                     ///< samples and bursts only
  std::vector<Community> communities;  ///< all together first, where there are several
};

/// The ladder, from the newest survey and from what was seen in the period. Errors: those of the engine.
Result<Done> ReadLadders(Workspace& workspace, const Ready& ready, AudienceAnswer& answer);
/// Followers by account, targeted ones, samples and bursts.
Result<Done> ReadFollowers(Workspace& workspace, const Ready& ready, AudienceAnswer& answer);
/// Who talks with whom, by community.
Result<Done> ReadCommunities(Workspace& workspace, const Ready& ready, AudienceAnswer& answer);

/// All of it. Errors: those of the three above; kTooLittle when there are neither followers nor people who
/// did anything.
Result<AudienceAnswer> ReadAudience(Workspace& workspace, const Ready& ready);

std::string AudienceJson(const AudienceAnswer& answer);
std::string AudiencePaper(const AudienceAnswer& answer, Format format, int columns);

}  // namespace backcast
