// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/svg.h"

namespace backcast {
namespace {

constexpr double kWidth = 272, kHeight = 112;

/// The guides' names, each at the end where the trend is further away, moved apart when they would cover each
/// other.
std::string Labels(const ScoreLine& line, const TrendBox& box) {
  struct Label {
    double y;
    std::string words;
  };
  std::vector<Label> labels;
  const auto add = [&](const std::optional<double>& value, std::string_view key) {
    const auto y = value ? TrendHeight(line.trend, box, *value) : std::nullopt;
    if (y) labels.push_back({*y - 4, std::string(Say(key)) + " " + GoalPhrase(line, value, true)});
  };
  add(line.target, "word.target");
  add(line.baseline, "word.baseline");
  std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
  const auto distance = [&](const Point& point, double y) {
    const auto at = point.value ? TrendHeight(line.trend, box, *point.value) : std::nullopt;
    return at ? std::abs(*at - y + 4) : box.height;
  };
  std::string svg;
  std::array<double, 2> least = {9, 9};
  for (const Label& label : labels) {
    const bool right = distance(line.trend.back(), label.y) > distance(line.trend.front(), label.y) + 8;
    const double y = std::max(label.y, least[right ? 1 : 0]);
    svg += SvgText(right ? box.x + box.width : box.x, y, right ? "guide end" : "guide", label.words);
    least[right ? 1 : 0] = y + 12;
  }
  return svg;
}

std::string Numbers(const ScoreLine& line, const Scorecard& card) {
  std::string html = "<details><summary>" + EscapeHtml(Say("page.numbers")) +
                     "</summary><table class=\"points\"><thead><tr><th scope=\"col\">" +
                     EscapeHtml(Say("column.period")) + "</th><th scope=\"col\" class=\"n\">" +
                     EscapeHtml(Say("column.value")) + "</th></tr></thead><tbody>";
  for (std::size_t i = 0; i < line.trend.size(); ++i) {
    const Point& point = line.trend[i];
    const bool open = i + 1 == line.trend.size() && LastIsOpen(line, card);
    html += "<tr><th scope=\"row\">" + EscapeHtml(ToWords(point.window)) +
            (open ? " " + EscapeHtml(Say("state.open_mark")) : "") + "</th><td class=\"n\">" +
            EscapeHtml(FormatNumber(point.value.value_or(NAN), line.value.unit, false)) + "</td></tr>";
  }
  return html + "</tbody></table></details>";
}

std::string Figure(const ScoreLine& line, const Scorecard& card, std::size_t number) {
  TrendBox box{.x = 4,
               .y = 16,
               .width = kWidth - 12,
               .height = kHeight - 40,
               .target = line.target,
               .baseline = line.baseline,
               .last_open = LastIsOpen(line, card),
               .dots = true};
  const std::string value = ValuePhrase(line.value, true);
  const std::string trend = SvgTrend(line.trend, box);
  std::string html = "<figure><figcaption><b><bdi>" + EscapeHtml(TitleOf(line)) + "</bdi></b><span class=\"" +
                     std::string(line.value.value ? "num" : "state") + "\">" + EscapeHtml(value) +
                     "</span></figcaption>";
  if (trend.empty())
    return html + "<p class=\"quiet none\">" + EscapeHtml(Say("page.no_trend")) + "</p></figure>";
  const std::string first = PointPhrase(line.trend.front().window),
                    last = PointPhrase(line.trend.back().window);
  html += fmt::format(
      "<svg class=\"figure\" role=\"img\" aria-labelledby=\"trend-{0}\" viewBox=\"0 0 {1:g} {2:g}\" "
      "width=\"{1:g}\" height=\"{2:g}\"><title id=\"trend-{0}\">{3}</title>",
      number, kWidth, kHeight, EscapeHtml(TitleOf(line) + ", " + first + " – " + last + ": " + value));
  html += trend + Labels(line, box) + SvgText(4, kHeight - 4, "axis", first);
  html +=
      fmt::format("<text x=\"{:g}\" y=\"{:g}\" class=\"axis end\">{}</text></svg>", kWidth - 4, kHeight - 4,
                  EscapeHtml(last + (box.last_open ? " " + std::string(Say("state.open_mark")) : "")));
  return html + Numbers(line, card) + "</figure>";
}

}  // namespace

std::string HtmlTrends(const Scorecard& card, const Chain& chain) {
  std::string figures;
  std::size_t number = 0;
  for (const std::size_t at : chain.walk) {
    const ScoreLine& line = card.lines[at];
    if (!line.metric.empty() && !line.trend.empty()) figures += Figure(line, card, ++number);
  }
  if (figures.empty()) return "";
  return "<section id=\"trends\"><h2>" + EscapeHtml(Say("page.trends")) + "</h2><p class=\"lead\">" +
         EscapeHtml(Say("page.trends_lead")) + "</p><div class=\"multiples\">" + figures + "</div></section>";
}

}  // namespace backcast
