// SPDX-License-Identifier: Apache-2.0
#include "guide/target_proposals.h"

#include <algorithm>
#include <cmath>

#include "guide/answers.h"
#include "guide/back_out/words.h"
#include "measure/backout.h"
#include "plan/number_words.h"

namespace backcast {
namespace {

constexpr double kOwnersControl =
    0.5;  ///< at least, of a factor whose KPI's owner influences it (chain/graph.cc)
constexpr double kDaysPerQuarter = 91;  ///< caps are per quarter and add up, four at most (rule P35)
constexpr double kMostQuarters = 4;

std::optional<double> NumberOf(const Yaml& entry, std::string_view key) {
  const Yaml* value = entry.Find(key);
  if (value == nullptr) return std::nullopt;
  Yaml plain = *value;
  plain.quoted = false;
  return plain.Number();
}

/// The answers about the outcome, or nullptr.
const Yaml* SaidOf(const BackedOut& out, const Yaml& answers, const Wanted& outcome) {
  const std::vector<const Yaml*> said = EntriesOf(answers, "outcomes");
  for (std::size_t i = 0; i < out.outcomes.size() && i < said.size(); ++i) {
    if (out.outcomes[i].id == outcome.id) return said[i];
  }
  return nullptr;
}

bool Usually(const Member& member, const DriverFactor& factor) {
  return std::any_of(factor.usually.begin(), factor.usually.end(), [&](const std::string& word) {
    return member.function == word || Contains(member.influences, word);
  });
}

/// How far somebody controls the factor, as the value chain of the written plan will say.
double WeightOf(const BackedOut& out, const Wanted& outcome, const DriverFactor& factor) {
  const auto about = [&](const ProposedKpi& kpi) {
    return kpi.metric == factor.metric && kpi.outcome == outcome.id && !kpi.owner.empty();
  };
  const auto kpi = std::find_if(out.kpis.begin(), out.kpis.end(), about);
  const auto owner = std::find_if(out.team.begin(), out.team.end(), [&](const Member& member) {
    return kpi == out.kpis.end() ? Usually(member, factor) : member.id == kpi->owner;
  });
  if (owner == out.team.end()) return kLeastWeight;
  const double control = kpi != out.kpis.end() && Usually(*owner, factor) ? kOwnersControl : 0;
  return std::max({factor.social_control, control, kLeastWeight});
}

double Quarters(const std::string& by, int lag_weeks, Day today) {
  const auto day = ParseIsoDay(by);
  if (!day.ok()) return 1;
  const double days = static_cast<double>((day.value() - today).count()) - 7.0 * lag_weeks;
  return std::clamp(days / kDaysPerQuarter, 1.0, kMostQuarters);
}

/// Four significant digits: more would pretend to know.
std::string Rounded(double number) {
  if (number == 0 || !std::isfinite(number)) return NumberWords(number);
  const double step = std::pow(10, 3 - std::floor(std::log10(std::abs(number))));
  return NumberWords(std::round(number * step) / step);
}

std::string SignedPercent(double factor) {
  const double percent = 100 * (factor - 1);
  return (percent >= 0 ? "+" : "") + NumberWords(percent, 1) + " %";
}

}  // namespace

std::optional<SharedChange> ShareOutOutcome(const BackedOut& out, const Yaml& answers, const GuideData& data,
                                            const Wanted& outcome) {
  const DriverTree* tree = data.trees.Find(outcome.tree);
  const Yaml* said = SaidOf(out, answers, outcome);
  if (tree == nullptr || tree->identity.empty() || said == nullptr) return std::nullopt;
  const std::optional<double> baseline = NumberOf(*said, "baseline"), target = NumberOf(*said, "target");
  if (!baseline || !target || *baseline <= 0 || *target <= 0) return std::nullopt;
  SharedChange shared;
  shared.by = said->Text("by");
  // The sharing is one of relative changes: it needs no factor's own value, so each stands at one.
  std::vector<BackoutFactor> factors;
  for (const DriverFactor& factor : tree->identity) {
    factors.push_back({1,
                       WeightOf(out, outcome, factor),
                       factor.cap * Quarters(shared.by, tree->lag_weeks, data.today),
                       0,
                       {}});
  }
  const BackoutResult result = ShareOut(factors, *baseline, 0, *target, 0, 1);
  shared.missing_factor = result.missing_factor;
  shared.how =
      NumberWords(*baseline) + " to " + NumberWords(*target) + " of " + outcome.id + " shared out over ";
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const std::string& metric = tree->identity[i].metric;
    shared.factor_of[metric] = result.shares[i].needed;
    shared.how += (i == 0 ? "" : ", ") + metric + " (" + SignedPercent(result.shares[i].needed) + ")";
  }
  shared.how += " by how far their owners control them, within what is believable";
  if (std::abs(std::log(result.missing_factor)) > 1e-6)
    shared.how +=
        "; it falls short by " + NumberWords(100 * std::abs(1 - 1 / result.missing_factor), 1) + " %";
  return shared;
}

std::optional<ProposedNumber> ProposeBaseline(const GuideData& data, std::string_view metric) {
  if (data.measured == nullptr) return std::nullopt;
  const auto found = data.measured->find(metric);
  if (found == data.measured->end()) return std::nullopt;
  return ProposedNumber{Rounded(found->second.value), found->second.period, "",
                        "measured in the exports over " + found->second.period +
                            (found->second.per_month ? ", told for one month" : "")};
}

std::optional<ProposedNumber> ProposeTarget(const BackedOut& out, const Yaml& answers, const GuideData& data,
                                            std::string_view metric, std::string_view outcome,
                                            std::optional<double> current) {
  if (!current || *current <= 0) return std::nullopt;
  const auto wanted = std::find_if(out.outcomes.begin(), out.outcomes.end(),
                                   [&](const Wanted& one) { return one.id == outcome; });
  if (wanted == out.outcomes.end()) return std::nullopt;
  const std::optional<SharedChange> shared = ShareOutOutcome(out, answers, data, *wanted);
  if (!shared) return std::nullopt;
  const auto factor = shared->factor_of.find(metric);
  if (factor == shared->factor_of.end()) return std::nullopt;
  return ProposedNumber{Rounded(*current * factor->second), "", shared->by, shared->how};
}

}  // namespace backcast
