// SPDX-License-Identifier: Apache-2.0
// Findings as SARIF 2.1.0 (OASIS standard, 2020), for code-scanning pages.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace backcast {

/// A finding that somebody has accepted stays in the file and is marked as suppressed.
struct SarifFinding {
  Finding finding;
  std::string accepted;  ///< the note: by whom, when and why; empty when it is not accepted
};

/// The whole file. One rule per id that occurs, in order of appearance; columns count characters; each result
/// has a fingerprint that does not depend on lines, so that it is known again after the plan has grown.
std::string ToSarif(std::span<const SarifFinding> findings);

/// A relative path as the URI reference that SARIF wants: all but letters, digits and -._~/ percent-encoded.
std::string ToUriReference(std::string_view path);

}  // namespace backcast
