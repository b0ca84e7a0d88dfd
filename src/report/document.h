// SPDX-License-Identifier: Apache-2.0
// A scorecard as bytes: text for a terminal, JSON, CSV, Markdown, one self-contained HTML page. All renderers
// are pure: the same card gives the same bytes, and nothing that a platform or person wrote reaches the
// output unescaped.
#pragma once

#include <string>
#include <string_view>

#include "base/number.h"
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
/// One page, inline SVG and style, light and dark, print sheet, readable without script, no request to
/// anywhere.
std::string RenderHtml(const Scorecard& card);

}  // namespace backcast
