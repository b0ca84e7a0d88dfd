// SPDX-License-Identifier: Apache-2.0
// The one-page report. The page may load nothing and run nothing: its policy allows one style sheet, named by
// its hash.
#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cstdint>

#include "base/embedded.h"
#include "base/sha256.h"
#include "report/chain.h"
#include "report/document.h"
#include "report/executive.h"
#include "report/exhibits.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

std::string Base64(const std::array<std::uint8_t, 32>& bytes) {
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = (group << 8U) | (i + j < bytes.size() ? bytes[i + j] : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : kLetters[(group >> (18 - 6 * j)) & 63U];
  }
  return text;
}

std::string Language(const std::string& locale) {
  std::string language;
  for (const char c : locale.substr(0, 12)) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_') return "en";
    language += c == '_' ? '-' : c;
  }
  return language.empty() ? "en" : language;
}

std::string Head(const Scorecard& card) {
  const std::string style(Embedded("report/page.css").value_or(""));
  Sha256 hash;
  hash.Add(style);
  return "<!doctype html>\n<html lang=\"" + Language(card.locale) +
         "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'sha256-" +
         Base64(hash.Digest()) +
         "'; img-src data:; base-uri 'none'; form-action 'none'\"><meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">"
         "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" "
         "content=\"no-referrer\"><title>" +
         EscapeHtml(card.workspace) + " · " + EscapeHtml(ToWords(card.period)) + "</title><style>" + style +
         "</style></head>";
}

/// A page without a number says why and what helps.
std::string Empty(const Scorecard& card) {
  const auto phrase = EmptyPhraseOf(card);
  if (!phrase) return "";
  std::string lead(Say(phrase->lead)), title(Say(phrase->title));
  if (const ScoreLine* line = FirstTooLittle(card))
    lead += " " + TitleOf(*line) + ": " + line->value.reason + ".";
  return "<div class=\"empty\"><b>" + EscapeHtml(title) + "</b><p>" + EscapeHtml(lead) + "</p><p><code>" +
         EscapeHtml(NextCommand(card)) + "</code></p></div>";
}

/// The first sentence large, the others below it as one paragraph, further reasons as a list.
std::string Paragraph(const Scorecard& card) {
  const std::vector<std::string> sentences = ParagraphOf(card);
  std::string html;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::string text = EscapeHtml(KeepTogether(sentences[i]));
    if (i == 0) html += "<h1 dir=\"auto\">" + text + "</h1>";
    if (i == 1)
      html += std::string("<p class=\"second") + (card.weakest ? " weak" : "") + "\" dir=\"auto\">" + text;
    if (i > 1) html += " " + text;
  }
  if (sentences.size() > 1) html += "</p>";
  const std::vector<std::string> reasons = FurtherReasonsOf(card);
  if (reasons.empty()) return html;
  html += "<ul class=\"plain\">";
  for (const std::string& reason : reasons) html += "<li dir=\"auto\">" + EscapeHtml(reason) + "</li>";
  return html + "</ul>";
}

std::string FirstScreen(const Scorecard& card, const Chain& chain) {
  std::string html = "<header><p class=\"masthead\"><b><bdi>" + EscapeHtml(card.workspace) +
                     "</bdi></b> <span>" + EscapeHtml(PeriodPhrase(card)) + "</span></p>";
  if (!card.has_plan && !card.question.empty())
    html += "<h1 dir=\"auto\">" + EscapeHtml(card.question) + "</h1>";
  if (!card.has_plan) html += "<p class=\"second\">" + EscapeHtml(Say("chain.no_plan")) + "</p>";
  html += Paragraph(card);
  html += Empty(card);
  html += HtmlPicture(card) + "</header>" + HtmlBeside(card) + "<section id=\"chain\" aria-label=\"" +
          EscapeHtml(Say("chain.title")) + "\">";
  return html + (card.has_plan ? HtmlChain(card, chain) : HtmlLoose(card, chain)) + "</section>";
}

}  // namespace

std::string RenderHtml(const Scorecard& card) {
  const Chain chain = ChainOf(card);
  std::string html = Head(card) + "<body><main>" + FirstScreen(card, chain) + HtmlTable(card, chain) +
                     HtmlExhibits(card) + HtmlTrends(card, chain) + HtmlBalance(card) + HtmlFindings(card) +
                     HtmlDecisions(card) + HtmlSources(card);
  html += "</main><footer><p>" + EscapeHtml(Say("page.next")) + ": <code>" + EscapeHtml(NextCommand(card)) +
          "</code></p><p>" + EscapeHtml(Say("page.made")) + "</p></footer></body></html>\n";
  return html;
}

}  // namespace backcast
