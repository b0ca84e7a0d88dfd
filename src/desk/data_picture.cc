// SPDX-License-Identifier: Apache-2.0
#include "desk/data_picture.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/embedded.h"
#include "base/yaml.h"
#include "desk/chain_picture.h"
#include "desk/picture_questions.h"
#include "desk/ready.h"
#include "desk/shared_costs.h"
#include "plan/data_layer.h"

namespace backcast {
namespace {

constexpr std::string_view kCostWords[] = {"kind",    "channel",  "channel_group", "platform",
                                           "element", "campaign", "owner",         "note"};
constexpr int kMostCostLines = 5000;

std::string Union(const std::string& sql, const std::string& next) {
  return sql.empty() ? next : sql + "\nunion all " + next;
}

Day DayAt(const Column& column, std::size_t row) {
  return Day{std::chrono::days{static_cast<int>(column.numbers[row])}};
}

/// Reads what no metric tells: where rows end, and what is missing in them.
class PictureReader {
 public:
  PictureReader(Workspace& workspace, const std::vector<FactCoverage>& coverage, DataPicture& picture)
      : workspace_(workspace), coverage_(coverage), picture_(picture) {
    for (const std::string& id : NamedMetrics()) {
      const Metric* metric = workspace.catalogue().Find(id);
      if (metric == nullptr) continue;
      for (std::string& fact : workspace.catalogue().FactsOf(*metric)) {
        if (HasRows(fact)) facts_.insert(std::move(fact));
      }
    }
  }

  Result<Done> Fill() {
    BACKCAST_CHECK(Sources());
    BACKCAST_CHECK(Changes());
    BACKCAST_CHECK(UnnamedSpends());
    BACKCAST_CHECK(SharedCosts());
    OpenDaysOfPeriod();
    return Done{};
  }

 private:
  /// What outcomes and KPIs are judged by.
  std::set<std::string> NamedMetrics() const {
    std::set<std::string> ids;
    for (const Outcome& outcome : workspace_.plan()->outcomes) ids.insert(outcome.metric);
    for (const Kpi& kpi : workspace_.plan()->kpis) ids.insert(kpi.metric);
    return ids;
  }

  bool HasRows(const std::string& fact) const {
    const auto found = picture_.rows.find(fact);
    return found != picture_.rows.end() && found->second > 0;
  }

  Result<Done> Sources() {
    std::string sql;
    for (const std::string& id : facts_) {
      const Fact* fact = workspace_.schemas().Find(id);
      if (fact->day.empty()) continue;
      const std::string day = QuoteName(fact->day);
      sql = Union(sql, "select " + QuoteText(id) +
                           " as fact, source, max(d) as last_day, coalesce(max(gap), 0) as gap from (select "
                           "source, d, date_diff('day', lag(d) over (partition by source order by d), d) - 1 "
                           "as gap from (select distinct source, " +
                           day + " as d from " + QuoteName(id) + " where " + day +
                           " is not null and source is not null)) group by source");
    }
    if (sql.empty()) return Done{};
    BACKCAST_TRY(const Table table, workspace_.engine().Run(Statement{sql + " order by 1, 2", {}}));
    for (std::size_t row = 0; row < table.rows; ++row) {
      picture_.sources.push_back({table.columns[1].words[row], table.columns[0].words[row],
                                  DayAt(table.columns[2], row),
                                  static_cast<int>(table.columns[3].numbers[row])});
    }
    return Done{};
  }

  /// Keeps the changes of platforms that have rows in the fact.
  Result<Done> Changes() {
    std::vector<std::string> platforms;
    BACKCAST_TRY(const std::vector<DefinitionChange> all, ShippedDefinitionChanges(platforms));
    std::string sql;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!facts_.contains(all[i].fact)) continue;
      sql = Union(sql, "select " + std::to_string(i) + " as number where exists (select 1 from " +
                           QuoteName(all[i].fact) + " where platform = " + QuoteText(platforms[i]) + ")");
    }
    if (sql.empty()) return Done{};
    BACKCAST_TRY(const Table table, workspace_.engine().Run(Statement{sql + " order by 1", {}}));
    for (const double number : table.columns[0].numbers)
      picture_.changes.push_back(all[static_cast<std::size_t>(number)]);
    return Done{};
  }

  Result<Done> UnnamedSpends() {
    struct Money {
      const char *fact, *amount, *account;
    };
    std::string sql;
    for (const Money& money : {Money{"ad_day", "spend", "account"}, Money{"ad_period", "spend", "platform"},
                               Money{"cost", "amount", "channel"}}) {
      if (!HasRows(money.fact)) continue;
      sql = Union(sql, std::string("select coalesce(") + money.account + ", '') as account, count(*) from " +
                           QuoteName(money.fact) + " where " + money.amount +
                           " <> 0 and coalesce(currency, '') = '' group by 1");
    }
    if (sql.empty()) return Done{};
    BACKCAST_TRY(const Table table, workspace_.engine().Run(Statement{sql + " order by 1", {}}));
    for (std::size_t row = 0; row < table.rows; ++row)
      picture_.unnamed_spend.push_back(
          {table.columns[0].words[row], static_cast<std::int64_t>(table.columns[1].numbers[row])});
    return Done{};
  }

