// SPDX-License-Identifier: Apache-2.0
// The KPIs that a driver tree proposes for an outcome, each with its path, its cost and its guard.
#pragma once

#include <string>

#include "guide/back_out/backing.h"
#include "plan/driver_trees.h"

namespace backcast {

/// Adds the factors of the outcome's identity, the time to an answer where requests count, and the leads.
void ProposeKpis(Backing& work, const Wanted& outcome);

/// From the post to the outcome: the entry (for what stands at the beginning), the metric, the factors behind
/// it.
void SetPath(const Backing& work, ProposedKpi& kpi, const DriverTree& tree, const std::string& factor,
             bool from_the_post);
/// What is read beside the KPI: its cost, its guard, what it competes with.
void SetPairs(const Backing& work, ProposedKpi& kpi, const DriverTree& tree);

/// Title and id of a metric: "Targeted sessions (targeted_sessions)".
std::string NameOf(const Backing& work, const std::string& metric);
/// The element of the mix that the metric belongs to; empty when the metric is unknown.
std::string ElementOf(const Backing& work, const std::string& metric);
void AddGap(Backing& work, const std::string& outcome, const std::string& metric, const std::string& why);

}  // namespace backcast
