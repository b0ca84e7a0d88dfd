// SPDX-License-Identifier: Apache-2.0
// The paragraph for who pays: where the outcomes stand, whose turn it is, how far to believe it, what is
// asked. Comes in: a card whose lines are decided; goes out: claims, each made from the numbers of those
// lines and worded by their verdicts (catalogue/sentences/claims.yaml), so that text and verdict cannot
// differ.
#pragma once

#include <optional>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

inline constexpr std::size_t kExecutiveSentences = 5;

/// Where an outcome stands against its line on the last day of the period. A line without a number tells how
/// many days or cases there are; nothing for one of which not even that is known.
std::optional<Claim> HeadlineOf(const ScoreLine& line, const Window& period);

/// The weakest link with its owner; nothing unless the line is marked weakest and has been decided.
std::optional<Claim> WeakestOf(const ScoreLine& line);

/// The first two outcomes, the first reason of card.why (else the weakest link), how far to believe it, and,
/// only when the turn is somebody's, what is asked of the reader.
std::vector<Claim> ExecutiveOf(const Scorecard& card);

/// Fills headline, weakest and executive of a card from its lines and its `why`.
void AddClaims(Scorecard& card);

}  // namespace backcast
