// SPDX-License-Identifier: Apache-2.0
// Too many KPIs hide each other: the lightest go, and each that goes is named as a gap.
#pragma once

#include <string>

#include "guide/back_out/backing.h"

namespace backcast {

/// Keeps as many KPIs for one outcome as its readers can follow.
void WeedOutcome(Backing& work, const std::string& outcome);
/// The same for one person.
void WeedOwners(Backing& work);
/// No element of the mix may hold most of the KPIs; its lightest go, but never an outcome's last.
void WeedElements(Backing& work);
/// An outcome without a KPI, or a plan with one, cannot be steered: a place is held for whoever can move a
/// factor.
void KeepAtLeastTwo(Backing& work);

}  // namespace backcast
