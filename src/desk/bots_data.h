// SPDX-License-Identifier: Apache-2.0
// What the command bots found, before it is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/bots_reported.h"
#include "desk/journey_targeting.h"
#include "desk/ready.h"
#include "desk/workspace.h"
#include "journey/bot_rules.h"
#include "journey/growth_burst.h"
#include "journey/labelled_share.h"

namespace backcast {

/// Visits of one channel group, or all.
struct VisitCount {
  double gross = 0, suspected = 0, unchecked = 0;  ///< all; flagged; on which nobody has an opinion
  double net() const { return gross - suspected; }
};

struct RuleState {
  std::string id, title;
  double visits = 0;    ///< that it named
  std::string missing;  ///< why it was not checked
};

/// A number of the plan with and without suspected visits.
struct KpiWithout {
  std::string node, metric, title, unit;
  std::optional<double> gross, net;
  std::optional<LoggedShare> estimate;  ///< `net` is gross less the share that a log of the same days has
  std::string because;                  ///< not empty: it cannot be told
};

/// One random sample of followers.
struct FollowerSample {
  std::string platform, account, day;
  double sampled = 0, suspected = 0, labelled = 0;
  double unknown = 0;  ///< of whom no column is told that any rule looks at
  int version = 1;     ///< of the rules
  Interval share;      ///< Wilson, of suspected among the others
  double told() const { return sampled - unknown; }
  std::optional<CorrectedShare> corrected;
  std::string correction_needs;
  struct Fired {
    std::string id, title;
    double followers = 0;
    RuleQuality quality;  ///< against labels; nothing without
    bool checked = true;
  };
  std::vector<Fired> rules;
  RuleQuality quality;  ///< of all rules together, against labels
  Labels labels;
};

struct AccountBursts {
  std::string platform, account;
  GrowthBursts found;
};

struct BotsAnswer {
  std::string workspace;
  Window period;
  Day as_of{};
  bool has_visits = false;
  VisitCount all;
  std::map<std::string, VisitCount> by_channel;
  std::vector<RuleState> rules;  ///< those of the list, and "source" for what files flag themselves
  std::vector<KpiWithout> kpis;
  std::vector<FollowerSample> samples;
  int least_sample = 0;
  std::vector<std::string> followers_not_checked;
  std::vector<AccountBursts> bursts;
  std::vector<TargetShare> targeting;
};

/// Visits of the period. Errors: those of the engine.
Result<Done> ReadVisits(Workspace& workspace, const Ready& ready, const BotRules& rules, BotsAnswer& answer);
/// Numbers of the plan, asked twice: with nobody suspected and without the suspected; those of reports by day
/// once, and without by estimate where a log of visits covers the same days. Leaves the view of session as it
/// was.
Result<Done> ReadKpisWithout(Workspace& workspace, const Ready& ready, BotsAnswer& answer);
/// The newest sample of every account that was taken until the end of the period.
Result<Done> ReadFollowerSamples(Workspace& workspace, const Ready& ready, const BotRules& rules,
                                 BotsAnswer& answer);
Result<Done> ReadBursts(Workspace& workspace, const Ready& ready, BotsAnswer& answer);

std::string BotsJson(const BotsAnswer& answer);
std::string BotsPaper(const BotsAnswer& answer, Format format);

}  // namespace backcast
