// SPDX-License-Identifier: Apache-2.0
// Who talks with whom in each community, read as contributions and what they answer.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "compile/compile.h"
#include "desk/audience_data.h"
#include "desk/question.h"

namespace backcast {
namespace {

/// Activities in which somebody says something.
constexpr const char* kTalking = "('post', 'idea', 'ugc', 'reply', 'comment', 'review', 'accept')";

bool Filled(const Ready& ready, const std::string& fact, const std::string& column) {
  const auto told = ready.statistics.find(fact);
  return told != ready.statistics.end() && told->second.rows > 0 && !told->second.missing.contains(column);
}

std::string TalkSql(const Ready& ready) {
  std::string sql =
      "select 'e' || event_id as id, coalesce(platform, '') as platform, coalesce(account, '') as account, "
      "person as author, 'e' || reply_to as answers, epoch(happened_at)::double as said_at, date, "
      "coalesce(is_staff, "
      "false) as staff, coalesce(is_question, false) as question from community_event where "
      "lower(trim(kind)) "
      "in " +
      std::string(kTalking);
  if (Filled(ready, "message", "author") || Filled(ready, "message", "reply_to")) {
    sql +=
        " union all select 'm' || message_id, coalesce(platform, ''), coalesce(account, ''), author, 'm' || "
        "reply_to, epoch(sent_at)::double, date, coalesce(direction = 'out', false), coalesce(is_question, "
        "false) from message where spam is distinct from true and is_auto is distinct from true";
  }
  return sql;
}

/// Contributions of one community, or of all.
struct Heard {
  std::vector<std::string> ids, answers;
  std::vector<Utterance> all;
  std::vector<bool> inside;  ///< said in the period, not after it
};

/// Links replies to what they answer, among the contributions chosen.
std::vector<Utterance> Linked(const Heard& heard, bool later) {
  std::unordered_map<std::string, int> index;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < heard.all.size(); ++i) {
    if (!later && !heard.inside[i]) continue;
    index.emplace(heard.ids[i], static_cast<int>(chosen.size()));
    chosen.push_back(i);
  }
  std::vector<Utterance> linked;
  for (const std::size_t i : chosen) {
    Utterance one = heard.all[i];
    one.question = one.question && heard.inside[i];
    if (!heard.answers[i].empty()) {
      const auto found = index.find(heard.answers[i]);
      one.answers = found == index.end() ? -1 : found->second;
      one.continues = found == index.end();
    }
    linked.push_back(one);
  }
  return linked;
}

Dialogue DialogueOf(const Heard& heard, double extract) {
  Dialogue dialogue = ReadDialogue(Linked(heard, false), extract);
  // A question of the last day may be answered after the period.
  dialogue.answers = ReadDialogue(Linked(heard, true), extract).answers;
  return dialogue;
}

}  // namespace

Result<Done> ReadCommunities(Workspace& workspace, const Ready& ready, AudienceAnswer& answer) {
  const Window& period = ready.request.period;
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run("with talk as (" + TalkSql(ready) +
                             ") select id, platform, account, author, answers, said_at, (date < date " +
                             QuoteText(ToIso(period.to)) +
                             ") as inside, staff, question, max(said_at) over () as extract from talk where "
                             "date >= date " +
                             QuoteText(ToIso(period.from)) + " order by said_at, id"));
  std::map<std::pair<std::string, std::string>, Heard> heard;
  Heard all;
  std::map<double, int> people;
  const double extract = NumberAt(table, "extract", 0).value_or(0);
  for (std::size_t row = 0; row < table.rows; ++row) {
    Utterance one;
    if (const auto author = NumberAt(table, "author", row))
      one.author = people.try_emplace(*author, static_cast<int>(people.size())).first->second;
    one.at = NumberAt(table, "said_at", row);
    one.staff = NumberAt(table, "staff", row).value_or(0) != 0;
    one.question = NumberAt(table, "question", row).value_or(0) != 0;
    const bool inside = NumberAt(table, "inside", row).value_or(0) != 0;
    for (Heard* into : {&heard[{WordAt(table, "platform", row), WordAt(table, "account", row)}], &all}) {
      into->ids.push_back(WordAt(table, "id", row));
      into->answers.push_back(WordAt(table, "answers", row));
      into->all.push_back(one);
      into->inside.push_back(inside);
    }
  }
  const auto said = [](const Heard& one) { return std::find(one.inside.begin(), one.inside.end(), true); };
  if (heard.size() > 1 && said(all) != all.inside.end())
    answer.communities.push_back({"", "", DialogueOf(all, extract)});
  for (const auto& [key, one] : heard) {
    if (said(one) != one.inside.end())
      answer.communities.push_back({key.first, key.second, DialogueOf(one, extract)});
  }
  return Done{};
}

}  // namespace backcast
