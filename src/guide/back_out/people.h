// SPDX-License-Identifier: Apache-2.0
// Who answers for what: the people who were named, places held for those who were not, and who can move a
// metric.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guide/back_out/backing.h"

namespace backcast {

/// The people of the answers; when there are none, a place for every function of the company.
void ReadTeam(Backing& work);
/// The outcomes wanted, each with who answers for it.
void ReadOutcomes(Backing& work, const std::vector<std::string>& templates);
/// Holds a place for whoever works in the function.
const Member& AddStandIn(Backing& work, const CompanyFunction& function);
/// Takes away the places that nothing needs.
void DropUnneededStandIns(Backing& work);

const Member* FindMember(const Backing& work, std::string_view id);
/// The person whom an answer names; empty when it names nobody in the team.
std::string PersonOf(const Backing& work, const Yaml& entry, std::string_view key);
/// The first member of these functions; else the first of the team, else empty.
std::string FirstOf(const Backing& work, const std::vector<std::string>& functions);
/// What the doctor's rules P10 and P09 ask of the owner of a KPI on this metric.
bool CanMove(const Backing& work, const Member& member, const Metric& metric);
/// How many KPIs the person holds already.
int LoadOf(const Backing& work, std::string_view owner);
/// Who can move the metric: first those whose function usually does, then those whose influence reaches
/// there; empty when nobody who has room for one more can.
std::string OwnerOf(const Backing& work, const Metric& metric, const std::vector<std::string>& usually);

}  // namespace backcast
