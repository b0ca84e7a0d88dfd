// SPDX-License-Identifier: Apache-2.0
#include "chain/why.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "chain/evidence.h"
#include "measure/decompose.h"
#include "measure/stages.h"

namespace backcast {
namespace {

constexpr int kMostWeeks = 104;
constexpr int kDaysPerWeek = 7;
constexpr double kMixDecides = 0.5;  ///< share of a rate's change that the mix must explain to be told
constexpr double kSmallestMixedChange = 0.02;

int WeeksOf(const Window& window) { return std::max(1, (window.days() + kDaysPerWeek / 2) / kDaysPerWeek); }

bool IsSocial(const Person* person) {
  return person != nullptr &&
         (person->function == "social" || person->function == "marketing" || person->function == "agency");
}

/// Whole weeks between the end of one window and the begin of the other.
int WeeksBetween(const Window& before, const Window& now) {
  const auto apart = static_cast<int>((now.from - before.to).count());
  return std::max(0, (apart + kDaysPerWeek / 2) / kDaysPerWeek);
}

/// A stage as the diagnosis wants it, with the memory behind its spans.
struct Stage {
  const ChainNode* node = nullptr;
  std::vector<double> weekly;
  StageHistory history;
};

class Explanation {
 public:
  Explanation(const ValueChain& chain, const ChainData& data, const Plan& plan, const WhyQuestion& question,
              const ChainNode& outcome)
      : chain_(chain), data_(data), plan_(plan), question_(question), outcome_(outcome) {}

  Why Build() {
    why_.outcome = outcome_.id;
    why_.title = outcome_.title;
    why_.unit = outcome_.unit == "currency" ? data_.currency : outcome_.unit;
    why_.owner = question_.owner.empty() ? outcome_.owner : question_.owner;
    for (const DataDoubt& doubt : data_.doubts) {
      if (Concerns(doubt)) why_.doubts.push_back(doubt);
    }
    const NodeData* result = data_.Find(outcome_.id);
    if (result == nullptr || !result->now || !result->before) {
      Refuse("the outcome has no number in one of the two periods" +
             (result == nullptr || result->missing.empty() ? std::string() : " (" + result->missing + ")"));
      return std::move(why_);
    }
    why_.now = *result->now;
    why_.before = *result->before;
    why_.change = why_.now - why_.before;
    TellChange(*result);
    if (std::any_of(why_.doubts.begin(), why_.doubts.end(),
                    [](const DataDoubt& doubt) { return doubt.fatal; })) {
      why_.state = Why::State::kDataBroken;
      return std::move(why_);
    }
    if (!CollectStages()) return std::move(why_);
    Decompose();
    FindWeakest();
    Mixes();
    Tell();
    return std::move(why_);
  }

 private:
  bool Concerns(const DataDoubt& doubt) const {
    const ChainNode* node = chain_.Find(doubt.node);
    return node != nullptr && node->outcome == outcome_.id;
  }

  void Refuse(std::string needs) {
    why_.state = Why::State::kTooLittleData;
    why_.needs = std::move(needs);
  }

  bool CollectStages() {
    const std::vector<const ChainNode*> factors = chain_.Factors(outcome_.id);
    if (factors.empty()) {
      Refuse(
          "the outcome has no driver tree with factors, so its change cannot be taken apart; name one under "
          "tree");
      return false;
    }
    double rest_now = why_.now, rest_before = why_.before;
    for (const ChainNode* factor : factors) {
      const NodeData* part = data_.Find(factor->id);
      if (part == nullptr || !part->now || !part->before) {
        missing_ += (missing_.empty() ? "" : "; ") + factor->metric + ": " +
                    (part == nullptr || part->missing.empty() ? "no number in one of the two periods"
                                                              : part->missing);
        continue;
      }
      stages_.push_back({factor, WeeklyLogs(*factor, part->daily), {}});
      StageHistory& history = stages_.back().history;
      history.now = *part->now;
      history.before = *part->before;
      history.now_n = part->now_n;
      history.before_n = part->before_n;
      history.is_rate = factor->combine == Combine::kRate && factor->unit != "currency";
      rest_now = history.now != 0 ? rest_now / history.now : rest_now;
      rest_before = history.before != 0 ? rest_before / history.before : rest_before;
    }
    if (stages_.empty()) {
      Refuse("no factor has numbers in both periods: " + missing_);
      return false;
    }
    if (!ProductCanHold()) return false;
    // Nought is nought whatever the rest is: then it is taken as it was in the other period.
    if (why_.now == 0) rest_now = why_.before != 0 ? rest_before : 1;
    if (why_.before == 0) rest_before = why_.now != 0 ? rest_now : 1;
    AddRest(rest_now, rest_before);
    for (Stage& stage : stages_) {
      stage.history.weekly = stage.weekly;
      stage.history.weeks_now = WeeksOf(data_.period);
      stage.history.weeks_before = WeeksOf(data_.compare);
      stage.history.weeks_between = WeeksBetween(data_.compare, data_.period);
    }
    return true;
  }

