// SPDX-License-Identifier: Apache-2.0
// The executive page in words, for every format: the paragraph, the picture of the first outcome, and what
// stands beside the numbers. Text comes back as people and platforms wrote it; each page escapes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// The paragraph, a sentence each. Claims only: nothing else reaches it.
std::vector<std::string> ParagraphOf(const Scorecard& card);
/// Reasons of card.why that the paragraph does not hold.
std::vector<std::string> FurtherReasonsOf(const Scorecard& card);

/// What is drawn of the first outcome. Numbers are in the target's unit.
struct Picture {
  const ScoreLine* outcome = nullptr;
  double now = 0, target = 0;
  std::optional<double> low, high, expected, start;
  std::vector<const ScoreLine*> parts;  ///< KPIs right behind it, at most 4; the weakest is always among them
};
/// Nothing when the first outcome has no number or no target. Pointers are into the card.
std::optional<Picture> PictureOf(const Scorecard& card);
/// "now 52 k EUR (49.5–54.4 k EUR)", "due today 58.4 k EUR", "target 72 k EUR by 30 June 2027", "start …".
struct PictureLabels {
  std::string now, expected, target, start;
};
PictureLabels LabelsOf(const Picture& picture);
/// The picture as lines: the numbers first, then one line per part. Empty where there is no picture.
std::vector<std::string> PictureInWords(const Scorecard& card);

/// An outcome or KPI of the plan that has no number.
struct Gap {
  const ScoreLine* line = nullptr;
  std::string missing;  ///< what would have to be there, in a sentence
};
std::vector<Gap> GapsOf(const Scorecard& card);
/// "Opt-ins: no export fills optin yet".
std::vector<std::string> GapLines(const Scorecard& card);

/// Notes and the example post that stand beside a line; nothing beside a group.
std::vector<std::string> RemarksOf(const Scorecard& card, const ScoreLine& line);
/// Notes about the period, or about a node that the card does not show.
std::vector<std::string> FreeNotesOf(const Scorecard& card);

}  // namespace backcast
