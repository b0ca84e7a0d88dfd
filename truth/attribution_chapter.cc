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

/// How persons come to channels, and what several of them do together.
enum class Kind : std::uint8_t {
  kChance,  ///< each channel on its own, effects add up
  kEqual,   ///< the same, all channels met equally often
  kDimmed,  ///< the same, larger effects, of which the second finds fewer left to persuade
  kAnyway,  ///< the same as the first, and one in twenty to five buys without any channel
  kLeaning  ///< not by chance: one in five would buy anyway, and these meet some channels more
};

/// Persons meet channels in any order; what they meet moves their chance to convert. Nobody who meets none
/// has a journey.
struct Market {
  Kind kind = Kind::kChance;
  std::vector<double> meets, effect, lean;  // by channel
  double keen = 0, anyway = 0;  // share of persons who lean, and what they buy without any channel
  int persons = 0;
  int channels() const { return static_cast<int>(meets.size()); }
  double Meets(int channel, bool is_keen) const {
    return is_keen ? std::min(0.95, meets[channel] * lean[channel]) : meets[channel];
  }
  double ChanceOfSet(unsigned set, bool is_keen = false) const {
    double chance = 1;
    for (int i = 0; i < channels(); ++i)
      chance *= (set >> i & 1U) != 0 ? Meets(i, is_keen) : 1 - Meets(i, is_keen);
    return chance;
  }
  double Converts(unsigned set, bool is_keen = false) const {
    double chance = is_keen ? anyway : 0;
    for (int i = 0; i < channels(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      chance += kind == Kind::kDimmed ? (1 - chance) * effect[i] : effect[i];
    }
    return chance;
  }
};

Market MakeMarket(Random& random, int persons, Kind kind = Kind::kChance) {
  Market market;
  market.kind = kind;
  market.persons = persons;
  const int channels = 3 + static_cast<int>(random.Below(4));
  for (int i = 0; i < channels; ++i) {
    market.meets.push_back(kind == Kind::kEqual && i > 0 ? market.meets[0] : 0.15 + 0.4 * random.Uniform());
    market.effect.push_back((kind == Kind::kDimmed ? 3 : 1) * (0.01 + 0.12 * random.Uniform()));
  }
  market.lean.resize(market.meets.size(), 1);
  if (kind == Kind::kAnyway) {
    market.keen = 1;
    market.anyway = 0.05 + 0.15 * random.Uniform();
  }
  if (kind != Kind::kLeaning) return market;
  market.keen = 0.2;
  market.anyway = 0.1 + 0.2 * random.Uniform();
  for (double& lean : market.lean) lean = 1 + 2 * random.Uniform();
  return market;
}

std::vector<double> Normed(std::vector<double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  for (double& value : values) value /= sum;
  return values;
}

/// The share of conversions that would be missing without the channel, of all that one channel decides.
std::vector<double> IncrementalShares(const Market& market) {
  std::vector<double> shares(market.meets.size());
  for (const bool keen : {false, true}) {
    const double persons = keen ? market.keen : 1 - market.keen;
    for (unsigned set = 1; set < 1U << market.channels(); ++set) {
      const double chance = persons * market.ChanceOfSet(set, keen);
      for (int i = 0; i < market.channels(); ++i)
        shares[i] += chance * (market.Converts(set, keen) - market.Converts(set & ~(1U << i), keen));
    }
  }
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
    const bool keen = market.keen > 0 && random.Uniform() < market.keen;
    for (int i = 0; i < market.channels(); ++i) {
      if (random.Uniform() >= market.Meets(i, keen)) continue;
      set |= 1U << i;
      path.push_back(static_cast<ChannelCode>(i));
    }
    if (path.empty()) continue;
    for (std::size_t i = path.size(); i > 1; --i) std::swap(path[i - 1], path[random.Below(i)]);
    const bool converts = random.Uniform() < market.Converts(set, keen);
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
  Rate conserved, rate_own, touch_own, matched_true, rate_true, last_true, models, band, silent, nearest,
      markov_farthest;
  Seen& operator+=(const Seen& more) {
    conserved += more.conserved;
    rate_own += more.rate_own;
    touch_own += more.touch_own;
    matched_true += more.matched_true;
    rate_true += more.rate_true;
    last_true += more.last_true;
    models += more.models;
    band += more.band;
    silent += more.silent;
    nearest += more.nearest;
    markov_farthest += more.markov_farthest;
    return *this;
  }
};

const char* SeedOfKind(Kind kind) {
  switch (kind) {
    case Kind::kChance:
      return "attribution";
    case Kind::kEqual:
      return "attribution, met equally";
    case Kind::kDimmed:
      return "attribution, dimmed";
    case Kind::kAnyway:
      return "attribution, anyway";
    case Kind::kLeaning:
      return "attribution, leaning";
  }
  return "";
}

Seen Look(int index, Kind kind, int persons) {
  Random random(WorldSeed(SeedOfKind(kind), index));
  const Market market = MakeMarket(random, persons, kind);
  const Journeys journeys = Live(market, random, false);
  const Credits credits = CreditChannels(journeys, Options(market, random.Next()));
  Seen seen;
  seen.conserved.Add(credits.conservation < 1e-9);
  const ModelCredit &rate = *credits.Find("shapley_rate"), &last = *credits.Find("last"),
                    &markov = *credits.Find("markov"), &matched = *credits.Find("matched");
  const std::vector<double> own = RateSharesOf(market), touch = TouchSharesOf(market),
                            truth = IncrementalShares(market);
  for (const CreditSpread& spread : credits.spread) {
    const double share = truth[static_cast<std::size_t>(spread.channel)];
    (spread.known ? seen.band : seen.silent).Add(*spread.low <= share && share <= *spread.high);
  }
  if (rate.channels.empty() || matched.channels.empty() || markov.channels.empty()) return seen;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto holds = [i](const ModelCredit& model, double share) {
      return *model.channels[i].share_low <= share && share <= *model.channels[i].share_high;
    };
    seen.rate_own.Add(holds(rate, own[i]));
    seen.touch_own.Add(holds(last, touch[i]));
    seen.matched_true.Add(holds(matched, truth[i]));
    seen.rate_true.Add(holds(rate, truth[i]));
    seen.last_true.Add(holds(last, truth[i]));
  }
  for (const CreditSpread& spread : credits.spread) {
    const double share = truth[static_cast<std::size_t>(spread.channel)];
    seen.models.Add(spread.least <= share && share <= spread.most);
  }
  bool nearest = true, farthest = true;
  for (const ModelCredit& model : credits.models) {
    if (model.channels.empty()) continue;
    nearest = nearest && Distance(matched, truth) <= Distance(model, truth);
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
                      credits.Find("shapley_rate")->channels.empty() &&
                      credits.Find("matched")->channels.empty());
  return refused;
}

}  // namespace

