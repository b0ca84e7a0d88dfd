// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "truth/world.h"

namespace backcast::truth {
namespace {

constexpr int kDaysPerWeek = 7;
constexpr double kWeeksPerYear = 52.18, kKpiDeviation = 0.2, kOutcomeDeviation = 0.15;
constexpr std::size_t kRunIn = 12;  ///< weeks before the first, so that lags have a past

/// KPIs of the kinds that plans have: counts by day that can be summed.
constexpr const char* kMetrics[] = {"views",       "link_clicks",   "saves", "comments", "followers_gained",
                                    "video_views", "profile_visits"};

std::string PlanOf(const LinkSettings& settings) {
  std::string yaml =
      "backcast: 1\nbrand: {name: World, currency: EUR}\nteam: [{id: ana, function: social, influences: "
      "[content]}]\n"
      "outcomes:\n- {id: o, metric: speaking_invitations, ceo: Invitations to speak., owner: ana, baseline: "
      "1, target: 2, lag_weeks: " +
      std::to_string(settings.linked ? settings.lag : 0) + "}\nkpis:\n";
  for (int i = 0; i < settings.kpis; ++i) {
    yaml += "- {id: k" + std::to_string(i) + ", outcome: o, metric: " + kMetrics[i % 7] + ", owner: ana}\n";
  }
  return yaml;
}

/// What any two numbers of a brand may have in common without one leading to the other.
struct Common {
  double trend = 0, season = 0, phase = 0, spike = 0;
  std::size_t spike_week = 0;

  double At(std::size_t week, double weeks, double share) const {
    const double year = 2 * std::numbers::pi * static_cast<double>(week) / kWeeksPerYear + phase;
    return share * (trend * static_cast<double>(week) / weeks + season * std::sin(year) +
                    (week == spike_week ? spike : 0));
  }
};

/// What makes a world rough: every number has a trend of its own and the season in its own measure, and a few
/// weeks lift all of them by four to eight of their standard deviations, some of them a week late.
class Roughness {
 public:
  Roughness(Random& random, std::size_t weeks) : weeks_(weeks), phase_(6.28 * random.Uniform()) {
    const auto events = 1 + random.Below(3);
    for (std::uint64_t i = 0; i < events; ++i)
      events_.push_back({kRunIn + random.Below(weeks - kRunIn), 4 + 4 * random.Uniform()});
  }

  void AddTo(std::vector<double>& logs, double sd, Random& random) const {
    const double trend = 0.3 * random.Normal(), season = 0.3 * random.Uniform();
    for (std::size_t week = 0; week < weeks_; ++week)
      logs[week] +=
          trend * static_cast<double>(week) / kWeeksPerYear +
          season * std::sin(2 * std::numbers::pi * static_cast<double>(week) / kWeeksPerYear + phase_);
    for (const Event& event : events_) {
      const std::size_t week = event.week + (random.Below(4) == 0 ? 1 : 0);
      if (week < weeks_) logs[week] += event.size * sd;
    }
  }

 private:
  struct Event {
    std::size_t week = 0;
    double size = 0;  ///< in standard deviations of the number
  };
  std::size_t weeks_;
  double phase_;
  std::vector<Event> events_;
};

/// Counts by day around a weekly level, with a weekday profile.
DailySeries DaysOf(Random& random, const std::vector<double>& logs, double mean, Day first) {
  DailySeries series{Combine::kSum, first, {}, {}};
  for (std::size_t week = kRunIn; week < logs.size(); ++week) {
    for (int day = 0; day < kDaysPerWeek; ++day)
      series.amount.push_back(random.Poisson(mean * std::exp(logs[week]) * (day < 5 ? 1.1 : 0.75)));
  }
  return series;
}

}  // namespace

LinkSettings NullSettings(const std::string& kind, int index) {
  Random random(WorldSeed(kind + " settings", index));
  LinkSettings settings;
  settings.weeks = 26 + static_cast<int>(random.Below(131));
  settings.kpis = 3 + static_cast<int>(random.Below(5));
  settings.shared = random.Below(2) == 0;
  return settings;
}

World LinkWorld(const std::string& kind, int index, const LinkSettings& settings) {
  World world;
  world.seed = WorldSeed(kind, index);
  Random random(world.seed);
  ReadWorldPlan(world, PlanOf(settings));
  const Day first = ParseIsoDay("2024-01-01").value();
  SetPeriods(world, first, settings.weeks * kDaysPerWeek, 28);
  const auto weeks = static_cast<std::size_t>(settings.weeks) + kRunIn;
  Common common;
  if (settings.shared) {
    common = {.trend = random.Normal() * 0.6,
              .season = random.Uniform() * 0.4,
              .phase = random.Uniform() * 6,
              .spike = random.Uniform() * 1.5,
              .spike_week = kRunIn + random.Below(static_cast<std::uint64_t>(settings.weeks))};
  }
  constexpr double kMemories[] = {0, 0.4, 0.8, 1};
  const auto memory = [&] {
    return settings.linked ? settings.memory * random.Uniform() : kMemories[random.Below(4)];
  };
  std::vector<std::vector<double>> kpis;
  for (int i = 0; i < settings.kpis; ++i) {
    std::vector<double> logs = Wander(random, weeks, memory(), kKpiDeviation);
    const double share = 0.5 + random.Uniform();
    for (std::size_t week = 0; week < weeks; ++week)
      logs[week] += common.At(week, static_cast<double>(weeks), share);
    kpis.push_back(std::move(logs));
  }
  std::vector<double> outcome = Wander(random, weeks, memory(), kOutcomeDeviation);
  for (std::size_t week = 0; week < weeks; ++week)
    outcome[week] += common.At(week, static_cast<double>(weeks), 1);
  if (settings.gamed || settings.grows) {
    for (std::size_t week = weeks - 26; week < weeks; ++week)
      kpis[0][week] += 0.4 * std::min(1.0, static_cast<double>(week - (weeks - 26)) / 6);
  }
  if (settings.linked) {
    const double slope = settings.elasticity * (settings.against ? -1 : 1);
    for (std::size_t week = static_cast<std::size_t>(settings.lag); week < weeks; ++week) {
      const std::size_t source = week - static_cast<std::size_t>(settings.lag);
      double moved = kpis[0][source] - common.At(source, static_cast<double>(weeks), 1);
      if (settings.gamed && source >= weeks - 26)
        moved -= 0.4 * std::min(1.0, static_cast<double>(source - (weeks - 26)) / 6);
      if (!(settings.breaks && week >= weeks - 26)) outcome[week] += slope * moved;
    }
  }
  if (settings.rough) {  // after the link: what a number has of its own goes nowhere
    const Roughness roughness(random, weeks);
    for (std::vector<double>& kpi : kpis) roughness.AddTo(kpi, kKpiDeviation, random);
    roughness.AddTo(outcome, kOutcomeDeviation, random);
  }
  for (int i = 0; i < settings.kpis; ++i) {
    const double mean = settings.linked ? 400 : std::exp(random.Uniform() * 7);
    AddNode(world, "k" + std::to_string(i), DaysOf(random, kpis[static_cast<std::size_t>(i)], mean, first));
  }
  AddNode(world, "o", DaysOf(random, outcome, settings.linked ? 80 : 1 + random.Uniform() * 60, first));
  return world;
}

}  // namespace backcast::truth
