// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>

#include "attribution/credit.h"
#include "attribution/path_table.h"
#include "measure/random.h"
#include "measure/shapley.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

/// Persons meet channels by chance, each channel on its own, in any order; what they meet adds up to their
/// chance to convert. Nobody who meets none has a journey.
struct Market {
  std::vector<double> meets, effect;  // by channel
  int persons = 0;
  int channels() const { return static_cast<int>(meets.size()); }
  double ChanceOfSet(unsigned set) const {
    double chance = 1;
    for (int i = 0; i < channels(); ++i) chance *= (set >> i & 1U) != 0 ? meets[i] : 1 - meets[i];
    return chance;
  }
  double Converts(unsigned set) const {
    double chance = 0;
    for (int i = 0; i < channels(); ++i) chance += (set >> i & 1U) != 0 ? effect[i] : 0;
    return chance;
  }
};

Market MakeMarket(Random& random, int persons, bool equal = false) {
  Market market;
  market.persons = persons;
  const int channels = 3 + static_cast<int>(random.Below(4));
  for (int i = 0; i < channels; ++i) {
    market.meets.push_back(equal && i > 0 ? market.meets[0] : 0.15 + 0.4 * random.Uniform());
    market.effect.push_back(0.01 + 0.12 * random.Uniform());
  }
  return market;
}

std::vector<double> Normed(std::vector<double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  for (double& value : values) value /= sum;
  return values;
}

/// The share of conversions that would be missing without the channel.
std::vector<double> IncrementalShares(const Market& market) {
  std::vector<double> shares;
  for (int i = 0; i < market.channels(); ++i) shares.push_back(market.meets[i] * market.effect[i]);
  return Normed(shares);
}

/// What rate Shapley credits when nothing is left to chance.
std::vector<double> RateSharesOf(const Market& market) {
  const std::size_t sets = std::size_t{1} << market.channels();
  std::vector<double> converting(sets), all(sets);
  for (std::size_t set = 1; set < sets; ++set) {
    all[set] = market.ChanceOfSet(static_cast<unsigned>(set));
    converting[set] = all[set] * market.Converts(static_cast<unsigned>(set));
  }
  SumOverSubsets(all);
  SumOverSubsets(converting);
  for (std::size_t set = 1; set < sets; ++set) converting[set] /= all[set];
  converting[0] = 0;
  return Normed(ShapleyValues(converting).value());
}

/// And what a rule for single touches credits when the order is any.
std::vector<double> TouchSharesOf(const Market& market) {
  std::vector<double> shares(market.meets.size());
  for (unsigned set = 1; set < 1U << market.channels(); ++set) {
    const double each = market.ChanceOfSet(set) * market.Converts(set) / std::popcount(set);
    for (int i = 0; i < market.channels(); ++i) shares[i] += (set >> i & 1U) != 0 ? each : 0;
  }
  return Normed(shares);
}

Journeys Live(const Market& market, Random& random, bool only_converting) {
  PathTable table({}, kNoChannel);
  for (int person = 0; person < market.persons; ++person) {
    std::vector<ChannelCode> path;
    unsigned set = 0;
    for (int i = 0; i < market.channels(); ++i) {
      if (random.Uniform() >= market.meets[i]) continue;
      set |= 1U << i;
      path.push_back(static_cast<ChannelCode>(i));
    }
    if (path.empty()) continue;
    for (std::size_t i = path.size(); i > 1; --i) std::swap(path[i - 1], path[random.Below(i)]);
    const bool converts = random.Uniform() < market.Converts(set);
    if (converts || !only_converting) table.Add(path, converts ? 1 : 0, converts ? 25 : 0, converts ? 0 : 1);
  }
  return table.Finish();
}

CreditOptions Options(const Market& market, std::uint64_t seed) {
  CreditOptions options;
  options.channels = market.channels();
  options.resamples = 400;
  options.seed = seed;
  return options;
}

double Distance(const ModelCredit& model, const std::vector<double>& truth) {
  double distance = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) distance += std::abs(model.channels[i].share - truth[i]) / 2;
  return distance;
}

struct Seen {
  Rate conserved, rate_own, touch_own, rate_true, last_true, band, nearest, markov_farthest;
  Seen& operator+=(const Seen& more) {
    conserved += more.conserved;
    rate_own += more.rate_own;
    touch_own += more.touch_own;
    rate_true += more.rate_true;
    last_true += more.last_true;
    band += more.band;
    nearest += more.nearest;
    markov_farthest += more.markov_farthest;
    return *this;
  }
};

