// SPDX-License-Identifier: Apache-2.0
#include "care/business_hours.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace backcast {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesOfDay = 24 * 60;
constexpr int kMostHolidays = 10'000;

Error Fault(std::string_view file, const Place& place, std::string what, std::string hint) {
  return {Code::kInput, At(file, place), std::move(what), std::move(hint)};
}

/// "09:00" in minutes, up to "24:00".
std::optional<int> MinuteOf(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hour = 0, minute = 0;
  const char* from = text.data();
  if (std::from_chars(from, from + 2, hour).ptr != from + 2) return std::nullopt;
  if (std::from_chars(from + 3, from + 5, minute).ptr != from + 5) return std::nullopt;
  const bool fits = hour >= 0 && minute >= 0 && minute < 60 && hour * 60 + minute <= kMinutesOfDay;
  return fits ? std::optional(hour * 60 + minute) : std::nullopt;
}

/// "09:00-17:00"; one that ends no later than it begins goes on until the next day.
std::optional<OpenMinutes> SpanOf(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = MinuteOf(text.substr(0, dash)), to = MinuteOf(text.substr(dash + 1));
  if (!from || !to || *from == kMinutesOfDay) return std::nullopt;
  return OpenMinutes{*from, *to > *from ? *to : *to + kMinutesOfDay};
}

Result<Done> ReadWeek(const Yaml& week, std::string_view file, BusinessHours& hours) {
  if (!week.IsMap())
    return Fault(file, week.place, "business_hours is no map of weekdays",
                 "for example business_hours: {mon: \"09:00-17:00\"}");
  for (auto& day : hours.week) day.clear();
  for (const Yaml::Entry& entry : week.entries) {
    const auto day = std::find(kDays.begin(), kDays.end(), entry.key);
    if (day == kDays.end())
      return Fault(file, entry.place, "'" + entry.key.substr(0, 40) + "' is no weekday",
                   "mon, tue, wed, thu, fri, sat, sun");
    for (const std::string& text : entry.value.Texts()) {
      const auto span = SpanOf(text);
      if (!span)
        return Fault(file, entry.value.place, "'" + text.substr(0, 40) + "' are no hours",
                     "write them as \"09:00-17:00\", in quotes");
      hours.week[static_cast<std::size_t>(day - kDays.begin())].push_back(*span);
    }
  }
  return Done{};
}

Result<Done> ReadHolidays(const Yaml& list, std::string_view file, BusinessHours& hours) {
  hours.holidays.clear();
  for (const Yaml& item : list.items) {
    const bool span = item.IsMap() && item.Find("from") != nullptr;
    const std::string first = item.IsMap() ? item.Text(span ? "from" : "date") : item.text;
    const auto from = ParseIsoDay(first), to = ParseIsoDay(span ? item.Text("to") : first);
    if (!from.ok() || !to.ok() || to.value() < from.value())
      return Fault(file, item.place, "this holiday is no day",
                   "for example {date: 2026-12-25, name: Christmas}");
    for (Day day = from.value(); day <= to.value(); day += std::chrono::days{1}) {
      hours.holidays.insert(day);
      if (hours.holidays.size() > kMostHolidays)
        return Fault(file, item.place, "there are more than 10,000 days of holidays", "is the year right?");
    }
  }
  return Done{};
}

Result<Done> ReadHours(const Yaml& map, std::string_view file, BusinessHours& hours) {
  if (const Yaml* zone = map.Find("time_zone"); zone != nullptr) {
    auto opened = Zone::Open(zone->text);
    if (!opened.ok()) return Fault(file, zone->place, opened.error().what, opened.error().hint);
    hours.zone = opened.value();
    hours.zone_name = zone->text;
  }
  if (const Yaml* week = map.Find("business_hours"); week != nullptr)
    BACKCAST_CHECK(ReadWeek(*week, file, hours));
  if (const Yaml* days = map.Find("holidays"); days != nullptr)
    BACKCAST_CHECK(ReadHolidays(*days, file, hours));
  return Done{};
}

}  // namespace

const BusinessHours& DeskHours::Of(const std::string& team) const {
  const auto own = teams.find(team);
  return own == teams.end() ? all : own->second;
}

Result<DeskHours> ReadDeskHours(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  DeskHours hours;
  BACKCAST_CHECK(ReadHours(root, file, hours.all));
  if (const Yaml* teams = root.Find("teams"); teams != nullptr) {
    if (!teams->IsMap())
      return Fault(file, teams->place, "teams is no map of queues",
                   "for example teams: {support_us: {time_zone: America/New_York}}");
    for (const Yaml::Entry& team : teams->entries) {
      BusinessHours own = hours.all;
      BACKCAST_CHECK(ReadHours(team.value, file, own));
      hours.teams[team.key] = std::move(own);
    }
  }
  const auto never = [](const BusinessHours& one) {
    return std::all_of(one.week.begin(), one.week.end(), [](const auto& day) { return day.empty(); });
  };
  const bool some_team = std::any_of(hours.teams.begin(), hours.teams.end(),
                                     [&](const auto& team) { return !never(team.second); });
  if (never(hours.all) && !some_team) {
    return Error{Code::kInput, std::string(file), "no business hours are given",
                 "for example business_hours: {mon: \"09:00-17:00\", tue: \"09:00-17:00\"}"};
  }
  return hours;
}

}  // namespace backcast
