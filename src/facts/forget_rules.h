// SPDX-License-Identifier: Apache-2.0
// What becomes of a fact's rows when their person is forgotten, as catalogue/forget/rules.yaml has it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/schema.h"

namespace backcast {

/// Rows of this fact stay without their person and without these columns.
struct NamelessRule {
  std::string fact;
  std::vector<std::string> without;
};

/// Read once. nullptr: rows of the fact go.
const NamelessRule* FindNamelessRule(std::string_view fact);

/// Label columns that name somebody by a word of their own: creator, agent, owner.
const std::vector<std::string>& NameColumns();

bool NamesPersons(const Fact& fact);

/// The column by which rows of other facts belong to a row of this one: the only column of its key, where the
/// fact names persons and its rows go with them. Empty otherwise.
std::string OwnedBy(const Fact& fact);

}  // namespace backcast
