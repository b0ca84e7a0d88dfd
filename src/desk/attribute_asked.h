// SPDX-License-Identifier: Apache-2.0
// What attribute works on, wherever it was read from: journeys, the names of their channels, what is missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attribution/credit.h"
#include "attribution/journey_builder.h"
#include "attribution/journey_rules.h"
#include "base/day.h"
#include "desk/attribute.h"
#include "desk/ready.h"

namespace backcast {

/// Conversions that stand apart from those whose journey is known, and what to do about it.
struct CoverageCause {
  std::string id;
  double conversions = 0;
  bool credited = false;  ///< they are credited all the same (a path of direct visits only)
  std::string says, fix;
};

/// A hold-out of the plan: the share of the outcome that these channels caused.
struct HoldOut {
  std::string id;
  std::vector<int> channels;
  double caused = 0, low = 0, high = 0;  ///< share of all conversions; the 95 % interval
  std::int64_t n = 0;
  std::string kind;            ///< of the experiment, as the plan has it
  std::optional<Window> days;  ///< when it was made
};

struct AskedJourneys {
  Journeys journeys;
  std::vector<std::string> channels;  ///< names, by code
  ChannelCode direct = kNoChannel;
  JourneyRules rules;
  bool from_touches = true;
  double conversions = 0;             ///< credited or not
  std::vector<CoverageCause> causes;  ///< only those that occur; with the plain rest they add up
  double touches = 0;
  ShapedPaths shaped;
  double too_old = 0;
  std::vector<HoldOut> hold_outs;
  std::vector<std::string> notes;  ///< rules that were applied, with counts
  std::string subject;             ///< what is credited: "orders", "conversions of paths.csv"
  std::string currency;            ///< of the values; may be empty
  std::optional<Window> period;
  std::optional<Day> last;  ///< last day with data
};

/// The causes that a builder counts; those of nobody are left out. `unknown`: conversions without a person.
std::vector<CoverageCause> CausesOf(const JourneyCoverage& coverage, double unknown, int window_days);

/// attribute_file.cc: from a table of paths or of touches; text of any encoding and separator, or Parquet.
Result<AskedJourneys> ReadJourneysFile(const AttributeCommand& command);
/// attribute_lake.cc: of the period of `ready`.
Result<AskedJourneys> ReadJourneysOfLake(Workspace& workspace, const Ready& ready,
                                         const AttributeCommand& command);

/// attribute_hold_outs.cc: experiments of the plan on this outcome whose cause has a channel.
void AddHoldOuts(const Plan& plan, const Outcome& outcome, AskedJourneys& asked);

/// Every model asked for, with its intervals: the same bytes for any number of threads.
Credits CreditsOf(const AskedJourneys& asked, const AttributeCommand& command);

/// The answer in the format asked for. `workspace` may be empty.
Answer ShowCredits(const AskedJourneys& asked, const Credits& credits, const AttributeCommand& command,
                   const std::string& workspace);

}  // namespace backcast
