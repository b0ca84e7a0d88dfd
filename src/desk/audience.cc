// SPDX-License-Identifier: Apache-2.0
#include "desk/audience.h"

#include "desk/audience_data.h"

namespace backcast {

Result<AudienceAnswer> ReadAudience(Workspace& workspace, const Ready& ready) {
  AudienceAnswer answer;
  answer.workspace = answer.bots.workspace = workspace.name();
  answer.period = answer.bots.period = ready.request.period;
  answer.as_of = answer.bots.as_of = ready.request.as_of;
  BACKCAST_TRY(answer.ladder, ShippedLadder());
  BACKCAST_CHECK(ReadFollowers(workspace, ready, answer));
  BACKCAST_CHECK(ReadLadders(workspace, ready, answer));
  BACKCAST_CHECK(ReadCommunities(workspace, ready, answer));
  if (answer.accounts.empty() && answer.bots.samples.empty() && answer.surveys.empty() && !answer.observed &&
      answer.communities.empty() && !answer.targeted) {
    return Error{
        Code::kTooLittle, ToWords(answer.period), "there are neither followers nor people who did anything",
        "an account's days, a survey of the ladder, or actions of people (community_event) are needed "
        "(docs/audience.md)"};
  }
  return answer;
}

Result<Answer> ShowAudience(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  BACKCAST_TRY(const AudienceAnswer answer, ReadAudience(workspace, ready));
  Answer out;
  out.out = options.format == Format::kJson ? AudienceJson(answer)
                                            : AudiencePaper(answer, options.format, options.style.width);
  return out;
}

}  // namespace backcast
