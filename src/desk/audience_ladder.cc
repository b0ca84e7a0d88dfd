// SPDX-License-Identifier: Apache-2.0
// The ladder read from surveys, from what people were seen doing, and held against what the plan asks for.
#include <algorithm>
#include <map>
#include <set>

#include "compile/compile.h"
#include "desk/audience_data.h"
#include "desk/question.h"
#include "plan/blocks.h"

namespace backcast {
namespace {

/// "case when kind in ('post', 'idea') then 0 ... end"; rungs without a kind are never seen.
std::string RungOf(const Ladder& ladder) {
  std::string sql = "case";
  for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
    std::string kinds;
    for (const std::string& kind : ladder.rungs[i].kinds)
      kinds += (kinds.empty() ? "" : ", ") + QuoteText(kind);
    if (!kinds.empty()) sql += " when kind in (" + kinds + ") then " + std::to_string(i);
  }
  return sql + " end";
}

bool Filled(const Ready& ready, const std::string& fact, const std::string& column) {
  const auto told = ready.statistics.find(fact);
  return told != ready.statistics.end() && told->second.rows > 0 && !told->second.missing.contains(column);
}

/// Who did what, of people who are not paid for it.
std::string ActsSql(const Ready& ready) {
  std::string sql =
      "select person, date, lower(trim(kind)) as kind from community_event where person is not null and "
      "is_staff is distinct from true";
  if (Filled(ready, "message", "author")) {
    sql +=
        " union all select author, date, 'message' from message where author is not null and direction is "
        "distinct from 'out' and spam is distinct from true";
  }
  sql +=
      " union all select author, date, case when rating is not null then 'rating' when is_ugc then 'ugc' "
      "else 'mention' end from mention where author is not null and spam is distinct from true";
  return sql;
}

std::vector<double> Numbers(const Table& table, const std::string& column, std::size_t rungs) {
  std::vector<double> numbers(rungs, 0);
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto rung = NumberAt(table, "rung", row);
    if (rung) numbers[static_cast<std::size_t>(*rung)] = NumberAt(table, column, row).value_or(0);
  }
  return numbers;
}

Result<Done> ReadObserved(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  DuckDb& engine = workspace.engine();
  const std::size_t rungs = answer.ladder.rungs.size();
  const std::string acts = "with acts as (" + ActsSql(ready) + "), placed as (select person, date, kind, " +
                           RungOf(answer.ladder) + " as rung from acts) ";
  BACKCAST_TRY(
      const Table kinds,
      engine.Run(acts + "select distinct coalesce(kind, '') as kind, rung from placed order by kind"));
  std::vector<bool> seen(rungs, false);
  for (std::size_t row = 0; row < kinds.rows; ++row) {
    const auto rung = NumberAt(kinds, "rung", row);
    if (rung) {
      seen[static_cast<std::size_t>(*rung)] = true;
    } else {
      answer.unknown_kinds.push_back(WordAt(kinds, "kind", row));
    }
  }
  const Window& period = ready.request.period;
  const std::string within = " where rung is not null and date >= date " + QuoteText(ToIso(period.from)) +
                             " and date < date " + QuoteText(ToIso(period.to));
  BACKCAST_TRY(const Table counts,
               engine.Run(acts + "select rung, count(distinct person) as people from placed" + within +
                          " group by 1"));
  BACKCAST_TRY(const Table tops,
               engine.Run(acts +
                          "select rung, count(*) as people from (select person, min(rung) as rung from "
                          "placed" +
                          within + " group by 1) group by 1"));
  double people = 0;
  const std::vector<double> highest = Numbers(tops, "people", rungs);
  for (const double count : highest) people += count;
  if (people > 0)
    answer.observed = ReadLadder(LadderFrom::kObserved, people, Numbers(counts, "people", rungs), highest,
                                 seen, answer.followers);
  return Done{};
}

