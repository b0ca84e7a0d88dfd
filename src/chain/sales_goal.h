// SPDX-License-Identifier: Apache-2.0
// May sales be this person's goal? Yes, when they have a hold on what sells, or when sales already work in
// another digital channel; else a goal is luck.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "measure/interval.h"
#include "plan/plan.h"

namespace backcast {

/// What is sold, how its sales are counted, and when they are proof (catalogue/plan/sales_goals.yaml).
struct SalesKind {
  std::string id;                 ///< orders, deals
  std::set<std::string> metrics;  ///< a goal on one of these asks for such sales
  std::string sales, cases;       ///< metrics: a count by channel group, and what it comes from
  double enough = 0;              ///< sales of one channel that prove it
  double thin = 0;                ///< sales per case at which all cases together would have shown `enough`
};

struct SalesRules {
  std::vector<SalesKind> kinds;
  int days = 0;  ///< how far back sales are looked for
};
const SalesRules& ShippedSalesRules();

/// Sales of one channel group that is not the goal's own.
struct SalesElsewhere {
  std::string channel_group;
  double cases = 0, sales = 0;
  Interval rate;        ///< Wilson, 95 %, of sales per case; whole range without cases
  bool proves = false;  ///< enough of them
};

/// A node that asks its owner for sales.
struct SalesGoal {
  enum class Verdict : std::uint8_t {
    kHold,       ///< yes: the owner can change what sells
    kProven,     ///< yes: another digital channel sells
    kStated,     ///< the plan says that another one sells, and the data can neither show nor refute it
    kNot,        ///< no: no hold, and enough visits elsewhere that did not buy
    kTooLittle,  ///< nobody knows yet
  };
  std::string node, title, owner, metric;
  const SalesKind* kind = nullptr;
  std::vector<std::string> own;  ///< channel groups of its scope; empty: all, so that nothing is elsewhere
  Verdict verdict = Verdict::kTooLittle;
  std::vector<std::string> levers;        ///< of the owner, that move sales
  std::vector<SalesElsewhere> elsewhere;  ///< most sales first
  std::vector<std::string> history;       ///< channels of the plan's sales_history
  double needs = 0;                       ///< for kTooLittle: cases that would tell
};
std::string_view ToWord(
    SalesGoal::Verdict verdict);  ///< "hold", "proven", "stated", "not", "too_little_data"

/// Outcomes and KPIs of the plan that ask for sales, without a verdict yet; outcomes first, in the plan's
/// order.
std::vector<SalesGoal> SalesGoals(const Plan& plan, const SalesRules& rules);

/// Fills rate, proof, levers, history and verdict. `counted`: cases and sales by channel group, the goal's
/// own left in or out. A goal without a scope by channel takes in every channel, so only a hold makes it
/// fair.
void JudgeSalesGoal(SalesGoal& goal, const Plan& plan, const SalesRules& rules,
                    std::vector<SalesElsewhere> counted);

}  // namespace backcast
