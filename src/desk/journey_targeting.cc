// SPDX-License-Identifier: Apache-2.0
#include "desk/journey_targeting.h"

#include <algorithm>
#include <array>

#include "base/number.h"
#include "desk/answer_table.h"
#include "desk/chain_json.h"
#include "desk/targeting.h"

namespace backcast {
namespace {

struct People {
  std::string_view fact, what, count;
  std::string_view only;  ///< condition, "" for all rows
};

/// Snapshots tell of the same followers by several breakdowns: the one is counted that the rule can speak of.
constexpr std::array<People, 5> kPeople = {{
    {"site_day", "visits as reported by day", "coalesce(sum(sessions), 0)", ""},
    {"session", "visits", "count(*)", "coalesce(bot, false) = false"},
    {"lead", "leads", "count(*)", "coalesce(spam, false) = false"},
    {"follower_sample", "followers sampled", "count(*)", ""},
    {"follower_snapshot", "followers", "coalesce(sum(followers), 0)", "dimension <> 'total'"},
}};

Result<std::vector<TargetShare>> ReadOne(Workspace& workspace, const Ready& ready, const People& people) {
  const Fact& fact = *workspace.schemas().Find(people.fact);
  const std::string day = QuoteName(fact.day), table = QuoteName(fact.id);
  std::string where = day + " >= date " + QuoteText(ToIso(ready.request.period.from)) + " and " + day +
                      " < date " + QuoteText(ToIso(ready.request.period.to));
  if (!people.only.empty()) where += " and " + std::string(people.only);
  // Reports that are cut in several ways tell of the same people: each breakdown is counted for itself.
  std::string cut = "''";
  if (fact.Find(kBreakdown) != nullptr) cut = "coalesce(" + QuoteName(kBreakdown) + ", '')";
  if (people.fact == "follower_snapshot") {
    cut = "coalesce(dimension, '')";
    where += " and " + day + " = (select max(" + day + ") from " + table + " where " + where + ")";
  }
  BACKCAST_TRY(const Table counted,
               workspace.engine().Run("select " + cut +
                                      " as cut, case when in_target then 'in' when in_target is null "
                                      "then 'unknown' else 'out' end as target, " +
                                      std::string(people.count) + " as people from " + table + " where " +
                                      where + " group by 1, 2 order by 1, 2"));
  std::map<std::string, TargetShare> by_cut;
  for (std::size_t row = 0; row < counted.rows; ++row) {
    TargetShare& share = by_cut[counted.columns[0].words[row]];
    const std::string& target = counted.columns[1].words[row];
    const double number = counted.columns[2].present[row] != 0 ? counted.columns[2].numbers[row] : 0;
    (target == "in" ? share.in : target == "out" ? share.out : share.unknown) += number;
  }
  // The report that says most.
  const TargetShare* best = nullptr;
  for (const auto& [name, share] : by_cut) {
    if (share.all() > 0 && (best == nullptr || share.in + share.out > best->in + best->out)) best = &share;
  }
  if (best == nullptr) return std::vector<TargetShare>{};
  TargetShare share = *best;
  share.fact = people.fact;
  share.what = people.what;
  if (workspace.plan()) {
    for (const AppliedRule& rule : TargetRulesFor(*workspace.plan(), fact))
      (rule.applies ? share.rules : share.not_applied).push_back(rule.name);
  }
  return std::vector<TargetShare>{share};
}

}  // namespace

Result<std::vector<TargetShare>> ReadTargeting(Workspace& workspace, const Ready& ready) {
  std::vector<TargetShare> shares;
  for (const People& people : kPeople) {
    const auto coverage = std::find_if(ready.coverage.begin(), ready.coverage.end(),
                                       [&](const FactCoverage& fact) { return fact.fact == people.fact; });
    if (coverage == ready.coverage.end() || coverage->rows == 0) continue;
    BACKCAST_TRY(const std::vector<TargetShare> found, ReadOne(workspace, ready, people));
    shares.insert(shares.end(), found.begin(), found.end());
  }
  return shares;
}

Json ToJson(const std::vector<TargetShare>& shares) {
  Json list = Json::array();
  for (const TargetShare& share : shares) {
    list.push_back({{"fact", share.fact},
                    {"in_target", ValueJson(share.in, "count", share.all(), "")},
                    {"not_in_target", ValueJson(share.out, "count", share.all(), "")},
                    {"unknown", ValueJson(share.unknown, "count", share.all(), "")},
                    {"unknown_share", ValueJson(share.unknown / share.all(), "ratio", share.all(), "")},
                    {"rules", share.rules},
                    {"rules_not_applied", share.not_applied}});
  }
  return list;
}

std::string ToText(const std::vector<TargetShare>& shares) {
  if (shares.empty()) return "";
  AnswerTable table{{"who", "targeted", "not", "unknown", "unknown share", "rules"},
                    {false, true, true, true, true, false},
                    {}};
  bool silent = false;
  for (const TargetShare& share : shares) {
    std::string rules;
    for (const std::string& rule : share.rules) rules += (rules.empty() ? "" : ", ") + rule;
    for (const std::string& rule : share.not_applied) {
      rules += (rules.empty() ? "" : ", ") + rule + " (not applied)";
      silent = true;
    }
    table.rows.push_back({share.what, FormatNumber(share.in, "count", true),
                          FormatNumber(share.out, "count", true), FormatNumber(share.unknown, "count", true),
                          FormatNumber(share.unknown / share.all(), "ratio", true),
                          rules.empty() ? "as files say" : rules});
  }
  std::string out = table.ToText();
  if (silent)
    out += Wrapped(
        "A rule is not applied where it speaks of columns that the fact has not, or cannot be read.", 2);
  return out;
}

}  // namespace backcast
