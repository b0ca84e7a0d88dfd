// SPDX-License-Identifier: Apache-2.0
#include "desk/channels_view.h"

#include <algorithm>
#include <filesystem>

namespace backcast {
namespace {

constexpr std::string_view kOwnList = "channels.yaml";
constexpr std::string_view kNothing = "null::varchar";

/// Columns that say what an Origin says, the first that the fact has.
constexpr std::array<std::string_view, 6> kColumns = {"medium",   "source_name", "campaign",
                                                      "click_id", "referrer",    "channel"};

struct Found {
  Arrival arrival;
  ChannelVerdict verdict;
  std::string rule;
};

/// Writes the verdicts into a table of the engine.
Result<Done> KeepVerdicts(const std::vector<Found>& found, const std::string& table, DuckDb& engine) {
  std::string columns;
  for (const std::string_view origin : kOriginNames) columns += std::string(origin) + " varchar, ";
  BACKCAST_CHECK(
      engine.Do("create or replace table " + QuoteName(table) + " (" + columns +
                "visit boolean, own boolean, channel_group varchar, name varchar, own_name varchar, "
                "rule varchar)"));
  RowBatch batch{found.size(), std::vector<ColumnBuffer>(12)};
  const auto word = [&batch](std::size_t column, std::string_view text) {
    batch.columns[column].type = Type::kLabel;
    batch.columns[column].present.push_back(text.empty() ? 0 : 1);
    batch.columns[column].words.push_back(text);
  };
  const auto flag = [&batch](std::size_t column, bool is) {
    batch.columns[column].type = Type::kFlag;
    batch.columns[column].present.push_back(1);
    batch.columns[column].integers.push_back(is ? 1 : 0);
  };
  for (const Found& one : found) {
    for (std::size_t i = 0; i < 6; ++i) word(i, one.arrival.said[i]);
    flag(6, one.arrival.visit);
    flag(7, one.verdict.rule->own);
    word(8, one.verdict.channel_group);
    word(9, one.verdict.channel);
    word(10, one.verdict.rule->own ? std::string_view(one.verdict.rule->channel) : "");
    word(11, one.rule);
  }
  BACKCAST_TRY(DuckDb::Appender appender, engine.AppendTo(table));
  BACKCAST_CHECK(appender.Append(batch));
  return appender.Close();
}

Result<Done> JoinVerdicts(const Fact& fact, const OriginSql& origin, const std::string& table,
                          DuckDb& engine) {
  const std::string before = QuoteName(fact.id + "_before_channels"), view = QuoteName(fact.id);
  std::string on = "found.visit = " + origin.visit;
  for (std::size_t i = 0; i < 6; ++i) {
    if (origin.said[i] == kNothing) continue;
    on += " and found." + std::string(kOriginNames[i]) + " is not distinct from " + origin.said[i];
  }
  std::string replaced =
      "case when found.own then found.channel_group else coalesce(f.channel_group, found.channel_group) end "
      "as "
      "channel_group";
  if (fact.Find("channel") != nullptr)
    replaced +=
        ", coalesce(found.own_name, f.channel, case when f.channel_group is null then found.name end) as "
        "channel";
  if (fact.Find("channel_rule") != nullptr)
    replaced +=
        ", case when found.own or f.channel_group is null then coalesce(found.rule, f.channel_rule) else "
        "f.channel_rule end as channel_rule";
  BACKCAST_CHECK(engine.Do("drop view if exists " + before));
  BACKCAST_CHECK(engine.Do("alter view " + view + " rename to " + before));
  return engine.Do("create view " + view + " as select f.* replace (" + replaced + ") from " + before +
                   " f left join " + QuoteName(table) + " found on " + on);
}

}  // namespace

std::string OriginSql::Select() const {
  std::string list;
  for (std::size_t i = 0; i < 6; ++i) list += said[i] + " as " + std::string(kOriginNames[i]) + ", ";
  return list + visit + " as visit";
}

Result<ChannelRules> ReadChannelRules(const Workspace& workspace) {
  BACKCAST_TRY(ChannelRules rules, ChannelRules::Shipped());
  const std::string path = workspace.PathOf(std::string(kOwnList));
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return rules;
  BACKCAST_TRY(const std::string text, ReadTextFile(path));
  BACKCAST_CHECK(rules.Override(text, kOwnList));
  return rules;
}

Result<OriginSql> ReadOriginSql(const Fact& fact, const TableStatistics& told, DuckDb& engine) {
  OriginSql sql;
  std::string any;
  for (std::size_t i = 0; i < 6; ++i) {
    const std::string column(kColumns[i]);
    if (fact.Find(column) == nullptr || told.missing.contains(column)) {
      sql.said[i] = kNothing;
      continue;
    }
    sql.said[i] = "nullif(f." + QuoteName(column) + ", '')";
    sql.tells = true;
    if (static_cast<Origin>(i) != Origin::kChannel && static_cast<Origin>(i) != Origin::kCampaign)
      any += (any.empty() ? "" : ", ") + sql.said[i];
  }
  sql.visit = "false";
  if (fact.Find("referrer") == nullptr || any.empty()) return sql;
  BACKCAST_TRY(const Table loads, engine.Run("select distinct load_id from " + QuoteName(fact.id) +
                                             " f where coalesce(" + any + ") is not null order by load_id"));
  std::string list;
  for (const double load : loads.columns[0].numbers)
    list += (list.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(load));
  if (!list.empty()) sql.visit = "coalesce(f.load_id in (" + list + "), false)";
  return sql;
}

Arrival ArrivalAt(const Table& table, std::size_t row) {
  Arrival arrival;
  for (std::size_t i = 0; i < kOriginNames.size(); ++i) {
    const Column* column = table.Find(kOriginNames[i]);
    if (column != nullptr && column->is_text && column->present[row] != 0)
      arrival.said[i] = column->words[row];
  }
  const Column* visit = table.Find("visit");
  arrival.visit = visit != nullptr && visit->present[row] != 0 && visit->numbers[row] != 0;
  return arrival;
}

Result<Done> ApplyChannels(const ChannelRules& rules, const Schemas& schemas,
                           const LakeStatistics& statistics, DuckDb& engine) {
  for (const std::string& id : rules.facts()) {
    const Fact* fact = schemas.Find(id);
    const auto told = statistics.find(id);
    if (fact == nullptr || told == statistics.end() || told->second.rows == 0) continue;
    const bool open = told->second.with_gaps.contains("channel_group");
    if (!open && !rules.HasOwn()) continue;
    BACKCAST_TRY(const OriginSql origin, ReadOriginSql(*fact, told->second, engine));
    if (!origin.tells) continue;
    BACKCAST_TRY(const Table ways,
                 engine.Run("select distinct " + origin.Select() + " from " + QuoteName(id) + " f" +
                            (rules.HasOwn() ? "" : " where f.channel_group is null") + " order by all"));
    std::vector<Found> found;
    for (std::size_t row = 0; row < ways.rows; ++row) {
      Arrival arrival = ArrivalAt(ways, row);
      auto verdict = rules.Classify(arrival);
      if (!verdict) continue;
      std::string rule = verdict->rule->Name();
      found.push_back({std::move(arrival), std::move(*verdict), std::move(rule)});
    }
    if (found.empty()) continue;
    const std::string table = id + "_channels";
    BACKCAST_CHECK(KeepVerdicts(found, table, engine));
    BACKCAST_CHECK(JoinVerdicts(*fact, origin, table, engine));
  }
  return Done{};
}

}  // namespace backcast
