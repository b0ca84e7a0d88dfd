// SPDX-License-Identifier: Apache-2.0
// Orders -> customers: when each came, what he brought since, and until when he was seen. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "measure/lifetime.h"

namespace backcast {

/// One order that counts (not cancelled, no test), of a person.
struct CustomerOrder {
  std::int64_t person = 0;
  Day day{};
  double net = 0;                ///< after discounts and refunds
  std::optional<double> margin;  ///< net less cost of goods
  std::optional<bool> first;     ///< the shop says that it is the person's first
  std::string group;             ///< channel group; may be empty
};

struct Customer {
  Day first{};
  std::string group;  ///< of the first order
  CustomerHistory revenue;
  CustomerHistory margin;     ///< events of orders that have one
  bool has_margin = true;     ///< every order has one
  std::optional<int> second;  ///< days until the second order, if there was one
};

struct Cohort {
  std::vector<Customer> customers;  ///< whose first order lies in the days asked for, by person
  int before = 0;                   ///< people whose first order is not in the data, as the shop says
  bool first_known = false;         ///< the shop says which orders are first ones
};

/// `orders` in any order. Where the shop says of any order whether it is a first one, customers are those
/// with such an order; else the first order seen counts as the first. `seen_until` is the last day of the
/// extract; later orders are left out, as are people who came later.
Cohort CohortOf(std::vector<CustomerOrder> orders, const Window& days, Day seen_until);

}  // namespace backcast
