// SPDX-License-Identifier: Apache-2.0
#include "measure/attribution.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "measure/shapley.h"

namespace backcast {
namespace {

constexpr auto kWhere = "attribution";

Error Unusable(std::string what, std::string hint) {
  return {Code::kInput, kWhere, std::move(what), std::move(hint)};
}

Result<Done> CheckJourneys(std::span<const JourneyCount> journeys, int channels) {
  if (channels < 1) return Unusable("there is no channel", "number the channels from 0");
  double converting = 0;
  for (const JourneyCount& journey : journeys) {
    if (journey.path.empty())
      return Unusable("a journey has no touch", "leave it out and count it as not attributed");
    for (const int channel : journey.path) {
      if (channel < 0 || channel >= channels) {
        return Unusable(
            "a journey names channel " + std::to_string(channel) + " of " + std::to_string(channels),
            "number the channels from 0");
      }
    }
    if (!std::isfinite(journey.converting) || !std::isfinite(journey.not_converting) ||
        journey.converting < 0 || journey.not_converting < 0) {
      return Unusable("a count of journeys is negative or unknown", "check how journeys are counted");
    }
    converting += journey.converting;
  }
  if (converting <= 0) {
    return Error{Code::kTooLittle, kWhere, "no journey ended in a conversion",
                 "choose a longer period or window"};
  }
  return Done{};
}

std::set<int> DistinctChannels(const JourneyCount& journey) {
  return {journey.path.begin(), journey.path.end()};
}

std::vector<double> InProportion(std::span<const double> values, double total) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::vector<double> parts;
  for (const double value : values) parts.push_back(total * value / sum);
  return parts;
}

}  // namespace

Result<std::vector<double>> VolumeShapley(std::span<const JourneyCount> journeys, int channels) {
  BACKCAST_CHECK(CheckJourneys(journeys, channels));
  std::vector<double> credit(static_cast<std::size_t>(channels));
  for (const JourneyCount& journey : journeys) {
    const auto distinct = DistinctChannels(journey);
    for (const int channel : distinct) {
      credit[static_cast<std::size_t>(channel)] += journey.converting / static_cast<double>(distinct.size());
    }
  }
  return credit;
}

Result<RateAttribution> RateShapley(std::span<const JourneyCount> journeys, int channels) {
  BACKCAST_CHECK(CheckJourneys(journeys, channels));
  if (channels > kMostPlayers) {
    return Unusable(
        "the conversion rates of all sets of " + std::to_string(channels) + " channels are too many",
        "merge channels with few conversions until at most 12 are left");
  }
  std::vector<double> converting(std::size_t{1} << channels), all(std::size_t{1} << channels);
  for (const JourneyCount& journey : journeys) {
    std::size_t set = 0;
    for (const int channel : journey.path) set |= std::size_t{1} << channel;
    converting[set] += journey.converting;
    all[set] += journey.converting + journey.not_converting;
  }
  SumOverSubsets(converting);
  SumOverSubsets(all);
  if (all.back() <= converting.back()) {
    return Unusable("every journey converted, so no channel can raise the rate",
                    "load the journeys that did not");
  }
  std::vector<double> rate(all.size());
  for (std::size_t set = 0; set < all.size(); ++set)
    rate[set] = all[set] > 0 ? converting[set] / all[set] : 0;
  RateAttribution attribution;
  BACKCAST_TRY(attribution.value, ShapleyValues(rate));
  attribution.credit = InProportion(attribution.value, converting.back());
  return attribution;
}

