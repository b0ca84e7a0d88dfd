// SPDX-License-Identifier: Apache-2.0
// What the person makes of the proposed KPIs: keep, drop, or one of their own.
#pragma once

#include "guide/back_out/backing.h"

namespace backcast {

/// Gives every proposed KPI its id.
void NameKpis(Backing& work);
/// Moves the proposals that stay, and the person's own, into the plan.
void DecideKpis(Backing& work);

}  // namespace backcast
