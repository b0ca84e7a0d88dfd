// SPDX-License-Identifier: Apache-2.0
// What a customer has brought by a given age since the first order, when some have been seen for longer than
// others: the mean cumulative function. Whoever is younger than an age counts up to the day until which he
// was seen and is then censored; nothing is extrapolated. Pure. W. Nelson, Journal of Quality Technology 20
// (1988); its robust variance: J. F. Lawless, C. Nadeau, Technometrics 37 (1995).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "measure/interval.h"

namespace backcast {

/// Something a customer brought (or took back: below nought), at an age in days since his first order.
struct CustomerEvent {
  double age = 0;
  double amount = 0;
};

/// One customer: until which age he was seen (the extract's day less the day of the first order), and his
/// events up to then in any order.
struct CustomerHistory {
  double seen = 0;
  std::vector<CustomerEvent> events;
};

/// The mean of what one customer has brought by an age, in the unit of the amounts.
struct LifetimePoint {
  double age = 0;
  double value = 0;
  Interval interval;  ///< by Student's t with at_risk - 1 degrees of freedom
  double standard_error = 0;
  int at_risk = 0;    ///< customers who were seen until this age
  int customers = 0;  ///< all of them, the younger ones too
};

/// Fewest customers seen for the whole of an age before a number is given (the catalogue's minimum for clv).
inline constexpr int kFewestAtRisk = 100;

/// The mean cumulative amount at each of `ages` >= 0, in their order. An age at which fewer than `fewest`
/// customers (at least 2) were still seen is refused as too little, with how many there are and the greatest
/// age that can be answered: beyond it there would be only the few oldest customers, or nobody. Refused as
/// unusable: an event after the customer was last seen, or before the first order; a number that is none.
Result<std::vector<LifetimePoint>> LifetimeValue(std::span<const CustomerHistory> customers,
                                                 std::span<const double> ages, int fewest = kFewestAtRisk,
                                                 double level = 0.95);

/// The greatest whole age in days at which at least `fewest` customers were still seen; -1 when there are not
/// so many at all.
int GreatestAge(std::span<const CustomerHistory> customers, int fewest = kFewestAtRisk);

/// The first age at which the mean cumulative amount is at least `amount`; nothing when it is not reached by
/// the greatest age that can be answered.
std::optional<double> AgeReaching(std::span<const CustomerHistory> customers, double amount,
                                  int fewest = kFewestAtRisk);

}  // namespace backcast
