// SPDX-License-Identifier: Apache-2.0
// The rows behind the numbers of care, one a conversation, question or answer.
#include <algorithm>

#include "desk/care_answer.h"
#include "desk/envelope.h"
#include "desk/rows.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

/// What is listed, with every flag that a number counts by.
std::string RowsSql(const std::string& rows, const Window& period) {
  if (rows == "questions")
    return "select m.message_id, m.conversation_id, m.date, m.sent_at, m.platform, m.account, m.direction, "
           "m.is_question, "
           "m.answered, f.is_question is null as as_classified, m.text, m.load_id, m.line from message m "
           "join "
           "message_as_filed f using (message_id) where m.direction = 'in' and m.is_question and m.spam is "
           "distinct from true and " +
           DaysIn("m.date", period) + " order by m.date, m.message_id";
  if (rows == "calls")
    return "select call_id, date, started_at, queue, agent, issue, driver, wait_seconds, duration_seconds, "
           "abandoned, resolved, load_id, line from call where " +
           DaysIn("date", period) + " order by date, call_id";
  if (rows == "answers")
    return "select response_id, kind, survey, date, score, scale_min, scale_max, conversation_id, load_id, "
           "line from "
           "survey_response where " +
           DaysIn("date", period) + " order by date, response_id";
  return "select conversation_id, date, platform, account, kind, queue, agent, issue, driver, status, "
         "opened_at, "
         "needs_reply, first_reply_at, first_human_reply_at, resolved_at, reopened, epoch(opened_at) as "
         "opened, "
         "epoch(first_human_reply_at) as replied, epoch(resolved_at) as resolved, load_id, line "
         "from "
         "conversation where " +
         DaysIn("date", period) + " order by date, conversation_id";
}

Column Minutes(const Table& table, const DeskClocks& clocks, const std::string& name, const char* until) {
  Column minutes{name, false, {}, {}, {}};
  const Column &opened = *table.Find("opened"), &ended = *table.Find(until), &team = *table.Find("queue");
  for (std::size_t row = 0; row < table.rows; ++row) {
    const bool there =
        opened.present[row] != 0 && ended.present[row] != 0 && ended.numbers[row] >= opened.numbers[row];
    minutes.present.push_back(there ? 1 : 0);
    minutes.numbers.push_back(there ? clocks.Seconds(team.present[row] != 0 ? team.words[row] : "",
                                                     opened.numbers[row], ended.numbers[row]) /
                                          60
                                    : 0);
  }
  return minutes;
}

/// Seconds since 1970 become the instants that they are.
void ShowInstants(Table& table) {
  for (Column& column : table.columns) {
    if (!column.name.ends_with("_at")) continue;
    column.is_text = true;
    for (std::size_t row = 0; row < table.rows; ++row)
      column.words.push_back(column.present[row] != 0 ? InstantText(column.numbers[row]) : "");
  }
  for (Column& column : table.columns) {
    if (column.name != "date") continue;
    column.is_text = true;
    for (std::size_t row = 0; row < table.rows; ++row)
      column.words.push_back(column.present[row] != 0
                                 ? ToIso(Day{std::chrono::days{static_cast<int>(column.numbers[row])}})
                                 : "");
  }
}

}  // namespace

Result<Answer> ListCareRows(Workspace& workspace, const Ready& ready, const CareCommand& command) {
  const Window& period = ready.request.period;
  if (command.rows == "questions" && !HasRows(ready.coverage, "message"))
    return Error{Code::kTooLittle, ToWords(period), "there are no messages",
                 "backcast status says what there is"};
  BACKCAST_TRY(Table table, workspace.engine().Run(RowsSql(command.rows, period)));
  if (command.rows == "conversations") {
    BACKCAST_TRY(DeskClocks clocks, DeskClocks::Open(workspace, command.clock));
    double from = 0, to = 0;
    for (const char* name : {"opened", "replied", "resolved"}) {
      const Column& column = *table.Find(name);
      for (std::size_t row = 0; row < table.rows; ++row) {
        if (column.present[row] == 0) continue;
        from = from == 0 ? column.numbers[row] : std::min(from, column.numbers[row]);
        to = std::max(to, column.numbers[row]);
      }
    }
    clocks.Wind(from, to);
    Column response = Minutes(table, clocks, "first_response_" + command.clock + "_minutes", "replied");
    Column resolution = Minutes(table, clocks, "resolution_" + command.clock + "_minutes", "resolved");
    std::erase_if(table.columns, [](const Column& column) {
      return column.name == "opened" || column.name == "replied" || column.name == "resolved";
    });
    table.columns.push_back(std::move(response));
    table.columns.push_back(std::move(resolution));
  }
  ShowInstants(table);
  Answer answer;
  answer.out = RenderTable(table, command.card.format);
  if (command.card.format != Format::kJson) return answer;
  Json json =
      Envelope("care-rows", workspace.name(), {{"rows", Json::parse(answer.out)}, {"of", command.rows}});
  json["as_of"] = ToIso(ready.request.as_of);
  json["period"] = {{"from", ToIso(period.from)}, {"to", ToIso(period.to - std::chrono::days{1})}};
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
