// SPDX-License-Identifier: Apache-2.0
// The types of columns by the words of catalogue/facts/facts.yaml, and what a cell of a file made by hand
// holds.
#pragma once

#include <array>
#include <string_view>

#include "facts/table.h"

namespace backcast {

struct TypeWord {
  std::string_view word;
  Type type;
  std::string_view cells;  ///< for people: what a cell holds
};

inline constexpr std::array<TypeWord, 9> kTypes = {
    {{"code", Type::kCode,
      "id of a post, ad or person; a person's e-mail address or number is kept as a hash"},
     {"label", Type::kLabel, "a word or short name"},
     {"text", Type::kText, "any text; e-mail addresses and phone numbers are masked"},
     {"count", Type::kCount, "whole number"},
     {"number", Type::kNumber, "number, with a decimal point or comma"},
     {"money", Type::kMoney, "amount in the currency of the row's column currency"},
     {"day", Type::kDay, "day: 2026-03-05"},
     {"instant", Type::kInstant, "day and time, in UTC unless it says an offset: 2026-03-05T09:30:00Z"},
     {"flag", Type::kFlag, "true or false, yes or no"}}};

std::string_view ToWord(Type type);

}  // namespace backcast
