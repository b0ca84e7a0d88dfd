// SPDX-License-Identifier: Apache-2.0
// The conversation of init with a person; every answer is on disk before the next question is shown.
#pragma once

#include <string>
#include <vector>

#include "desk/init.h"
#include "guide/draft.h"
#include "guide/interview.h"
#include "plan/plan.h"

namespace backcast {

/// Where a conversation is kept.
std::string InitStatePath(const std::string& folder);

/// Makes the folder. Errors: kUnavailable.
Result<Done> MakeInitFolder(const std::string& folder);

/// What a person wrote may hold signs that a terminal would obey.
std::string Printable(std::string text);

/// Both layers of the doctor over a drafted plan. Errors: those of ReadPlan.
Result<std::vector<Finding>> FindingsOf(const std::string& plan, const std::string& file,
                                        const GuideData& data);

/// Asks until everything is answered or skipped. Errors: kInterrupted (what was answered is kept),
/// kUnavailable.
Result<Done> HoldConversation(Interview& interview, Asker& asker, const std::string& folder,
                              const GuideData& data);

/// One question with yes or no; `standard` for an empty line. Errors: kInterrupted.
Result<bool> AskYesNo(Asker& asker, const std::string& ask, const std::string& why, bool standard);

}  // namespace backcast
