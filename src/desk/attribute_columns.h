// SPDX-License-Identifier: Apache-2.0
// Which columns of a file of paths or touches are which, by catalogue/attribution/columns.yaml.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace backcast {

struct JourneyColumns {
  bool paths = false;                        ///< a table of paths, else of touches
  std::map<std::string, std::size_t> place;  ///< our word -> column
  /// The column of that word; npos when the file has none.
  std::size_t Of(const std::string& word) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Errors: kInput naming what is missing and what the file has.
Result<JourneyColumns> FindJourneyColumns(const std::vector<std::string>& header, const std::string& where);

/// Between two touches of a path, by preference; and names of a visit without a source.
const std::vector<std::string>& PathArrows();
const std::vector<std::string>& DirectWords();

}  // namespace backcast
