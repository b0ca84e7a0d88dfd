// SPDX-License-Identifier: Apache-2.0
// What `cost --per` can be asked for, from catalogue/cost/per.yaml.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/catalogue.h"

namespace backcast {

/// One way to count it: metric ids; all but `count` may be empty.
struct CostCounting {
  std::string count, targeted, untargeted, gross;
  std::string suspected;  ///< what gross has beyond count: "suspected bots"
  std::string one, many;  ///< "a visit", "visits"
  std::string note;       ///< what a reader has to know of it
};

struct CostWords {
  std::vector<std::pair<std::string, std::vector<CostCounting>>> per;  ///< id -> ways, the best first
  std::string full, media, labour, tools, fees;                        ///< metric ids
  std::vector<std::string> against;  ///< held against when nobody said, the best first

  /// The ways to count `word`: an entry of per, or any metric that is a count and has a formula. Error:
  /// kUsage with the nearest name.
  Result<std::vector<CostCounting>> Find(const std::string& word, const Catalogue& catalogue) const;
};

/// Read once; the file ships inside the program and its test reads every line of it.
const CostWords& TheCostWords();

}  // namespace backcast
