// SPDX-License-Identifier: Apache-2.0
// What a brand writes by hand, whichever brand it is: the plan from its template, costs, calendar, notes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "demo/csv.h"

namespace backcast::demo {

/// One line of costs.csv.
struct CostLine {
  Day day;
  std::string channel, kind, note;
  std::int64_t cents = 0;
};
std::string CostsText(const std::vector<CostLine>& lines);

/// Something that was changed on purpose, with what was expected beforehand.
struct Announced {
  std::string_view id, title, owner;
  Day from{};
  Day last{};  ///< last day; Day{}: it goes on
  std::string_view metric, direction;
};
/// calendar.yaml: office hours, public holidays of the history, and what was announced in it, by day.
std::string CalendarText(const Window& history, std::vector<Announced> announced);

/// The window in which the plan's baselines were measured: the full months of the first half of the history,
/// or the whole first half when there is no full month in it.
Window BaselineOf(const Window& history);
/// The last full month of the history, or its last 28 days.
Window LastMonthOf(const Window& history);

/// Values for the places @name@ of a template.
using Values = std::map<std::string, std::string, std::less<>>;

/// To three leading digits, as people set targets.
std::int64_t Rounded(double value);
/// NAME_base and NAME_target: amounts, rounded.
void PutVolume(Values& values, const std::string& name, double base, double target);
/// The same for rates, with that many decimals.
void PutRate(Values& values, const std::string& name, double base, double target, int decimals);

/// demo/KIND/plan.yaml with its places filled. Error: kInternal when one has no value.
Result<std::string> PlanText(const std::string& kind, const Values& values);

/// demo/KIND/notes/*.md of the days that lie in the history.
DemoFiles NotesOf(const std::string& kind, const Window& history);

}  // namespace backcast::demo
