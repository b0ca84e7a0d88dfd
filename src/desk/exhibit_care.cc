// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/care.h"
#include "desk/care_answer.h"
#include "desk/care_issues.h"
#include "desk/exhibit_parts.h"

namespace backcast {
namespace {

constexpr std::size_t kMostGroups = 8, kMostIssues = 8;

std::optional<Interval> Wilson(const CareShare& share) {
  const auto interval = WilsonInterval(share.done, share.of);
  return interval.ok() ? std::optional(interval.value()) : std::nullopt;
}

ExhibitCell ShareCell(const CareShare& share) {
  return NumberCell(share.of > 0 ? std::optional(share.done / share.of) : std::nullopt, "ratio",
                    "nobody needed a reply", Wilson(share), share.of);
}

ExhibitCell TimeCell(const WaitingTime& waiting, int items) {
  if (items == 0) return WordsCell("");
  if (!waiting.time) {
    ExhibitCell cell = NumberCell({}, "seconds", waiting.needs, {}, items);
    cell.number[0].state = State::kTooLittleData;
    return cell;
  }
  const TimeQuantile& time = *waiting.time;
  const auto interval = time.low && time.high ? std::optional(Interval{*time.low, *time.high}) : std::nullopt;
  return NumberCell(time.value, "seconds", "not reached: too many still wait", interval, items);
}

Exhibit AnsweredOf(const CareAnswer& answer) {
  Exhibit exhibit = NewExhibit("care", "backcast care --by channel",
                               {"channel", "conversations", "answered", "first_reply", "waiting"});
  for (std::size_t i = 0; i < answer.groups.size() && i <= kMostGroups; ++i) {
    const CareGroup& group = answer.groups[i];
    if (!group.whole && group.conversations == 0) continue;  // of surveys or calls alone
    const double open = group.answered.of - group.answered.done;
    exhibit.rows.push_back({WordsCell(group.whole          ? "all"
                                      : group.name.empty() ? "(not said)"
                                                           : group.name),
                            NumberCell(group.conversations, "count", "", {}, group.conversations),
                            ShareCell(group.answered),
                            TimeCell(group.first_response.median, group.first_response.items),
                            NumberCell(open, "count", "", {}, open)});
  }
  const CareGroup& whole = answer.groups.front();
  for (const CareStandard& standard : answer.standards) {
    const StandardJudgement judged =
        JudgeShare(whole.questions.done, whole.questions.of, standard.at_least, standard.fewest);
    if (standard.of != "questions_answered" || judged.of == 0) continue;
    Say(exhibit.claims, "care.standard." + std::string(ToWord(judged.verdict)),
        {{.name = "share",
          .value = judged.done / judged.of,
          .low = judged.interval.low,
          .high = judged.interval.high,
          .n = static_cast<std::int64_t>(judged.of),
          .unit = "ratio"},
         {.name = "needed", .value = standard.at_least, .unit = "ratio"}},
        {{"standard", standard.title}});
  }
  if (!answer.closed_walls.empty())
    exhibit.notes.push_back("People cannot write on " + answer.closed_walls +
                            ": what is answered there says nothing.");
  return exhibit;
}

Exhibit IssuesOf(const CareIssues& issues) {
  Exhibit exhibit = NewExhibit("issues", "backcast care --issues",
                               {"issue", "contacts", "share", "against_before", "driver", "owner"});
  const double coded = issues.contacts - issues.uncoded;
  for (std::size_t i = 0; i < issues.issues.size() && i < kMostIssues; ++i) {
    const IssueRow& issue = issues.issues[i];
    const double contacts = issue.contacts();
    const auto share = WilsonInterval(contacts, coded);
    std::string driver = issue.planned_driver;
    if (driver.empty() && !issue.drivers.empty()) driver = issue.drivers.front().driver;
    exhibit.rows.push_back({WordsCell(issue.issue), NumberCell(contacts, "count", "", {}, contacts),
                            NumberCell(coded > 0 ? std::optional(contacts / coded) : std::nullopt, "ratio",
                                       "no contact names an issue",
                                       share.ok() ? std::optional(share.value()) : std::nullopt, coded),
                            issue.trend.ratio
                                ? NumberCell(issue.trend.ratio, "score", "", issue.trend.interval,
                                             issue.trend.now + issue.trend.before)
                                : WordsCell("too little data"),
                            WordsCell(driver), WordsCell(issue.process_owner)});
    if (issue.trend.verdict == TrendVerdict::kRising && issue.trend.interval)
      Say(exhibit.claims, "issues.rising",
          {{.name = "times",
            .value = *issue.trend.ratio,
            .low = issue.trend.interval->low,
            .high = issue.trend.interval->high,
            .n = static_cast<std::int64_t>(issue.trend.now + issue.trend.before),
            .unit = "score"}},
          {{"issue", issue.issue}});
  }
  if (issues.uncoded > 0)
    exhibit.notes.push_back(FormatNumber(issues.uncoded, "count", false) + " of " +
                            FormatNumber(issues.contacts, "count", false) + " contacts name no issue.");
  return exhibit;
}

}  // namespace

Result<Exhibits> CareExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  if (!HasRows(ready.coverage, "conversation") && !HasRows(ready.coverage, "message") &&
      !HasRows(ready.coverage, "call"))
    return exhibits;
  CareCommand command;
  command.by = "channel";
  BACKCAST_TRY(const CareAnswer answer, ReadCare(workspace, ready, command));
  if (answer.groups.front().conversations > 0) exhibits.exhibits.push_back(AnsweredOf(answer));
  BACKCAST_TRY(const CareIssues issues, ReadCareIssues(workspace, ready));
  if (issues.contacts - issues.uncoded >= kFewestForTrend) exhibits.exhibits.push_back(IssuesOf(issues));
  return exhibits;
}

}  // namespace backcast
