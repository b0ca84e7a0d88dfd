// SPDX-License-Identifier: Apache-2.0
// What the walkthrough knows before anybody has answered: its questions, the metrics, the driver trees, the
// day, and what the exports say of numbers today.
#pragma once

#include <map>
#include <string>

#include "base/day.h"
#include "catalog/catalogue.h"
#include "guide/questions.h"
#include "plan/driver_trees.h"

namespace backcast {

/// What the exports say of a metric.
struct MeasuredValue {
  double value = 0;
  std::string period;      ///< "2026-07-01..2026-09-29"
  bool per_month = false;  ///< of what adds up over days: what one month of them brings
};
using MeasuredValues = std::map<std::string, MeasuredValue, std::less<>>;  ///< by metric

/// References to what must outlive every use.
struct GuideData {
  const Questions& questions;
  const Catalogue& catalogue;
  const DriverTreeSet& trees;
  Day today;
  const MeasuredValues* measured = nullptr;  ///< nullptr: there are no exports
};

}  // namespace backcast