Seen Look(int index, bool equal) {
  Random random(WorldSeed(equal ? "attribution, met equally" : "attribution", index));
  const Market market = MakeMarket(random, 25'000, equal);
  const Journeys journeys = Live(market, random, false);
  const Credits credits = CreditChannels(journeys, Options(market, random.Next()));
  Seen seen;
  seen.conserved.Add(credits.conservation < 1e-9);
  const ModelCredit &rate = *credits.Find("shapley_rate"), &last = *credits.Find("last"),
                    &markov = *credits.Find("markov");
  if (rate.channels.empty() || markov.channels.empty()) return seen;
  const std::vector<double> own = RateSharesOf(market), touch = TouchSharesOf(market),
                            truth = IncrementalShares(market);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto holds = [i](const ModelCredit& model, double share) {
      return *model.channels[i].share_low <= share && share <= *model.channels[i].share_high;
    };
    seen.rate_own.Add(holds(rate, own[i]));
    seen.touch_own.Add(holds(last, touch[i]));
    seen.rate_true.Add(holds(rate, truth[i]));
    seen.last_true.Add(holds(last, truth[i]));
    double least = 1, most = 0;
    for (const ModelCredit& model : credits.models) {
      if (model.channels.empty()) continue;
      least = std::min(least, model.channels[i].share);
      most = std::max(most, model.channels[i].share);
    }
    seen.band.Add(least <= truth[i] && truth[i] <= most);
  }
  bool nearest = true, farthest = true;
  for (const ModelCredit& model : credits.models) {
    if (model.channels.empty()) continue;
    nearest = nearest && Distance(rate, truth) <= Distance(model, truth);
    farthest = farthest && Distance(markov, truth) >= Distance(model, truth);
  }
  seen.nearest.Add(nearest);
  seen.markov_farthest.Add(farthest);
  return seen;
}

/// Whether all models refuse a world of few conversions, and the two that need them one without other
/// journeys.
struct Refused {
  Rate few, present;
};

Refused LookAtRefusals(int index) {
  Random random(WorldSeed("attribution refused", index));
  Refused refused;
  const Market small = MakeMarket(random, 100);
  const Journeys few = Live(small, random, false);
  if (TotalsOf(few).conversions < kFewestConversions) {
    const Credits credits = CreditChannels(few, Options(small, 1));
    refused.few.Add(std::all_of(credits.models.begin(), credits.models.end(),
                                [](const ModelCredit& model) { return model.channels.empty(); }));
  }
  const Market large = MakeMarket(random, 20'000);
  const Credits credits = CreditChannels(Live(large, random, true), Options(large, 1));
  refused.present.Add(credits.Find("markov")->channels.empty() &&
                      credits.Find("shapley_rate")->channels.empty());
  return refused;
}

}  // namespace

Chapter AttributionChapter(int worlds) {
  Seen seen, equal;
  for (const Seen& each : ForAll<Seen>(worlds, [](int i) { return Look(i, false); })) seen += each;
  for (const Seen& each : ForAll<Seen>(worlds, [](int i) { return Look(i, true); })) equal += each;
  Refused refused;
  for (const Refused& each : ForAll<Refused>(worlds, LookAtRefusals)) {
    refused.few += each.few;
    refused.present += each.present;
  }
  return {
      "Attribution",
      "3 to 6 channels that 25,000 persons meet by chance; the truth is the share of conversions that would "
      "be "
      "missing without a channel.\n"
      "In real data nobody meets a channel by chance: no model is causal there.",
      {{"every model's credits sum to the conversions and the value, to a billionth", seen.conserved, 1, 1},
       {"95 % interval of rate Shapley holds what it would credit without chance", seen.rate_own, 0.92, 0.98},
       {"95 % interval of last touch holds what it would credit without chance", seen.touch_own, 0.92, 0.98},
       {"under 30 conversions: no model answers", refused.few, 1, 1},
       {"no journey without conversion: Markov and rate Shapley refuse", refused.present, 1, 1}},
      {{"95 % interval of rate Shapley holds the true share", seen.rate_true},
       {"95 % interval of last touch holds the true share", seen.last_true},
       {"the band over all models holds the true share", seen.band},
       {"rate Shapley is the nearest of all models to the truth", seen.nearest},
       {"Markov is the farthest", seen.markov_farthest},
       {"all channels met equally often: the interval of rate Shapley holds the true share", equal.rate_true},
       {"all channels met equally often: rate Shapley is the nearest to the truth", equal.nearest},
       {"all channels met equally often: the band over all models holds the true share", equal.band}}};
}

}  // namespace backcast::truth
