// SPDX-License-Identifier: Apache-2.0
// Who signs: a note without a name belongs to nobody.
#pragma once

#include <string>

#include "base/day.h"
#include "state/state.h"

namespace backcast {

/// Signs with `by`, else with the environment variable USER; the signature says which of them it was. No
/// other program's settings are asked. Errors: kUsage when there is no name, for a sentence that is missing
/// (`needs` says why it is needed) and for one over 1,000 bytes.
Result<Signature> Sign(const std::string& by, const std::string& because, Day today,
                       const std::string& needs);

/// "mia (from --by)".
std::string SignerWords(const Signature& signature);

/// A sentence that is to be kept: trimmed, not empty, at most 1,000 bytes. `option` names it in the error.
/// Errors: kUsage.
Result<std::string> KeptSentence(const std::string& text, const std::string& option,
                                 const std::string& needs);

}  // namespace backcast
