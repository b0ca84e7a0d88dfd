// SPDX-License-Identifier: Apache-2.0
#include "chain/alarms.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "chain/evidence.h"
#include "measure/distributions.h"
#include "measure/stages.h"
#include "plan/blocks.h"

namespace backcast {
namespace {

constexpr double kFalseAlarms = 0.02;  ///< one-sided, over all links that could come apart
constexpr int kGuardWeeks = 8;         ///< two stretches of eight weeks are compared
constexpr double kGuardP = 0.01;
constexpr double kConcentrated = 0.6;  ///< share of goals, money or bonus on one metric
constexpr int kFewGoals = 4;           ///< fewer goals than this are not spread over metrics anyway
constexpr double kRounding = 1e-9;

class Watch {
 public:
  Watch(const ValueChain& chain, const ChainData& data, const Plan& plan)
      : chain_(chain), data_(data), plan_(plan) {}

  Alarms Look() {
    Fixation();
    Guards();
    Concentration();
    return std::move(found_);
  }

 private:
  void Fixation() {
    std::vector<std::pair<const ChainLink*, std::size_t>> looked;
    for (const ChainLink& link : chain_.links) {
      const ChainNode* from = chain_.Find(link.from);
      const ChainNode* to = chain_.Find(link.to);
      if (to->role != NodeRole::kOutcome || !from->in_plan || from->metric.empty() || from->direction == 0)
        continue;
      const NodeData* x = data_.Find(link.from);
      const NodeData* y = data_.Find(link.to);
      if (x == nullptr || y == nullptr || x->daily.empty() || y->daily.empty()) continue;
      AlignedWeeks weeks = Align(x->daily, y->daily);
      // Both are turned so that up is good: a cost that falls is a KPI that rises.
      for (double& value : weeks.from) value *= from->direction;
      for (double& value : weeks.to) value *= to->direction;
      const FixationTest test = TestFixation(weeks.from, weeks.to, LagOf(link, weeks));
      if (test.state == FixationTest::State::kTooShort) continue;
      found_.looks.push_back({link.from, link.to, test, false});
      looked.emplace_back(&link, found_.looks.size() - 1);
    }
    const auto at_risk = std::count_if(found_.looks.begin(), found_.looks.end(),
                                       [](const FixationLook& look) { return look.test.rose; });
    if (at_risk == 0) return;
    const double critical = NormalQuantile(1 - kFalseAlarms / static_cast<double>(at_risk));
    for (const auto& [link, index] : looked) {
      FixationLook& look = found_.looks[index];
      const FixationTest& test = look.test;
      look.alarm = test.state == FixationTest::State::kAlarm && test.gap < -critical * test.gap_se;
      if (look.alarm) TellFixation(*link, test);
    }
  }

  /// As planned; else the lag at which the reference weeks agree best.
  static int LagOf(const ChainLink& link, const AlignedWeeks& weeks) {
    if (link.lag_weeks >= 0) return link.lag_weeks;
    if (weeks.from.size() < 2 * static_cast<std::size_t>(kWeeksForLink)) return 0;
    const std::size_t reference = weeks.from.size() - kWeeksForLink;
    LinkQuestion question;
    question.x = std::span(weeks.from).first(reference);
    question.y = std::span(weeks.to).first(reference);
    question.permutations = 0;
    const auto test = TestLink(question);
    return test ? test->lag : 0;
  }

  void TellFixation(const ChainLink& link, const FixationTest& test) {
    const ChainNode& from = *chain_.Find(link.from);
    const auto relative = [&](std::string name, double log, double se) {
      return Quantity{.name = std::move(name),
                      .value = std::expm1(log),
                      .low = std::expm1(log - 1.96 * se),
                      .high = std::expm1(log + 1.96 * se),
                      .n = test.reference_weeks + 26,
                      .unit = "relative"};
    };
    auto claim = Claim::Make("alarm.fixation",
                             {relative("rise", test.kpi_rise, test.kpi_rise_se),
                              relative("expected", test.expected, test.expected_se),
                              relative("observed", test.observed, test.observed_se)},
                             {{"kpi", from.title}, {"outcome", chain_.Find(link.to)->title}});
    if (claim) found_.alarms.push_back({"G01", link.from, link.to, std::move(*claim), from.place});
  }

