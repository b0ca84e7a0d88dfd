// SPDX-License-Identifier: Apache-2.0
#include "desk/bots.h"

#include "desk/bots_data.h"

namespace backcast {

Result<Answer> ShowBots(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  BACKCAST_TRY(const BotRules rules, ShippedBotRules());
  BotsAnswer answer;
  answer.workspace = workspace.name();
  answer.period = ready.request.period;
  answer.as_of = ready.request.as_of;
  answer.least_sample = rules.least_sample;
  answer.followers_not_checked = rules.followers_not_checked;
  BACKCAST_CHECK(ReadVisits(workspace, ready, rules, answer));
  BACKCAST_CHECK(ReadKpisWithout(workspace, ready, answer));
  BACKCAST_CHECK(ReadFollowerSamples(workspace, ready, rules, answer));
  BACKCAST_CHECK(ReadBursts(workspace, ready, answer));
  BACKCAST_TRY(answer.targeting, ReadTargeting(workspace, ready));
  if (!answer.has_visits && answer.samples.empty() && answer.bursts.empty()) {
    return Error{
        Code::kTooLittle, ToWords(answer.period), "there are neither visits nor followers to look at",
        "a file of sessions, of sampled followers or of an account's days is needed (docs/journey.md)"};
  }
  Answer out;
  out.out = options.format == Format::kJson ? BotsJson(answer) : BotsPaper(answer, options.format);
  return out;
}

}  // namespace backcast
