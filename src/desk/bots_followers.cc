// SPDX-License-Identifier: Apache-2.0
// Samples of followers, and days on which followers came that nothing explains.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "catalog/formula.h"
#include "compile/row_sql.h"
#include "desk/bots_data.h"

namespace backcast {
namespace {

std::string WordAt(const Column& column, std::size_t row) {
  return column.present[row] != 0 ? column.words[row] : "";
}

/// The condition of every rule, and whether the fact has a value in all of its columns.
struct Conditions {
  std::vector<std::string> sql;
  std::vector<bool> checked;
};

Result<Conditions> ConditionsOf(const BotRules& rules, const TableStatistics& told, const Dialect& dialect) {
  Conditions conditions;
  for (const FollowerRule& rule : rules.followers) {
    BACKCAST_TRY(const Expression counted, ParseFormula("count(follower_sample where " + rule.when + ")"));
    std::set<std::string> columns;
    CollectColumns(counted.condition, columns);
    bool checked = true;
    for (const std::string& column : columns) checked = checked && !told.missing.contains(column);
    conditions.checked.push_back(checked);
    conditions.sql.push_back(ConditionSql(counted.condition, dialect));
  }
  return conditions;
}

void CountLabel(Labels& labels, bool found, bool is_bot, double number) {
  if (is_bot) {
    (found ? labels.true_found : labels.true_missed) += number;
  } else {
    (found ? labels.false_found : labels.false_passed) += number;
  }
}

void Finish(FollowerSample& sample, const std::vector<Labels>& by_rule, const BotRules& rules,
            const std::string& workspace) {
  if (const auto share = WilsonInterval(sample.suspected, sample.told()); share.ok())
    sample.share = share.value();
  sample.labelled = sample.labels.all();
  sample.quality = QualityOf(sample.labels);
  for (std::size_t i = 0; i < sample.rules.size(); ++i) sample.rules[i].quality = QualityOf(by_rule[i]);
  const auto corrected =
      CorrectShare(sample.suspected, sample.told(), sample.labels, rules.least_labels,
                   workspace + "/" + sample.platform + "/" + sample.account + "/" + sample.day);
  if (corrected.ok()) {
    sample.corrected = corrected.value();
  } else {
    sample.correction_needs =
        corrected.error().hint.empty() ? corrected.error().what : corrected.error().hint;
  }
}

}  // namespace

Result<Done> ReadFollowerSamples(Workspace& workspace, const Ready& ready, const BotRules& rules,
                                 BotsAnswer& answer) {
  const auto told = ready.statistics.find("follower_sample");
  if (told == ready.statistics.end() || told->second.rows == 0) return Done{};
  BACKCAST_TRY(const Conditions conditions, ConditionsOf(rules, told->second, workspace.engine().dialect()));
  // Behind platform, account, day, label and suspicion: a column per rule, then how many such followers.
  constexpr std::size_t kFirstRule = 5;
  std::string columns, groups = "1, 2, 3, 4, 5";
  for (std::size_t i = 0; i < conditions.sql.size(); ++i) {
    columns += ", " + conditions.sql[i] + " as rule_" + std::to_string(i);
    groups += ", " + std::to_string(kFirstRule + i + 1);
  }
  BACKCAST_TRY(
      const Table rows,
      workspace.engine().Run(
          "select coalesce(platform, '') as platform, coalesce(account, '') as account, cast(sampled_on as "
          "varchar) as taken, case when bot then 'bot' when bot is null then '' else 'person' end as label, "
          "case when suspected then "
          "'suspected' when suspected is null then 'unknown' else 'not' end as said" +
          columns +
          ", count(*) as followers from follower_sample s where sampled_on = (select max(sampled_on) "
          "from follower_sample o where o.platform is not distinct from s.platform and o.account is not "
          "distinct from s.account and sampled_on < date " +
          QuoteText(ToIso(answer.period.to)) + ") group by " + groups + " order by " + groups));
  std::vector<std::vector<Labels>> by_rule;
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const std::string platform = WordAt(rows.columns[0], row), account = WordAt(rows.columns[1], row);
    if (answer.samples.empty() || answer.samples.back().platform != platform ||
        answer.samples.back().account != account) {
      FollowerSample sample;
      sample.platform = platform;
      sample.account = account;
      sample.day = WordAt(rows.columns[2], row);
      sample.version = rules.version;
      for (std::size_t i = 0; i < rules.followers.size(); ++i)
        sample.rules.push_back(
            {rules.followers[i].id, rules.followers[i].title, 0, {}, conditions.checked[i]});
      answer.samples.push_back(std::move(sample));
      by_rule.emplace_back(rules.followers.size());
    }
    FollowerSample& sample = answer.samples.back();
    const std::string label = WordAt(rows.columns[3], row), said = WordAt(rows.columns[4], row);
    const double number = rows.columns[kFirstRule + rules.followers.size()].numbers[row];
    sample.sampled += number;
    if (said == "unknown") {
      sample.unknown += number;
      continue;
    }
    for (std::size_t i = 0; i < rules.followers.size(); ++i) {
      const Column& column = rows.columns[kFirstRule + i];
      const bool fits = column.present[row] != 0 && column.numbers[row] != 0;
      if (fits) sample.rules[i].followers += number;
      if (!label.empty()) CountLabel(by_rule.back()[i], fits, label == "bot", number);
    }
    const bool suspected = said == "suspected";
    if (suspected) sample.suspected += number;
    if (!label.empty()) CountLabel(sample.labels, suspected, label == "bot", number);
  }
  for (std::size_t i = 0; i < answer.samples.size(); ++i)
    Finish(answer.samples[i], by_rule[i], rules, workspace.name());
  return Done{};
}