  Result<Done> SharedCosts() {
    const auto& tactics = workspace_.plan()->tactics;
    const auto scoped =
        std::count_if(tactics.begin(), tactics.end(), [](const Tactic& one) { return !one.scope.empty(); });
    if (scoped < 2 || !HasRows("cost")) return Done{};
    std::string words;
    for (const std::string_view word : kCostWords)
      words += ", coalesce(" + QuoteName(word) + ", '') as " + QuoteName(word);
    BACKCAST_TRY(const Table table, workspace_.engine().Run(Statement{
                                        "select min(date) as first, max(date) as last" + words +
                                            " from cost where date is not null group by all order by all "
                                            "limit " +
                                            std::to_string(kMostCostLines),
                                        {}}));
    std::vector<CostKind> lines;
    for (std::size_t row = 0; row < table.rows; ++row) {
      CostKind& line = lines.emplace_back();
      line.days = {DayAt(table.columns[0], row), DayAt(table.columns[1], row) + std::chrono::days{1}};
      for (std::size_t i = 0; i < std::size(kCostWords); ++i)
        line.words.emplace_back(kCostWords[i], table.columns[i + 2].words[row]);
    }
    picture_.shared_costs = FindSharedCosts(*workspace_.plan(), lines);
    return Done{};
  }

  void OpenDaysOfPeriod() {
    OpenDays open;
    std::set<std::string> facts;
    const auto count = [&](const std::string& id) {
      const Metric* metric = workspace_.catalogue().Find(id);
      if (metric == nullptr) return;
      Day settled = picture_.period.to;  // first day that is open, at the earliest of the metric's facts
      bool has_rows = false;
      for (const std::string& name : workspace_.catalogue().FactsOf(*metric)) {
        const auto fact = std::find_if(coverage_.begin(), coverage_.end(),
                                       [&](const FactCoverage& each) { return each.fact == name; });
        if (fact == coverage_.end() || fact->rows == 0) continue;
        has_rows = true;
        if (!fact->settled_through) continue;
        const Day first = std::max(*fact->settled_through + std::chrono::days{1}, picture_.period.from);
        if (first >= picture_.period.to) continue;
        facts.insert(name);
        settled = std::min(settled, first);
      }
      if (!has_rows) return;
      open.days += picture_.period.days();
      open.open += static_cast<int>((picture_.period.to - settled).count());
    };
    for (const Outcome& outcome : workspace_.plan()->outcomes) count(outcome.metric);
    for (const Kpi& kpi : workspace_.plan()->kpis) count(kpi.metric);
    open.facts.assign(facts.begin(), facts.end());
    picture_.open_days = std::move(open);
  }

  Workspace& workspace_;
  const std::vector<FactCoverage>& coverage_;
  DataPicture& picture_;
  std::set<std::string> facts_;
};

}  // namespace

bool HasLake(const Workspace& workspace) {
  std::error_code ignored;
  return std::filesystem::exists(workspace.PathOf(".backcast/lake/load"), ignored);
}

Result<std::vector<DefinitionChange>> ShippedDefinitionChanges(std::vector<std::string>& platforms) {
  BACKCAST_TRY(const Yaml root,
               ParseYaml(Embedded("definition_changes.yaml").value_or(""), "definition_changes.yaml"));
  std::vector<DefinitionChange> changes;
  const Yaml* list = root.Find("changes");
  for (const Yaml& item : list == nullptr ? std::vector<Yaml>() : list->items) {
    BACKCAST_TRY(const Day day, ParseIsoDay(item.Text("day")));
    const Yaml* columns = item.Find("columns");
    for (const Yaml::Entry& entry : columns == nullptr ? std::vector<Yaml::Entry>() : columns->entries) {
      changes.push_back({entry.key, entry.value.Texts(), item.Text("native"), day});
      platforms.push_back(item.Text("platform"));
    }
  }
  return changes;
}

Result<DataPicture> ReadDataPicture(Workspace& workspace, const Ready& ready) {
  DataPicture picture;
  picture.as_of = ready.request.as_of;
  picture.period = ready.request.period;
  for (const FactCoverage& fact : ready.coverage) picture.rows[fact.fact] = fact.rows;
  BACKCAST_CHECK(PictureReader(workspace, ready.coverage, picture).Fill());
  BACKCAST_CHECK(AskForPicture(workspace, ready, picture));
  return picture;
}

Result<std::vector<Finding>> DataFindings(Workspace& workspace, Day today, Talk& talk) {
  BACKCAST_TRY(ReadChain read, ReadWholeChain(workspace, {}, talk));
  return DataFindings(workspace, read, today, talk);
}

Result<std::vector<Finding>> DataFindings(Workspace& workspace, ReadChain& read, Day today, Talk& talk) {
  BACKCAST_TRY(DataPicture picture, ReadDataPicture(workspace, read.ready));
  BACKCAST_TRY(std::vector<Finding> alarms, FillFromChain(workspace, read, talk, picture));
  std::vector<Finding> findings = ExamineData(*workspace.plan(), workspace.catalogue(), picture, today);
  for (Finding& alarm : alarms) findings.push_back(std::move(alarm));
  return findings;
}

}  // namespace backcast
