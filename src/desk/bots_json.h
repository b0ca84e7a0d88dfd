// SPDX-License-Identifier: Apache-2.0
// Parts of the answer of bots that audience shows too. Included by desk sources only.
#pragma once

#include <string>

#include "desk/answer_paper.h"
#include "desk/bots_data.h"
#include "desk/envelope.h"

namespace backcast {

Json FollowerSamplesJson(const BotsAnswer& answer);
/// Days on which followers came that nothing explains, by account.
Json GrowthJson(const BotsAnswer& answer);
/// Both on paper.
void WriteFollowers(const BotsAnswer& answer, AnswerPaper& paper);

}  // namespace backcast
