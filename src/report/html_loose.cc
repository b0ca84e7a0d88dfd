// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/svg.h"

namespace backcast {
namespace {

constexpr std::size_t kMost = 5;  // tiles of one level on the first screen; the table has them all

/// Levels from the outcome backwards; others follow in the order of the card.
std::vector<std::string> LevelsOf(const Scorecard& card, const Chain& chain) {
  std::vector<std::string> levels = {"impact", "outcome", "outtake", "output", "activity", "input"};
  for (const std::size_t at : chain.walk) {
    if (std::find(levels.begin(), levels.end(), card.lines[at].level) == levels.end())
      levels.push_back(card.lines[at].level);
  }
  return levels;
}

std::string Tile(const ScoreLine& line, const Scorecard& card) {
  std::string html = "<li class=\"tile\"><b><bdi>" + EscapeHtml(TitleOf(line)) +
                     "</bdi></b><span class=\"tile-row\"><span class=\"" +
                     std::string(line.value.value ? "num" : "state") + "\">" +
                     EscapeHtml(ValuePhrase(line.value, true)) + "</span>";
  if (line.value.value) {
    TrendBox box{.x = 4, .y = 4, .width = 64, .height = 18};
    box.last_open = LastIsOpen(line, card);
    const std::string trend = SvgTrend(line.trend, box);
    if (!trend.empty())
      html += "<svg class=\"spark\" aria-hidden=\"true\" width=\"72\" height=\"26\" viewBox=\"0 0 72 26\">" +
              trend + "</svg>";
  }
  return html + "</span></li>";
}

}  // namespace

std::string HtmlLoose(const Scorecard& card, const Chain& chain) {
  std::map<std::string, std::vector<std::size_t>> by_level;
  for (const std::size_t at : chain.walk) by_level[card.lines[at].level].push_back(at);
  std::string html = "<h2>" + EscapeHtml(Say("chain.loose_title")) +
                     "</h2><div class=\"loose\"><section class=\"ghost\"><h3>" +
                     EscapeHtml(Say("chain.outcome")) + "</h3><p>" +
                     EscapeHtml(Say("chain.outcome_missing")) + "</p></section>";
  for (const std::string& level : LevelsOf(card, chain)) {
    std::vector<std::size_t>& lines = by_level[level];
    if (lines.empty()) continue;
    std::stable_partition(lines.begin(), lines.end(),
                          [&](std::size_t at) { return card.lines[at].value.value.has_value(); });
    html += "<section><h3>" + EscapeHtml("◄ " + Call("level", level)) + "</h3><ul>";
    for (std::size_t i = 0; i < std::min(kMost, lines.size()); ++i) html += Tile(card.lines[lines[i]], card);
    html += "</ul>";
    if (lines.size() > kMost)
      html += "<p class=\"quiet\">" +
              EscapeHtml(fmt::format(fmt::runtime(Say("chain.more")), lines.size() - kMost)) + "</p>";
    html += "</section>";
  }
  return html + "</div>";
}

}  // namespace backcast
