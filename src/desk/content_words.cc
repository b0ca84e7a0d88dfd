// SPDX-License-Identifier: Apache-2.0
#include "desk/content_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "desk/content_cuts.h"

namespace backcast {
namespace {

/// From here on a raw lift is worth another try, whatever chance says.
constexpr double kLooksLikeTwice = 0.9;

std::string Percent(double share) { return FormatNumber(share, "ratio", true); }

std::string Posts(int count) { return Counted(count, "post"); }

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string MoreOrLess(double lift) {
  if (lift >= 0.5) return TimesText(lift) + " the usual";
  return fmt::format("{:.0f} % {} than usual", 100 * std::abs(lift), lift >= 0 ? "more" : "less");
}

std::string AgeSentence(const ContentAnswer& answer) {
  std::vector<std::string> at_age, to_date;
  for (const AccountBasis& account : answer.accounts)
    (account.at_age ? at_age : to_date).push_back(account.account);
  const std::string days = std::to_string(kComparedAge);
  std::string text;
  if (!at_age.empty()) text = "Compared by engagement at " + days + " days: " + Joined(at_age) + ".";
  if (!to_date.empty()) {
    text += std::string(text.empty() ? "" : " ") + "Compared by engagement to date, posts of " + days +
            " days and older only, since there are too few readings around " + days +
            " days: " + Joined(to_date) + ".";
  }
  return text;
}

std::string LabelSentence(const ContentAnswer& answer) {
  const PostTally& tally = answer.tally;
  if (tally.labelled == 0)
    return "No judged post has a theme: write rules under content.themes of plan.yaml, or themes.csv with "
           "the columns post and "
           "theme.";
  std::string text = fmt::format("Themes: {} of {} have one", tally.labelled, tally.judged);
  std::vector<std::string> by;
  if (tally.by_rule > 0) by.push_back(fmt::format("{} by rule", tally.by_rule));
  if (tally.by_hand > 0) by.push_back(fmt::format("{} by hand", tally.by_hand));
  if (tally.by_export > 0) by.push_back(fmt::format("{} by the export", tally.by_export));
  text += " (" + Joined(by) + ")";
  if (tally.of_several > 0) {
    text += fmt::format(
        "; {} several, which count {}",
        tally.of_several == 1 ? "1 has" : std::to_string(tally.of_several) + " have",
        answer.several == Several::kFirst ? "in the first of the list" : "in each by an equal part");
  }
  text += ".";
  if (!answer.labels_version.empty()) {
    text += " Labels " + answer.labels_version;
    if (answer.labels_first_seen.size() >= 10)
      text += ", first seen " + answer.labels_first_seen.substr(0, 10);
    text += ".";
  }
  return text;
}

}  // namespace

std::string TimesText(double lift) {
  const double times = 1 + lift;
  if (times >= 1.9 && times < 2.1) return "twice";
  return fmt::format("{:.{}f} times", times, times < 10 ? 1 : 0);
}

std::string TimesRange(const Lift& lift) { return fmt::format("{:.2f}–{:.2f}", 1 + lift.low, 1 + lift.high); }

std::string VerdictText(const ThemeEffect& effect) {
  switch (effect.verdict) {
    case ThemeVerdict::kTryMore:
      return "did " + MoreOrLess(effect.lift->value) + ": try more";
    case ThemeVerdict::kKeep:
      return (effect.lift->high < 0 ? "did " + MoreOrLess(effect.lift->value) : "does its usual") + ": keep";
    case ThemeVerdict::kNoDifferenceSeen:
      return "no difference seen";
    case ThemeVerdict::kDrop:
      return "did " + MoreOrLess(effect.lift->value) + ": drop";
    case ThemeVerdict::kTooLittle:
      return "too little data";
  }
  return "";
}

std::string VerdictText(const GroupComparison& comparison) {
  switch (comparison.verdict) {
    case GroupVerdict::kMore:
      return "did more";
    case GroupVerdict::kLess:
      return "did less";
    case GroupVerdict::kNoDifferenceSeen:
      return "no difference seen";
    case GroupVerdict::kTooLittle:
      return "too little data";
  }
  return "";
}

std::string VerdictText(const YoungPost& post) {
  if (post.usual.answer == AgainstUsual::kTooLittle) {
    return fmt::format("too little data (have {} at this age, need {})", Posts(post.usual.posts),
                       kFewestForBand);
  }
  return std::string(ToWord(post.usual.answer)) + " its usual";
}

std::string AgeText(const YoungPost& post) {
  if (!post.exact) return fmt::format("{:.0f} d", post.age);
  const double hours = post.age * 24;
  return hours < 1 ? fmt::format("{:.0f} min", hours * 60) : fmt::format("{:.0f} h", hours);
}

std::string NothingJudgedSentence(const ContentAnswer& answer) {
  return fmt::format(
      "Too little data for any verdict (exit code 6). Themes: {}. A format, weekday or part of the day needs "
      "{} "
      "posts on each side, a pair of the plan {}, a new post {} past posts at its age.",
      answer.lifts.needs, kFewestForCut, kFewestForPair, kFewestForBand);
}

std::vector<std::string> CountedSentences(const ContentAnswer& answer) {
  const PostTally& tally = answer.tally;
  std::vector<std::string> left;
  if (tally.too_young > 0)
    left.push_back(
        fmt::format("{} younger than {} days when last read", Posts(tally.too_young), kComparedAge));
  if (tally.promoted > 0) left.push_back(fmt::format("{} promoted", Posts(tally.promoted)));
  if (tally.without_numbers > 0)
    left.push_back(fmt::format("{} without numbers", Posts(tally.without_numbers)));
  if (tally.not_at_age > 0)
    left.push_back(fmt::format("{} not read around {} days", Posts(tally.not_at_age), kComparedAge));
  std::vector<std::string> sentences = {fmt::format("{} of {} judged", tally.judged, Posts(tally.read)) +
                                        (left.empty() ? "." : "; left out: " + Joined(left) + ".")};
  if (answer.NothingJudged()) sentences.push_back(NothingJudgedSentence(answer));
  if (!answer.accounts.empty()) sentences.push_back(AgeSentence(answer));
  std::vector<std::string> undivided;
  for (const AccountBasis& account : answer.accounts) {
    if (account.undivided) undivided.push_back(account.account);
  }
  if (!undivided.empty())
    sentences.push_back("Organic and paid are not told apart in the exports of " + Joined(undivided) + ".");
  if (answer.promoted.posts > 0 && answer.promoted.median && answer.promoted.organic_median) {
    sentences.push_back(
        fmt::format("Promoted posts, {}: {}, median engagement {} beside {} of the judged organic ones.",
                    answer.promoted.judged ? "judged among the others" : "apart", answer.promoted.posts,
                    FormatNumber(*answer.promoted.median, "count", true),
                    FormatNumber(*answer.promoted.organic_median, "count", true)));
  }
  sentences.push_back(LabelSentence(answer));
  if (tally.before_labels > 0 && tally.labelled > 0) {
    sentences.push_back(
        fmt::format("The labels are newer than {} of the {} judged posts: whoever wrote them could have seen "
                    "these numbers. Keep the labels as they are and "
                    "ask again when newer posts are in.",
                    tally.before_labels, tally.judged));
  }
  for (const std::string& remark : answer.remarks) sentences.push_back(remark + ".");
  return sentences;
}

std::vector<std::string> ThemeSentences(const ContentAnswer& answer) {
  std::vector<std::string> sentences;
  if (!answer.lifts.needs.empty()) {
    sentences.push_back("No theme is judged: " + answer.lifts.needs + ".");
    return sentences;
  }
  sentences.push_back(
      "Median: engagements of a post. Times: typical engagement of a theme's posts over the mean of the "
      "themes, and beside it the same of saves "
      "and shares; without the level of account, month and format, and drawn towards the mean as far as "
      "chance explains it, so that the best "
      "is not best by luck.");
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < answer.lifts.themes.size(); ++i) {
    if (!answer.lifts.themes[i].needs.empty())
      missing.push_back(answer.numbers[i].name + " (" + answer.lifts.themes[i].needs + ")");
  }
  if (!missing.empty()) sentences.push_back("Too little data: " + Joined(missing) + ".");
  for (const ThemeEffect& effect : answer.lifts.themes) {
    if (effect.verdict != ThemeVerdict::kNoDifferenceSeen || !effect.raw || *effect.raw < kLooksLikeTwice)
      continue;
    const auto name =
        std::find_if(answer.numbers.begin(), answer.numbers.end(),
                     [&](const ThemeNumbers& numbers) { return numbers.theme == effect.theme; });
    sentences.push_back(
        fmt::format("{}: its {} did {} the usual, which chance can do. A reason to try again, not a finding.",
                    name == answer.numbers.end() ? effect.theme : name->name, Posts(effect.posts),
                    TimesText(*effect.raw)));
  }
  const bool found =
      std::any_of(answer.lifts.themes.begin(), answer.lifts.themes.end(), [](const ThemeEffect& effect) {
        return effect.verdict == ThemeVerdict::kTryMore || effect.verdict == ThemeVerdict::kDrop;
      });
  if (!found) {
    sentences.push_back(
        fmt::format("To see a theme that does a quarter more, about {} posts of it would be needed.",
                    answer.lifts.posts_for_a_quarter));
  }
  std::vector<std::string> rates;
  for (const ThemeNumbers& numbers : answer.numbers) {
    if (!numbers.kept_rate) continue;
    const RatioEstimate& rate = *numbers.kept_rate;
    rates.push_back(fmt::format("{} {:.1f} ({:.1f}–{:.1f}, {})", numbers.name, 1000 * rate.value,
                                1000 * rate.interval.low, 1000 * rate.interval.high, Posts(rate.clusters)));
  }
  if (!rates.empty()) sentences.push_back("Saves and shares of 1,000 times seen: " + Joined(rates) + ".");
  if (!answer.kept_needs.empty()) sentences.push_back("Saves and shares: " + answer.kept_needs + ".");
  return sentences;
}

std::vector<std::string> MixSentences(const ContentAnswer& answer) {
  std::vector<std::string> sentences;
  const bool moves = std::any_of(answer.mix.begin(), answer.mix.end(), [](const MixShare& share) {
    return std::abs(share.to_try - share.now) > 5e-4;
  });
  if (!moves) {
    sentences.push_back(answer.lifts.needs.empty()
                            ? "No theme was shown to differ, so nothing speaks for another mix yet."
                            : "Without a verdict nothing speaks for another mix yet: give the themes with "
                              "few posts enough of them to be judged.");
  } else {
    sentences.push_back(
        fmt::format("A step, not a recipe: no theme moves by more than {} points or beyond {}. Ask again "
                    "after a quarter.",
                    100 * kMostMoved, Percent(kMostOfOneTheme)));
  }
  sentences.push_back(
      "These are this account's own posts. What works for others need not work here, and what worked here "
      "wears out.");
  if (answer.notes.empty()) {
    sentences.push_back(
        fmt::format("Room for notes: notes/{}-content.md with a first line \"node: content\" (or a theme's "
                    "id) is printed here.",
                    ToIso(answer.as_of)));
  }
  return sentences;
}

}  // namespace backcast
