// SPDX-License-Identifier: Apache-2.0
// What a reader has to doubt in a cost answer. Included by desk sources only.
#pragma once

#include "desk/cost.h"

namespace backcast {

/// Adds a note for each: what the count leaves open, kinds of cost that nobody booked, costs of no channel,
/// kinds that only one of two sides has booked. Rows and total are filled.
void AddNotes(CostAnswer& answer);

}  // namespace backcast
