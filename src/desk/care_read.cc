// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "desk/care_answer.h"
#include "desk/question.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

using Groups = std::map<std::string, CareGroup>;

/// The whole and, with --by, the group of a row.
class Sorted {
 public:
  Sorted(CareGroup& whole, Groups& groups, bool grouped)
      : whole_(whole), groups_(groups), grouped_(grouped) {}

  template <class F>
  void Into(const std::string& name, F&& add) {
    add(whole_);
    if (!grouped_) return;
    CareGroup& group = groups_[name];
    group.name = name;
    group.whole = false;
    add(group);
  }

 private:
  CareGroup& whole_;
  Groups& groups_;
  bool grouped_;
};

struct Cells {
  const Table& table;
  std::size_t row;

  std::optional<double> Number(const char* name) const { return NumberAt(table, name, row); }
  std::string Word(const char* name) const { return WordAt(table, name, row); }
  bool Is(const char* name) const { return Number(name).value_or(0) != 0; }
};

/// The column of a fact by which rows are grouped, as text; '' where the fact has none.
std::string GroupSql(const Schemas& schemas, const std::string& fact, const std::string& by,
                     const std::string& alias) {
  const auto column = CareColumn(by);
  if (!column || schemas.Find(fact)->Find(*column) == nullptr) return "''";
  return "coalesce(cast(" + alias + "." + QuoteName(*column) + " as varchar), '')";
}

/// When a conversation was answered; where no file tells replies of persons apart, any reply.
std::string ReplySql(bool humans) { return humans ? "first_human_reply_at" : "first_reply_at"; }

struct Told {
  bool humans = false, resolution = false;
  double latest = 0, earliest = 0;
};

Result<Told> ReadTold(DuckDb& engine) {
  BACKCAST_TRY(
      const Table table,
      engine.Run("select count(first_human_reply_at) > 0 as humans, count(resolved_at) > 0 as resolution, "
                 "epoch(max(greatest(opened_at, first_reply_at, first_human_reply_at, resolved_at))) as "
                 "latest, epoch(min(opened_at)) as earliest, (select epoch(max(sent_at)) from message) as "
                 "message, (select epoch(max(happened_at)) from conversation_event) as event, (select "
                 "epoch(max(started_at)) from call) as call from conversation"));
  Told told;
  told.humans = NumberAt(table, "humans", 0).value_or(0) != 0;
  told.resolution = NumberAt(table, "resolution", 0).value_or(0) != 0;
  told.latest = -std::numeric_limits<double>::infinity();
  for (const char* name : {"latest", "message", "event", "call"})
    told.latest = std::max(told.latest, NumberAt(table, name, 0).value_or(told.latest));
  if (!std::isfinite(told.latest)) told.latest = 0;
  told.earliest = NumberAt(table, "earliest", 0).value_or(told.latest);
  return told;
}

/// One conversation of the period into its groups: whether it was answered, and how long both things took.
void AddConversation(const Cells& row, const Told& told, const DeskClocks& clocks, CareGroup& group) {
  ++group.conversations;
  const auto opened = row.Number("opened"), replied = row.Number("replied"),
             resolved = row.Number("resolved");
  const std::string team = row.Word("team");
  const bool needs = row.Is("needs_reply");
  group.unknown_need += !row.Number("needs_reply").has_value();
  if (needs) {
    ++group.answered.of;
    group.answered.done += replied.has_value();
  }
  if (resolved) {
    ++group.reopened.of;
    group.reopened.done += row.Number("reopened").value_or(0) > 0;
  }
  if (!opened) {
    ++group.unusable.without_opening;
    return;
  }
  const double until = std::max(told.latest, *opened);
  if (needs && replied && *replied < *opened) {
    ++group.unusable.reply_before;
  } else if (needs) {
    group.response.push_back({clocks.Seconds(team, *opened, replied.value_or(until)), replied.has_value()});
  }
  if (!told.resolution) return;
  if (resolved && *resolved < *opened) {
    ++group.unusable.resolved_before;
  } else {
    group.resolution.push_back(
        {clocks.Seconds(team, *opened, resolved.value_or(until)), resolved.has_value()});
  }
}