Chapter AttributionChapter(int worlds) {
  constexpr int kPersons = 25'000;
  const auto look = [worlds](Kind kind, int persons) {
    Seen all;
    for (const Seen& each : ForAll<Seen>(worlds, [kind, persons](int i) { return Look(i, kind, persons); }))
      all += each;
    return all;
  };
  const Seen seen = look(Kind::kChance, kPersons), equal = look(Kind::kEqual, kPersons),
             dimmed = look(Kind::kDimmed, kPersons), anyway = look(Kind::kAnyway, kPersons),
             leaning = look(Kind::kLeaning, kPersons), many = look(Kind::kChance, 10 * kPersons),
             few = look(Kind::kChance, 3'000);
  Refused refused;
  for (const Refused& each : ForAll<Refused>(worlds, LookAtRefusals)) {
    refused.few += each.few;
    refused.present += each.present;
  }
  const std::string held = "the band over all models and their intervals holds the true share";
  return {
      "Attribution",
      "3 to 6 channels that 25,000 persons meet by chance; the truth is the share of conversions that would "
      "be "
      "missing without a channel.\n"
      "In real data nobody meets a channel by chance: no model is causal there, and the last rows show what "
      "that does to the band.",
      {{"every model's credits sum to the conversions and the value, to a billionth", seen.conserved, 1, 1},
       {"95 % interval of rate Shapley holds what it would credit without chance", seen.rate_own, 0.92, 0.98},
       {"95 % interval of last touch holds what it would credit without chance", seen.touch_own, 0.92, 0.98},
       {"95 % interval of matched journeys holds the true share", seen.matched_true, 0.92, 0.98},
       {held, seen.band, kBandHolds, 1},
       {"the same with ten times the persons", many.band, kBandHolds, 1},
       {"the same, all channels met equally often", equal.band, kBandHolds, 1},
       {"the same, effects that take from each other", dimmed.band, kBandHolds, 1},
       {"under 30 conversions: no model answers", refused.few, 1, 1},
       {"no journey without conversion: Markov, rate Shapley and matched journeys refuse", refused.present, 1,
        1}},
      {{"95 % interval of rate Shapley holds the true share", seen.rate_true},
       {"95 % interval of last touch holds the true share", seen.last_true},
       {"the band over all models without their intervals holds the true share", seen.models},
       {"matched journeys are the nearest of all models to the truth", seen.nearest},
       {"Markov is the farthest", seen.markov_farthest},
       {"under 1,000 conversions, where the models of sets are silent: " + held, few.silent},
       {"one in twenty to one in five buys without any channel: " + held, anyway.band},
       {"who would buy anyway meets some channels more: " + held, leaning.band},
       {"who would buy anyway meets some channels more: 95 % interval of matched journeys holds the true "
        "share",
        leaning.matched_true}}};
}

}  // namespace backcast::truth
