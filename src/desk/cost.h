// SPDX-License-Identifier: Apache-2.0
// The command cost: what one of what matters costs by channel, beside every other channel.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/claim.h"
#include "desk/cost_words.h"
#include "desk/ready.h"
#include "desk/score.h"
#include "desk/test_return.h"
#include "money/cost_verdict.h"

namespace backcast {

struct CostCommand {
  ScoreOptions card;    ///< period, compare, filters, as_of, format; by: channel_group (default) or channel
  std::string per;      ///< an id of catalogue/cost/per.yaml, or a metric that is a count
  std::string against;  ///< a channel, a word for one, or "others"; empty: catalogue/cost/per.yaml's choice
  CostSpread spread = CostSpread::kNone;
  std::optional<Headline> headline;  ///< default: targeted where the target group is known
};

/// All that a page needs; nothing in it is formatted.
struct CostAnswer {
  std::string per;        ///< as it was asked
  CostCounting counting;  ///< the way that had numbers
  std::string by;         ///< channel_group or channel
  std::string currency;   ///< of all amounts; "currency" when no cost names one
  std::string against;    ///< channel of the reference; empty: each against all others together
  CostSpread spread = CostSpread::kNone;
  Headline headline = Headline::kAll;
  Window period, compare;               ///< compare has no days when none was asked
  Day as_of{};                          ///< last day with data
  std::vector<JudgedCost> rows;         ///< the cheapest first, what has no number behind, no channel last
  JudgedCost total;                     ///< over everything; without a verdict
  std::vector<std::vector<Claim>> say;  ///< per row its sentences; none where there is nothing to say
  std::vector<std::string> notes;       ///< doubts a reader has to know
  std::vector<TestReturn> tests;  ///< what hold-outs of the plan say that ads brought, whenever they ran
  std::string not_final;          ///< why the numbers may still change; empty when they may not
  std::vector<std::string> sql;
};

/// Errors: those of Prepare and AskLake; kUsage for what cannot be asked; kTooLittle when no cost is booked
/// or fewer than kCountToShow came of it.
Result<CostAnswer> ReadCosts(Workspace& workspace, const Ready& ready, const CostCommand& command);

/// "a targeted lead" or "a lead", as the headline is.
std::string ThingOf(const CostAnswer& answer);

/// `cost`. Errors: those of ReadCosts.
Result<Answer> ShowCosts(Workspace& workspace, const CostCommand& command, Talk& talk);

}  // namespace backcast
