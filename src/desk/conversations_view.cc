// SPDX-License-Identifier: Apache-2.0
#include "desk/conversations_view.h"

#include <string>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

/// "is_question" as SQL over the column `text` of `m`.
Result<std::string> QuestionSql() {
  constexpr std::string_view kFile = "care/questions.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, std::string(kFile), "the marks are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  std::string marks;
  for (const std::string& mark : root.Texts("marks")) marks += (marks == "" ? "" : "|") + ("[" + mark + "]");
  return "regexp_matches(regexp_replace(m.text, '[a-zA-Z]+://\\S*', ' ', 'g'), " + QuoteText(marks) + ")";
}

std::int64_t RowsOf(const LakeStatistics& statistics, const std::string& fact) {
  const auto found = statistics.find(fact);
  return found == statistics.end() ? 0 : found->second.rows;
}

bool Offers(const LakeStatistics& statistics, const std::string& fact, const std::string& column) {
  const auto found = statistics.find(fact);
  return found != statistics.end() && found->second.rows > 0 && !found->second.missing.contains(column);
}

/// Whether there is anything to fill in, or to leave out.
bool LeavesOpen(const LakeStatistics& statistics) {
  if (RowsOf(statistics, "message") > 0 || RowsOf(statistics, "conversation_event") > 0) return true;
  const auto told = statistics.find("conversation");
  return Offers(statistics, "conversation", "status") ||
         (told != statistics.end() && told->second.with_gaps.contains("needs_reply"));
}

/// Messages as their files have them, with `way`, their direction, and when their conversation was opened.
constexpr std::string_view kSaid = R"(
  select m.*, c.opened_at,
    coalesce(m.direction, case when m.author is null or c.person is null then null
                               when m.author = c.person then 'in' else 'out' end) as way
  from message_as_filed m left join conversation_as_filed c using (conversation_id))";

/// One row per conversation: what its messages tell. A reply comes at or after the beginning, a person's not
/// from a program. Of several accounts or agents the one of the earliest message counts.
constexpr std::string_view kThread = R"(
create or replace table conversation_thread as with
  said as ({said} where m.spam is distinct from true and m.conversation_id is not null),
  firsts as (
    select conversation_id,
      min(date) filter (where way = 'in') as first_day,
      count(*) filter (where way = 'in') as inbound,
      least(min(opened_at), min(sent_at) filter (where way = 'in')) as began,
      arg_min(platform, (sent_at, message_id)) as platform,
      arg_min(account, (sent_at, message_id)) as account,
      min({'load': load_id, 'line': line, 'source': source}) as origin
    from said group by conversation_id),
  replies as (
    select s.conversation_id,
      min(s.sent_at) as first_reply,
      min(s.sent_at) filter (where s.is_auto is distinct from true) as first_human,
      max(s.sent_at) filter (where s.is_auto is distinct from true) as last_human,
      arg_min(s.agent, (s.sent_at, s.message_id)) filter (where s.is_auto is distinct from true) as agent
    from said s join firsts f using (conversation_id)
    where s.way = 'out' and s.sent_at >= f.began group by s.conversation_id)
select f.*, r.* exclude (conversation_id) from firsts f left join replies r using (conversation_id))";

/// One row per conversation whose status is known over time.
constexpr std::string_view kStatus = R"(
create or replace table conversation_status as with
  changes as (
    select conversation_id, happened_at, value,
      lag(value) over (partition by conversation_id order by happened_at, value) as was
    from conversation_event where kind = 'status' and happened_at is not null)
select conversation_id,
  arg_max(value, (happened_at, value)) as status,
  max(happened_at) filter (where value = 'resolved' and was is distinct from 'resolved') as resolved_at,
  count(*) filter (where value in ('open', 'pending') and was = 'resolved') as reopened
from changes group by conversation_id)";

constexpr std::string_view kMessage = R"(
create view message as
select * exclude (way, opened_at, last_human, is_in_thread) replace (
  way as direction,
  coalesce(is_question, case when way = 'in' then {question} end) as is_question,
  coalesce(answered, case when way = 'in' and is_in_thread and sent_at is not null
                          then coalesce(last_human >= sent_at, false) end) as answered)
from (
  select m.*, t.last_human, t.conversation_id is not null as is_in_thread
  from ({said}) m left join conversation_thread t on t.conversation_id = m.conversation_id) m)";

/// {known}: whether a reply would be known, had there been one.
constexpr std::string_view kConversation = R"(
create view conversation as
select c.* replace (
  least(c.opened_at, t.began) as opened_at,
  coalesce(c.platform, t.platform) as platform,
  coalesce(c.account, t.account) as account,
  coalesce(c.agent, t.agent) as agent,
  coalesce(c.needs_reply, case when {known} then true end) as needs_reply,
  coalesce(c.first_reply_at, t.first_reply) as first_reply_at,
  coalesce(c.first_human_reply_at, t.first_human) as first_human_reply_at,
  coalesce(c.resolved_at, case when e.status = 'resolved' then e.resolved_at end) as resolved_at,
  coalesce(c.reopened, e.reopened) as reopened,
  coalesce(c.status, e.status) as status)
from conversation_as_filed c
  left join conversation_thread t using (conversation_id)
  left join conversation_status e using (conversation_id)
where coalesce(c.status, e.status, '') <> 'deleted'
union all by name
select t.conversation_id, t.platform, t.account, t.first_day as date, t.began as opened_at,
  true as needs_reply, t.first_reply as first_reply_at, t.first_human as first_human_reply_at, t.agent,
  t.origin.load as load_id, t.origin.line as line, t.origin.source as source
from conversation_thread t anti join conversation_as_filed c using (conversation_id)
where t.inbound > 0)";

/// The statement with its places filled.
std::string Filled(std::string_view statement, std::string_view place, std::string_view with) {
  std::string sql(statement);
  for (std::size_t at = sql.find(place); at != std::string::npos; at = sql.find(place, at + with.size()))
    sql.replace(at, place.size(), with);
  return sql;
}

}  // namespace

Result<Done> ApplyConversations(const Schemas& schemas, LakeStatistics& statistics, DuckDb& engine) {
  if (schemas.Find("conversation") == nullptr || schemas.Find("conversation_event") == nullptr) return Done{};
  if (!LeavesOpen(statistics)) return Done{};
  BACKCAST_TRY(const std::string question, QuestionSql());
  const bool filed = Offers(statistics, "conversation", "first_human_reply_at");
  for (const char* fact : {"conversation", "message"}) {
    const std::string name(fact);
    BACKCAST_CHECK(engine.Do("drop view if exists " + name + "_as_filed"));
    BACKCAST_CHECK(engine.Do("alter view " + name + " rename to " + name + "_as_filed"));
  }
  BACKCAST_CHECK(engine.Do(Filled(kThread, "{said}", kSaid)));
  BACKCAST_CHECK(engine.Do(kStatus));
  BACKCAST_CHECK(engine.Do(Filled(Filled(kMessage, "{said}", kSaid), "{question}", question)));
  BACKCAST_CHECK(
      engine.Do(Filled(kConversation, "{known}", filed ? "true" : "t.conversation_id is not null")));
  statistics.erase("conversation");
  statistics.erase("message");
  return Done{};
}

}  // namespace backcast
