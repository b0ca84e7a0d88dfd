// SPDX-License-Identifier: Apache-2.0
#include "desk/region_weeks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/ascii.h"
#include "base/nearest.h"
#include "desk/question.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr int kWeek = 7;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Lower case of ASCII, blanks at the ends left out: how the names of regions are compared.
std::string Folded(std::string_view name) {
  const std::size_t from = name.find_first_not_of(" \t"), to = name.find_last_not_of(" \t");
  if (from == std::string_view::npos) return "";
  return LowerAscii(name.substr(from, to - from + 1));
}

bool Names(const std::vector<std::string>& list, const std::string& region) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& each) { return SameRegion(each, region); });
}

/// Weeks of every region: NaN where nothing was reported.
struct Weekly {
  std::map<std::string, std::vector<double>> regions;
  bool gaps_are_nought = false;
  std::string unit = "count";
};

Window WeekOf(const RegionTest& test, int week) {
  const Day from = test.days.from + std::chrono::days{(week - kWeeksBeforeHoldOut) * kWeek};
  return {from, from + std::chrono::days{kWeek}};
}

Result<Weekly> FromFile(Workspace& workspace, const RegionTest& test, int weeks) {
  const Day first = WeekOf(test, 0).from, end = WeekOf(test, weeks - 1).to;
  const std::string days = "date >= date '" + ToIso(first) + "' and date < date '" + ToIso(end) + "'";
  BACKCAST_TRY(
      const Table table,
      workspace.engine().Run(Statement{
          "select min(trim(region)) as region, date_diff('day', date '" + ToIso(first) +
              "', date) // 7 as week, sum(value) as value from region_day where lower(trim(measure)) = "
              "lower(trim($1)) and " +
              days + " and value is not null group by lower(trim(region)), week order by region, week",
          {test.measure}}));
  Weekly weekly;
  if (!test.currency.empty()) weekly.unit = test.currency;
  const Column *regions = table.Find("region"), *week = table.Find("week");
  for (std::size_t row = 0; row < table.rows; ++row) {
    auto& values = weekly.regions[regions->words[row]];
    values.resize(static_cast<std::size_t>(weeks), kUnknown);
    values[static_cast<std::size_t>(week->numbers[row])] = *NumberAt(table, "value", row);
  }
  if (weekly.regions.empty()) {
    return Error{
        Code::kInput, test.id, "no export counts '" + Shortened(test.measure) + "' by region in these weeks",
        "add a file with the columns region, date, measure, value (backcast schema describe region_day)"};
  }
  return weekly;
}

Result<Weekly> FromMetric(Workspace& workspace, const Ready& ready, const RegionTest& test, int weeks,
                          const std::string& metric) {
  Question question;
  question.metrics = {metric};
  question.by = {"country"};
  for (int week = 0; week < weeks; ++week) question.windows.push_back(WeekOf(test, week));
  BACKCAST_TRY(const Table table, AskLake(workspace, ready, question));
  Weekly weekly;
  weekly.gaps_are_nought = true;
  const Metric* known = workspace.catalogue().Find(metric);
  weekly.unit = known->unit == "currency" ? ready.currency : known->unit;
  const Column* country = table.Find("country");
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (IsTotal(table, row) || country->present[row] == 0) continue;
    auto& values = weekly.regions[country->words[row]];
    for (int week = 0; week < weeks; ++week)
      values.push_back(NumberAt(table, metric + "@" + std::to_string(week), row).value_or(kUnknown));
  }
  return weekly;
}

}  // namespace

bool SameRegion(std::string_view one, std::string_view other) { return Folded(one) == Folded(other); }

Result<RegionWeeks> ReadRegionWeeks(Workspace& workspace, const Ready& ready, const RegionTest& test,
                                    const std::string& metric) {
  const Day end = std::min(test.days.to, ready.request.as_of + std::chrono::days{1});
  RegionWeeks read;
  read.weeks = std::max(0, Window{test.days.from, end}.days() / kWeek);
  const int weeks = kWeeksBeforeHoldOut + read.weeks;
  BACKCAST_TRY(const Weekly weekly, test.measure.empty() ? FromMetric(workspace, ready, test, weeks, metric)
                                                         : FromFile(workspace, test, weeks));
  read.unit = weekly.unit;
  for (const auto& [name, found] : weekly.regions) {
    const bool named = Names(test.regions, name);
    if (!named && !test.compare.empty() && !Names(test.compare, name)) continue;
    TestRegion region{name, named != test.left_out, {}, {}};
    std::vector<double> values = found;
    if (weekly.gaps_are_nought) {
      std::replace_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }, 0.0);
    }
    if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); })) {
      read.left_aside.push_back(name);
      continue;
    }
    region.before.assign(values.begin(), values.begin() + kWeeksBeforeHoldOut);
    region.during.assign(values.begin() + kWeeksBeforeHoldOut, values.end());
    read.regions.push_back(std::move(region));
  }
  for (const auto* list : {&test.regions, &test.compare}) {
    for (const std::string& name : *list) {
      if (std::none_of(weekly.regions.begin(), weekly.regions.end(),
                       [&](const auto& each) { return SameRegion(each.first, name); }))
        read.unknown.push_back(name);
    }
  }
  return read;
}

}  // namespace backcast
