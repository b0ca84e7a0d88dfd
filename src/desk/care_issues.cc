// SPDX-License-Identifier: Apache-2.0
#include "desk/care_issues.h"

#include <algorithm>
#include <utility>

#include "desk/chain.h"
#include "desk/notes.h"
#include "desk/question.h"
#include "desk/tone_view.h"
#include "plan/blocks.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

constexpr std::string_view kContactsSql =
    "select 'conversation' as kind, coalesce(issue, '') as issue, coalesce(driver, '') as driver, date from "
    "conversation union all select 'call', coalesce(issue, ''), coalesce(driver, ''), date from call union "
    "all "
    "select 'post', coalesce(issue, ''), '', date from mention where is_own_brand is distinct from false and "
    "spam "
    "is distinct from true and issue is not null";

/// Contacts by day: all, and about each issue.
struct Days {
  std::map<Day, double> all;
  std::map<std::string, std::map<Day, double>> about;
};

void AddContact(IssueRow& row, const std::string& kind, const std::string& driver, double number) {
  if (kind == "post") {
    row.posts += number;
    return;
  }
  (kind == "call" ? row.calls : row.conversations) += number;
  const auto known = std::find_if(row.drivers.begin(), row.drivers.end(),
                                  [&](const IssueDriver& one) { return one.driver == driver; });
  if (known == row.drivers.end()) {
    row.drivers.push_back({driver, number});
  } else {
    known->contacts += number;
  }
}

Result<Done> ReadContacts(Workspace& workspace, CareIssues& issues, std::map<std::string, IssueRow>& rows,
                          Days& days) {
  const bool compared = issues.compare.days() > 0;
  const std::string window =
      "(" + DaysIn("date", issues.period) + (compared ? " or " + DaysIn("date", issues.compare) : "") + ")";
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run("select kind, issue, driver, date, count(*) as contacts from (" +
                             std::string(kContactsSql) + ") where " + window + " group by all order by all"));
  for (std::size_t i = 0; i < table.rows; ++i) {
    const std::string kind = WordAt(table, "kind", i), issue = WordAt(table, "issue", i);
    const Day day{std::chrono::days{static_cast<int>(NumberAt(table, "date", i).value_or(0))}};
    const double number = NumberAt(table, "contacts", i).value_or(0);
    const bool contact = kind != "post", now = issues.period.Contains(day);
    if (contact) {
      days.all[day] += number;
      days.about[issue][day] += number;
      (now ? issues.contacts : issues.before) += number;
      if (now && issue.empty()) issues.uncoded += number;
    }
    if (issue.empty()) continue;
    IssueRow& row = rows[issue];
    row.issue = issue;
    if (now) AddContact(row, kind, WordAt(table, "driver", i), number);
  }
  return Done{};
}

void ReadTrends(const CareIssues& issues, const Days& days, std::map<std::string, IssueRow>& rows) {
  std::vector<IssueTrend> trends;
  for (auto& [name, row] : rows) {
    const auto about = days.about.find(name);
    std::vector<IssueDay> series;
    for (const auto& [day, all] : days.all) {
      const bool there = about != days.about.end() && about->second.contains(day);
      series.push_back({there ? about->second.at(day) : 0, all, issues.period.Contains(day)});
    }
    trends.push_back(ReadTrend(series));
  }
  JudgeTrends(trends);
  std::size_t at = 0;
  for (auto& [name, row] : rows) row.trend = trends[at++];
}

/// The largest first; the key ones make `key_share` of what is coded.
void Rank(CareIssues& issues) {
  std::stable_sort(issues.issues.begin(), issues.issues.end(), [](const IssueRow& a, const IssueRow& b) {
    return std::pair(a.contacts(), a.posts) > std::pair(b.contacts(), b.posts);
  });
  double coded = 0, so_far = 0;
  for (const IssueRow& row : issues.issues) coded += row.contacts();
  for (IssueRow& row : issues.issues) {
    row.other = issues.rules.IsOther(row.issue);
    row.key = coded > 0 && so_far / coded < issues.rules.key_share && !row.other && row.contacts() > 0;
    so_far += row.contacts();
    row.cumulative = coded > 0 ? so_far / coded : 0;
    std::stable_sort(row.drivers.begin(), row.drivers.end(),
                     [](const IssueDriver& a, const IssueDriver& b) { return a.contacts > b.contacts; });
  }
}

/// Notes of the workspace that name an issue.
Result<Done> CountNotes(const Workspace& workspace, CareIssues& issues) {
  BACKCAST_TRY(const NotesRead read,
               ReadNotes(workspace.PathOf("notes"), issues.period, Window{}, issues.as_of));
  for (const Note& note : read.notes) {
    const std::string text = PlainWords(note.title + " " + note.text);
    for (IssueRow& row : issues.issues) {
      const std::string name = PlainWords(row.issue);
      row.notes += name.size() >= 4 && text.find(name) != std::string::npos;
    }
  }
  issues.remarks.insert(issues.remarks.end(), read.unread.begin(), read.unread.end());
  return Done{};
}

