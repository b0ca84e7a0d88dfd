// SPDX-License-Identifier: Apache-2.0
#include "attribution/credit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "attribution/bootstrap.h"
#include "attribution/tally.h"
#include "base/number.h"
#include "measure/attribution.h"
#include "measure/shapley.h"

namespace backcast {
namespace {

constexpr std::size_t kMostCells = 4'000'000;  // of a chain's counts
// One solution per resample.
constexpr std::size_t kMostInvertedStates = 300;
constexpr double kMostResampledSweepCost = 1e6;
constexpr int kMostResampledChannels = 2000;

/// Where the shares of a model are kept.
const std::vector<double>& SharesOfModel(const ModelShares& shares, std::string_view id) {
  if (id == "first") return shares.first;
  if (id == "last") return shares.last;
  if (id == "last_non_direct") return shares.last_non_direct;
  if (id == "linear") return shares.linear;
  if (id == "position") return shares.position;
  if (id == "time_decay") return shares.decay;
  if (id == "markov") return shares.markov;
  if (id == "shapley_rate") return shares.rate;
  if (id == "matched") return shares.matched;
  return shares.distinct;
}

/// Models that look at the set of channels of a journey.
bool TakesSets(std::string_view id) { return id == "shapley_rate" || id == "matched"; }

std::string Have(double count, std::string_view what, double need) {
  return "have " + FormatNumber(count, "count", false) + " " + std::string(what) + ", need about " +
         FormatNumber(need, "count", false);
}

/// The models' gates: what each needs, and what is missing here.
class Gates {
 public:
  Gates(const Journeys& journeys, const JourneyTotals& totals, const CreditOptions& options)
      : journeys_(journeys), totals_(totals), options_(options) {}

  void Judge(ModelCredit& model, const MarkovChain* chain, const Players& players) const {
    const double conversions = totals_.conversions;
    if (model.id == "markov" || TakesSets(model.id)) {
      const double need = model.id == "markov" ? kFewestForMarkov : kFewestForRates;
      if (conversions < need) return TooLittle(model, Have(conversions, "conversions", need));
      if (totals_.journeys <= conversions)
        return Refuse(model,
                      "journeys without a conversion are missing; without them it would only say how often a "
                      "channel is present");
      if (model.id == "markov") return JudgeChain(model, chain);
      const auto count = static_cast<int>(players.channels.size());
      if (count > options_.most_players)
        return Refuse(model, std::to_string(count) + " channels of 30 conversions and more are over its " +
                                 std::to_string(options_.most_players) +
                                 (options_.most_players < kMostPlayers && count <= kMostPlayers
                                      ? "; --most-channels " + std::to_string(count) + " takes them"
                                      : "; merge channels before"));
      return;
    }
    if (conversions < kFewestConversions)
      return TooLittle(model, Have(conversions, "conversions", kFewestConversions));
    if (model.id == "time_decay" && !journeys_.has_times)
      Refuse(model, "a table of paths does not say when its touches happened; give the touches themselves");
  }
  /// What shows only when it is counted.
  static void JudgeShares(const std::vector<double>& shares, ModelCredit& model) {
    if (model.state != ModelCredit::State::kAnswered || !shares.empty()) return;
    Refuse(model,
           model.id == "markov"
               ? "its journeys are too long for a chain of so many states; --most-touches 20 cuts them, "
                 "--order 1 has fewer states"
               : "journeys with a channel hardly convert more than like journeys without it, so that "
                 "comparing them shares nothing out");
  }

 private:
  void JudgeChain(ModelCredit& model, const MarkovChain* chain) const {
    if (totals_.journeys < kFewestJourneysForMarkov)
      return TooLittle(model, Have(totals_.journeys, "journeys", kFewestJourneysForMarkov));
    if (chain == nullptr || !chain->Solvable())
      Refuse(model,
             (chain == nullptr
                  ? std::string("the chain")
                  : "a chain of " + FormatNumber(static_cast<double>(chain->states()), "count", false) +
                        " states") +
                 " is too large to solve; lower the order or merge small channels");
  }
  static void TooLittle(ModelCredit& model, std::string reason) {
    model.state = ModelCredit::State::kTooLittle;
    model.reason = std::move(reason);
  }
  static void Refuse(ModelCredit& model, std::string reason) {
    model.state = ModelCredit::State::kRefused;
    model.reason = std::move(reason);
  }

