// SPDX-License-Identifier: Apache-2.0
// The scorecard: what the plan wanted, what the facts say, and whose turn it is. Pure values; pages are made
// of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "chain/claim.h"
#include "score/exhibit.h"

namespace backcast {

/// Six answers that are never confused. kNotOffered: no export gives it; kWithheld: it exists and may not be
/// shown (mixed currencies, forbidden sum); kNotFinal: days that may still change are in it.
enum class State : std::uint8_t { kValue, kZero, kNotOffered, kWithheld, kNotFinal, kTooLittleData };

/// "value", "zero", "not_offered", ...: the words of the JSON.
std::string_view ToWord(State state);

/// A number with everything that is needed to believe it.
struct Value {
  State state = State::kNotOffered;
  std::optional<double> value;      ///< set for kValue, kZero, kNotFinal
  std::optional<double> low, high;  ///< only where an interval is defined
  double level = 0.95;
  std::optional<std::int64_t> n;   ///< rows or events behind it
  std::string unit;                ///< "count", "ratio", "EUR", "seconds", "score"
  std::string basis;               ///< "period" or "lifetime"
  std::optional<double> coverage;  ///< share of the period's days with data
  std::string definition;          ///< "orders@1"
  std::string reason;              ///< for every state but kValue and kZero: why, in one sentence
};

enum class Verdict : std::uint8_t { kNone, kMet, kLikely, kCannotTell, kMissed };
std::string_view ToWord(Verdict verdict);  ///< "", "met", "likely", "can't tell", "missed"

/// What a line stands for in the plan; kLoose lines come without a plan.
enum class NodeKind : std::uint8_t { kObjective, kOutcome, kKpi, kTactic, kChannel, kLoose };

struct Point {
  Window window;
  std::optional<double> value;
};

/// One line of the card: a node of the plan or a metric of the catalogue, for one group.
struct ScoreLine {
  std::string id;        ///< node id, or metric id without a plan
  std::string metric;    ///< catalogue id; empty for objectives and channels
  std::string title;     ///< what a reader calls it
  std::string sentence;  ///< the plan's own words: ceo sentence, why
  NodeKind kind = NodeKind::kLoose;
  std::string parent;    ///< id of the node it leads to; empty for the top
  std::string evidence;  ///< of the link to `parent`: component, correlated, predictive, experimental,
                         ///< none_found, against_plan, too_little_data, broken; empty: only asserted
  std::string level, stage, element, owner, owner_role;
  std::string direction;                                   ///< "higher", "lower", "target", "none"
  std::vector<std::pair<std::string, std::string>> group;  ///< {dimension, value}; empty for the total
  Value value, previous, pace;   ///< pace: share of where the target line stands today, 1 = on it
  std::optional<double> change;  ///< value / previous - 1; value - previous where `change_in_points`
  bool change_in_points = false;
  std::optional<double> baseline, target;
  std::optional<Day> target_by;
  Verdict verdict = Verdict::kNone;
  bool beyond_chance = false;  ///< further from the target line than the week-to-week spread explains
  std::optional<Claim> verdict_because;  ///< the verdict's reason, made from the numbers of its decision
  std::string no_verdict;  ///< a state, no claim: why a line with a target has no verdict; empty when it has
  /// The value as the target counts it (per month, where the period is a quarter), and where the line from
  /// the baseline to the target stands on the period's last day. Both are set with every decision.
  std::optional<double> judged, expected;
  std::optional<double> judged_low,
      judged_high;  ///< interval of `judged`, where there are weeks enough for one
  std::optional<int>
      days_with_data;              ///< of the period's days, those on which every fact of the metric has rows
  int open_days = 0;               ///< days of the period that are still to come or may still be restated
  std::vector<Point> trend;        ///< up to 12 periods, oldest first
  std::string guard;               ///< metric that would show gaming
  std::vector<std::string> notes;  ///< doubts and remarks printed beside the number
  bool weakest = false;            ///< the weakest link of its outcome's chain
};

/// Who answers for a finding, so that it takes no verdict; days are ISO, `until` may be empty.
struct AcceptedNote {
  std::string because, by, on, until;
};

/// What a person of the workspace wrote down (notes/*.md), to stand beside the number it explains.
struct Note {
  Day day{};
  std::string node;   ///< plan node that it is about; empty: about the period
  std::string title;  ///< its heading, else the words of the file's name
  std::string text;   ///< a few lines, joined by line feeds; longer notes end in "…"
};

/// The post of the period that did most for a line: the workspace's own posts only, never a person's.
struct ExamplePost {
  std::string node;  ///< line of the card that it stands beside
  std::string platform;
  std::string reference;   ///< the platform's own id of the post; no address
  std::optional<Day> day;  ///< of publication
  std::string text;        ///< the caption on one line, shortened; may be empty
  std::string measure;     ///< metric of `number`: link_clicks or engagements_public
  double number = 0;       ///< of that metric in the period, greater than zero
  std::int64_t among = 0;  ///< posts of the period that have this number
};

struct ScoreFinding {
  std::string rule, severity, file, message, why, fix, seed;
  int line = 0, column = 0;
  std::string node;  ///< plan node it concerns, if any
  std::optional<AcceptedNote> accepted;
};

/// What was seen at a node of the plan, and what followed.
struct ScoreDecision {
  std::string date;  ///< ISO day
  std::string node, seen, decided, by;
};

/// How many KPIs and tactics each element of the mix holds, and the levels covered.
struct Balance {
  struct Share {
    std::string name;
    int kpis = 0;
    int tactics = 0;
    int metrics_with_data = 0;
  };
  std::vector<Share> elements, levels;
};

struct Scorecard {
  std::string workspace;  ///< brand name of the plan, or the folder's name
  std::string currency, locale = "en";
  Day as_of{};             ///< last day with data
  Window period, compare;  ///< compare has no days when none was asked
  bool has_plan = false;
  std::string question;           ///< without a plan: the first question to answer
  std::optional<Claim> headline;  ///< where the first outcome stands
  std::optional<Claim> weakest;   ///< the weakest link and its owner
  std::vector<Claim> executive;   ///< the paragraph for who pays, at most kExecutiveSentences (executive.h)
  std::vector<Claim> why;  ///< what changed the first outcome most and whose turn it is, first things first
  std::vector<ScoreLine> lines;  ///< plan order: each node before the nodes that lead to it
  std::vector<ScoreFinding> findings;
  std::vector<ScoreDecision> decisions;  ///< newest first
  std::vector<Exhibit> exhibits;         ///< tables behind the card, of a report only
  Balance balance;
  std::vector<std::string> not_measured;  ///< on purpose: "what (why)"
  std::vector<Note> notes;                ///< newest first
  std::vector<ExamplePost> examples;      ///< at most one per line, in the order of the lines
  std::vector<std::string> sources;       ///< "X posts: 1,439 rows, 2021-01-01 to 2021-06-30"
  std::vector<std::string> sql;           ///< the statements that were run
};

}  // namespace backcast