/// The newest survey up to the period's end.
Result<Done> ReadSurveys(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  if (!HasRows(ready.coverage, "survey_response")) return Done{};
  const std::size_t rungs = answer.ladder.rungs.size();
  std::string rung = "case";
  for (std::size_t i = 0; i < rungs; ++i)
    rung +=
        " when lower(trim(answer)) = " + QuoteText(answer.ladder.rungs[i].id) + " then " + std::to_string(i);
  const std::string told =
      "with told as (select coalesce(survey, '') as survey, coalesce(segment, '') as segment, "
      "coalesce('p' || person::varchar, 'r' || response_id) as who, date, " +
      rung + " end as rung from survey_response where kind = 'ladder' and date < date " +
      QuoteText(ToIso(ready.request.period.to)) +
      "), newest as (select survey from told where rung is not null group by 1 order by max(date) desc, 1 "
      "limit "
      "1), asked as (select t.* from told t join newest n on n.survey = t.survey where rung is not null), "
      "each as (select false as whole, segment, who, rung from asked union select true, '', who, rung from "
      "asked), counted as (select *, rung = min(rung) over (partition by whole, segment, who) as top from "
      "each), "
      "sizes as (select whole, segment, count(distinct who) as asked from each group by 1, 2) ";
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          told +
          "select (select survey from newest) as survey, c.whole, c.segment, c.rung, count(distinct c.who) "
          "as "
          "people, count(distinct c.who) filter (where c.top) as highest, any_value(s.asked) as asked from "
          "counted c join sizes s on s.whole = c.whole and s.segment = c.segment group by c.whole, "
          "c.segment, "
          "c.rung order by c.whole desc, c.segment, c.rung"));
  struct Counts {
    double asked = 0;
    std::vector<double> people, highest;
  };
  std::vector<std::pair<std::pair<bool, std::string>, Counts>> groups;
  std::string survey;
  for (std::size_t row = 0; row < table.rows; ++row) {
    survey = WordAt(table, "survey", row);
    const std::pair<bool, std::string> key = {NumberAt(table, "whole", row).value_or(0) == 0,
                                              WordAt(table, "segment", row)};
    if (groups.empty() || groups.back().first != key)
      groups.push_back({key, {0, std::vector<double>(rungs, 0), std::vector<double>(rungs, 0)}});
    Counts& counts = groups.back().second;
    const auto at = static_cast<std::size_t>(NumberAt(table, "rung", row).value_or(0));
    counts.people[at] = NumberAt(table, "people", row).value_or(0);
    counts.highest[at] = NumberAt(table, "highest", row).value_or(0);
    counts.asked = NumberAt(table, "asked", row).value_or(0);
  }
  // Nobody of the whole survey ticked it, or it was not among the questions: the file does not tell which.
  std::vector<bool> asked(rungs, false);
  for (std::size_t i = 0; i < rungs && !groups.empty(); ++i) asked[i] = groups.front().second.people[i] > 0;
  for (const auto& [key, counts] : groups) {
    if (key.first && key.second.empty()) continue;  // answers of no segment are in the whole
    answer.surveys.push_back(
        {survey, key.second,
         ReadLadder(LadderFrom::kSurvey, counts.asked, counts.people, counts.highest, asked, {})});
  }
  return Done{};
}

/// The reading that says most about those a tactic reaches.
const SurveyLadder* SurveyFor(const AudienceAnswer& answer, const std::vector<std::string>& segments) {
  const SurveyLadder* all = nullptr;
  for (const SurveyLadder& survey : answer.surveys) {
    if (survey.segment.empty()) all = &survey;
    if (segments.size() == 1 && survey.segment == segments[0]) return &survey;
  }
  return all;
}

void ReadAsked(const Plan& plan, AudienceAnswer& answer) {
  for (const Yaml* tactic : Blocks(plan.root, "tactics")) {
    const auto rung = answer.ladder.Find(tactic->Text("asks_for"));
    if (!rung) continue;
    Asked one;
    one.tactic = tactic->Text("id");
    one.rung = answer.ladder.rungs[*rung].id;
    const LadderReading* reading = nullptr;
    if (const SurveyLadder* survey = SurveyFor(answer, tactic->Texts("segments"))) {
      reading = &survey->reading;
      one.segment = survey->segment;
    } else if (answer.observed && answer.observed->seen[*rung]) {
      reading = &*answer.observed;
      one.observed = true;
    }
    if (reading != nullptr && reading->people > 0) {
      one.people = reading->people;
      one.share = reading->rungs[*rung].people / reading->people;
      one.within = reading->rungs[*rung].share;
    }
    answer.asked.push_back(std::move(one));
  }
}

}  // namespace

Result<Done> ReadLadders(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  BACKCAST_CHECK(ReadObserved(workspace, ready, answer));
  BACKCAST_CHECK(ReadSurveys(workspace, ready, answer));
  if (workspace.plan()) ReadAsked(*workspace.plan(), answer);
  return Done{};
}

}  // namespace backcast
