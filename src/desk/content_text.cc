// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/number.h"
#include "desk/answer_table.h"
#include "desk/content.h"
#include "desk/content_cuts.h"
#include "desk/content_words.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr std::size_t kMostYoung = 12;

std::string Count(double value) { return FormatNumber(value, "count", true); }
std::string Share(double value) { return FormatNumber(value, "ratio", true); }
std::string Times(const std::optional<Lift>& lift) {
  return lift ? fmt::format("{:.2f}", 1 + lift->value) : "—";
}
std::string Range(const std::optional<Lift>& lift) { return lift ? TimesRange(*lift) : "—"; }

AnswerSection Themes(const ContentAnswer& answer) {
  AnswerSection section{"Themes",
                        {{"theme", "posts", "median", "times", "95 %", "saves, shares", "verdict"},
                         {false, true, true, true, true, true, false},
                         {}},
                        ThemeSentences(answer)};
  for (std::size_t i = 0; i < answer.lifts.themes.size(); ++i) {
    const ThemeEffect& effect = answer.lifts.themes[i];
    const ThemeNumbers& numbers = answer.numbers[i];
    section.table.rows.push_back({numbers.name, std::to_string(effect.posts),
                                  numbers.typical ? Count(numbers.typical->value) : "—", Times(effect.lift),
                                  Range(effect.lift), Times(numbers.kept), VerdictText(effect)});
  }
  return section;
}

/// Comparisons of one kind; `first` heads the column of their names.
AnswerSection Cuts(const std::string& heading, const std::string& first,
                   const std::vector<const GroupComparison*>& list, std::vector<std::string> sentences) {
  AnswerSection section{heading,
                        {{first, "posts", "against", "posts", "times", "95 %", "verdict"},
                         {false, true, false, true, true, true, false},
                         {}},
                        std::move(sentences)};
  for (const GroupComparison* each : list) {
    section.table.rows.push_back(
        {each->name, std::to_string(each->posts), each->against.empty() ? "all others" : each->against,
         std::to_string(each->against_posts), Times(each->lift), Range(each->lift), VerdictText(*each)});
  }
  return section;
}

std::vector<const GroupComparison*> Listed(const std::vector<GroupComparison>& comparisons) {
  std::vector<const GroupComparison*> list;
  for (const GroupComparison& comparison : comparisons) list.push_back(&comparison);
  return list;
}

/// `all`: also those that nothing can be said about yet.
AnswerSection Young(const ContentAnswer& answer, bool all) {
  AnswerSection section{"New posts, against what this account's posts had at their age",
                        {{"post", "account", "published", "age", "engagement", "usual", "n", "verdict"},
                         {false, false, false, true, true, true, true, false},
                         {}},
                        {}};
  std::size_t shown = 0, open = 0;
  int most = 0;
  for (const YoungPost& post : answer.young) {
    const bool judged = post.usual.answer != AgainstUsual::kTooLittle;
    if (!judged) {
      ++open;
      most = std::max(most, post.usual.posts);
    }
    if ((!judged && !all) || ++shown > kMostYoung) continue;
    section.table.rows.push_back(
        {post.caption.empty() ? post.id : post.caption,
         post.account.empty() ? post.platform : post.platform + " " + post.account, ToIso(post.published),
         AgeText(post), Count(post.value),
         judged ? Count(post.usual.band.low) + "–" + Count(post.usual.band.high) : "—",
         std::to_string(post.usual.posts), VerdictText(post)});
  }
  if (shown > kMostYoung)
    section.sentences.push_back(fmt::format("{} more are in --json.", shown - kMostYoung));
  if (open < answer.young.size()) {
    section.sentences.emplace_back(
        "Usual: at least eight of ten past posts of the account lay between the two at that age; up to one "
        "in five lies outside by chance "
        "alone.");
  }
  if (std::any_of(answer.young.begin(), answer.young.end(),
                  [](const YoungPost& post) { return post.promoted; }))
    section.sentences.emplace_back("A promoted post is held against organic ones here.");
  if (open > 0) {
    section.sentences.push_back(
        fmt::format("{} cannot be held against a usual yet: at most {} past posts of the account were read "
                    "at that age, {} are needed. Exports taken every "
                    "day, or every hour, make the usual known.",
                    Counted(static_cast<std::int64_t>(open), "post"), most, kFewestForBand));
  }
  return section;
}

AnswerSection Mix(const ContentAnswer& answer) {
  AnswerSection section{"The mix now, and one to try",
                        {{"theme", "now", "to try", "note"}, {false, true, true, false}, {}},
                        MixSentences(answer)};
  for (std::size_t i = 0; i < answer.mix.size(); ++i) {
    const MixShare& share = answer.mix[i];
    section.table.rows.push_back(
        {answer.numbers[i].name, Share(share.now), Share(share.to_try), answer.numbers[i].note});
  }
  return section;
}

