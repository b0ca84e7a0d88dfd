// SPDX-License-Identifier: Apache-2.0
#include "desk/claims_restated.h"

#include <algorithm>
#include <map>
#include <set>

#include "desk/question.h"

namespace backcast {
namespace {

constexpr std::size_t kMostExports = 5;  ///< earlier ones that are compared
constexpr int kDaysBack = 60;
constexpr std::pair<int, int> kAges[] = {{0, 2}, {3, 6}, {7, 13}, {14, 27}, {28, kDaysBack}};

using DayOfPlatform = std::pair<std::string, Day>;

/// Conversions that platforms claimed, by platform and day, as they were known at the end of `as_of`.
Result<std::map<DayOfPlatform, double>> ClaimedBy(Workspace& workspace, ScoreOptions options,
                                                  const std::string& as_of, const Window& window,
                                                  Talk& talk) {
  options.as_of = as_of;
  options.period.clear();
  BACKCAST_TRY(const Ready then, Prepare(workspace, options, talk));
  BACKCAST_TRY(const Table table,
               AskLake(workspace, then, {{"ad_conversions"}, {"platform", "day"}, {}, {window}, {}}));
  std::map<DayOfPlatform, double> claimed;
  const Column *platform = table.Find("platform"), *day = table.Find("day");
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto count = NumberAt(table, "ad_conversions@0", row);
    if (!count || platform->present[row] == 0 || day->present[row] == 0) continue;
    BACKCAST_TRY(const Day at, ParseIsoDay(day->words[row]));
    claimed[{platform->words[row], at}] = *count;
  }
  return claimed;
}

/// Days on which exports of ads were read, oldest first.
std::vector<Day> ExportDays(const Ready& ready) {
  std::set<std::string> sources;
  for (const FactCoverage& fact : ready.coverage) {
    if (fact.fact == "ad_day") sources.insert(fact.sources.begin(), fact.sources.end());
  }
  std::set<Day> days;
  for (const LoadRecord& load : ready.loads) {
    const auto day = ParseIsoDay(std::string_view(load.loaded_at).substr(0, 10));
    if (day.ok() && sources.contains(load.load.source)) days.insert(day.value());
  }
  return {days.begin(), days.end()};
}

}  // namespace

Result<RestatedClaims> ReadRestatedClaims(Workspace& workspace, const Ready& ready,
                                          const ScoreOptions& options, Talk& talk) {
  RestatedClaims restated;
  std::vector<Day> days = ExportDays(ready);
  if (!options.as_of.empty()) {
    BACKCAST_TRY(const Day until, ParseIsoDay(options.as_of));
    std::erase_if(days, [&](const Day& day) { return day > until; });
  }
  restated.exports = static_cast<int>(days.size());
  if (days.size() < 2) {
    restated.needs = "exports of ads were read on " + std::to_string(days.size()) + " day" +
                     (days.size() == 1 ? "" : "s") + ", need 2: read a newer export of the same days later";
    return restated;
  }
  const Day newest = days.back();
  days.pop_back();
  if (days.size() > kMostExports) days.erase(days.begin(), days.end() - kMostExports);
  const Window all{days.front() - std::chrono::days{kDaysBack}, newest + std::chrono::days{1}};
  BACKCAST_TRY(const auto now, ClaimedBy(workspace, options, options.as_of, all, talk));
  std::map<std::pair<std::string, int>, RestatedAge> ages;
  for (const Day read : days) {
    const Window window{read - std::chrono::days{kDaysBack}, read + std::chrono::days{1}};
    BACKCAST_TRY(const auto then, ClaimedBy(workspace, options, ToIso(read), window, talk));
    for (const auto& [key, count] : then) {
      const int age = static_cast<int>((read - key.second).count());
      for (const auto& [from, to] : kAges) {
        if (age < from || age > to) continue;
        RestatedAge& sum = ages[{key.first, from}];
        sum.platform = key.first;
        sum.from = from;
        sum.to = to;
        sum.days += 1;
        sum.then += count;
        const auto later = now.find(key);
        sum.now += later == now.end() ? 0 : later->second;
      }
    }
  }
  for (auto& [key, sum] : ages) restated.ages.push_back(std::move(sum));
  if (restated.ages.empty())
    restated.needs = "no day was in two exports, need the same days in a newer export";
  BACKCAST_TRY(const Ready again, Prepare(workspace, options, talk));
  static_cast<void>(again);
  return restated;
}

}  // namespace backcast
