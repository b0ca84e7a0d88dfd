// SPDX-License-Identifier: Apache-2.0
// A scorecard as bytes: text for a terminal, JSON, CSV, Markdown, one self-contained HTML page.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "score/scorecard.h"

namespace backcast {

/// How a terminal page is drawn.
struct TextStyle {
  bool colour = false;
  bool unicode = true;
  int width = 80;
};

std::string RenderText(const Scorecard& card, const TextStyle& style);
std::string RenderMarkdown(const Scorecard& card);
/// RFC 4180; text cells that a spreadsheet would run (= + - @ TAB) begin with an apostrophe.
std::string RenderCsv(const Scorecard& card);
/// The object of CONTRACT.md: schema backcast/score/1.
std::string RenderJson(const Scorecard& card);
/// One page, inline SVG and style, light and dark, print sheet, readable without script, no request to anywhere.
/// `notes` is Markdown-free plain text of the workspace's notes, shown beside the numbers; may be empty.
std::string RenderHtml(const Scorecard& card);

/// A number as every page writes it: at most three significant digits when `tile`, exact otherwise; "12.3 k", "4.1 %",
/// "61,400 EUR", "2 h 5 min"; an em dash for no value.
std::string FormatNumber(double value, std::string_view unit, bool tile);

}  // namespace backcast
