// SPDX-License-Identifier: Apache-2.0
// Before and after a fix: is its issue talked about less, less angrily, and do people speak of the fix?
#include <algorithm>
#include <cmath>

#include "desk/listen_parts.h"
#include "listening/phrases.h"

namespace backcast {
namespace {

using std::chrono::days;

constexpr double kFewestAWeek = 10, kFewestForTalk = 30;
constexpr int kMostBefore = 365;

/// Shares by day of the mentions in scope.
struct IssueDays {
  DailySeries share, negative;
};

/// Days before the brand was collected like the others are left out: their silence is nobody's.
IssueDays DaysOf(const Listening& listening, std::uint32_t issue) {
  const Mentions& all = listening.heard.mentions;
  Day first = listening.period.to, last{}, sound{};
  for (const std::uint32_t i : listening.in_scope) {
    first = std::min(first, all.DayOf(i));
    last = std::max(last, all.DayOf(i));
  }
  for (const HeardGroup& brand : listening.brands) {
    if (brand.name == listening.scope || (listening.scope_is_own && brand.own))
      sound = std::max(sound, brand.sound_from);
  }
  first = std::max(first, sound);
  IssueDays days_of;
  if (last < first) return days_of;
  const auto length = static_cast<std::size_t>((last - first).count() + 1);
  for (DailySeries* series : {&days_of.share, &days_of.negative}) {
    series->combine = Combine::kRate;
    series->first = first;
    series->amount.assign(length, 0);
    series->base.assign(length, 0);
  }
  for (const std::uint32_t i : listening.in_scope) {
    if (all.DayOf(i) < first) continue;
    const auto day = static_cast<std::size_t>((all.DayOf(i) - first).count());
    ++days_of.share.base[day];
    if (all.issue[i] != issue) continue;
    ++days_of.share.amount[day];
    const auto tone = all.ToneAt(i);
    if (!tone) continue;
    ++days_of.negative.base[day];
    days_of.negative.amount[day] += *tone == Tone::kNegative ? 1 : 0;
  }
  return days_of;
}

ChangeQuestion QuestionOf(const DeclaredChange& change, const std::string& metric, DailySeries series) {
  ChangeQuestion question;
  question.change = change;
  question.change.metric = metric;
  question.change.direction = -1;
  question.change.echo.clear();
  question.title = metric;
  question.metric = std::move(series);
  return question;
}

/// Mentions of the issue a week in the year before.
double AWeekBefore(const DailySeries& share, Day from) {
  const Day start = std::max(share.first, from - days{kMostBefore});
  double mentions = 0;
  for (std::size_t i = 0; i < share.amount.size(); ++i) {
    const Day day = share.first + days{static_cast<int>(i)};
    if (day >= start && day < from) mentions += share.amount[i];
  }
  return mentions * 7 / std::max(1.0, static_cast<double>((from - start).count()));
}

void HearTalk(const ListenFix& fix, std::uint32_t issue, const std::vector<std::uint8_t>& said,
              const Listening& listening, HeardFix& heard) {
  const Mentions& all = listening.heard.mentions;
  for (const std::uint32_t i : listening.in_scope) {
    if (all.issue[i] != issue && said[i] == 0) continue;
    const bool after = all.DayOf(i) >= fix.change.on;
    (after ? heard.issue_after : heard.issue_before) += 1;
    (after ? heard.talk_after : heard.talk_before) += said[i];
  }
  if (heard.issue_after < kFewestForTalk) return;
  const auto interval = WilsonInterval(heard.talk_after, heard.issue_after);
  if (interval.ok()) heard.talk = interval.value();
}

}  // namespace

void HearFixes(const ListenSettings& settings, int threads, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<ChangeQuestion> questions;
  for (const ListenFix& fix : settings.fixes) {
    HeardFix heard;
    heard.change = fix.change;
    heard.issue = fix.change.issue;
    for (const ListenIssue& issue : settings.issues) {
      if (issue.id == fix.change.issue) heard.issue = issue.name;
    }
    const std::uint32_t issue = all.issues.Find(heard.issue);
    heard.talk_words = static_cast<double>(fix.talk.size());
    if (!fix.talk.empty())
      HearTalk(fix, issue == kNoName ? kNoName - 1 : issue,
               SaidIn(listening.heard.texts.view(), fix.talk, threads), listening, heard);
    IssueDays days_of;
    if (issue != kNoName) days_of = DaysOf(listening, issue);
    const Day from = fix.change.on + days{7 * fix.change.lag_weeks};
    std::string missing;
    if (issue == kNoName) {
      missing = "no mention is of this issue; give it words in the plan, or an export with issues";
    } else if (AWeekBefore(days_of.share, from) < kFewestAWeek) {
      missing = "fewer than ten mentions of the issue a week before the change";
    }
    for (const auto& [kind, series] :
         {std::pair{"share of mentions", &days_of.share}, std::pair{"negative share", &days_of.negative}}) {
      ChangeQuestion question = QuestionOf(fix.change, std::string(kind) + " of " + heard.issue,
                                           missing.empty() ? *series : DailySeries{});
      question.missing = missing;
      questions.push_back(std::move(question));
    }
    listening.fixes.push_back(std::move(heard));
  }
  const std::vector<ChangeAnswer> answers = TestChanges(questions);
  for (std::size_t i = 0; i < listening.fixes.size(); ++i) {
    listening.fixes[i].share = answers[2 * i].expected;
    listening.fixes[i].negative = answers[2 * i + 1].expected;
  }
}

}  // namespace backcast
