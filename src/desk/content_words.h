// SPDX-License-Identifier: Apache-2.0
// What `content` says in words; every sentence is made from the numbers beside it.
#pragma once

#include <string>
#include <vector>

#include "desk/content_read.h"

namespace backcast {

/// "twice", "1.7 times", of a lift of 1 and 0.7.
std::string TimesText(double lift);
/// "1.4–2.9" of the limits, as times the usual.
std::string TimesRange(const Lift& lift);

/// "did twice the usual: try more", "no difference seen", "did 40 % less than usual: drop".
std::string VerdictText(const ThemeEffect& effect);
std::string VerdictText(const GroupComparison& comparison);
/// "above its usual".
std::string VerdictText(const YoungPost& post);
/// "3 h", "2 d".
std::string AgeText(const YoungPost& post);

/// Why no part of the answer has a verdict, which is exit code 6, and what each would need.
std::string NothingJudgedSentence(const ContentAnswer& answer);
/// Sentences about what was counted and what was not, and how labels were made: to be read before the tables.
std::vector<std::string> CountedSentences(const ContentAnswer& answer);
/// Below the table of themes.
std::vector<std::string> ThemeSentences(const ContentAnswer& answer);
/// Below the mix: against cookie-cutters, and where notes go.
std::vector<std::string> MixSentences(const ContentAnswer& answer);

}  // namespace backcast
