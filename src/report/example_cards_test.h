// SPDX-License-Identifier: Apache-2.0
// Scorecards for the tests of this room: every state a page must be able to show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

Scorecard HealthyCard();
Scorecard BrokenCheckoutCard();
Scorecard TooLittleCard();
Scorecard NoPlanCard();
Scorecard LongNamesCard();
Scorecard RightToLeftCard();
Scorecard ZeroRowsCard();
Scorecard HostileCard();

/// All of them with a name fit for a file.
std::vector<std::pair<std::string, Scorecard>> AllCards();

/// Strings that must never reach a page as written.
std::vector<std::string> Payloads();

}  // namespace backcast