  const Journeys& journeys_;
  const JourneyTotals& totals_;
  const CreditOptions& options_;
};

/// The counts themselves, and those weighted with what the conversions are worth.
struct PointTallies {
  Tally<1> counts, values;
};

PointTallies CountOnce(const TallyPlan& plan) {
  const TallyPlan rules = plan.RulesOnly();
  PointTallies tallies{Tally<1>(plan), Tally<1>(rules)};
  const Journeys& journeys = *plan.journeys;
  for (const PathShares::Path& path : plan.shares->paths) {
    AddShares<1>(plan, path, &journeys.converting[path.path], tallies.counts);
    AddShares<1>(plan, path, &journeys.value[path.path], tallies.values);
  }
  const double one = 1;
  for (const TimedConversion& conversion : journeys.conversions) {
    AddDecay<1>(plan, conversion, &one, tallies.counts);
    AddDecay<1>(plan, conversion, &conversion.value, tallies.values);
  }
  for (std::size_t path = 0; path < journeys.paths(); ++path)
    AddMoves<1>(plan, path, &journeys.converting[path], &journeys.not_converting[path], tallies.counts);
  return tallies;
}

using Limits = std::pair<std::optional<double>, std::optional<double>>;

/// The middle 95 % of what the resamples say at `at`; nothing when fewer than 40 say something.
template <class Pick>
Limits MiddleOf(const std::vector<Resampled>& resampled, std::size_t at, const Pick& pick) {
  std::vector<double> seen;
  for (const Resampled& one : resampled) {
    const std::vector<double>& numbers = pick(one);
    if (!numbers.empty()) seen.push_back(numbers[at]);
  }
  if (seen.size() < 40) return {};
  std::sort(seen.begin(), seen.end());
  const std::size_t outside = seen.size() / 40;
  return {seen[outside], seen[seen.size() - 1 - outside]};
}

void AddIntervals(const std::vector<Resampled>& resampled, const JourneyTotals& totals, ModelCredit& model) {
  const auto counts = [&](const Resampled& one) -> const std::vector<double>& {
    return SharesOfModel(one.counts, model.id);
  };
  // Models of all journeys share the value as they do the conversions.
  const bool follows = model.id == "markov" || TakesSets(model.id);
  const auto values = [&](const Resampled& one) -> const std::vector<double>& {
    return SharesOfModel(follows ? one.counts : one.values, model.id);
  };
  for (std::size_t at = 0; at < model.channels.size(); ++at) {
    ChannelCredit& credit = model.channels[at];
    std::tie(credit.share_low, credit.share_high) = MiddleOf(resampled, at, counts);
    if (!credit.share_low) {
      model.no_interval = "fewer than 40 resamples have no middle 95 %";
      return;
    }
    credit.low = *credit.share_low * totals.conversions;
    credit.high = *credit.share_high * totals.conversions;
    if (totals.value > 0) {
      const Limits worth = MiddleOf(resampled, at, values);
      if (worth.first) credit.value_low = *worth.first * totals.value;
      if (worth.second) credit.value_high = *worth.second * totals.value;
    }
    if (!credit.removal_effect) continue;
    std::tie(credit.removal_low, credit.removal_high) = MiddleOf(
        resampled, at,
        [](const Resampled& one) -> const std::vector<double>& { return one.counts.removal.effects; });
  }
}

void AddPositions(const Journeys& journeys, const PathShares& shares, ModelCredit& model) {
  std::vector<std::map<int, double>> by_channel(model.channels.size());
  std::map<ChannelCode, double> visits;
  for (const PathShares::Path& path : shares.paths) {
    const auto touches = journeys.Path(path.path);
    visits.clear();
    for (const ChannelCode channel : touches) ++visits[channel];
    const double each = journeys.converting[path.path] / static_cast<double>(visits.size());
    for (std::size_t touch = 0; touch < touches.size(); ++touch)
      by_channel[touches[touch]][static_cast<int>(touch) + 1] += each / visits[touches[touch]];
  }
  for (std::size_t channel = 0; channel < by_channel.size(); ++channel)
    model.channels[channel].positions.assign(by_channel[channel].begin(), by_channel[channel].end());
}

/// Credit of a model whose value follows the conversions, or has counts of its own in `values`.
void Fill(const ModelShares& counts, const ModelShares& values, const Credits& credits, ModelCredit& model) {
  const std::vector<double>& shares = SharesOfModel(counts, model.id);
  const std::vector<double>& worth = SharesOfModel(values, model.id);
  for (std::size_t at = 0; at < shares.size(); ++at) {
    ChannelCredit one;
    one.channel = TakesSets(model.id) ? credits.players.channels[at] : static_cast<int>(at);
    one.share = shares[at];
    one.credit = shares[at] * credits.totals.conversions;
    one.value = (worth.empty() ? shares[at] : worth[at]) * credits.totals.value;
    model.credit += one.credit;
    model.value += one.value;
    if (model.id == "markov") one.removal_effect = counts.removal.effects[at];
    model.channels.push_back(std::move(one));
  }
  if (model.id == "markov") model.conversion_rate = counts.removal.conversion_rate;
}

/// The models that script/truth measures the band with; more can only widen it.
bool MeasuredWith(std::string_view id) { return id != "time_decay" && id != "shapley_ordered"; }
constexpr int kMeasuredWith = static_cast<int>(std::size(kModels)) - 2;

void AddSpread(Credits& credits, int channels) {
  std::vector<CreditSpread> spread(static_cast<std::size_t>(channels));
  std::vector<int> known(spread.size());
  for (std::size_t channel = 0; channel < spread.size(); ++channel) {
    spread[channel].channel = static_cast<int>(channel);
    spread[channel].least = 2;
    spread[channel].most = -2;
  }
  for (const ModelCredit& model : credits.models) {
    for (const ChannelCredit& credit : model.channels) {
      if (credit.channel == Players::kMerged) continue;
      CreditSpread& one = spread[static_cast<std::size_t>(credit.channel)];
      if (model.id == kHeadlineModel) one.headline = credit.share;
      if (credit.share < one.least) {
        one.least = credit.share;
        one.least_model = model.id;
      }
      if (credit.share > one.most) {
        one.most = credit.share;
        one.most_model = model.id;
      }
      if (credit.share_low) {
        one.low = std::min(one.low.value_or(2), *credit.share_low);
        one.high = std::max(one.high.value_or(-2), *credit.share_high);
        known[static_cast<std::size_t>(credit.channel)] += MeasuredWith(model.id) ? 1 : 0;
      }
    }
  }
  for (CreditSpread& one : spread) {
    one.known = known[static_cast<std::size_t>(one.channel)] == kMeasuredWith;
    if (!one.low) continue;
    one.low = std::min(*one.low, one.least);
    one.high = std::max(*one.high, one.most);
  }
  std::erase_if(spread, [](const CreditSpread& one) { return one.least_model.empty(); });
  std::stable_sort(spread.begin(), spread.end(), [](const CreditSpread& one, const CreditSpread& other) {
    return one.points() > other.points();
  });
  credits.spread = std::move(spread);
}

void CheckConservation(Credits& credits) {
  for (const ModelCredit& model : credits.models) {
    if (model.channels.empty()) continue;
    const JourneyTotals& totals = credits.totals;
    credits.conservation =
        std::max(credits.conservation, std::abs(model.credit - totals.conversions) / totals.conversions);
    if (totals.value > 0)
      credits.conservation =
          std::max(credits.conservation, std::abs(model.value - totals.value) / totals.value);
  }
}

bool Asked(const CreditOptions& options, std::string_view id) {
  return options.models.empty() ||
         std::find(options.models.begin(), options.models.end(), id) != options.models.end();
}

/// Why the chain is not solved again for every resample; empty when it is.
std::string NotResampled(const MarkovChain& chain, const Removal& removal) {
  if (removal.by_sweeps ? chain.SweepCost() <= kMostResampledSweepCost
                        : chain.states() <= kMostInvertedStates)
    return "";
  return "a chain of " + FormatNumber(static_cast<double>(chain.states()), "count", false) +
         " states is not solved again for every resample";
}

void AddAllIntervals(TallyPlan& plan, const Removal& removal, const CreditOptions& options,
                     Credits& credits) {
  if (options.channels > kMostResampledChannels) {
    for (ModelCredit& model : credits.models) model.no_interval = "there are too many channels";
    return;
  }
  const std::string no_chain = plan.chain == nullptr ? "" : NotResampled(*plan.chain, removal);
  if (!no_chain.empty()) plan.chain = nullptr;
  const std::vector<Resampled> resampled = Resample(plan, options.resamples, options.seed, options.threads);
  credits.resamples = options.resamples;
  for (ModelCredit& model : credits.models) {
    if (model.id == "markov" && !no_chain.empty()) {
      model.no_interval = no_chain;
    } else if (!model.channels.empty()) {
      AddIntervals(resampled, credits.totals, model);
    }
  }
}

}  // namespace

const ModelCredit* Credits::Find(std::string_view id) const {
  for (const ModelCredit& model : models) {
    if (model.id == id) return &model;
  }
  return nullptr;
}

Credits CreditChannels(const Journeys& journeys, const CreditOptions& options) {
  Credits credits;
  credits.totals = TotalsOf(journeys);
  credits.persons = journeys.persons;
  const PathShares shares = SharesOf(journeys, options.direct);
  std::optional<MarkovChain> chain;
  if (Asked(options, "markov")) {
    chain = MarkovChain::Of(journeys, options.channels, options.order, kMostCells);
    if (credits.totals.journeys > credits.totals.conversions)
      credits.orders = FitOrders(journeys, options.channels, kMostCells);
  }
  if (Asked(options, "shapley_rate") || Asked(options, "matched"))
    credits.players = PlayersOf(journeys, options.channels);

  TallyPlan plan;
  plan.journeys = &journeys;
  plan.shares = &shares;
  plan.channels = options.channels;
  const Gates gates(journeys, credits.totals, options);
  for (const std::string_view id : kModels) {
    if (!Asked(options, id)) continue;
    ModelCredit model;
    model.id = id;
    gates.Judge(model, chain ? &*chain : nullptr, credits.players);
    if (model.state == ModelCredit::State::kAnswered && id == "markov") {
      plan.chain = &*chain;
      plan.cells = CellsOf(journeys, *chain);
    }
    if (model.state == ModelCredit::State::kAnswered && TakesSets(id) && plan.sets.empty()) {
      plan.players = static_cast<int>(credits.players.channels.size());
      plan.sets = SetsOf(journeys, credits.players);
    }
    credits.models.push_back(std::move(model));
  }
  const PointTallies tallies = CountOnce(plan);
  const ModelShares counts = SharesOfLane<1>(plan, tallies.counts, 0);
  const ModelShares values = SharesOfLane<1>(plan.RulesOnly(), tallies.values, 0);
  bool any = false;
  for (ModelCredit& model : credits.models) {
    gates.JudgeShares(SharesOfModel(counts, model.id), model);
    if (model.state != ModelCredit::State::kAnswered) continue;
    any = true;
    Fill(counts, values, credits, model);
    if (model.id == "shapley_ordered") AddPositions(journeys, shares, model);
  }
  if (options.resamples > 0 && any) AddAllIntervals(plan, counts.removal, options, credits);
  AddSpread(credits, options.channels);
  CheckConservation(credits);
  return credits;
}

}  // namespace backcast
