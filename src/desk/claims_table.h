// SPDX-License-Identifier: Apache-2.0
// The answer of the command claims, and how it reads as text, Markdown and CSV. Included by desk sources
// only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/claims_data.h"
#include "desk/claims_restated.h"
#include "plan/plan.h"

namespace backcast {

/// Everything that is answered.
struct ClaimsAnswer {
  const Ready& ready;
  const Claims& claims;
  const RestatedClaims& restated;
  std::string workspace;
  std::vector<Finding> findings;
};

/// Why there is no upper limit of what is counted twice.
inline constexpr const char* kNoUpperLimit =
    "one platform alone claims more than there is, so it counts what is no conversion or counts one twice, "
    "and "
    "nothing limits how many";

/// "1,234"; fractional counts of data-driven models keep one digit.
std::string ClaimCountWords(double count);
/// "1.25", without a unit.
std::string ClaimRatioWords(double ratio);
/// Now over then, less one; nothing when nothing was claimed then.
std::optional<double> RestatedShare(const RestatedAge& age);

std::string ClaimsText(const ClaimsAnswer& answer);
std::string ClaimsMarkdown(const ClaimsAnswer& answer);
std::string ClaimsCsv(const ClaimsAnswer& answer);

}  // namespace backcast
