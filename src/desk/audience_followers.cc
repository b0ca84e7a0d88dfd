// SPDX-License-Identifier: Apache-2.0
// Followers of every account: who came, who left, who is of the target, who looks made up.
#include <limits>

#include "compile/compile.h"
#include "desk/audience_data.h"
#include "desk/question.h"

namespace backcast {
namespace {

/// Days before the period from which usual losses are known.
constexpr int kDaysBefore = 400;

Result<Done> ReadAccounts(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  const Window& period = ready.request.period;
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          "select coalesce(platform, '') as platform, coalesce(account, '') as account, date as day, "
          "sum(followers_end)::double as followers, sum(followers_gained)::double as gained, "
          "sum(followers_lost)::double as lost from account_day where (followers_end is not null or "
          "followers_gained is not null or followers_lost is not null) and date >= date " +
          QuoteText(ToIso(period.from - std::chrono::days{kDaysBefore})) + " and date < date " +
          QuoteText(ToIso(period.to)) + " group by 1, 2, 3 order by 1, 2, 3"));
  std::vector<FollowerDay> days;
  const auto finish = [&] {
    if (days.empty() || answer.accounts.empty()) return;
    answer.accounts.back().change = ReadFollowerChange(days, period);
    if (answer.accounts.back().change.days == 0) answer.accounts.pop_back();
    days.clear();
  };
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string platform = WordAt(table, "platform", row), account = WordAt(table, "account", row);
    if (days.empty() || answer.accounts.back().platform != platform ||
        answer.accounts.back().account != account) {
      finish();
      answer.accounts.push_back({platform, account, {}});
    }
    days.push_back({Day{std::chrono::days{static_cast<int>(NumberAt(table, "day", row).value_or(0))}},
                    NumberAt(table, "followers", row).value_or(kNone),
                    NumberAt(table, "gained", row).value_or(kNone),
                    NumberAt(table, "lost", row).value_or(kNone)});
  }
  finish();
  for (const AccountFollowers& account : answer.accounts) {
    if (account.change.end) answer.followers = answer.followers.value_or(0) + *account.change.end;
  }
  return Done{};
}

}  // namespace

Result<Done> ReadFollowers(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  if (HasRows(ready.coverage, "account_day")) BACKCAST_CHECK(ReadAccounts(workspace, ready, answer));
  if (HasRows(ready.coverage, "follower_snapshot")) {
    BACKCAST_TRY(
        const Table table,
        AskLake(workspace, ready,
                {.metrics = {"targeted_followers", "targeted_follower_growth", "targeted_follower_share"},
                 .by = {},
                 .filters = {},
                 .windows = {ready.request.period},
                 .series = {}}));
    answer.targeted = NumberAt(table, "targeted_followers@0", 0);
    answer.targeted_growth = NumberAt(table, "targeted_follower_growth@0", 0);
    answer.targeted_share = NumberAt(table, "targeted_follower_share@0", 0);
  }
  BACKCAST_TRY(const BotRules rules, ShippedBotRules());
  answer.bots.least_sample = rules.least_sample;
  answer.bots.followers_not_checked = rules.followers_not_checked;
  BACKCAST_CHECK(ReadFollowerSamples(workspace, ready, rules, answer.bots));
  return ReadBursts(workspace, ready, answer.bots);
}

}  // namespace backcast
