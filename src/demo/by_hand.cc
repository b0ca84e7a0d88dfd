// SPDX-License-Identifier: Apache-2.0
#include "demo/by_hand.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/embedded.h"
#include "demo/parameters.h"

namespace backcast::demo {

std::string CostsText(const std::vector<CostLine>& lines) {
  Csv csv({"date", "channel", "kind", "amount", "currency", "note"});
  for (const CostLine& line : lines)
    csv.Row({ToIso(line.day), line.channel, line.kind, Money(line.cents), "EUR", line.note});
  return csv.text();
}

std::string CalendarText(const Window& history, std::vector<Announced> announced) {
  std::string text =
      "# Office hours, holidays and what the brand changed on purpose. Expectations were written down before "
      "the change.\n"
      "time_zone: Europe/Berlin\n"
      "business_hours: {mon: \"09:00-17:00\", tue: \"09:00-17:00\", wed: \"09:00-17:00\", thu: "
      "\"09:00-17:00\", "
      "fri: \"09:00-17:00\"}\nholidays:\n";
  for (Day day = history.from; day < history.to; day += std::chrono::days{1})
    if (const std::string_view name = Holiday(day); !name.empty())
      text += fmt::format("- {{date: {}, name: {}}}\n", ToIso(day), name);
  text += "interventions:\n";
  std::stable_sort(announced.begin(), announced.end(),
                   [](const Announced& a, const Announced& b) { return a.from < b.from; });
  for (const Announced& change : announced) {
    if (!history.Contains(change.from)) continue;
    text += fmt::format(
        "- {{id: {}, date: {}, {}title: \"{}\", owner: {}, expect: {{metric: {}, direction: {}}}}}\n",
        change.id, ToIso(change.from), change.last == Day{} ? "" : "to: " + ToIso(change.last) + ", ",
        change.title, change.owner, change.metric, change.direction);
  }
  return text;
}

Window BaselineOf(const Window& history) {
  const Window half{history.from, history.from + std::chrono::days{history.days() / 2}};
  using std::chrono::year_month_day;
  const year_month_day from{half.from}, to{half.to};
  Window months{Day{from.year() / from.month() / 1}, Day{to.year() / to.month() / 1}};
  if (months.from < half.from) months.from = Day{from.year() / from.month() / 1 + std::chrono::months{1}};
  return months.from < months.to ? months : half;
}

Window LastMonthOf(const Window& history) {
  const std::chrono::year_month_day next{history.to};
  const Day to{next.year() / next.month() / 1};
  const Window month{Day{next.year() / next.month() / 1 - std::chrono::months{1}}, to};
  return month.from >= history.from
             ? month
             : Window{history.to - std::chrono::days{std::min(28, history.days())}, history.to};
}

std::vector<CostLine> CostLines(std::span<const RegularCost> regular, const Window& history,
                                std::vector<CostLine> others) {
  std::vector<CostLine> lines;
  for (Day day = history.from; day < history.to; day += std::chrono::days{1}) {
    if (unsigned{std::chrono::year_month_day{day}.day()} != 1) continue;
    for (const RegularCost& cost : regular)
      lines.push_back(
          {day, std::string(cost.channel), std::string(cost.kind), std::string(cost.note), cost.cents});
  }
  for (CostLine& other : others) {
    if (history.Contains(other.day)) lines.push_back(std::move(other));
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const CostLine& a, const CostLine& b) { return a.day < b.day; });
  return lines;
}

double Ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::int64_t Rounded(double value) {
  std::int64_t step = 1;
  while (value / static_cast<double>(step) >= 1000) step *= 10;
  return std::llround(value / static_cast<double>(step)) * step;
}

void PutVolume(Values& values, const std::string& name, double base, double target) {
  values[name + "_base"] = Whole(Rounded(base));
  values[name + "_target"] = Whole(Rounded(target));
}

void PutRate(Values& values, const std::string& name, double base, double target, int decimals) {
  values[name + "_base"] = Fixed(base, decimals);
  values[name + "_target"] = Fixed(target, decimals);
}

Result<std::string> PlanText(const std::string& kind, const Values& values) {
  const std::string name = "demo/" + kind + "/plan.yaml";
  const auto text = Embedded(name);
  if (!text) return Error{Code::kInternal, name, "the template of the plan is not built in", ""};
  std::string plan;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t begin = text->find('@', at);
    plan += text->substr(at, begin - at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = text->find('@', begin + 1);
    const std::string place(text->substr(begin + 1, end - begin - 1));
    const auto found = values.find(place);
    if (end == std::string_view::npos || found == values.end())
      return Error{Code::kInternal, name, "the place @" + place + "@ of the template has no value",
                   "the demo's simulator has to give one"};
    plan += found->second;
    at = end + 1;
  }
  return plan;
}

DemoFiles NotesOf(const std::string& kind, const Window& history) {
  const std::string folder = "demo/" + kind + "/";
  DemoFiles notes;
  for (const EmbeddedFile& file : EmbeddedFiles(folder + "notes/")) {
    const std::string name(file.path.substr(folder.size()));
    const auto day = ParseIsoDay(std::string_view(name).substr(6, 10));
    if (day.ok() && history.Contains(day.value())) notes.push_back({name, std::string(file.text)});
  }
  return notes;
}

}  // namespace backcast::demo
