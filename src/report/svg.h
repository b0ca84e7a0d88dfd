// SPDX-License-Identifier: Apache-2.0
// Small drawings: letters measured in pixels, trends as lines. Everything is drawn in classes of page.css,
// never in styles.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "score/scorecard.h"

namespace backcast {

/// Estimated width in pixels at font size 1 of a wide system font; errs on the wide side so that text stays
/// in its box.
double TextWidth(std::string_view text);

/// `text` in at most `lines` lines of `width` pixels at `size`, the last one cut with an ellipsis.
std::vector<std::string> FitLines(std::string_view text, double width, double size, int lines);

/// A <text> element; `text` is escaped here.
std::string SvgText(double x, double y, std::string_view css_class, std::string_view text);

/// Where and how a trend is drawn.
struct TrendBox {
  double x = 0, y = 0, width = 0, height = 0;
  std::optional<double> target, baseline;
  bool last_open = false;  ///< hollow last point, its segment dashed
  bool dots = false;       ///< a dot for each point, not for the last one alone
};

/// The trend as a <g>: gaps where a period has no value, target dashed, baseline dotted. Empty without any
/// value.
std::string SvgTrend(const std::vector<Point>& trend, const TrendBox& box);

/// Height in the box of a value on the scale that SvgTrend uses; for labels.
std::optional<double> TrendHeight(const std::vector<Point>& trend, const TrendBox& box, double value);

}  // namespace backcast
