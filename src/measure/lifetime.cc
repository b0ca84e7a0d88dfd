// SPDX-License-Identifier: Apache-2.0
#include "measure/lifetime.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "measure/distributions.h"

namespace backcast {
namespace {

/// All customers' amounts at one age, and what it adds to everybody who is still seen there.
struct Step {
  double age = 0;
  double amount = 0;
  double at_risk = 0;
  double spread = 0;  ///< sum over steps up to here of mean / at risk
};

Error Unusable(std::string what) {
  return {Code::kInput, "", std::move(what), "check the days of the orders"};
}

Result<Done> CheckHistory(const CustomerHistory& customer) {
  if (!std::isfinite(customer.seen) || customer.seen < 0)
    return Unusable("a customer was seen for a time that is no number or below nought");
  for (const CustomerEvent& event : customer.events) {
    if (!std::isfinite(event.age) || !std::isfinite(event.amount))
      return Unusable("an order's age or amount is no number");
    if (event.age < 0) return Unusable("an order lies before the customer's first one");
    if (event.age > customer.seen) return Unusable("an order lies after the last day that was seen");
  }
  return Done{};
}

class Curve {
 public:
  explicit Curve(std::span<const CustomerHistory> customers) : customers_(customers) {
    std::map<double, double> amounts;
    for (const CustomerHistory& customer : customers) {
      seen_.push_back(customer.seen);
      for (const CustomerEvent& event : customer.events) amounts[event.age] += event.amount;
    }
    std::sort(seen_.begin(), seen_.end());
    double spread = 0;
    for (const auto& [age, amount] : amounts) {
      const double at_risk = AtRisk(age);
      spread += amount / at_risk / at_risk;
      steps_.push_back({age, amount, at_risk, spread});
    }
  }

  double AtRisk(double age) const {
    return static_cast<double>(seen_.end() - std::lower_bound(seen_.begin(), seen_.end(), age));
  }

  double Value(double age) const {
    double value = 0;
    for (const Step& step : steps_) {
      if (step.age <= age) value += step.amount / step.at_risk;
    }
    return value;
  }

  std::optional<double> Reaching(double amount, double last) const {
    double value = 0;
    for (const Step& step : steps_) {
      if (step.age > last) break;
      value += step.amount / step.at_risk;
      if (value >= amount) return step.age;
    }
    return std::nullopt;
  }

  /// Sum over customers of the square of what each one's departure from the mean adds to the curve.
  double Variance(double age) const {
    double variance = 0;
    for (const CustomerHistory& customer : customers_) {
      double part = -Spread(std::min(age, customer.seen));
      for (const CustomerEvent& event : customer.events) {
        if (event.age <= age) part += event.amount / AtRisk(event.age);
      }
      variance += part * part;
    }
    return variance;
  }

 private:
  double Spread(double age) const {
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), age,
                                        [](double limit, const Step& step) { return limit < step.age; });
    return after == steps_.begin() ? 0 : std::prev(after)->spread;
  }

  std::span<const CustomerHistory> customers_;
  std::vector<double> seen_;  ///< ascending
  std::vector<Step> steps_;
};

}  // namespace

int GreatestAge(std::span<const CustomerHistory> customers, int fewest) {
  if (fewest < 1 || customers.size() < static_cast<std::size_t>(fewest)) return -1;
  std::vector<double> seen;
  for (const CustomerHistory& customer : customers) seen.push_back(customer.seen);
  const auto at = seen.end() - fewest;
  std::nth_element(seen.begin(), at, seen.end());
  return static_cast<int>(std::floor(*at));
}

std::optional<double> AgeReaching(std::span<const CustomerHistory> customers, double amount, int fewest) {
  const int greatest = GreatestAge(customers, fewest);
  return greatest < 0 ? std::nullopt : Curve(customers).Reaching(amount, greatest);
}

Result<std::vector<LifetimePoint>> LifetimeValue(std::span<const CustomerHistory> customers,
                                                 std::span<const double> ages, int fewest, double level) {
  for (const CustomerHistory& customer : customers) BACKCAST_CHECK(CheckHistory(customer));
  if (!IsLevel(level)) return Unusable("the level of an interval lies between 0 and 1");
  fewest = std::max(fewest, 2);
  const Curve curve(customers);
  double horizon = 0;
  for (const double age : ages) {
    if (!std::isfinite(age) || age < 0) return Unusable("an age is a number of days from 0 on");
    horizon = std::max(horizon, age);
  }
  if (const double seen = curve.AtRisk(horizon); seen < fewest) {
    const int greatest = GreatestAge(customers, fewest);
    return Error{Code::kTooLittle, "",
                 "only " + std::to_string(static_cast<int>(seen)) + " customers were seen for " +
                     std::to_string(static_cast<int>(horizon)) + " days, need " + std::to_string(fewest),
                 greatest < 0 ? "there are " + std::to_string(customers.size()) + " customers in all"
                              : "the longest that can be said is " + std::to_string(greatest) + " days"};
  }
  std::vector<LifetimePoint> points;
  for (const double age : ages) {
    const double at_risk = curve.AtRisk(age);
    LifetimePoint point;
    point.age = age;
    point.value = curve.Value(age);
    point.standard_error = std::sqrt(curve.Variance(age));
    point.at_risk = static_cast<int>(at_risk);
    point.customers = static_cast<int>(customers.size());
    const double half = StudentCritical(level, at_risk - 1) * point.standard_error;
    point.interval = {point.value - half, point.value + half};
    points.push_back(point);
  }
  return points;
}

}  // namespace backcast
