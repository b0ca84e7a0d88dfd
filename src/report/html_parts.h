// SPDX-License-Identifier: Apache-2.0
// The parts of the HTML page. Each gives a finished fragment: every string of the card in it is escaped, no
// attribute holds text that is not quoted, nothing refers to anything outside the page.
#pragma once

#include <string>

#include "report/chain.h"
#include "score/scorecard.h"

namespace backcast {

/// The chain as a drawing for wide pages and as a nested list for narrow ones and for readers who listen.
std::string HtmlChain(const Scorecard& card, const Chain& chain);
/// The nested list alone.
std::string HtmlChainList(const Scorecard& card, const Chain& chain);
/// The first outcome as a drawing and in words: now, due today, target, and the few things it rests on.
std::string HtmlPicture(const Scorecard& card);
/// Without a plan: what there is, by level, with a free place for the outcome.
std::string HtmlLoose(const Scorecard& card, const Chain& chain);
std::string HtmlTable(const Scorecard& card, const Chain& chain);
std::string HtmlTrends(const Scorecard& card, const Chain& chain);
std::string HtmlBalance(const Scorecard& card);
std::string HtmlFindings(const Scorecard& card);
/// Nothing when nothing was decided.
std::string HtmlDecisions(const Scorecard& card);
/// What stands beside the numbers: left out on purpose, not measured yet, notes of the period.
std::string HtmlBeside(const Scorecard& card);
std::string HtmlSources(const Scorecard& card);

/// "<span class=verdict …>▲ met</span>" or nothing.
std::string HtmlVerdict(const ScoreLine& line);
/// The title of a line, or its id where it has none; not yet escaped.
std::string TitleOf(const ScoreLine& line);

}  // namespace backcast
