// SPDX-License-Identifier: Apache-2.0
#include "attribution/bootstrap.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace backcast {
namespace {

/// What one round of kLanes resamples counts.
struct Round {
  explicit Round(const TallyPlan& plan, const TallyPlan& rules)
      : counts(plan), values(rules), worth(TotalsOf(*plan.journeys).value > 0) {}

  void AddConversion(const TallyPlan& plan, const TimedConversion& conversion, const double* weight,
                     double* worths) {
    double value[kLanes];
    for (std::size_t lane = 0; lane < kLanes; ++lane) value[lane] = weight[lane] * conversion.value;
    for (std::size_t lane = 0; lane < kLanes; ++lane) worths[lane] += value[lane];
    AddDecay(plan, conversion, weight, counts);
    if (worth) AddDecay(plan, conversion, value, values);
  }
  void AddPath(const TallyPlan& plan, const PathShares::Path& path, const double* weight,
               const double* worths) {
    AddShares(plan, path, weight, counts);
    if (worth) AddShares(plan, path, worths, values);
  }

  Tally<kLanes> counts, values;
  bool worth;
};

/// Persons with one journey, path by path.
void DrawAlone(const TallyPlan& plan, PoissonDraws& draws, LaneRandom& random, Round& round) {
  const Journeys& journeys = *plan.journeys;
  std::size_t conversion = 0, shared = 0;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    double converting[kLanes] = {}, not_converting[kLanes];
    draws.Sum(journeys.alone_not_converting[path], random, not_converting);
    if (journeys.converting[path] > 0) {
      double worths[kLanes] = {};
      if (journeys.has_times) {
        for (; conversion < journeys.conversions.size() && journeys.conversions[conversion].path == path;
             ++conversion) {
          if (!journeys.conversions[conversion].alone) continue;
          double weight[kLanes];
          draws.One(random, weight);
          round.AddConversion(plan, journeys.conversions[conversion], weight, worths);
          for (std::size_t lane = 0; lane < kLanes; ++lane) converting[lane] += weight[lane];
        }
      } else {
        draws.Sum(journeys.alone_converting[path], random, converting);
        const double mean = journeys.value[path] / journeys.converting[path];
        for (std::size_t lane = 0; lane < kLanes; ++lane) worths[lane] = converting[lane] * mean;
      }
      round.AddPath(plan, plan.shares->paths[shared++], converting, worths);
    }
    AddMoves(plan, path, converting, not_converting, round.counts);
  }
}

/// Persons with several: all of their journeys come together.
void DrawSeveral(const TallyPlan& plan, const std::vector<std::uint32_t>& share_of, PoissonDraws& draws,
                 LaneRandom& random, Round& round) {
  const Journeys& journeys = *plan.journeys;
  const double none[kLanes] = {};
  for (std::size_t person = 0; person + 1 < journeys.several_offsets.size(); ++person) {
    double weight[kLanes];
    draws.One(random, weight);
    for (std::uint32_t at = journeys.several_offsets[person]; at < journeys.several_offsets[person + 1];
         ++at) {
      const PersonJourney& made = journeys.several[at];
      if (made.conversion == kNotConverted) {
        AddMoves(plan, made.path, none, weight, round.counts);
        continue;
      }
      double worths[kLanes] = {};
      round.AddConversion(plan, journeys.conversions[made.conversion], weight, worths);
      round.AddPath(plan, plan.shares->paths[share_of[made.path]], weight, worths);
      AddMoves(plan, made.path, weight, none, round.counts);
    }
  }
}

}  // namespace

std::vector<Resampled> Resample(const TallyPlan& plan, int resamples, std::uint64_t seed, int threads) {
  const TallyPlan rules = plan.RulesOnly();
  std::vector<Resampled> shares(static_cast<std::size_t>(std::max(0, resamples)));
  std::vector<std::uint32_t> share_of;  // entry of PathShares by path, for persons with several journeys
  if (plan.journeys->several_offsets.size() > 1) {
    share_of.resize(plan.journeys->paths());
    for (std::size_t at = 0; at < plan.shares->paths.size(); ++at)
      share_of[plan.shares->paths[at].path] = static_cast<std::uint32_t>(at);
  }
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    PoissonDraws draws;
    for (std::size_t from = kLanes * next++; from < shares.size(); from = kLanes * next++) {
      std::array<std::uint64_t, kLanes> seeds{};
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        seeds[lane] = seed + 0x9e3779b97f4a7c15ULL * (4 * (from + lane) + 1);
      LaneRandom random(seeds);
      Round round(plan, rules);
      DrawAlone(plan, draws, random, round);
      DrawSeveral(plan, share_of, draws, random, round);
      for (std::size_t lane = 0; lane < kLanes && from + lane < shares.size(); ++lane)
        shares[from + lane] = {SharesOfLane(plan, round.counts, lane),
                               SharesOfLane(rules, round.values, lane)};
    }
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return shares;
}

}  // namespace backcast
