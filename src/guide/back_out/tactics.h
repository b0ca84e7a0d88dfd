// SPDX-License-Identifier: Apache-2.0
// Tactics: proposed where the plan has a KPI that they move, then kept, dropped or added to by the person.
#pragma once

#include "guide/back_out/backing.h"

namespace backcast {

void ProposeTactics(Backing& work);
void DecideTactics(Backing& work);

}  // namespace backcast