  /// An outcome above nought with a factor at nought is no product of its factors, so that no parts of it add
  /// up.
  bool ProductCanHold() {
    for (const Stage& stage : stages_) {
      for (const auto& [factor, outcome, period] :
           {std::tuple(stage.history.now, why_.now, &data_.period),
            std::tuple(stage.history.before, why_.before, &data_.compare)}) {
        if (factor != 0 || outcome == 0) continue;
        why_.doubts.push_back({stage.node->id,
                               stage.node->title + " is nought from " + ToIso(period->from) + " to " +
                                   ToIso(period->to - std::chrono::days{1}) + " while " + why_.title +
                                   " is not, so an export is missing or their scopes do not fit together",
                               true});
        why_.state = Why::State::kDataBroken;
      }
    }
    return why_.state != Why::State::kDataBroken;
  }

  /// ln of the weeks before the period; they hold the compared period where it lies right before.
  std::vector<double> WeeklyLogs(const ChainNode&, const DailySeries& daily) const {
    std::vector<double> weeks = WeeksBefore(daily, data_.period.from, kMostWeeks);
    for (double& value : weeks) value = value > 0 ? std::log(value) : std::nan("");
    return weeks;
  }

  /// The rest may hold a stage without a number of its own (deals from talks), so its chance is at least that
  /// of the rarest events known: what passed a rate, what a price or a count rests on. 0: none is known.
  double RarestEvents(double StageHistory::* value, double StageHistory::* events) const {
    double rarest = 0;
    for (const Stage& stage : stages_) {
      const double passed = stage.history.*events * (stage.history.is_rate ? stage.history.*value : 1);
      if (passed > 0 && (rarest == 0 || passed < rarest)) rarest = passed;
    }
    return rarest;
  }

  /// The closing factor: what the factors leave over, with its own history.
  void AddRest(double now, double before) {
    const ChainNode* rest = chain_.Find(outcome_.id + ".other");
    const NodeData* result = data_.Find(outcome_.id);
    if (rest == nullptr) return;
    std::vector<double> weeks = WeeklyLogs(outcome_, result->daily);
    for (const Stage& stage : stages_) {
      const std::size_t common = std::min(weeks.size(), stage.weekly.size());
      weeks.erase(weeks.begin(), weeks.end() - static_cast<std::ptrdiff_t>(common));
      for (std::size_t i = 0; i < common; ++i) weeks[i] -= stage.weekly[stage.weekly.size() - common + i];
    }
    StageHistory history;
    history.now = now;
    history.before = before;
    history.now_n = RarestEvents(&StageHistory::now, &StageHistory::now_n);
    history.before_n = RarestEvents(&StageHistory::before, &StageHistory::before_n);
    stages_.push_back({rest, std::move(weeks), history});
  }

  void Decompose() {
    std::vector<StageHistory> histories;
    for (const Stage& stage : stages_) histories.push_back(stage.history);
    const StageDiagnosis diagnosis = DiagnoseStages(histories);
    if (!diagnosis.needs.empty()) why_.needs = diagnosis.needs;
    why_.exact_logs = diagnosis.method == DecompositionMethod::kLogMean;
    for (std::size_t i = 0; i < stages_.size(); ++i) AddPart(stages_[i], diagnosis.stages[i]);
    if (!diagnosis.needs.empty()) why_.state = Why::State::kTooLittleData;
  }

  void AddPart(const Stage& stage, const StageFinding& finding) {
    const ChainNode& node = *stage.node;
    WhyPart part;
    part.node = node.id;
    part.metric = node.metric;
    part.title = node.title;
    part.contribution = finding.contribution;
    part.now = stage.history.now;
    part.before = stage.history.before;
    part.events = stage.history.now_n;
    part.change = std::expm1(finding.log_change);
    if (finding.standard_error > 0) {
      part.low = std::expm1(finding.log_change - finding.critical * finding.standard_error);
      part.high = std::expm1(finding.log_change + finding.critical * finding.standard_error);
      const auto weeks = std::count_if(stage.weekly.begin(), stage.weekly.end(),
                                       [](double week) { return std::isfinite(week); });
      if (part.events <= 0) part.events = static_cast<double>(weeks);
    }
    part.adjusted_p = finding.adjusted_p;
    part.significant = finding.significant;
    named_.push_back(finding.named);
    if (!finding.significant) {
      part.controllable = Controllable::kNoise;
      part.owner = node.owner;
    } else if (node.role == NodeRole::kOther || node.owner.empty()) {
      part.controllable = Controllable::kOutside;
    } else {
      part.owner = node.owner;
      part.controllable = node.owner == why_.owner ? Controllable::kOwner : Controllable::kOtherOwner;
    }
    const std::optional<double> common = part.significant ? CommonMove(stage, finding) : std::nullopt;
    if (!common) {
      why_.parts.push_back(std::move(part));
      return;
    }
    WhyPart outside = part;
    outside.controllable = Controllable::kOutside;
    outside.owner.clear();
    outside.contribution = part.contribution * *common;
    if (*common >= 1) named_.back() = false;
    if (*common < 1) {
      part.contribution -= outside.contribution;
      why_.parts.push_back(std::move(part));
      named_.push_back(false);
    }
    why_.parts.push_back(std::move(outside));
  }

