// SPDX-License-Identifier: Apache-2.0
#include "report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

double LetterWidth(char32_t code) {
  if (code >= 0x80) {
    std::string letter;
    AppendUtf8(code, letter);
    const int columns = DisplayWidth(letter);
    return columns == 2 ? 1.0 : columns == 1 ? 0.64 : 0;
  }
  const char c = static_cast<char>(code);
  if (std::string_view("iljI.,:;'|!").find(c) != std::string_view::npos) return 0.33;
  if (std::string_view("ftr()[] -/").find(c) != std::string_view::npos) return 0.40;
  if (std::string_view("mwMW@%").find(c) != std::string_view::npos) return 0.95;
  return c >= 'A' && c <= 'Z' ? 0.70 : 0.61;
}

struct Extent {
  double low = INFINITY, high = -INFINITY;
  void Add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Extent ExtentOf(const std::vector<Point>& trend, const TrendBox& box) {
  Extent extent;
  for (const Point& point : trend) {
    if (point.value) extent.Add(*point.value);
  }
  if (extent.low > extent.high) return extent;
  if (box.target) extent.Add(*box.target);
  if (box.baseline) extent.Add(*box.baseline);
  return extent;
}

double HeightOf(const Extent& extent, const TrendBox& box, double value) {
  if (!(extent.high > extent.low)) return box.y + box.height / 2;
  const double share = (value / 4 - extent.low / 4) / (extent.high / 4 - extent.low / 4);
  return box.y + box.height * (1 - share);
}

/// First bytes of `text` that fit in `width` with room for `more`.
std::size_t Fit(std::string_view text, double width) {
  double used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += LetterWidth(NextCodePoint(text, at));
    if (used > width) break;
    end = at;
  }
  return end;
}

}  // namespace

double TextWidth(std::string_view text) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) width += LetterWidth(NextCodePoint(text, at));
  return width;
}

std::vector<std::string> FitLines(std::string_view text, double width, double size, int lines) {
  const double most = width / size;
  std::string shown = Visible(text);
  std::string_view rest = shown;
  std::vector<std::string> fitted;
  while (!rest.empty() && static_cast<int>(fitted.size()) < lines) {
    if (TextWidth(rest) <= most) {
      fitted.emplace_back(rest);
      return fitted;
    }
    const bool last = static_cast<int>(fitted.size()) + 1 == lines;
    std::size_t end = Fit(rest, last ? most - 0.8 : most);
    if (last) {
      while (end > 0 && rest[end - 1] == ' ') --end;
      fitted.push_back(std::string(rest.substr(0, end)) + "…");
      return fitted;
    }
    const std::size_t blank = rest.substr(0, end + 1).rfind(' ');
    if (blank != std::string_view::npos && blank > 0) end = blank;
    if (end == 0) return fitted;
    fitted.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  }
  return fitted;
}

std::string SvgText(double x, double y, std::string_view css_class, std::string_view text) {
  return fmt::format("<text x=\"{:g}\" y=\"{:g}\" class=\"{}\">{}</text>", x, y, css_class, EscapeHtml(text));
}

std::optional<double> TrendHeight(const std::vector<Point>& trend, const TrendBox& box, double value) {
  const Extent extent = ExtentOf(trend, box);
  if (extent.low > extent.high || !std::isfinite(value)) return std::nullopt;
  return HeightOf(extent, box, value);
}

std::string SvgTrend(const std::vector<Point>& trend, const TrendBox& box) {
  const Extent extent = ExtentOf(trend, box);
  if (extent.low > extent.high) return "";
  std::string svg = "<g>";
  const auto guide = [&](const std::optional<double>& value, std::string_view css_class) {
    if (!value || !std::isfinite(*value)) return;
    const double y = HeightOf(extent, box, *value);
    svg += fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", css_class, box.x, y,
                       box.x + box.width);
  };
  guide(box.baseline, "base-line");
  guide(box.target, "goal-line");
  const double step = trend.size() > 1 ? box.width / static_cast<double>(trend.size() - 1) : 0;
  std::string line, open, dots;
  bool pen_down = false;
  for (std::size_t i = 0; i < trend.size(); ++i) {
    if (!trend[i].value || !std::isfinite(*trend[i].value)) {
      pen_down = false;
      continue;
    }
    const double x = box.x + step * static_cast<double>(i), y = HeightOf(extent, box, *trend[i].value);
    const bool last = i + 1 == trend.size();
    if (last && box.last_open && pen_down) {
      const double before = HeightOf(extent, box, *trend[i - 1].value);
      open = fmt::format("<path class=\"trend-open\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>", x - step, before,
                         x, y);
    } else {
      line += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
    }
    const bool alone = !pen_down && (last || !trend[i + 1].value);
    if (last || box.dots || alone) {
      const double radius = last ? 3 : 1.8;
      dots += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:g}\"/>",
                          last && box.last_open ? "dot-open" : "dot", x, y, radius);
    }
    pen_down = true;
  }
  return svg + "<path class=\"trend\" d=\"" + line + "\"/>" + open + dots + "</g>";
}

}  // namespace backcast
