// SPDX-License-Identifier: Apache-2.0
#include "desk/test_return.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/nearest.h"
#include "chain/graph.h"
#include "desk/question.h"
#include "measure/random.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

std::optional<double> AmountOf(const std::string& text) {
  double amount = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), amount);
  const bool whole = fault == std::errc() && end == text.data() + text.size() && std::isfinite(amount);
  return whole ? std::optional(amount) : std::nullopt;
}

/// What the regions that had it spent, or why that is not known.
struct Spent {
  double amount = 0;
  std::string needs;
};

Result<Spent> SpentIn(Workspace& workspace, const RegionTest& test, const RegionWeeks& read) {
  if (const auto amount = AmountOf(test.spend)) return Spent{*amount, ""};
  const Window weeks = {test.days.from, test.days.from + std::chrono::days{7 * read.weeks}};
  BACKCAST_TRY(const Table table,
               workspace.engine().Run(
                   Statement{"select min(trim(region)) as region, sum(value) as spent from region_day where "
                             "lower(trim(measure)) = lower(trim($1)) and date >= date '" +
                                 ToIso(weeks.from) + "' and date < date '" + ToIso(weeks.to) +
                                 "' and value is not null group by lower(trim(region)) order by region",
                             {test.spend}}));
  Spent spent;
  std::size_t with = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string name = WordAt(table, "region", row);
    const double amount = NumberAt(table, "spent", row).value_or(0);
    const auto region = std::find_if(read.regions.begin(), read.regions.end(),
                                     [&](const TestRegion& each) { return SameRegion(each.name, name); });
    if (region == read.regions.end()) continue;
    if (region->changed) {
      spent.amount += amount;
      ++with;
    } else if (amount > 0) {
      spent.needs = Shortened(name) + " spent too; write as an amount what was spent more where it was made";
    }
  }
  const auto changed = static_cast<std::size_t>(std::count_if(
      read.regions.begin(), read.regions.end(), [](const TestRegion& region) { return region.changed; }));
  if (with < changed) {
    spent.needs = "'" + Shortened(test.spend) +
                  "' of all regions that had it; the file of regions tells of " + std::to_string(with) +
                  " of " + std::to_string(changed);
  }
  return spent;
}

double CountedWhereChanged(const RegionWeeks& read) {
  double counted = 0;
  for (const TestRegion& region : read.regions) {
    if (!region.changed) continue;
    for (const double week : region.during) counted += week;
  }
  return counted;
}

void SayReturn(TestReturn& found, const std::string& title) {
  Say(found.claims, "holdout.return",
      {{.name = "return",
        .value = found.result->value,
        .low = found.result->low,
        .high = found.result->high,
        .n = found.n,
        .unit = "score"},
       {.name = "spent", .value = found.spent, .unit = found.currency}},
      {{"to", title}, {"currency", found.currency}});
}

}  // namespace

Result<std::optional<TestReturn>> ReadTestReturn(Workspace& workspace, const RegionTest& test,
                                                 const RegionWeeks& read, bool apart_before) {
  const bool money = read.unit != "count";
  if (test.spend.empty() && !money) return std::optional<TestReturn>();
  TestReturn found;
  found.id = test.id;
  found.to = test.to;
  found.days = test.days;
  found.currency = read.unit;
  const auto experiments = Experiments(*workspace.plan());
  const auto recorded = std::find_if(experiments.begin(), experiments.end(),
                                     [&](const Experiment& each) { return each.id == test.id; });
  if (test.spend.empty()) {
    found.needs = "spend: at the experiment, an amount or a measure of region_day";
  } else if (!money) {
    found.needs = "money that is counted: currency: at the experiment, or a metric in money";
  } else if (apart_before) {
    found.needs = "regions that had not moved apart before the test";
  } else if (recorded == experiments.end() || recorded->n <= 0) {
    found.needs = "the result in the plan: backcast holdout " + Shortened(test.id) + " --record";
  } else {
    BACKCAST_TRY(const Spent spent, SpentIn(workspace, test, read));
    found.spent = spent.amount;
    found.n = recorded->n;
    found.needs = spent.needs;
    if (!found.needs.empty()) return std::optional(std::move(found));
    const auto result = ReturnOfTest(CountedWhereChanged(read), spent.amount,
                                     {recorded->effect, recorded->low, recorded->high});
    if (result.ok()) {
      found.result = result.value();
      const ValueChain chain = BuildValueChain(*workspace.plan(), workspace.catalogue());
      const ChainNode* node = chain.FindByName(test.to);
      SayReturn(found, node == nullptr ? test.to : node->title);
    } else {
      found.needs = result.error().what + "; " + result.error().hint;
    }
  }
  return std::optional(std::move(found));
}

Result<std::vector<TestReturn>> ReadTestReturns(Workspace& workspace, const Ready& ready) {
  std::vector<TestReturn> returns;
  if (!workspace.plan()) return returns;
  const ValueChain chain = BuildValueChain(*workspace.plan(), workspace.catalogue());
  for (const RegionTest& test : RegionTests(*workspace.plan())) {
    if (test.spend.empty()) continue;
    const ChainNode* node = chain.FindByName(test.to);
    const std::string metric = node == nullptr ? "" : node->metric;
    if (test.measure.empty() && metric.empty()) continue;
    const auto read = ReadRegionWeeks(workspace, ready, test, metric);
    if (!read.ok()) {
      if (read.error().code == Code::kUnavailable || read.error().code == Code::kInterrupted)
        return read.error();
      continue;
    }
    const auto today = TestHoldOut(read.value().regions, SeedOf(test.id + ToIso(test.days.from)));
    if (!today.ok()) continue;
    BACKCAST_TRY(auto found, ReadTestReturn(workspace, test, read.value(),
                                            today.value().verdict == HoldOutResult::Verdict::kApartBefore));
    if (found && found->result) returns.push_back(std::move(*found));
  }
  return returns;
}

}  // namespace backcast
