// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "desk/care_answer.h"

namespace backcast {
namespace {

constexpr double kDay = 86400, kMicros = 1e6;
constexpr double kFirst = -2'208'988'800, kLast = 4'102'444'800;  // 1900 and 2100

Instant InstantAt(double seconds) {
  return Instant{std::chrono::microseconds{std::llround(std::clamp(seconds, kFirst, kLast) * kMicros)}};
}

Day DayAt(double seconds) {
  return Day{std::chrono::days{static_cast<int>(std::floor(std::clamp(seconds, kFirst, kLast) / kDay))}};
}

}  // namespace

bool DeskClocks::HasCalendar(const Workspace& workspace) {
  return std::filesystem::exists(workspace.PathOf("calendar.yaml"));
}

Result<DeskClocks> DeskClocks::Open(const Workspace& workspace, const std::string& name) {
  DeskClocks clocks;
  if (name == "calendar") return clocks;
  const std::string path = workspace.PathOf("calendar.yaml");
  if (!HasCalendar(workspace)) {
    return Error{Code::kInput, "calendar.yaml", "the business clock needs to know when the desk is open",
                 "write time_zone: Europe/Berlin and business_hours: {mon: \"09:00-17:00\"} into " + path};
  }
  BACKCAST_TRY(const std::string text, ReadTextFile(path));
  BACKCAST_TRY(clocks.hours_, ReadDeskHours(text, "calendar.yaml"));
  return clocks;
}

void DeskClocks::Wind(double from, double to) {
  if (!hours_) return;
  // Hours of a zone may lie in the day before or after; a shift may end on the next.
  const Window days{DayAt(from) - std::chrono::days{3}, DayAt(to) + std::chrono::days{3}};
  all_.emplace(hours_->all, days);
  for (const auto& [team, hours] : hours_->teams) teams_.insert_or_assign(team, BusinessClock(hours, days));
}

double DeskClocks::Seconds(const std::string& team, double from, double to) const {
  if (!hours_) return std::max(0.0, to - from);
  const auto own = teams_.find(team);
  const BusinessClock& clock = own == teams_.end() ? *all_ : own->second;
  return static_cast<double>(clock.Between(InstantAt(from), InstantAt(to))) / kMicros;
}

}  // namespace backcast