Result<Done> ReadConversations(Workspace& workspace, const CareCommand& command, const Told& told,
                               const DeskClocks& clocks, Sorted& into, CareAnswer& answer) {
  const Window& period = answer.period;
  const std::chrono::days chain{static_cast<int>(kChainDays) + 1};
  // Neighbours in time tell whether a contact is the first and the last of its chain.
  const Window wide{period.from - chain, period.to + chain};
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          "select " + GroupSql(workspace.schemas(), "conversation", command.by, "c") +
          " as grp, coalesce(queue, '') as team, " + DaysIn("date", period) +
          " as asked, epoch(opened_at) as opened, epoch(" + ReplySql(told.humans) +
          ") as replied, epoch(resolved_at) as resolved, needs_reply, reopened, person, coalesce(issue, "
          "'') as issue from conversation c where " +
          DaysIn("date", wide) + " order by conversation_id"));
  for (std::size_t i = 0; i < table.rows; ++i) {
    const Cells row{table, i};
    const bool asked = row.Is("asked");
    const auto person = row.Number("person"), opened = row.Number("opened");
    const std::string name = row.Word("grp");
    if (asked) into.Into(name, [&](CareGroup& group) { AddConversation(row, told, clocks, group); });
    if (person && opened) {
      const bool settled = row.Number("resolved") && row.Number("reopened").value_or(0) == 0;
      answer.contacts.push_back(
          {std::to_string(std::llround(*person)) + "\n" + row.Word("issue"), *opened, settled, asked, name});
    }
    answer.has_persons |= asked && person && opened;
  }
  const std::string end = "timestamp " + QuoteText(ToIso(period.to));
  BACKCAST_TRY(
      const Table open,
      workspace.engine().Run(
          "select " + GroupSql(workspace.schemas(), "conversation", command.by, "c") +
          " as grp, count(*) as open from conversation c where date < date " + QuoteText(ToIso(period.to)) +
          " and (resolved_at is null or resolved_at >= " + end + ") group by all order by all"));
  for (std::size_t i = 0; i < open.rows; ++i) {
    const Cells row{open, i};
    into.Into(row.Word("grp"), [&](CareGroup& group) { group.backlog += row.Number("open").value_or(0); });
  }
  return Done{};
}

Result<Done> ReadQuestions(Workspace& workspace, const CareCommand& command, Sorted& into,
                           CareAnswer& answer) {
  std::string group = GroupSql(workspace.schemas(), "conversation", command.by, "c");
  const std::string own = GroupSql(workspace.schemas(), "message", command.by, "m");
  if (group != "''" && own != "''") group = "coalesce(nullif(" + own + ", ''), " + group + ")";
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run("select " + group +
                             " as grp, count(*) as asked, count_if(m.answered) as answered from message m "
                             "left join conversation c using (conversation_id) where m.direction = 'in' "
                             "and m.is_question and m.spam is distinct from true and " +
                             DaysIn("m.date", answer.period) + " group by all order by all"));
  for (std::size_t i = 0; i < table.rows; ++i) {
    const Cells row{table, i};
    into.Into(row.Word("grp"), [&](CareGroup& one) {
      one.questions.of += row.Number("asked").value_or(0);
      one.questions.done += row.Number("answered").value_or(0);
    });
  }
  BACKCAST_TRY(
      const Table open,
      workspace.engine().Run(
          "select count_if(f.is_question is null and m.is_question) as classified, count_if(m.direction = "
          "'out' and m.is_auto is null) as unknown_auto from message m join message_as_filed f using "
          "(message_id) where " +
          DaysIn("m.date", answer.period)));
  answer.classified = NumberAt(open, "classified", 0).value_or(0);
  answer.unknown_auto = NumberAt(open, "unknown_auto", 0).value_or(0);
  return Done{};
}

Result<Done> ReadCalls(Workspace& workspace, const CareCommand& command, Sorted& into, CareAnswer& answer) {
  const std::string group =
      command.by == "channel" ? "'phone'" : GroupSql(workspace.schemas(), "call", command.by, "c");
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(
          "select " + group +
          " as grp, count(*) as calls, count(resolved) as resolved_of, count_if(resolved) as resolved, "
          "count(abandoned) as abandoned_of, count_if(abandoned and wait_seconds > 10) as abandoned from "
          "call c where " +
          DaysIn("date", answer.period) + " group by all order by all"));
  for (std::size_t i = 0; i < table.rows; ++i) {
    const Cells row{table, i};
    into.Into(row.Word("grp"), [&](CareGroup& one) {
      one.calls += row.Number("calls").value_or(0);
      one.calls_resolved.done += row.Number("resolved").value_or(0);
      one.calls_resolved.of += row.Number("resolved_of").value_or(0);
      one.calls_abandoned.done += row.Number("abandoned").value_or(0);
      one.calls_abandoned.of += row.Number("abandoned_of").value_or(0);
    });
  }
  return Done{};
}

Result<Done> ReadSurvey(Workspace& workspace, const CareCommand& command, Sorted& into, CareAnswer& answer) {
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run("select " + GroupSql(workspace.schemas(), "conversation", command.by, "c") +
                             " as grp, s.kind, s.score, s.scale_min, s.scale_max, s.person from "
                             "survey_response s left join conversation c using (conversation_id) where " +
                             DaysIn("s.date", answer.period) + " order by s.response_id"));
  for (std::size_t i = 0; i < table.rows; ++i) {
    const Cells row{table, i};
    const SurveyAnswer one{row.Word("kind"), row.Number("score"), row.Number("scale_min").value_or(0),
                           row.Number("scale_max").value_or(0), row.Number("person").value_or(-1)};
    into.Into(row.Word("grp"), [&](CareGroup& group) { group.survey.push_back(one); });
  }
  return Done{};
}

