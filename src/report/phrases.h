// SPDX-License-Identifier: Apache-2.0
// The short phrases of a line that every page shares, so that text, HTML and Markdown say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// "61.4 k EUR"; "too little data", "not offered", "withheld" in words; "61,400 EUR (open)" while days may
/// still change; a tile leaves that word to its page.
std::string ValuePhrase(const Value& value, bool tile);
/// "58.9–63.8 k EUR" or nothing without an interval.
std::string IntervalPhrase(const Value& value, bool tile);
/// "+12 %", "−4.2 %", "0 %"; nothing when there is no change to tell.
std::string ChangePhrase(const ScoreLine& line);
/// "0.97"; nothing without a pace.
std::string PacePhrase(const ScoreLine& line);
/// A goal in the line's unit, or nothing.
std::string GoalPhrase(const ScoreLine& line, const std::optional<double>& goal, bool tile);

/// ▲ met, △ likely, ○ can't tell, ▼ missed; nothing without a verdict.
std::string_view VerdictShape(Verdict verdict);
/// "▲ met".
std::string VerdictPhrase(Verdict verdict);

/// Role when known, else the plan's name of the person.
const std::string& OwnerOf(const ScoreLine& line);
/// The owner sits outside the social team, so the reader should see whose turn it is.
bool IsOtherOwner(const ScoreLine& line);

/// "27 March 2027".
std::string DayPhrase(Day day);
/// "March 2027 · data to 27 March 2027 (4 days to come)".
std::string PeriodPhrase(const Scorecard& card);
/// "Mar", "W14", "Q1", "2027": a point's place under a small chart.
std::string PointPhrase(const Window& window);
/// "platform: instagram".
std::string GroupPhrase(const ScoreLine& line);
/// "plan.yaml:12:5".
std::string PlacePhrase(const ScoreFinding& finding);

/// "accepted by mia on 2026-11-26: because …".
std::string AcceptedPhrase(const AcceptedNote& note);
/// The newest decisions, one line each, and how many more there are.
std::vector<std::string> DecisionLines(const Scorecard& card);

/// The last point of a trend holds fewer days than its period will have, or days that may still change.
bool LastIsOpen(const ScoreLine& line, const Scorecard& card);

/// Any number at all on the card.
bool HasNumbers(const Scorecard& card);
/// Blanks between a number and its unit become no-break spaces, for headlines.
std::string KeepTogether(std::string_view text);
/// What the claim says, or nothing.
std::string TextOf(const std::optional<Claim>& claim);
/// Why the line's verdict is what it is, or why there is none.
std::string BecausePhrase(const ScoreLine& line);

/// What stands in place of the numbers of a card without any: keys of the title and of the sentence below it.
struct EmptyPhrase {
  std::string_view title, lead;
};
/// Nothing where the card has a number.
std::optional<EmptyPhrase> EmptyPhraseOf(const Scorecard& card);

/// The first line for which there are rows, but too few for a number; or nullptr.
const ScoreLine* FirstTooLittle(const Scorecard& card);
/// The one command that helps next.
std::string NextCommand(const Scorecard& card);

}  // namespace backcast
