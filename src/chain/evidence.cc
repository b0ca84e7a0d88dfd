// SPDX-License-Identifier: Apache-2.0
#include "chain/evidence.h"

#include <algorithm>
#include <cmath>

#include "measure/distributions.h"
#include "measure/random.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr int kMostWeeks = 156;
constexpr double kClosureMoves =
    0.25;  ///< in logs: a rest that moved by more than a quarter explains too much

double LogOr(const std::optional<double>& value) {
  return value && *value > 0 ? std::log(*value) : std::nan("");
}

class Weigher {
 public:
  Weigher(const ValueChain& chain, const ChainData& data, const std::vector<Experiment>& experiments)
      : chain_(chain), data_(data), experiments_(experiments) {}

  std::vector<LinkEvidence> Weigh() {
    for (const ChainLink& link : chain_.links) {
      LinkEvidence evidence;
      evidence.from = link.from;
      evidence.to = link.to;
      evidence.kind = link.kind;
      aligned_.emplace_back();
      if (link.kind == LinkKind::kComponent) {
        CheckIdentity(link, evidence);
      } else {
        Test(link, evidence);
      }
      all_.push_back(std::move(evidence));
    }
    Grade();
    return std::move(all_);
  }

 private:
  void CheckIdentity(const ChainLink& link, LinkEvidence& evidence) const {
    evidence.closure = CloseIdentity(chain_, data_, link.to);
    if (!evidence.closure) {
      evidence.because = "a factor has no number, so the product cannot be checked";
      return;
    }
    evidence.grade = evidence.closure->holds ? "component" : "broken";
    std::vector<Quantity> rest = {{.name = "closure", .value = evidence.closure->now, .unit = "score"}};
    if (evidence.closure->before)
      rest.push_back({.name = "before", .value = *evidence.closure->before, .unit = "score"});
    const ChainNode* to = chain_.Find(link.to);
    Say(evidence.claims,
        !evidence.closure->holds    ? "link.component_broken"
        : to != nullptr && to->open ? "link.component_open"
                                    : "link.component",
        rest, {{"to", TitleOf(link.to)}});
  }

  void Test(const ChainLink& link, LinkEvidence& evidence) {
    const NodeData* from = data_.Find(link.from);
    const NodeData* to = data_.Find(link.to);
    if (from == nullptr || to == nullptr) return;  // a tactic has no series: it stays asserted
    for (const auto& [data, id] : {std::pair(from, &link.from), std::pair(to, &link.to)}) {
      if (!data->daily.empty()) continue;
      evidence.because =
          Shortened(*id) + ": " + (data->missing.empty() ? "this number has no days" : data->missing);
      return;
    }
    AlignedWeeks weeks = Align(from->daily, to->daily, kMostWeeks);
    evidence.weeks = static_cast<int>(weeks.from.size());
    LinkQuestion question;
    question.x = weeks.from;
    question.y = weeks.to;
    question.seed = SeedOf(link.from + ">" + link.to + "@" + ToIso(weeks.end));
    question.planned_lag = link.lag_weeks;
    evidence.test = TestLink(question);
    if (!evidence.test) {
      evidence.grade = "too_little_data";
      evidence.because =
          std::to_string(evidence.weeks) + " weeks in common; a test needs 26 in which both numbers move";
    }
    aligned_.back() = std::move(weeks);
  }

