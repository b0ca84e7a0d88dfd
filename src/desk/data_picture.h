// SPDX-License-Identifier: Apache-2.0
// What the lake says about a plan: fills the picture that the doctor's data layer examines.
#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "desk/chain.h"
#include "desk/talk.h"
#include "desk/workspace.h"
#include "plan/data_picture.h"

namespace backcast {

/// A lake was made here before; nothing is opened or made.
bool HasLake(const Workspace& workspace);

/// Reads, for the period of `ready`: as_of, period, rows, sources, changes, steps, cases, claims, open_days,
/// unnamed_spend, automatic_share, untagged, shared_costs. The rest is filled by FillFromChain (closures,
/// links, runs, improvements, broken) or by nobody yet (segments). The workspace must have a plan. Errors:
/// those of the engine.
Result<DataPicture> ReadDataPicture(Workspace& workspace, const Ready& ready);

/// The data layer's findings about the workspace's plan, and the alarms of the chain, for the period of a
/// card without --period. Errors: kInput when no fact has a dated row, and those of the lake and the engine.
Result<std::vector<Finding>> DataFindings(Workspace& workspace, Day today, Talk& talk);

/// The same where the chain is already read, for its period; what is found out about the chain stays in it.
Result<std::vector<Finding>> DataFindings(Workspace& workspace, ReadChain& read, Day today, Talk& talk);

/// Changes of meaning that ship with the program (catalogue/definition_changes.yaml), one entry per fact;
/// `platforms` gets the platform of each.
Result<std::vector<DefinitionChange>> ShippedDefinitionChanges(std::vector<std::string>& platforms);

}  // namespace backcast
