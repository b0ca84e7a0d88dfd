// SPDX-License-Identifier: Apache-2.0
// The parts of a plan that are more than answers as they are. Later parts read what earlier ones wrote: the
// order is that of guide/draft.cc.
#pragma once

#include "guide/draft/drafting.h"

namespace backcast {

/// Places for those who were not named.
void WriteTeam(Drafting& plan);
/// Without a sentence of the board's own, those of the wanted outcomes stand in.
void WriteStrategy(Drafting& plan);
void WriteOutcomes(Drafting& plan);
/// Objectives of the person, each with its strategy and owner; without any, one for each outcome.
void WriteObjectives(Drafting& plan);
/// A target that a computer can tell from the rest; until somebody says who, everybody whom social media
/// brings.
void WriteSegments(Drafting& plan);
/// Owners that a block needs and nobody named.
void WriteOwnersOfTheRest(Drafting& plan);
void WriteKpis(Drafting& plan);
void WriteTactics(Drafting& plan);
/// An element that a tactic uses is used; one that is neither used nor declined is asked about.
void WriteElements(Drafting& plan);
/// A page for the managing director, and one for everybody who owns a KPI.
void WriteScorecards(Drafting& plan);

}  // namespace backcast