std::vector<AnswerSection> Sections(const ContentAnswer& answer) {
  std::vector<AnswerSection> sections;
  if (!answer.lifts.themes.empty()) sections.push_back(Themes(answer));
  if (!answer.pairs.empty()) {
    std::vector<const GroupComparison*> list;
    for (const PairAnswer& pair : answer.pairs) list.push_back(&pair.comparison);
    sections.push_back(
        Cuts("Groups of the plan", "group", list,
             {fmt::format("Posts of both groups are in neither. A verdict needs {} posts of each.",
                          kFewestForPair)}));
  }
  if (!answer.formats.empty())
    sections.push_back(Cuts("Formats, against the most frequent", "format", Listed(answer.formats), {}));
  if (!answer.weekdays.empty())
    sections.push_back(Cuts("Weekdays (" + answer.zone + ")", "day", Listed(answer.weekdays), {}));
  if (!answer.hours.empty())
    sections.push_back(Cuts("Hours (" + answer.zone + ")", "hours", Listed(answer.hours), {}));
  if (!answer.formats.empty() || !answer.weekdays.empty() || !answer.hours.empty()) {
    sections.back().sentences.push_back(
        fmt::format("A verdict needs {} posts on each side. Formats, days and hours pay together for being "
                    "looked at together: without any "
                    "difference, one is announced in fewer than one quarter in ten.",
                    kFewestForCut));
  }
  if (!answer.mix.empty()) sections.push_back(Mix(answer));
  if (!answer.young.empty()) sections.push_back(Young(answer, false));
  if (!answer.notes.empty()) {
    AnswerSection notes{"Notes", {{"day", "about", "note"}, {}, {}}, {}};
    for (const Note& note : answer.notes)
      notes.table.rows.push_back({ToIso(note.day), note.node, note.title + ": " + note.text});
    sections.push_back(std::move(notes));
  }
  return sections;
}

std::string Written(const AnswerSection& section, Format format, int width) {
  if (format == Format::kMarkdown) {
    std::string out = "## " + EscapeMarkdown(section.heading) + "\n\n";
    if (!section.table.rows.empty()) out += section.table.ToMarkdown() + "\n";
    for (const std::string& sentence : section.sentences) out += EscapeMarkdown(sentence) + "\n\n";
    return out;
  }
  std::string out = Wrapped(Visible(section.heading), 0, width) + "\n";
  if (!section.table.rows.empty()) out += section.table.Folded(width);
  for (const std::string& sentence : section.sentences) out += Wrapped(Visible(sentence), 2, width);
  return out + "\n";
}

std::string Exact(double value) { return nlohmann::json(value).dump(); }

/// One table for spreadsheets: a row per theme, cut and young post.
std::string Csv(const ContentAnswer& answer) {
  AnswerTable table{{"kind", "id", "name", "against", "posts", "against_posts", "lift", "low", "high",
                     "adjusted_p", "verdict", "share_now", "share_to_try"},
                    {},
                    {}};
  const auto lift = [](const std::optional<Lift>& value, double Lift::* part) {
    return value ? Exact((*value).*part) : std::string();
  };
  const auto cut = [&](const char* kind, const std::string& id, const GroupComparison& each) {
    table.rows.push_back({kind, id, each.name, each.against, std::to_string(each.posts),
                          std::to_string(each.against_posts), lift(each.lift, &Lift::value),
                          lift(each.lift, &Lift::low), lift(each.lift, &Lift::high), Exact(each.adjusted_p),
                          std::string(ToWord(each.verdict)), "", ""});
  };
  for (std::size_t i = 0; i < answer.lifts.themes.size(); ++i) {
    const ThemeEffect& effect = answer.lifts.themes[i];
    table.rows.push_back({"theme", effect.theme, answer.numbers[i].name, "", std::to_string(effect.posts), "",
                          lift(effect.lift, &Lift::value), lift(effect.lift, &Lift::low),
                          lift(effect.lift, &Lift::high), Exact(effect.adjusted_p),
                          std::string(ToWord(effect.verdict)), Exact(answer.mix[i].now),
                          Exact(answer.mix[i].to_try)});
  }
  for (const PairAnswer& pair : answer.pairs) cut("pair", pair.pair.id, pair.comparison);
  for (const GroupComparison& each : answer.formats) cut("format", each.name, each);
  for (const GroupComparison& each : answer.weekdays) cut("weekday", each.name, each);
  for (const GroupComparison& each : answer.hours) cut("hours", each.name, each);
  for (const YoungPost& post : answer.young) {
    table.rows.push_back({"post", post.id, post.caption, "", "1", std::to_string(post.usual.posts), "", "",
                          "", "", std::string(ToWord(post.usual.answer)), "", ""});
  }
  return table.ToCsv();
}

}  // namespace

std::string YoungPaper(const ContentAnswer& answer, Format format, int width) {
  return format == Format::kCsv ? Csv(answer) : Written(Young(answer, true), format, width);
}

std::string ContentPaper(const ContentAnswer& answer, Format format, int width) {
  if (format == Format::kCsv) return Csv(answer);
  const std::string heading = "Content, " + ToWords(answer.period);
  std::string out = format == Format::kMarkdown ? "# " + heading + "\n\n" : heading + "\n\n";
  for (const std::string& sentence : CountedSentences(answer))
    out += format == Format::kMarkdown ? EscapeMarkdown(sentence) + "\n\n"
                                       : Wrapped(Visible(sentence), 2, width);
  if (format == Format::kText) out += "\n";
  for (const AnswerSection& section : Sections(answer)) out += Written(section, format, width);
  return out;
}

}  // namespace backcast
