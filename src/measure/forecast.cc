// SPDX-License-Identifier: Apache-2.0
#include "measure/forecast.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr auto kWhere = "forecast";

Error Unusable(std::string what, std::string hint) {
  return {Code::kInput, kWhere, std::move(what), std::move(hint)};
}

std::size_t Weekday(int first, std::size_t day) { return (static_cast<std::size_t>(first) + day) % 7; }

double SeasonOf(std::span<const double> season, std::size_t day) { return season.empty() ? 1 : season[day]; }

bool IsSeason(std::span<const double> season, std::size_t days) {
  return season.empty() ||
         (season.size() == days && std::all_of(season.begin(), season.end(), [](double factor) {
            return std::isfinite(factor) && factor > 0;
          }));
}

Result<Done> CheckHistory(const DailyValues& history) {
  if (history.first_weekday < 0 || history.first_weekday > 6) {
    return Unusable("a weekday is numbered 0 to 6", "number Monday 0");
  }
  if (!IsSeason(history.season, history.values.size())) {
    return Unusable("every day needs a season factor above zero",
                    "leave the season out where it is not known");
  }
  int days = 0;
  for (const double value : history.values) {
    if (value < 0 || std::isinf(value))
      return Unusable("a day is below zero", "book returns on the day of the order");
    days += !std::isnan(value);
  }
  if (days < kForecastDays) {
    return Error{Code::kTooLittle, kWhere,
                 "needs " + std::to_string(kForecastDays) + " days of history, have " + std::to_string(days),
                 "wait, or load older exports"};
  }
  return Done{};
}

}  // namespace

Result<WeekdayProfile> FitWeekdayProfile(const DailyValues& history) {
  BACKCAST_CHECK(CheckHistory(history));
  WeekdayProfile profile;
  std::array<double, 7> seasons{};
  for (std::size_t day = 0; day < history.values.size(); ++day) {
    if (std::isnan(history.values[day])) continue;
    const std::size_t weekday = Weekday(history.first_weekday, day);
    profile.level[weekday] += history.values[day];
    seasons[weekday] += SeasonOf(history.season, day);
    ++profile.days;
  }
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    if (seasons[weekday] == 0) {
      return Error{Code::kTooLittle, kWhere, "a weekday is missing in all weeks",
                   "give a closed day the value 0"};
    }
    profile.level[weekday] /= seasons[weekday];
  }
  double squares = 0;
  for (std::size_t day = 0; day < history.values.size(); ++day) {
    if (std::isnan(history.values[day])) continue;
    const double mean = profile.level[Weekday(history.first_weekday, day)] * SeasonOf(history.season, day);
    // Below one a day Pearson's residual explodes on a single event.
    squares += (history.values[day] - mean) * (history.values[day] - mean) / std::max(mean, 1.0);
  }
  profile.dispersion = std::max(1.0, squares / (profile.days - 7));
  return profile;
}

std::vector<double> ExpectedDays(const WeekdayProfile& profile, int first_weekday, int days,
                                 std::span<const double> season) {
  std::vector<double> expected;
  for (std::size_t day = 0; day < static_cast<std::size_t>(std::max(days, 0)); ++day) {
    expected.push_back(profile.level[Weekday(first_weekday, day)] * SeasonOf(season, day));
  }
  return expected;
}

Result<double> SeasonPace(double actual, double target, std::span<const double> expected, int elapsed) {
  if (elapsed < 1 || static_cast<std::size_t>(elapsed) > expected.size()) {
    return Unusable("the day is not in the period", "count the days that are complete");
  }
  const double so_far = std::accumulate(expected.begin(), expected.begin() + elapsed, 0.0);
  const double all = std::accumulate(expected.begin() + elapsed, expected.end(), so_far);
  if (!std::isfinite(actual) || !(target > 0) || !(so_far > 0) || !std::isfinite(all)) {
    return Unusable("nothing is expected so far or the target is not above zero",
                    "wait for the first open day");
  }
  return actual / (target * so_far / all);
}

Result<PeriodForecast> ForecastPeriod(const DailyValues& history, double actual, int rest_days,
                                      std::span<const double> rest_season, double level) {
  if (!IsLevel(level))
    return Unusable("the level of an interval lies between 0 and 1", "0.95 is the usual one");
  if (rest_days < 1 || !std::isfinite(actual)) {
    return Unusable("there is no day to come, or what is there is unknown",
                    "a period that is over needs no forecast");
  }
  if (!IsSeason(rest_season, static_cast<std::size_t>(rest_days))) {
    return Unusable("every day to come needs a season factor above zero",
                    "leave the season out where it is not known");
  }
  BACKCAST_TRY(const WeekdayProfile profile, FitWeekdayProfile(history));
  if (rest_days > kSeasonDays && profile.days < 2 * kSeasonDays) {
    return Error{Code::kTooLittle, kWhere, "more than a year ahead needs two years of history",
                 "ask for a shorter period"};
  }
  const int weekday = static_cast<int>(Weekday(history.first_weekday, history.values.size()));
  const auto expected = ExpectedDays(profile, weekday, rest_days, rest_season);
  PeriodForecast forecast;
  forecast.rest = std::accumulate(expected.begin(), expected.end(), 0.0);
  forecast.total = actual + forecast.rest;
  const double deviation =
      std::sqrt(profile.dispersion * forecast.rest * (1 + static_cast<double>(rest_days) / profile.days));
  const double half = StudentCritical(level, profile.days - 7) * deviation;
  forecast.interval = {std::max(actual, forecast.total - half), forecast.total + half};
  return forecast;
}

}  // namespace backcast
