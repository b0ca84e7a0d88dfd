// SPDX-License-Identifier: Apache-2.0
// A table that stands behind the card: what one of something costs by channel, where people are lost on their
// way, which channel is credited. Every page draws it from these values alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/claim.h"

namespace backcast {

struct Value;

/// A number with its doubt, or words; never both.
struct ExhibitCell {
  std::string words;
  std::vector<Value> number;  ///< none or one
};

/// A heading is exhibit.column.<id>, or words of its own where the columns are the user's, such as stages.
struct ExhibitColumn {
  std::string id;
  std::string words;
};

struct Exhibit {
  std::string id;       ///< its sentences are exhibit.<id>.title and .lead of catalogue/sentences/en.yaml
  std::string subject;  ///< fills {} in them, such as "a sale"
  std::vector<ExhibitColumn> columns;          ///< the first names the rows
  std::vector<std::vector<ExhibitCell>> rows;  ///< as wide as `columns`
  std::vector<Claim> claims;                   ///< what follows from it, first things first
  std::vector<std::string> notes;              ///< what to know before believing it
  std::string command;                         ///< that shows it whole
};

}  // namespace backcast
