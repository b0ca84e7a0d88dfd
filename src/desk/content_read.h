// SPDX-License-Identifier: Apache-2.0
// Everything that `content` says, as plain values: for its papers, and for tables of the report.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/compare_posts.h"
#include "content/post_curve.h"
#include "content/theme_lift.h"
#include "content/theme_mix.h"
#include "desk/content_labels.h"
#include "desk/content_posts.h"
#include "desk/ready.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "measure/interval.h"
#include "score/scorecard.h"

namespace backcast {

/// Age at which posts are compared, in days.
inline constexpr int kComparedAge = 7;

/// The age at which posts of one account are compared.
struct AccountBasis {
  std::string account;
  bool at_age = false;     ///< engagement at 7 days; else to date, of posts that are older
  int posts = 0;           ///< judged
  bool undivided = false;  ///< its export does not tell organic from paid
};

/// What happened to the posts of the period; read = judged + the others.
struct PostTally {
  int read = 0, judged = 0;
  int too_young = 0;        ///< no reading at 7 days or later
  int not_at_age = 0;       ///< read later only, in an account whose posts are compared at 7 days
  int promoted = 0;         ///< shown apart
  int without_numbers = 0;  ///< no export counts their engagement
  int labelled = 0;         ///< of the judged, with a theme
  int by_hand = 0, by_rule = 0, by_export = 0, of_several = 0;
  int before_labels = 0;  ///< of the judged, published before these labels were first seen
};

/// A theme's numbers beside its effect.
struct ThemeNumbers {
  std::string theme, name, note;
  std::optional<QuantileEstimate> typical;  ///< median engagement of its posts
  std::optional<RatioEstimate> kept_rate;   ///< saves and shares by times seen, from 10 posts
  std::optional<Lift> kept;                 ///< lift of saves and shares
  int kept_posts = 0;                       ///< behind it
  std::string kept_needs;                   ///< why it has none
};

/// A pair of groups of the plan.
struct PairAnswer {
  GroupPair pair;
  GroupComparison comparison;
};

/// A post that is younger than the age of comparison, against what its account's posts had at its age.
struct YoungPost {
  std::string platform, account, id, caption;
  Day published{};
  double age = 0;         ///< days
  bool exact = false;     ///< to the minute, from the time at which its file came
  bool promoted = false;  ///< asked for by name; its past is organic
  double value = 0;
  UsualBand usual;
};

/// Posts with money behind them, beside the organic ones.
struct PromotedPosts {
  int posts = 0;
  bool judged = false;  ///< among the others, as was asked for
  std::optional<double> median, organic_median;
};

struct ContentAnswer {
  std::string workspace;
  Window period;
  Day as_of{};
  std::string zone;  ///< IANA name, of weekdays and hours
  std::string labels_version, labels_first_seen;
  Several several = Several::kShared;
  std::vector<AccountBasis> accounts;
  PostTally tally;
  ThemeLifts lifts;                   ///< of all engagement
  std::string kept_needs;             ///< why saves and shares have no lifts
  std::vector<ThemeNumbers> numbers;  ///< in the order of lifts.themes
  std::vector<PairAnswer> pairs;
  std::vector<GroupComparison> formats;          ///< against the most frequent
  std::vector<GroupComparison> weekdays, hours;  ///< against all others; "mon", "06-09"
  int without_day = 0, without_hour = 0;         ///< judged posts whose export does not say
  PromotedPosts promoted;
  std::vector<MixShare> mix;
  double concentration = 0;
  std::vector<YoungPost> young;  ///< newest first
  std::vector<Note> notes;       ///< about content or one of its themes
  std::vector<std::string> remarks, sql;

  /// No part of the answer has a verdict.
  bool NothingJudged() const;
};

struct ContentQuestion {
  std::vector<Filter> filters;
  std::string post;        ///< only this post's feedback, whatever its age; its id, or platform:id
  bool with_paid = false;  ///< promoted posts are judged among the others
};

/// Posts published in ready.request.period. Errors: those of ReadContentLabels and ReadPosts; kInput for a
/// time zone that does not exist; kUsage for a post that is not there.
Result<ContentAnswer> ReadContent(Workspace& workspace, const Ready& ready, const ContentQuestion& question,
                                  Talk& talk);

}  // namespace backcast