  /// Share of a volume's movement that happened outside the scope as well (1 = all of it): season, demand,
  /// news.
  std::optional<double> CommonMove(const Stage& stage, const StageFinding& finding) const {
    const NodeData* data = data_.Find(stage.node->id);
    if (data == nullptr || !data->elsewhere) return std::nullopt;
    const auto now = data->elsewhere->Over(data_.period), before = data->elsewhere->Over(data_.compare);
    if (!now || !before || *now <= 0 || *before <= 0) return std::nullopt;
    StageHistory elsewhere = stage.history, apart = stage.history;
    std::vector<double> weeks = WeeklyLogs(*stage.node, *data->elsewhere), difference = stage.weekly;
    const std::size_t common = std::min(weeks.size(), difference.size());
    difference.erase(difference.begin(), difference.end() - static_cast<std::ptrdiff_t>(common));
    for (std::size_t i = 0; i < common; ++i) difference[i] -= weeks[weeks.size() - common + i];
    elsewhere.weekly = weeks;
    elsewhere.now = elsewhere.now_n = *now;
    elsewhere.before = elsewhere.before_n = *before;
    apart.weekly = difference;
    apart.now /= *now;
    apart.before /= *before;
    apart.now_n = std::min(stage.history.now_n, *now);
    apart.before_n = std::min(stage.history.before_n, *before);
    const StageDiagnosis there = DiagnoseStages({&elsewhere, 1}), rest = DiagnoseStages({&apart, 1});
    if (!there.stages[0].significant || there.stages[0].log_change * finding.log_change <= 0)
      return std::nullopt;
    if (!rest.stages[0].significant || rest.stages[0].log_change * finding.log_change <= 0) return 1;
    return there.stages[0].log_change / finding.log_change;
  }

  /// The part that hurts most among those that were named and that somebody can change.
  void FindWeakest() {
    const double hurts = outcome_.direction < 0 ? 1 : -1;
    for (std::size_t i = 0; i < why_.parts.size(); ++i) {
      const WhyPart& part = why_.parts[i];
      if (!named_[i] || part.controllable == Controllable::kOutside || part.contribution * hurts <= 0)
        continue;
      if (!why_.weakest || std::abs(part.contribution) > std::abs(why_.parts[*why_.weakest].contribution))
        why_.weakest = i;
    }
  }

  void Mixes() {
    for (const MixTable& table : question_.mixes) {
      std::vector<double> w0, r0, w1, r1;
      for (const MixGroup& group : table.groups) {
        w0.push_back(group.weight_before);
        r0.push_back(group.rate_before);
        w1.push_back(group.weight_now);
        r1.push_back(group.rate_now);
      }
      if (w0.size() < 2) continue;
      const Result<MixRate> found = MixAndRate(w0, r0, w1, r1);
      if (!found.ok()) continue;
      const MixRate& split = found.value();
      MixShift shift{table.node, table.dimension, "", 0, 0};
      double most = 0;
      for (std::size_t i = 0; i < w0.size(); ++i) {
        shift.mix += split.mix[i];
        shift.rate += split.rate[i];
        if (w1[i] - w0[i] > most) {
          most = w1[i] - w0[i];
          shift.group = table.groups[i].name;
        }
      }
      why_.mixes.push_back(std::move(shift));
    }
  }

  Quantity Relative(std::string name, double value, std::optional<double> low = {},
                    std::optional<double> high = {}, double n = 0) const {
    Quantity quantity{.name = std::move(name),
                      .value = value,
                      .low = low,
                      .high = high,
                      .n = std::nullopt,
                      .unit = "relative"};
    if (n > 0) quantity.n = std::llround(n);
    return quantity;
  }

  std::string RoleOf(const std::string& owner) const {
    const Person* person = plan_.FindPerson(owner);
    return person == nullptr || person->role.empty() ? owner : person->role;
  }

