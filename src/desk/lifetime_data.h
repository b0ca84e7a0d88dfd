// SPDX-License-Identifier: Apache-2.0
// What customers have brought since their first order, and what it cost to win them, read from the lake.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/ready.h"
#include "measure/interval.h"
#include "measure/lifetime.h"
#include "money/customers.h"

namespace backcast {

/// Days within which a second order counts as a repeat, and fewest customers seen for so long.
inline constexpr int kRepeatDays = 180;
inline constexpr int kFewestForRepeat = 50;

/// All customers, or those of one channel group.
struct LifetimeGroup {
  std::string group;  ///< empty: all
  bool is_total = false;
  int customers = 0;
  std::vector<LifetimePoint> revenue, margin;  ///< at the ages asked for; margin may be empty
  std::string no_revenue, no_margin;           ///< why there is none; empty when there is
  bool offers_margin = true;                   ///< every order names its cost of goods
  std::optional<double> cost, cost_per_customer;
  std::string no_cost;
  std::optional<double> payback;  ///< first age at which margin reaches the cost
  std::string no_payback;
  int repeat_base = 0, repeated = 0;  ///< customers seen for kRepeatDays; of them, those who came again
};

struct Lifetime {
  Window cohort;  ///< days of the first orders
  Day seen_until{};
  std::vector<double> ages;               ///< ascending; the last is the horizon
  std::vector<LifetimeGroup> groups;      ///< the total first
  std::int64_t orders = 0, nameless = 0;  ///< orders that count; of them, those that name no person
  int before = 0;
  bool first_known = false;
  std::optional<Day> read_on;  ///< where orders lie after the newest load of any: that day
  std::vector<std::string> sql;
};

/// `by` may be empty or channel_group. Errors: kTooLittle with what is needed when the total cannot be
/// answered at the horizon; kInput when the orders are in currencies that have no sum; those of the engine.
Result<Lifetime> ReadLifetime(Workspace& workspace, const Ready& ready, const Window& cohort, int horizon,
                              bool by_group);

}  // namespace backcast
