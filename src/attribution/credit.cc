// SPDX-License-Identifier: Apache-2.0
#include "attribution/credit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "attribution/bootstrap.h"
#include "attribution/tally.h"
#include "base/number.h"
#include "measure/attribution.h"
#include "measure/shapley.h"

namespace backcast {
namespace {

constexpr std::size_t kMostCells = 4'000'000;      // of a chain's counts
constexpr std::size_t kMostResampledStates = 300;  // one inverse per resample
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
  return shares.distinct;
}

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
    if (model.id == "markov" || model.id == "shapley_rate") {
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

 private:
  void JudgeChain(ModelCredit& model, const MarkovChain* chain) const {
    if (totals_.journeys < kFewestJourneysForMarkov)
      return TooLittle(model, Have(totals_.journeys, "journeys", kFewestJourneysForMarkov));
    if (chain == nullptr || chain->states() > static_cast<std::size_t>(kMostMarkovStates))
      Refuse(model, "more than " + std::to_string(kMostMarkovStates) +
                        " states are too many to solve exactly; lower the order or merge small channels");
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
  TallyPlan rules = plan;
  rules.chain = nullptr;
  rules.players = 0;
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

/// The limits of the middle 95 % of sorted shares.
std::pair<double, double> Middle(std::vector<double>& shares) {
  std::sort(shares.begin(), shares.end());
  const std::size_t outside = shares.size() / 40;
  return {shares[outside], shares[shares.size() - 1 - outside]};
}

void AddIntervals(const std::vector<ModelShares>& resampled, double conversions, ModelCredit& model) {
  std::vector<double> shares;
  for (std::size_t at = 0; at < model.channels.size(); ++at) {
    shares.clear();
    for (const ModelShares& one : resampled) {
      const std::vector<double>& of_model = SharesOfModel(one, model.id);
      if (!of_model.empty()) shares.push_back(of_model[at]);
    }
    if (shares.size() < 40) {
      model.no_interval = "fewer than 40 resamples have no middle 95 %";
      return;
    }
    ChannelCredit& credit = model.channels[at];
    const auto [low, high] = Middle(shares);
    credit.share_low = low;
    credit.share_high = high;
    credit.low = low * conversions;
    credit.high = high * conversions;
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
    one.channel = model.id == "shapley_rate" ? credits.players.channels[at] : static_cast<int>(at);
    one.share = shares[at];
    one.credit = shares[at] * credits.totals.conversions;
    one.value = (worth.empty() ? shares[at] : worth[at]) * credits.totals.value;
    model.credit += one.credit;
    model.value += one.value;
    model.channels.push_back(std::move(one));
  }
}

void AddSpread(Credits& credits, int channels) {
  std::vector<CreditSpread> spread(static_cast<std::size_t>(channels));
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
    }
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
  if (Asked(options, "shapley_rate")) credits.players = PlayersOf(journeys, options.channels);

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
    if (model.state == ModelCredit::State::kAnswered && id == "shapley_rate") {
      plan.players = static_cast<int>(credits.players.channels.size());
      plan.sets = SetsOf(journeys, credits.players);
    }
    credits.models.push_back(std::move(model));
  }
  const PointTallies tallies = CountOnce(plan);
  const ModelShares counts = SharesOfLane<1>(plan, tallies.counts, 0);
  TallyPlan rules = plan;
  rules.chain = nullptr;
  rules.players = 0;
  const ModelShares values = SharesOfLane<1>(rules, tallies.values, 0);
  bool any = false;
  for (ModelCredit& model : credits.models) {
    if (model.state != ModelCredit::State::kAnswered) continue;
    any = true;
    Fill(counts, values, credits, model);
    if (model.id == "shapley_ordered") AddPositions(journeys, shares, model);
  }
  if (options.resamples > 0 && any && options.channels <= kMostResampledChannels) {
    std::string no_chain;
    if (plan.chain != nullptr && plan.chain->states() > kMostResampledStates) {
      no_chain = "a chain of " + std::to_string(plan.chain->states()) +
                 " states is not solved again for every resample";
      plan.chain = nullptr;
    }
    const std::vector<ModelShares> resampled =
        Resample(plan, options.resamples, options.seed, options.threads);
    credits.resamples = options.resamples;
    for (ModelCredit& model : credits.models) {
      if (model.id == "markov" && !no_chain.empty()) {
        model.no_interval = no_chain;
      } else if (!model.channels.empty()) {
        AddIntervals(resampled, credits.totals.conversions, model);
      }
    }
  } else if (options.resamples > 0 && any) {
    for (ModelCredit& model : credits.models) model.no_interval = "there are too many channels";
  }
  AddSpread(credits, options.channels);
  CheckConservation(credits);
  return credits;
}

}  // namespace backcast
