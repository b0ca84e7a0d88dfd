// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/content.h"
#include "desk/content_words.h"
#include "desk/exhibit_parts.h"

namespace backcast {
namespace {

constexpr std::size_t kMostThemes = 10;

Quantity TimesOf(const ThemeEffect& effect) {
  return {.name = "times",
          .value = 1 + effect.lift->value,
          .low = 1 + effect.lift->low,
          .high = 1 + effect.lift->high,
          .n = effect.posts,
          .unit = "score"};
}

const std::string& NameOf(const ContentAnswer& answer, std::size_t at) {
  const ThemeNumbers& numbers = answer.numbers[at];
  return numbers.name.empty() ? numbers.theme : numbers.name;
}

Exhibit ExhibitOf(const ContentAnswer& answer) {
  Exhibit exhibit = NewExhibit("content", "backcast content",
                               {"theme", "posts", "times_usual", "verdict", "mix_now", "mix_to_try"});
  for (std::size_t i = 0; i < answer.lifts.themes.size(); ++i) {
    const ThemeEffect& effect = answer.lifts.themes[i];
    const auto share = std::find_if(answer.mix.begin(), answer.mix.end(),
                                    [&](const MixShare& one) { return one.theme == effect.theme; });
    const bool in_mix = share != answer.mix.end();
    if (i < kMostThemes) {
      std::optional<double> times;
      std::optional<Interval> interval;
      if (effect.lift) {
        times = 1 + effect.lift->value;
        interval = Interval{1 + effect.lift->low, 1 + effect.lift->high};
      }
      exhibit.rows.push_back(
          {WordsCell(NameOf(answer, i)), NumberCell(effect.posts, "count", "", {}, effect.posts),
           NumberCell(times, "score", effect.needs, interval, effect.posts), WordsCell(VerdictText(effect)),
           in_mix ? NumberCell(share->now, "ratio", "") : WordsCell(""),
           in_mix ? NumberCell(share->to_try, "ratio", "") : WordsCell("")});
    }
    const bool told = effect.verdict == ThemeVerdict::kTryMore || effect.verdict == ThemeVerdict::kDrop;
    if (told && effect.lift)
      Say(exhibit.claims, "content." + std::string(ToWord(effect.verdict)), {TimesOf(effect)},
          {{"theme", NameOf(answer, i)}});
  }
  if (answer.lifts.themes.size() > kMostThemes)
    exhibit.notes.push_back(
        Counted(static_cast<std::int64_t>(answer.lifts.themes.size() - kMostThemes), "theme") +
        " with less are left out here.");
  for (std::string& sentence : MixSentences(answer)) exhibit.notes.push_back(std::move(sentence));
  return exhibit;
}

}  // namespace

Result<Exhibits> ContentExhibits(Workspace& workspace, const Ready& ready, Talk& talk) {
  Exhibits exhibits;
  if (!HasRows(ready.coverage, "post")) return exhibits;
  // A month seldom holds enough posts; a quarter up to the period's end does.
  Ready quarter = ready;
  quarter.request.period.from =
      std::min(ready.request.period.from, ready.request.period.to - std::chrono::days{kContentDays});
  BACKCAST_TRY(const ContentAnswer answer,
               ReadContent(workspace, quarter, {ready.request.filters, "", false}, talk));
  if (answer.lifts.themes.empty() || !answer.lifts.needs.empty()) return exhibits;
  Exhibit exhibit = ExhibitOf(answer);
  exhibit.notes.insert(exhibit.notes.begin(), "Posts published in " + ToWords(answer.period) + ".");
  exhibits.exhibits.push_back(std::move(exhibit));
  exhibits.sql = answer.sql;
  return exhibits;
}

}  // namespace backcast