  void TellChange(const NodeData& result) {
    if (why_.before == 0) return;
    Say(why_.claims, "why.change",
        {Relative("change", why_.now / why_.before - 1, {}, {}, result.now_n),
         {.name = "before", .value = why_.before, .unit = why_.unit},
         {.name = "now", .value = why_.now, .unit = why_.unit}},
        {{"outcome", why_.title}});
  }

  void Tell() {
    double all = 0, noise = 0;
    for (const WhyPart& part : why_.parts) {
      all += std::abs(part.contribution);
      if (part.controllable == Controllable::kNoise) noise += std::abs(part.contribution);
    }
    if (all == 0) return;
    std::vector<Claim> first;
    if (why_.weakest) {
      const WhyPart& weakest = why_.parts[*why_.weakest];
      const Person* owner = plan_.FindPerson(weakest.owner);
      Say(first, "why.weakest",
          {{.name = "part", .value = weakest.contribution, .unit = why_.unit},
           Relative("change", weakest.change, weakest.low, weakest.high, weakest.events)},
          {{"stage", weakest.title}, {"owner", RoleOf(weakest.owner)}});
      if (!IsSocial(owner)) {
        Say(first, "why.not_social",
            {{.name = "share", .value = std::abs(weakest.contribution) / all, .unit = "ratio"}},
            {{"stage", weakest.title}, {"owner", RoleOf(weakest.owner)}});
      }
    } else if (noise >= all * (1 - 1e-9)) {
      Say(first, "why.no_stage", {{.name = "noise", .value = noise / all, .unit = "ratio"}});
    }
    why_.claims.insert(why_.claims.begin(), first.rbegin(), first.rend());
    for (const WhyPart& part : why_.parts) TellPart(part);
    TellMixes();
    if (question_.pickup && question_.pickup->leads > 0) {
      Say(why_.claims, "why.pickup",
          {{.name = "open",
            .value = question_.pickup->open,
            .n = std::llround(question_.pickup->leads),
            .unit = "count"},
           {.name = "all", .value = question_.pickup->leads, .unit = "count"}},
          {{"owner", RoleOf(question_.pickup->owner)}});
    }
  }

  void TellPart(const WhyPart& part) {
    if (!part.significant || part.metric.empty()) return;
    const std::string key = part.controllable == Controllable::kOutside && !part.owner.empty() ? "why.outside"
                            : part.controllable == Controllable::kOutside ? OutsideKey(part)
                                                                          : "why.part";
    Say(why_.claims, key, {Relative("change", part.change, part.low, part.high, part.events)},
        {{"stage", part.title}, {"owner", RoleOf(part.owner)}});
  }

  std::string OutsideKey(const WhyPart& part) const {
    const ChainNode* node = chain_.Find(part.node);
    return node != nullptr && !node->owner.empty() ? "why.outside" : "why.part.unowned";
  }

  void TellMixes() {
    for (const MixShift& shift : why_.mixes) {
      const auto part = std::find_if(why_.parts.begin(), why_.parts.end(),
                                     [&](const WhyPart& each) { return each.node == shift.node; });
      if (part == why_.parts.end() || !part->significant || std::abs(part->change) < kSmallestMixedChange)
        continue;
      const double moved = shift.mix + shift.rate;
      if (moved == 0 || shift.mix / moved < kMixDecides) continue;
      Say(why_.claims, "why.mix", {Relative("mix", part->before > 0 ? shift.mix / part->before : 0)},
          {{"stage", part->title}, {"group", shift.group}});
    }
  }

  const ValueChain& chain_;
  const ChainData& data_;
  const Plan& plan_;
  const WhyQuestion& question_;
  const ChainNode& outcome_;
  std::vector<Stage> stages_;
  std::vector<bool> named_;  ///< one per part
  std::string missing_;
  Why why_;
};

}  // namespace

std::string_view ToWord(Controllable controllable) {
  switch (controllable) {
    case Controllable::kOwner:
      return "owner";
    case Controllable::kOtherOwner:
      return "other_owner";
    case Controllable::kOutside:
      return "outside";
    case Controllable::kNoise:
      return "noise";
  }
  return "";
}

Result<Why> ExplainChange(const ValueChain& chain, const ChainData& data, const Plan& plan,
                          const WhyQuestion& question) {
  BACKCAST_TRY(const ChainNode* outcome, FindOutcomeNode(chain, question.outcome));
  if (data.compare.days() <= 0)
    return Error{Code::kUsage, "", "a change needs two periods", "leave out --compare none"};
  return Explanation(chain, data, plan, question, *outcome).Build();
}

}  // namespace backcast