  /// A KPI that rose while its guard went the wrong way, both by more than chance.
  void Guards() {
    for (const ChainNode& node : chain_.nodes) {
      if (node.guard.empty() || node.direction == 0) continue;
      const ChainNode* guard = chain_.Find(GuardOf(node));
      const NodeData* own = data_.Find(node.id);
      const NodeData* other = guard == nullptr ? nullptr : data_.Find(guard->id);
      if (own == nullptr || other == nullptr || own->daily.empty() || other->daily.empty() ||
          guard->direction == 0)
        continue;
      const Day end = std::min(own->daily.days().to, other->daily.days().to);
      const auto rise = Move(own->daily, end), fall = Move(other->daily, end);
      if (!rise || !fall || rise->log_change * node.direction <= 0 ||
          fall->log_change * guard->direction >= 0)
        continue;
      if (rise->p > kGuardP || fall->p > kGuardP) continue;
      const auto relative = [](std::string name, const StageFinding& move) {
        return Quantity{.name = std::move(name),
                        .value = std::expm1(move.log_change),
                        .low = std::expm1(move.log_change - move.critical * move.standard_error),
                        .high = std::expm1(move.log_change + move.critical * move.standard_error),
                        .n = 2 * kGuardWeeks,
                        .unit = "relative"};
      };
      auto claim = Claim::Make("alarm.guard", {relative("rise", *rise), relative("fall", *fall)},
                               {{"kpi", node.title}, {"guard", guard->title}});
      if (claim) found_.alarms.push_back({"G02", node.id, guard->id, std::move(*claim), node.place});
    }
  }

  static std::optional<StageFinding> Move(const DailySeries& series, Day end) {
    const Day middle = end - std::chrono::days{7 * kGuardWeeks},
              start = middle - std::chrono::days{7 * kGuardWeeks};
    const auto now = series.Over({middle, end}), before = series.Over({start, middle});
    if (!now || !before || *now <= 0 || *before <= 0) return std::nullopt;
    std::vector<double> weekly = WeeksBefore(series, middle, 104);
    for (double& value : weekly) value = value > 0 ? std::log(value) : std::nan("");
    StageHistory history;
    history.weekly = weekly;
    history.now = *now;
    history.before = *before;
    history.now_n = series.Events({middle, end});
    history.before_n = series.Events({start, middle});
    history.is_rate = series.combine == Combine::kRate && *now <= 1 && *before <= 1;
    history.weeks_now = history.weeks_before = kGuardWeeks;
    const StageDiagnosis diagnosis = DiagnoseStages({&history, 1});
    if (!diagnosis.needs.empty()) return std::nullopt;
    return diagnosis.stages[0];
  }

  /// Goals, money and bonus that hang on one metric.
  void Concentration() {
    std::map<std::string, double> goals, money, bonus;
    for (const Kpi& kpi : plan_.kpis) {
      if (kpi.goal.target) goals[kpi.metric] += 1;
    }
    for (const Tactic& tactic : plan_.tactics) {
      double cost = 0;
      for (const auto& [kind, amount] : tactic.budget) cost += amount;
      for (const std::string& id : tactic.moves) {
        if (const Kpi* kpi = plan_.FindKpi(id))
          money[kpi->metric] += cost / static_cast<double>(tactic.moves.size());
      }
    }
    for (const Yaml* person : Blocks(plan_.root, "team")) AddBonus(*person, bonus);
    Concentrated("alarm.goals", goals, kFewGoals);
    Concentrated("alarm.money", money, 0);
    Concentrated("alarm.bonus", bonus, 2);
  }

  /// A person's bonus counts as one, shared as the plan says; parts without a share take equal parts of what
  /// is left.
  static void AddBonus(const Yaml& person, std::map<std::string, double>& bonus) {
    const std::vector<const Yaml*> parts = Blocks(person, "bonus");
    double said = 0;
    std::size_t open = 0;
    for (const Yaml* part : parts) {
      const auto share = ShareOf(*part);
      said += share.value_or(0);
      open += share ? 0 : 1;
    }
    for (const Yaml* part : parts) {
      const double equal = open > 0 ? std::max(0.0, 1 - said) / static_cast<double>(open) : 0;
      if (const std::string metric(part->Text("metric")); !metric.empty())
        bonus[metric] += ShareOf(*part).value_or(equal);
    }
  }

  static std::optional<double> ShareOf(const Yaml& part) {
    const Yaml* share = part.Find("share");
    return share == nullptr ? std::nullopt : share->Number();
  }

  void Concentrated(const char* key, const std::map<std::string, double>& shares, double least) {
    double all = 0;
    for (const auto& [metric, amount] : shares) all += amount;
    if (all <= 0 || all < least - kRounding) return;
    for (const auto& [metric, amount] : shares) {
      if (amount / all <= kConcentrated) continue;
      auto claim = Claim::Make(key,
                               {{.name = "share",
                                 .value = amount / all,
                                 .n = static_cast<std::int64_t>(shares.size()),
                                 .unit = "ratio"}},
                               {{"metric", metric}});
      if (claim) found_.alarms.push_back({"G03", metric, "", std::move(*claim), {}});
    }
  }

  const ValueChain& chain_;
  const ChainData& data_;
  const Plan& plan_;
  Alarms found_;
};

}  // namespace

Alarms LookForAlarms(const ValueChain& chain, const ChainData& data, const Plan& plan) {
  return Watch(chain, data, plan).Look();
}

}  // namespace backcast
