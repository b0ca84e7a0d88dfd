// SPDX-License-Identifier: Apache-2.0
// What a brand writes by hand, whichever brand it is: the plan from its template, costs, calendar, notes.
#pragma once

#include <map>
#include <span>
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

/// A cost that comes with every month.
struct RegularCost {
  std::string_view channel, kind, note;
  std::int64_t cents;  ///< per month
};
/// All regular costs on the first of every month of the history, with `others` among them, by day.
std::vector<CostLine> CostLines(std::span<const RegularCost> regular, const Window& history,
                                std::vector<CostLine> others);

/// Something that was changed on purpose, with what was expected beforehand.
struct Announced {
  std::string_view id, title, owner;
  Day from{};
  Day last{};  ///< last day; Day{}: it goes on
  std::string_view metric, direction;
};
/// calendar.yaml: office hours, public holidays of the history, and what was announced in it, by day.
std::string CalendarText(const Window& history, std::vector<Announced> announced);

/// What a brand announced of its events, which are of one kind for each brand; `end`: last day of the
/// history.
template <class Events>
std::vector<Announced> AnnouncedOf(const Events& events, Day end) {
  std::vector<Announced> announced;
  for (const auto& event : events) {
    if (event.expected.empty()) continue;
    const Day last = event.to < end ? event.to - std::chrono::days{1} : Day{};
    announced.push_back(
        {event.id, event.title, event.owner, event.from, last, event.expected, event.direction});
  }
  return announced;
}

/// The window in which the plan's baselines were measured: the full months of the first half of the history,
/// or the whole first half when there is no full month in it.
Window BaselineOf(const Window& history);
/// The last full month of the history, or its last 28 days.
Window LastMonthOf(const Window& history);

/// Values for the places @name@ of a template.
using Values = std::map<std::string, std::string, std::less<>>;

/// Days of a month, where amounts of other stretches are told by the month.
inline constexpr double kDaysPerMonth = 30.4375;

/// part / whole; 0 of nothing.
double Ratio(std::int64_t part, std::int64_t whole);

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
