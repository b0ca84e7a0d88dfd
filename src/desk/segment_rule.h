// SPDX-License-Identifier: Apache-2.0
// The rule of a segment as a computer reads it: "country in (DE, AT) and (device = mobile or not pages < 3)".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "facts/schema.h"

namespace backcast {

/// A condition over columns of one fact, or conditions put together.
struct SegmentRule {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kIn, kCompare, kBegins };
  Kind kind = Kind::kAnd;
  std::string column;
  std::string comparison;           ///< kCompare: < <= > >=
  std::vector<std::string> values;  ///< one for kCompare (a number) and kBegins
  std::vector<SegmentRule> parts;   ///< of kAnd, kOr (two or more), kNot (one)
};

/// column in (a, b) · column not in (a, b) · column = a · column <> a · column < 3 (<= > >=) · column begins
/// a, put together with and, or, not and brackets; a text with blanks stands in quotes. `not` binds first,
/// then `and`. Nothing for a rule that says more than this: such a rule needs facts that this version does
/// not join yet, and half a rule would count the wrong people.
std::optional<SegmentRule> ReadSegmentRule(std::string_view rule);

void CollectColumns(const SegmentRule& rule, std::set<std::string>& columns);

/// Whether the fact has every column of the rule, in a type that the condition can be asked of: labels and
/// flags for texts, counts, numbers and money for comparisons.
bool Fits(const SegmentRule& rule, const Fact& fact);

/// In SQL's own logic of three: a rule that cannot be decided because a value is missing is itself missing.
std::string ToSql(const SegmentRule& rule);

}  // namespace backcast