Result<Done> ReadBursts(Workspace& workspace, const Ready& ready, BotsAnswer& answer) {
  const auto told = ready.statistics.find("account_day");
  if (told == ready.statistics.end() || told->second.rows == 0 ||
      told->second.missing.contains("followers_gained"))
    return Done{};
  // Ad money is of all platforms: exports name the seller of ads, accounts the network.
  BACKCAST_TRY(
      const Table rows,
      workspace.engine().Run(
          "with own as (select platform, account, date, sum(followers_gained) as gained, "
          "sum(posts_published) as posts, "
          "sum(coalesce(engagements, reactions + coalesce(comments, 0) + coalesce(shares, 0))) as "
          "engagements from "
          "account_day where date is not null group by 1, 2, 3), made as (select platform, account, "
          "published_on "
          "as date, "
          "count(*) as posts from post where published_on is not null group by 1, 2, 3), acted as (select "
          "platform, "
          "account, date, sum(coalesce(reactions, 0) + coalesce(comments, 0) + coalesce(shares, 0)) as "
          "engagements from "
          "post_day where paid is distinct from 'paid' group by 1, 2, 3), paid as (select date, sum(spend) "
          "as "
          "spend from "
          "ad_day group by date) select coalesce(own.platform, '') as platform, coalesce(own.account, '') as "
          "account, "
          "own.date as day, own.gained, coalesce(own.posts, made.posts) as posts, coalesce(own.engagements, "
          "acted.engagements) as engagements, paid.spend from own left join made on made.platform is not "
          "distinct from "
          "own.platform and made.account is not distinct from own.account and made.date = own.date left join "
          "acted on "
          "acted.platform is not distinct from own.platform and acted.account is not distinct from "
          "own.account and "
          "acted.date = own.date left join paid on paid.date = own.date where own.date < date " +
          QuoteText(ToIso(answer.period.to)) + " order by 1, 2, 3"));
  std::vector<std::pair<AccountBursts, AccountDays>> accounts;
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const std::string platform = WordAt(rows.columns[0], row), account = WordAt(rows.columns[1], row);
    const Day day{std::chrono::days{static_cast<int>(rows.columns[2].numbers[row])}};
    if (accounts.empty() || accounts.back().first.platform != platform ||
        accounts.back().first.account != account) {
      accounts.push_back({{platform, account, {}}, {}});
      accounts.back().second.first = day;
    }
    AccountDays& days = accounts.back().second;
    const auto at = static_cast<std::size_t>((day - days.first).count());
    const auto put = [&](std::vector<double>& values, std::size_t column) {
      values.resize(at + 1, unknown);
      if (rows.columns[column].present[row] != 0) values[at] = rows.columns[column].numbers[row];
    };
    put(days.gained, 3);
    put(days.posts, 4);
    put(days.engagements, 5);
    put(days.spend, 6);
  }
  for (auto& [account, days] : accounts) {
    const auto from = std::max<std::int64_t>(0, (answer.period.from - days.first).count());
    const auto to = (answer.period.to - days.first).count() - 1;
    if (to < from) continue;
    account.found = FindBursts(days, static_cast<std::size_t>(from), static_cast<std::size_t>(to));
    answer.bursts.push_back(std::move(account));
  }
  return Done{};
}

}  // namespace backcast
