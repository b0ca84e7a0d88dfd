// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

constexpr int kDeepest = 12;  // more than a page can indent

std::string ListItem(const ScoreLine& line) {
  std::string html = fmt::format("<div class=\"step{}\"><b><bdi>{}</bdi></b>", line.weakest ? " strong" : "",
                                 EscapeHtml(TitleOf(line)));
  if (line.weakest) html += " <span class=\"tag\">" + EscapeHtml(Say("chain.weakest")) + "</span>";
  if (!line.metric.empty()) {
    html += "<div class=\"step-numbers\"><span class=\"" + std::string(line.value.value ? "num" : "state") +
            "\">" + EscapeHtml(ValuePhrase(line.value, true)) + "</span>";
    if (!ChangePhrase(line).empty()) html += "<span>" + EscapeHtml(ChangePhrase(line)) + "</span>";
    if (line.target)
      html += "<span>" +
              EscapeHtml(std::string(Say("word.target")) + " " + GoalPhrase(line, line.target, true)) +
              "</span>";
    html += HtmlVerdict(line) + "</div>";
    if (!line.value.value && !line.value.reason.empty())
      html += "<div class=\"quiet\">" + EscapeHtml(line.value.reason) + "</div>";
  }
  if (!OwnerOf(line).empty())
    html += "<div class=\"quiet\">" + EscapeHtml(Say("chain.owner")) + ": <bdi>" + EscapeHtml(OwnerOf(line)) +
            "</bdi></div>";
  return html + "</div>";
}

}  // namespace

std::string HtmlChainList(const Scorecard& card, const Chain& chain) {
  std::string html = "<ul class=\"chain-list\">";
  int open = 0;
  bool first = true;
  for (const std::size_t at : chain.walk) {
    const int depth = std::min(chain.depth[at], kDeepest);
    if (!first && depth > open) {
      html += "<ul>";
      ++open;
    } else if (!first) {
      html += "</li>";
      for (; open > depth; --open) html += "</ul></li>";
    }
    first = false;
    html += "<li>" + ListItem(card.lines[at]);
  }
  if (!first) html += "</li>";
  for (; open > 0; --open) html += "</ul></li>";
  return html + "</ul>";
}

}  // namespace backcast
