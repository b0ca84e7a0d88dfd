// SPDX-License-Identifier: Apache-2.0
#include "attribution/bootstrap.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace backcast {
namespace {

/// Persons with one journey, path by path.
void DrawAlone(const TallyPlan& plan, PoissonDraws& draws, LaneRandom& random, Tally<kLanes>& tally) {
  const Journeys& journeys = *plan.journeys;
  std::size_t conversion = 0, shared = 0;
  for (std::size_t path = 0; path < journeys.paths(); ++path) {
    double converting[kLanes] = {}, not_converting[kLanes];
    draws.Sum(journeys.alone_not_converting[path], random, not_converting);
    if (journeys.converting[path] > 0) {
      if (journeys.has_times) {
        for (; conversion < journeys.conversions.size() && journeys.conversions[conversion].path == path;
             ++conversion) {
          if (!journeys.conversions[conversion].alone) continue;
          double weight[kLanes];
          draws.One(random, weight);
          AddDecay(plan, journeys.conversions[conversion], weight, tally);
          for (std::size_t lane = 0; lane < kLanes; ++lane) converting[lane] += weight[lane];
        }
      } else {
        draws.Sum(journeys.alone_converting[path], random, converting);
      }
      AddShares(plan, plan.shares->paths[shared++], converting, tally);
    }
    AddMoves(plan, path, converting, not_converting, tally);
  }
}

/// Persons with several: all of their journeys come together.
void DrawSeveral(const TallyPlan& plan, const std::vector<std::uint32_t>& share_of, PoissonDraws& draws,
                 LaneRandom& random, Tally<kLanes>& tally) {
  const Journeys& journeys = *plan.journeys;
  const double none[kLanes] = {};
  for (std::size_t person = 0; person + 1 < journeys.several_offsets.size(); ++person) {
    double weight[kLanes];
    draws.One(random, weight);
    for (std::uint32_t at = journeys.several_offsets[person]; at < journeys.several_offsets[person + 1];
         ++at) {
      const PersonJourney& made = journeys.several[at];
      if (made.conversion == kNotConverted) {
        AddMoves(plan, made.path, none, weight, tally);
        continue;
      }
      AddShares(plan, plan.shares->paths[share_of[made.path]], weight, tally);
      AddDecay(plan, journeys.conversions[made.conversion], weight, tally);
      AddMoves(plan, made.path, weight, none, tally);
    }
  }
}

}  // namespace

std::vector<ModelShares> Resample(const TallyPlan& plan, int resamples, std::uint64_t seed, int threads) {
  std::vector<ModelShares> shares(static_cast<std::size_t>(std::max(0, resamples)));
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
      Tally<kLanes> tally(plan);
      DrawAlone(plan, draws, random, tally);
      DrawSeveral(plan, share_of, draws, random, tally);
      for (std::size_t lane = 0; lane < kLanes && from + lane < shares.size(); ++lane)
        shares[from + lane] = SharesOfLane(plan, tally, lane);
    }
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return shares;
}

}  // namespace backcast
