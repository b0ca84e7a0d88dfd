// SPDX-License-Identifier: Apache-2.0
#include "chain/changes.h"

#include <algorithm>
#include <cmath>

#include "plan/rulebook.h"

namespace backcast {
namespace {

using std::chrono::days;

constexpr int kMostBefore = 365, kMostAfter = 84;
constexpr double kEventsPerWeek = 10;

ChangeFinding CannotTell(std::string metric, Day from, std::string because) {
  ChangeFinding finding;
  finding.metric = std::move(metric);
  finding.from = from;
  finding.because = std::move(because);
  return finding;
}

/// The days on a scale on which a step is a relative change: ln where every day is above zero; else parts of
/// the mean before the change, because ln(1 + x) makes a change of small numbers smaller than it is.
struct RelativeDays {
  std::vector<double> values;  ///< NaN = not known
  bool logs = true;
  double level = 0;  ///< size of the mean before the change

  double Change(double step) const { return logs ? std::expm1(step) : step; }
};

RelativeDays Relative(const DailySeries& series, Day from, Day change, Day to) {
  RelativeDays days_of;
  double sum = 0, known = 0;
  for (Day day = from; day < to; day += days{1}) {
    const double value = series.Over({day, day + days{1}}).value_or(std::nan(""));
    days_of.values.push_back(value);
    if (std::isnan(value)) continue;
    if (value <= 0) days_of.logs = false;
    if (day >= change) continue;
    sum += value;
    known += 1;
  }
  days_of.level = known > 0 ? std::abs(sum / known) : 0;
  for (double& value : days_of.values) value = days_of.logs ? std::log(value) : value / days_of.level;
  return days_of;
}

/// The first other declared change that should move this metric in the days looked at, or that people should
/// notice in it. One change that stands in the plan and in the calendar has one id.
const DeclaredChange* Overlapping(const std::vector<ChangeQuestion>& questions, const DeclaredChange& change,
                                  const std::string& metric, Day from, Day to) {
  const DeclaredChange* first = nullptr;
  Day earliest = to;
  for (const ChangeQuestion& other : questions) {
    const DeclaredChange& each = other.change;
    const bool same = &each == &change || (!each.id.empty() && each.id == change.id);
    if (same || (each.metric != metric && each.echo != metric)) continue;
    const Day start = each.on + days{7 * each.lag_weeks};
    if (start <= from - days{kDaysAfter} || start >= earliest) continue;
    first = &each;
    earliest = start;
  }
  return first;
}

ChangeFinding Test(const std::vector<ChangeQuestion>& questions, const DeclaredChange& change,
                   const std::string& metric, const DailySeries& series, const std::string& missing,
                   int direction) {
  const Day from = change.on + days{7 * change.lag_weeks};
  if (series.empty())
    return CannotTell(metric, from, missing.empty() ? "there is no number for it" : missing);
  const Window own = series.days();
  if (from >= own.to)
    return CannotTell(metric, from,
                      "the days to look at begin on " + ToIso(from) + ", after the last day with data");
  Day to = std::min(own.to, from + days{kMostAfter});
  if (change.until) to = std::min(to, *change.until + days{1});
  const Day start = std::max(own.from, from - days{kMostBefore});
  if (const DeclaredChange* other = Overlapping(questions, change, metric, from, to)) {
    const Day next = other->on + days{7 * other->lag_weeks};
    if (next <= from || (next - from).count() < kDaysAfter)
      return CannotTell(metric, from,
                        "the change " + Shortened(other->id.empty() ? other->title : other->id) +
                            " should move the same number at the same time");
    to = next;
  }
  const double weekly = series.Events({start, std::max(start, from)}) * 7 /
                        std::max(1.0, static_cast<double>((from - start).count()));
  if (weekly < kEventsPerWeek) {
    return CannotTell(metric, from, "fewer than ten events a week before the change");
  }
  const RelativeDays relative = Relative(series, start, from, to);
  if (relative.level <= 0)
    return CannotTell(metric, from,
                      "it was nought before the change, so that nothing can be told relative to it");
  BeforeAfterQuestion question;
  question.days = relative.values;
  question.change = static_cast<int>((from - start).count());
  question.direction = direction;
  ChangeFinding finding = CannotTell(metric, from, "");
  finding.test = TestBeforeAfter(question);
  finding.effect = relative.Change(finding.test.effect);
  finding.low = relative.Change(finding.test.low);
  finding.high = relative.Change(finding.test.high);
  finding.because = finding.test.needs;
  return finding;
}

void Tell(ChangeAnswer& answer, const ChangeFinding& finding, const std::string& title,
          const std::string& prefix) {
  if (finding.test.verdict == BeforeAfter::Verdict::kCannotTell) return;
  const std::string key = prefix + std::string(ToWord(finding.test.verdict));
  Say(answer.claims, key,
      {{.name = "effect",
        .value = finding.effect,
        .low = finding.low,
        .high = finding.high,
        .n = finding.test.before + finding.test.after,
        .unit = "relative"}},
      {{"change", answer.change.title}, {"metric", title}, {"day", ToIso(finding.from)}});
}

}  // namespace

std::string_view ToWord(BeforeAfter::Verdict verdict) {
  switch (verdict) {
    case BeforeAfter::Verdict::kChanged:
      return "changed";
    case BeforeAfter::Verdict::kChangedAgainst:
      return "changed_against";
    case BeforeAfter::Verdict::kNoChangeShown:
      return "no_change_shown";
    case BeforeAfter::Verdict::kCannotTell:
      return "cannot_tell";
  }
  return "";
}

std::vector<ChangeAnswer> TestChanges(const std::vector<ChangeQuestion>& questions) {
  std::vector<ChangeAnswer> answers;
  for (const ChangeQuestion& question : questions) {
    ChangeAnswer answer;
    answer.change = question.change;
    if (question.change.metric.empty()) {
      answer.expected =
          CannotTell("", question.change.on, "nothing was expected beforehand, so nothing can be confirmed");
    } else {
      answer.expected = Test(questions, question.change, question.change.metric, question.metric,
                             question.missing, question.change.direction);
    }
    Tell(answer, answer.expected, question.title, "change.");
    if (!question.change.echo.empty()) {
      answer.echo =
          Test(questions, question.change, question.change.echo, question.echo, question.echo_missing, 1);
      Tell(answer, *answer.echo, question.change.echo, "echo.");
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace backcast