Result<RateAttribution> MatchedJourneys(std::span<const JourneyCount> journeys, int channels) {
  BACKCAST_CHECK(CheckJourneys(journeys, channels));
  if (channels > kMostPlayers)
    return Unusable("the sets of " + std::to_string(channels) + " channels are too many",
                    "merge channels with few conversions until at most 12 are left");
  std::map<std::set<int>, std::pair<double, double>> of_set;  // converting, all
  double conversions = 0;
  for (const JourneyCount& journey : journeys) {
    auto& [converting, all] = of_set[DistinctChannels(journey)];
    converting += journey.converting;
    all += journey.converting + journey.not_converting;
    conversions += journey.converting;
  }
  RateAttribution attribution;
  attribution.value.resize(static_cast<std::size_t>(channels));
  for (const auto& [set, counts] : of_set) {
    for (const int channel : set) {
      std::set<int> without = set;
      without.erase(channel);
      const auto like = of_set.find(without);
      double& value = attribution.value[static_cast<std::size_t>(channel)];
      if (without.empty()) {
        value += counts.first;
      } else if (like != of_set.end() && like->second.second > 0) {
        value += counts.first - counts.second * like->second.first / like->second.second;
      }
    }
  }
  if (!(std::accumulate(attribution.value.begin(), attribution.value.end(), 0.0) > 0)) {
    return Unusable("journeys with a channel do not convert more than like journeys without it",
                    "use another model");
  }
  attribution.credit = InProportion(attribution.value, conversions);
  return attribution;
}

Result<std::vector<PositionCredit>> OrderedShapley(std::span<const JourneyCount> journeys, int channels) {
  BACKCAST_CHECK(CheckJourneys(journeys, channels));
  std::map<std::pair<int, int>, double> credit;
  for (const JourneyCount& journey : journeys) {
    if (journey.converting <= 0) continue;
    const auto distinct = DistinctChannels(journey);
    for (std::size_t touch = 0; touch < journey.path.size(); ++touch) {
      const int channel = journey.path[touch];
      const auto visits = static_cast<double>(std::count(journey.path.begin(), journey.path.end(), channel));
      credit[{channel, static_cast<int>(touch) + 1}] +=
          journey.converting / static_cast<double>(distinct.size()) / visits;
    }
  }
  std::vector<PositionCredit> credits;
  for (const auto& [at, amount] : credit) credits.push_back({at.first, at.second, amount});
  return credits;
}

Result<std::vector<double>> TouchWeights(CreditRule rule, int touches, std::span<const double> ages,
                                         double half_life) {
  if (touches < 1) return Unusable("a journey has no touch", "leave it out and count it as not attributed");
  std::vector<double> weights(static_cast<std::size_t>(touches));
  switch (rule) {
    case CreditRule::kFirst:
      weights.front() = 1;
      break;
    case CreditRule::kLast:
      weights.back() = 1;
      break;
    case CreditRule::kLinear:
      std::fill(weights.begin(), weights.end(), 1.0);
      break;
    case CreditRule::kPosition:
      std::fill(weights.begin(), weights.end(), touches > 2 ? 0.2 / (touches - 2) : 1.0);
      if (touches > 2) weights.front() = weights.back() = 0.4;
      break;
    case CreditRule::kDecay: {
      if (ages.size() != weights.size() || !(half_life > 0)) {
        return Unusable("time decay needs the age of every touch and a half-life above zero",
                        "7 days is the usual one");
      }
      // Measured from the newest touch, which changes no weight but keeps old journeys from underflowing to
      // nothing.
      const double newest = *std::min_element(ages.begin(), ages.end());
      for (std::size_t touch = 0; touch < weights.size(); ++touch) {
        if (!std::isfinite(ages[touch]) || ages[touch] < 0) {
          return Unusable("the age of a touch is negative or unknown", "drop touches after the conversion");
        }
        weights[touch] = std::exp2(-(ages[touch] - newest) / half_life);
      }
      break;
    }
  }
  return InProportion(weights, 1);
}

Result<std::vector<double>> LastNonDirectWeights(std::span<const int> path, int direct) {
  if (path.empty()) return Unusable("a journey has no touch", "leave it out and count it as not attributed");
  std::size_t chosen = path.size() - 1;
  for (std::size_t touch = 0; touch < path.size(); ++touch) {
    if (path[touch] != direct) chosen = touch;
  }
  std::vector<double> weights(path.size());
  weights[chosen] = 1;
  return weights;
}

}  // namespace backcast