/// What the rows of a group come to.
void Conclude(CareGroup& group) {
  group.first_response = ReadWaiting(group.response);
  group.time_to_resolution = ReadWaiting(group.resolution);
  group.satisfaction = ReadSatisfaction(group.survey);
}

void Keep(const std::vector<CarePromise>& promises, const std::string& clock, CareGroup& group) {
  group.promises.resize(promises.size());
  for (std::size_t i = 0; i < promises.size(); ++i) {
    if (promises[i].clock != clock) continue;
    const auto& waits = promises[i].what == "resolution" ? group.resolution : group.response;
    group.promises[i] = ReadPromise(waits, promises[i].minutes * 60, promises[i].share);
  }
}

void Withhold(const std::string& clock, const std::string& why, CareAnswer& answer) {
  for (CareGroup& group : answer.groups) {
    for (std::size_t i = 0; i < answer.promises.size(); ++i) {
      if (answer.promises[i].clock != clock) continue;
      group.promises[i].withheld = true;
      group.promises[i].needs = why;
    }
  }
}

/// Promises by another clock than the one asked for are read by their own; without a calendar they alone are
/// withheld.
Result<Done> KeepByOtherClock(Workspace& workspace, const CareCommand& command, const Told& told,
                              CareAnswer& answer) {
  const std::string other = command.clock == "calendar" ? "business" : "calendar";
  const bool any = std::any_of(answer.promises.begin(), answer.promises.end(),
                               [&](const CarePromise& one) { return one.clock == other; });
  if (!any) return Done{};
  auto opened = DeskClocks::Open(workspace, other);
  if (!opened.ok() && !DeskClocks::HasCalendar(workspace)) {
    Withhold(other, ToSentence(opened.error()), answer);
    return Done{};
  }
  BACKCAST_TRY(DeskClocks clocks, std::move(opened));
  clocks.Wind(told.earliest, told.latest);
  CareGroup whole;
  Groups groups;
  Sorted into(whole, groups, !command.by.empty());
  CareAnswer scratch;
  scratch.period = answer.period;
  BACKCAST_CHECK(ReadConversations(workspace, command, told, clocks, into, scratch));
  for (CareGroup& group : answer.groups) {
    CareGroup& same = group.whole ? whole : groups[group.name];
    Keep(answer.promises, other, same);
    for (std::size_t i = 0; i < answer.promises.size(); ++i) {
      if (answer.promises[i].clock == other) group.promises[i] = same.promises[i];
    }
  }
  return Done{};
}

}  // namespace

Result<CareAnswer> ReadCare(Workspace& workspace, const Ready& ready, const CareCommand& command) {
  CareAnswer answer;
  answer.workspace = workspace.name();
  answer.by = command.by;
  answer.clock = command.clock;
  answer.period = ready.request.period;
  answer.as_of = ready.request.as_of;
  BACKCAST_TRY(answer.standards, ShippedStandards());
  if (workspace.plan()) {
    answer.promises = PromisesOf(*workspace.plan());
    answer.closed_walls = ClosedWallsOf(*workspace.plan());
  }
  BACKCAST_TRY(DeskClocks clocks, DeskClocks::Open(workspace, command.clock));
  BACKCAST_TRY(const Told told, ReadTold(workspace.engine()));
  clocks.Wind(told.earliest, told.latest);
  answer.extract = told.latest;
  answer.has_resolution = told.resolution;
  answer.has_messages = HasRows(ready.coverage, "message");
  answer.has_conversations = HasRows(ready.coverage, "conversation");
  answer.has_calls = HasRows(ready.coverage, "call");
  answer.has_survey = HasRows(ready.coverage, "survey_response");
  CareGroup whole;
  Groups groups;
  Sorted into(whole, groups, !command.by.empty());
  if (answer.has_conversations)
    BACKCAST_CHECK(ReadConversations(workspace, command, told, clocks, into, answer));
  if (answer.has_messages) BACKCAST_CHECK(ReadQuestions(workspace, command, into, answer));
  if (answer.has_calls) BACKCAST_CHECK(ReadCalls(workspace, command, into, answer));
  if (answer.has_survey) BACKCAST_CHECK(ReadSurvey(workspace, command, into, answer));
  answer.groups.push_back(std::move(whole));
  for (auto& [name, group] : groups) answer.groups.push_back(std::move(group));
  std::stable_sort(answer.groups.begin() + 1, answer.groups.end(),
                   [](const CareGroup& a, const CareGroup& b) {
                     return a.conversations + a.calls > b.conversations + b.calls;
                   });
  FirstContacts first = ReadFirstContacts(answer.contacts, answer.extract);
  for (CareGroup& group : answer.groups) {
    Conclude(group);
    group.first_contact = group.whole ? first.whole : first.groups[group.name];
    Keep(answer.promises, command.clock, group);
  }
  BACKCAST_CHECK(KeepByOtherClock(workspace, command, told, answer));
  return answer;
}

}  // namespace backcast
