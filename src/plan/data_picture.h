// SPDX-License-Identifier: Apache-2.0
// Facts about the data of one workspace, for the data layer of the doctor: plain values, no lake and no
// engine. A field that nobody filled makes its rule silent: not known is not the same as sound.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"

namespace backcast {

/// How far one source fills one fact.
struct SourceReach {
  std::string source, fact;
  Day last{};           ///< its last day with rows
  int longest_gap = 0;  ///< days of its longest run without rows before `last`; rare events come in gaps
};

/// The meaning of what a platform reports changed, and the lake holds rows of that platform.
struct DefinitionChange {
  std::string fact;
  std::vector<std::string> columns;  ///< of the fact
  std::string native;                ///< what the platform calls it
  Day day{};                         ///< first day of the new meaning
};

/// What happened in one step of a path in the 28 days that end with DataPicture::as_of.
struct StepEvents {
  std::string metric;
  std::optional<double> events;  ///< nothing: no export of these days reports it
};

/// Cases behind one KPI in DataPicture::period, in its scope.
struct KpiCases {
  std::string kpi;
  double n = 0;       ///< of a ratio, its divisor
  double needed = 0;  ///< the metric's own minimum
};

/// The driver identity of one outcome before and now: outcome = product of factors x closure.
struct ClosureSeen {
  std::string outcome;
  double outcome_before = 0, outcome_now = 0;  ///< > 0
  double closure_before = 0, closure_now = 0;  ///< > 0
};

/// What was found between one KPI and its outcome.
struct LinkSeen {
  std::string kpi;
  std::string evidence;  ///< the words of ScoreLine::evidence: none_found, against_plan, correlated ...
  int weeks = 0;
  int kpi_trend = 0, outcome_trend = 0;  ///< -1 falls, 1 rises, 0 no trend beyond chance
};

/// What the ad platforms claim and what the own books say, same days.
struct ClaimedSales {
  double claimed = 0, own = 0;  ///< sales
};

/// Days of DataPicture::period that a source may still restate, counted for every outcome and KPI for itself:
/// a shop whose returns stay open for two months leaves the visits of the same month settled.
struct OpenDays {
  int open = 0, days = 0;
  std::vector<std::string> facts;  ///< whose days are open, sorted
};

/// Rows with spend and without a currency.
struct UnnamedSpend {
  std::string account;
  std::int64_t rows = 0;
};

/// Visits of DataPicture::period that nobody can trace.
struct UntaggedVisits {
  double share = 0;                ///< 0..1 of the visits: direct, or without any channel
  std::vector<std::string> pages;  ///< on which most of them land, most first, the home page left out
};

/// A segment whose rule changed while the period ran.
struct SegmentMix {
  std::string segment;
  int first_version = 0, last_version = 0;
};

/// How often in a row, up to now, the target of a node was met.
struct TargetRun {
  std::string node;
  int times = 0;
};

/// What came of an improvement.
struct ImprovementSeen {
  std::string improvement;
  bool fell = false;          ///< the talk about its issue became less
  bool beyond_chance = true;  ///< and neither season nor chance explains it
};

/// One cost line that the scopes of two tactics take in.
struct SharedCost {
  std::string line;  ///< what a reader would call it
  std::string first, second;
};

/// The step of a KPI's path that lets most people go, when it is worse than it was.
struct BrokenStep {
  std::string kpi, step, owner;  ///< owner: id of the person who can change the step
};

struct DataPicture {
  Day as_of{};                               ///< newest day with data
  Window period{};                           ///< the days a report would speak of
  std::map<std::string, std::int64_t> rows;  ///< by fact; beside others a fact not named has none
  std::vector<SourceReach> sources;
  std::vector<DefinitionChange> changes;
  std::vector<StepEvents> steps;
  std::vector<KpiCases> cases;
  std::vector<ClosureSeen> closures;
  std::vector<LinkSeen> links;
  std::optional<ClaimedSales> claims;
  std::optional<OpenDays> open_days;
  std::vector<UnnamedSpend> unnamed_spend;
  std::optional<double> automatic_share;  ///< 0..1 of the sessions of the period
  std::optional<UntaggedVisits> untagged;
  std::vector<SegmentMix> segments;
  std::vector<TargetRun> runs;
  std::vector<ImprovementSeen> improvements;
  std::vector<SharedCost> shared_costs;
  std::vector<BrokenStep> broken;
};

}  // namespace backcast
