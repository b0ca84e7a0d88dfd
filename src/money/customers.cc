// SPDX-License-Identifier: Apache-2.0
#include "money/customers.h"

#include <algorithm>

namespace backcast {
namespace {

using Orders = std::vector<CustomerOrder>::const_iterator;

/// The orders of one person, oldest first; nothing when none of them begins a customer.
std::optional<Customer> CustomerOf(Orders from, Orders to, bool first_known, Day seen_until) {
  const Orders begin =
      first_known
          ? std::find_if(from, to, [](const CustomerOrder& order) { return order.first.value_or(false); })
          : from;
  if (begin == to) return std::nullopt;
  Customer customer;
  customer.first = begin->day;
  customer.group = begin->group;
  customer.revenue.seen = customer.margin.seen = static_cast<double>((seen_until - begin->day).count());
  for (Orders order = begin; order != to; ++order) {
    const auto age = static_cast<int>((order->day - begin->day).count());
    customer.revenue.events.push_back({static_cast<double>(age), order->net});
    customer.has_margin = customer.has_margin && order->margin.has_value();
    if (order->margin) customer.margin.events.push_back({static_cast<double>(age), *order->margin});
    if (order == begin + 1) customer.second = age;
  }
  return customer;
}

}  // namespace

Cohort CohortOf(std::vector<CustomerOrder> orders, const Window& days, Day seen_until) {
  std::erase_if(orders, [&](const CustomerOrder& order) { return order.day > seen_until; });
  std::stable_sort(orders.begin(), orders.end(), [](const CustomerOrder& a, const CustomerOrder& b) {
    return a.person != b.person ? a.person < b.person : a.day < b.day;
  });
  Cohort cohort;
  cohort.first_known = std::any_of(orders.begin(), orders.end(),
                                   [](const CustomerOrder& order) { return order.first.has_value(); });
  for (Orders from = orders.begin(); from != orders.end();) {
    const Orders to = std::find_if(from, orders.cend(),
                                   [&](const CustomerOrder& order) { return order.person != from->person; });
    auto customer = CustomerOf(from, to, cohort.first_known, seen_until);
    if (!customer) {
      ++cohort.before;
    } else if (days.Contains(customer->first)) {
      cohort.customers.push_back(std::move(*customer));
    }
    from = to;
  }
  return cohort;
}

}  // namespace backcast