  void Grade() {
    std::vector<double> p;
    std::vector<std::size_t> tested;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!all_[i].test) continue;
      p.push_back(all_[i].test->p);
      tested.push_back(i);
    }
    const std::vector<double> adjusted = BenjaminiHochberg(p);
    for (std::size_t k = 0; k < tested.size(); ++k) {
      LinkEvidence& evidence = all_[tested[k]];
      evidence.adjusted_p = adjusted[k];
      evidence.grade = WordOf(evidence, chain_.links[tested[k]], aligned_[tested[k]]);
      Tell(evidence);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) AddExperiments(all_[i], chain_.links[i].sign);
  }

  static std::string WordOf(const LinkEvidence& evidence, const ChainLink& link, const AlignedWeeks& weeks) {
    const LinkGrade grade = GradeLink(*evidence.test, evidence.adjusted_p, link.sign);
    if (const auto broken = TestBreak(weeks.from, weeks.to, link.sign); broken && broken->broken)
      return "broken";
    switch (grade) {
      case LinkGrade::kFirm:
        return "predictive";
      case LinkGrade::kTentative:
        return "correlated";
      case LinkGrade::kAgainstPlan:
        return "against_plan";
      case LinkGrade::kNoneFound:
        return "none_found";
      case LinkGrade::kTooLittleData:
        return "too_little_data";
    }
    return "asserted";
  }

  std::string TitleOf(const std::string& id) const {
    const ChainNode* node = chain_.Find(id);
    return node == nullptr ? id : node->title;
  }

  void Tell(LinkEvidence& evidence) const {
    const LinkTest& test = *evidence.test;
    std::string key = "link." + evidence.grade;
    if (evidence.grade == "predictive" && test.lag == 0) key += ".same_week";
    if (evidence.grade == "correlated" && test.n < kWeeksForFirmLink) key += ".young";
    Say(evidence.claims, key,
        {{.name = "r", .value = test.r, .low = test.r_low, .high = test.r_high, .n = test.n, .unit = "score"},
         {.name = "lag", .value = static_cast<double>(test.lag), .unit = "count"}},
        {{"from", TitleOf(evidence.from)}, {"to", TitleOf(evidence.to)}});
  }

  /// Every experiment on the link is told; the one with the narrowest interval decides. Arithmetic stays
  /// arithmetic whatever an experiment found.
  void AddExperiments(LinkEvidence& evidence, int sign) const {
    const auto width = [](const Experiment& experiment) { return experiment.high - experiment.low; };
    const auto shown = [](const Experiment& experiment) { return experiment.low > 0 || experiment.high < 0; };
    for (const Experiment& experiment : experiments_) {
      if (experiment.from != evidence.from || experiment.to != evidence.to) continue;
      if (!evidence.experiment || width(experiment) < width(*evidence.experiment))
        evidence.experiment = experiment;
      Say(evidence.claims, shown(experiment) ? "link.experimental" : "link.experiment_open",
          {{.name = "effect",
            .value = experiment.effect,
            .low = experiment.low,
            .high = experiment.high,
            .n = experiment.n,
            .unit = "relative"}},
          {{"from", TitleOf(evidence.from)}, {"to", TitleOf(evidence.to)}});
    }
    if (!evidence.experiment || !shown(*evidence.experiment) || evidence.kind == LinkKind::kComponent) return;
    evidence.grade = evidence.experiment->effect * sign > 0 ? "experimental" : "against_plan";
  }

  const ValueChain& chain_;
  const ChainData& data_;
  const std::vector<Experiment>& experiments_;
  std::vector<LinkEvidence> all_;
  std::vector<AlignedWeeks> aligned_;
};

}  // namespace

std::vector<LinkEvidence> WeighLinks(const ValueChain& chain, const ChainData& data,
                                     const std::vector<Experiment>& experiments) {
  return Weigher(chain, data, experiments).Weigh();
}

AlignedWeeks Align(const DailySeries& from, const DailySeries& to, int most) {
  AlignedWeeks weeks;
  weeks.end = std::min(from.days().to, to.days().to);
  std::vector<double> x = WeeksBefore(from, weeks.end, most), y = WeeksBefore(to, weeks.end, most);
  const std::size_t common = std::min(x.size(), y.size());
  std::size_t length = 0;
  while (length < common && !std::isnan(x[x.size() - 1 - length]) && !std::isnan(y[y.size() - 1 - length]))
    ++length;
  x.erase(x.begin(), x.end() - static_cast<std::ptrdiff_t>(length));
  y.erase(y.begin(), y.end() - static_cast<std::ptrdiff_t>(length));
  weeks.from = OnLogScale(x, from.combine);
  weeks.to = OnLogScale(y, to.combine);
  return weeks;
}

std::optional<Closure> CloseIdentity(const ValueChain& chain, const ChainData& data,
                                     std::string_view outcome) {
  const NodeData* result = data.Find(outcome);
  const std::vector<const ChainNode*> factors = chain.Factors(outcome);
  if (result == nullptr || factors.empty()) return std::nullopt;
  double now = LogOr(result->now), before = LogOr(result->before), moved = 0;
  for (const ChainNode* factor : factors) {
    const NodeData* part = data.Find(factor->id);
    if (part == nullptr) return std::nullopt;
    now -= LogOr(part->now);
    before -= LogOr(part->before);
    moved += std::abs(LogOr(part->now) - LogOr(part->before));
  }
  if (std::isnan(now)) return std::nullopt;
  Closure closure;
  closure.now = std::exp(now);
  if (!std::isnan(before)) {
    closure.before = std::exp(before);
    const ChainNode* node = chain.Find(outcome);
    const double chance = result->now_n > 0 && result->before_n > 0
                              ? NormalCritical(0.95) * std::sqrt(1 / result->now_n + 1 / result->before_n)
                              : 0;
    closure.holds =
        (node != nullptr && node->open) || std::abs(now - before) <= std::max({kClosureMoves, moved, chance});
  }
  return closure;
}

}  // namespace backcast
