// SPDX-License-Identifier: Apache-2.0
// Whether one scalar is what its form asks for, and what to say when it is not.
#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "base/yaml.h"
#include "plan/shape.h"

namespace backcast {

/// What is wrong with a scalar.
struct ValueFault {
  enum class Kind : std::uint8_t { kType, kNoSuchDay, kRange };
  Kind kind = Kind::kType;
  std::string says;  ///< kType: what it should be, with what it is; kRange: what it is and what it may be
  std::string fix;   ///< more exact than the rule's own; may be empty
};

/// The first fault of the scalar `value`, or nothing.
std::optional<ValueFault> CheckScalar(const Yaml& value, const Form& form, const ShapeKey& key);

/// A finite number.
std::optional<double> FiniteNumber(const Yaml* value);

/// An absolute period as written in a plan, 2026-07-01..2026-09-30 or 2026-Q3.
std::optional<Window> PlanPeriod(const Yaml* value);

/// A day that exists.
std::optional<Day> PlanDay(const Yaml* value);

/// The first day of a date, of a period, or of a block with from and to; the last one when `last`.
std::optional<Day> BoundOf(const Yaml* value, bool last);

}  // namespace backcast