Result<Done> ReadOrders(Workspace& workspace, const Ready& ready, CareIssues& issues) {
  if (!HasRows(ready.coverage, "order")) return Done{};
  const auto count = [&](const Window& window) -> Result<std::optional<double>> {
    BACKCAST_TRY(
        const Table table,
        AskLake(workspace, ready,
                {.metrics = {"orders"}, .by = {}, .filters = {}, .windows = {window}, .series = {}}));
    return NumberAt(table, "orders@0", 0);
  };
  BACKCAST_TRY(const auto now, count(issues.period));
  if (now) issues.per_orders = PerOrders{issues.contacts, *now};
  if (issues.compare.days() <= 0) return Done{};
  BACKCAST_TRY(const auto before, count(issues.compare));
  if (before) issues.per_orders_before = PerOrders{issues.before, *before};
  return Done{};
}

/// Whether an entry of service_review.issues is about the issue that files name.
bool IsAbout(const Yaml& entry, const std::string& issue) {
  const std::string name = PlainWords(issue);
  return PlainWords(entry.Text("name")) == name || PlainWords(entry.Text("id")) == name ||
         entry.Text("id") == "i_" + IdOf(issue);
}

void ReadPlanned(const Plan& plan, CareIssues& issues) {
  issues.cost_per_contact = CostPerContact(plan);
  for (const Yaml* entry : Blocks(plan.root, "service_review.issues")) {
    for (IssueRow& row : issues.issues) {
      if (!IsAbout(*entry, row.issue)) continue;
      row.planned = entry->Text("id");
      row.planned_driver = entry->Text("driver");
      row.process_owner = entry->Text("process_owner");
      const Yaml* avoidable = entry->Find("avoidable");
      const auto share = avoidable == nullptr ? std::nullopt : avoidable->Number();
      if (share && *share >= 0 && *share <= 1) row.avoidable = share;
    }
  }
}

/// The plan's improvements of each issue, by the same before/after test as everywhere.
Result<Done> TestImprovements(Workspace& workspace, const Ready& ready, CareIssues& issues) {
  const Plan& plan = *workspace.plan();
  const std::vector<const Yaml*> blocks = Blocks(plan.root, "improvements");
  const bool any = std::any_of(blocks.begin(), blocks.end(), [&](const Yaml* one) {
    return std::any_of(issues.issues.begin(), issues.issues.end(), [&](const IssueRow& row) {
      return !row.planned.empty() && row.planned == one->Text("issue");
    });
  });
  if (!any || plan.outcomes.empty()) return Done{};
  BACKCAST_TRY(const ReadChain chain, ReadWholeChain(workspace, ready));
  BACKCAST_TRY(const auto answers, AskChanges(workspace, chain, WhichChanges::kImprovements, issues.remarks));
  for (const ChangeAnswer& answer : answers) {
    for (IssueRow& row : issues.issues) {
      if (!row.planned.empty() && row.planned == answer.change.issue) row.improvements.push_back(answer);
    }
  }
  return Done{};
}

}  // namespace

std::optional<Interval> LimitsPer100(const PerOrders& per) {
  if (per.orders < kFewestOrders) return std::nullopt;
  const auto limits = PoissonInterval(per.contacts);
  if (!limits.ok()) return std::nullopt;
  return Interval{100 * limits.value().low / per.orders, 100 * limits.value().high / per.orders};
}

Result<CareIssues> ReadCareIssues(Workspace& workspace, const Ready& ready) {
  CareIssues issues;
  issues.workspace = workspace.name();
  issues.currency = ready.currency;
  issues.period = ready.request.period;
  issues.compare = ready.request.compare;
  issues.as_of = ready.request.as_of;
  BACKCAST_TRY(issues.rules, ShippedTaxonomyRules());
  std::map<std::string, IssueRow> rows;
  Days days;
  BACKCAST_CHECK(ReadToneFor(workspace, ready, {{"mentions"}, {"issue"}, {}, {}}));
  BACKCAST_CHECK(ReadContacts(workspace, issues, rows, days));
  ReadTrends(issues, days, rows);
  std::map<std::string, double> counts;
  if (issues.uncoded > 0) counts[""] = issues.uncoded;
  for (auto& [name, row] : rows) {
    if (row.contacts() > 0) counts[name] = row.contacts();
    issues.issues.push_back(std::move(row));
  }
  issues.taxonomy = ReadTaxonomy(counts, issues.rules);
  Rank(issues);
  BACKCAST_CHECK(CountNotes(workspace, issues));
  BACKCAST_CHECK(ReadOrders(workspace, ready, issues));
  if (workspace.plan()) {
    ReadPlanned(*workspace.plan(), issues);
    BACKCAST_CHECK(TestImprovements(workspace, ready, issues));
  }
  BACKCAST_TRY(const std::vector<DriverArea> areas, ShippedAreas());
  issues.proposals = IssueProposals(issues, workspace.plan(), areas);
  return issues;
}

Result<Answer> ShowCareIssues(Workspace& workspace, const Ready& ready, const ScoreOptions& card) {
  BACKCAST_TRY(const CareIssues issues, ReadCareIssues(workspace, ready));
  if (issues.contacts == 0) {
    return Error{Code::kTooLittle, ToWords(issues.period), "nobody contacted the company",
                 "conversations or calls are needed, with an issue each; backcast status says what there is"};
  }
  Answer out;
  out.out = card.format == Format::kJson  ? CareIssuesJson(issues)
            : card.format == Format::kCsv ? CareIssuesCsv(issues)
                                          : CareIssuesPaper(issues, card.format, card.style.width);
  return out;
}

}  // namespace backcast
