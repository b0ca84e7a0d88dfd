// SPDX-License-Identifier: Apache-2.0
// The card's exhibits on every kind of page.
#pragma once

#include <string>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// Its heading and the sentence below it, with the subject filled in; not yet escaped.
std::string TitleOf(const Exhibit& exhibit);
std::string LeadOf(const Exhibit& exhibit);

/// A cell in words: "41 EUR (31–55)", a state, or its own words; not yet escaped.
std::string CellPhrase(const ExhibitCell& cell);

/// One section per exhibit; nothing without any.
std::string HtmlExhibits(const Scorecard& card);
/// Headings, tables and sentences for Markdown.
std::string MarkdownExhibits(const Scorecard& card);
/// The rows of one exhibit as lines of at most `width` columns, headings first. Words and intervals go to
/// lines of their own where that makes room; a table that has none becomes one line per cell.
std::vector<std::string> TextRows(const Exhibit& exhibit, int width);

}  // namespace backcast
