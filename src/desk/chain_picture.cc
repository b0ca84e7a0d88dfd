// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_picture.h"

#include <algorithm>
#include <cmath>

#include "chain/alarms.h"
#include "chain/why.h"
#include "desk/chain.h"
#include "desk/seen_plans.h"
#include "measure/ar1_least_squares.h"
#include "measure/distributions.h"
#include "measure/regression.h"
#include "plan/per_unit.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr int kTrendWeeks = 26;
constexpr double kTrendLevel = 0.01;
constexpr double kFewestEvents = 20;  ///< of an outcome; with fewer, chance alone moves what is left open

/// -1, 0, +1: the straight line of the last half year, with AR(1) errors, beyond chance.
int TrendOf(const DailySeries& series) {
  std::vector<double> weeks = OnLogScale(WeeksBefore(series, series.days().to, kTrendWeeks), series.combine);
  std::erase_if(weeks, [](double value) { return std::isnan(value); });
  if (weeks.size() < static_cast<std::size_t>(kTrendWeeks)) return 0;
  const auto fit = Ar1LeastSquares(weeks, TrendAndYear(weeks.size(), 0));
  if (!fit || !(fit->errors[1] > 0) ||
      StudentTwoSidedP(fit->coefficients[1] / fit->errors[1], fit->degrees) > kTrendLevel)
    return 0;
  return fit->coefficients[1] > 0 ? 1 : -1;
}

class ChainPainter {
 public:
  ChainPainter(Workspace& workspace, ReadChain& read, DataPicture& picture)
      : workspace_(workspace), read_(read), picture_(picture) {}

  Result<Done> Paint() {
    Closures();
    Links();
    Runs();
    BACKCAST_CHECK(Improvements());
    BACKCAST_CHECK(Broken());
    return Done{};
  }

 private:
  void Closures() {
    for (const Outcome& outcome : workspace_.plan()->outcomes) {
      const auto closure = CloseIdentity(read_.chain, read_.data, outcome.id);
      const NodeData* data = read_.data.Find(outcome.id);
      if (!closure || !closure->before || data == nullptr || !data->now || !data->before) continue;
      if (std::min(data->now_n, data->before_n) < kFewestEvents) continue;
      picture_.closures.push_back({outcome.id, *data->before, *data->now, *closure->before, closure->now});
    }
  }

  void Links() {
    for (const LinkEvidence& link : EvidenceOf(workspace_, read_)) {
      const ChainNode* from = read_.chain.Find(link.from);
      const ChainNode* to = read_.chain.Find(link.to);
      if (link.kind != LinkKind::kInfluence || !link.test || !from->in_plan || to->role != NodeRole::kOutcome)
        continue;
      picture_.links.push_back({link.from, link.grade, link.weeks, TrendOf(read_.data.Find(link.from)->daily),
                                TrendOf(read_.data.Find(link.to)->daily)});
    }
  }

  /// Whole months up to the period's end in which the target was reached, one after the other.
  void Runs() {
    for (const ChainNode& node : read_.chain.nodes) {
      const NodeData* data = read_.data.Find(node.id);
      if (!node.in_plan || !node.goal.target || node.direction == 0 || data == nullptr || data->daily.empty())
        continue;
      const Outcome* outcome = workspace_.plan()->FindOutcome(node.outcome);
      const double unit = outcome == nullptr ? 0 : DaysPerUnit(outcome->unit);
      TargetRun run{node.id, 0};
      for (const Window& month : Months(read_.data.period)) {
        auto value = data->daily.Over(month);
        if (!value) break;
        if (node.combine == Combine::kSum && unit > 0 && std::abs(unit - kDaysPerMonth) > 1)
          *value *= unit / month.days();
        if ((*value - *node.goal.target) * node.direction < 0) break;
        ++run.times;
      }
      if (run.times > 0) picture_.runs.push_back(std::move(run));
    }
  }

  /// A year of months, the newest first.
  static std::vector<Window> Months(const Window& period) {
    std::vector<Window> months = LastGrains(period, Grain::kMonth, 12);
    std::reverse(months.begin(), months.end());
    if (!months.empty() && GrainOf(months.front()) != Grain::kMonth) months.erase(months.begin());
    return months;
  }

  Result<Done> Improvements() {
    std::vector<std::string> remarks;
    BACKCAST_TRY(const std::vector<ChangeAnswer> answers,
                 AskChanges(workspace_, read_, WhichChanges::kImprovements, remarks));
    for (const ChangeAnswer& answer : answers) {
      const BeforeAfter& test = answer.expected.test;
      if (test.verdict == BeforeAfter::Verdict::kCannotTell) continue;
      picture_.improvements.push_back({answer.change.id, test.effect * answer.change.direction > 0,
                                       test.verdict == BeforeAfter::Verdict::kChanged});
    }
    return Done{};
  }

  Result<Done> Broken() {
    for (const Outcome& outcome : workspace_.plan()->outcomes) {
      if (read_.chain.Factors(outcome.id).empty() || read_.data.compare.days() <= 0) continue;
      // The weakest stage does not depend on groups and pickups, so the lake need not be asked for them.
      BACKCAST_TRY(const Why why,
                   ExplainChange(read_.chain, read_.data, *workspace_.plan(),
                                 {.outcome = outcome.id, .owner = "", .mixes = {}, .pickup = {}}));
      if (!why.weakest) continue;
      const WhyPart& weakest = why.parts[*why.weakest];
      for (const Kpi& kpi : workspace_.plan()->kpis) {
        const bool passes = std::any_of(kpi.path.begin(), kpi.path.end(),
                                        [&](const PathStep& step) { return step.metric == weakest.metric; });
        if (kpi.outcome == outcome.id && passes)
          picture_.broken.push_back({kpi.id, weakest.metric, weakest.owner});
      }
    }
    return Done{};
  }

  Workspace& workspace_;
  ReadChain& read_;
  DataPicture& picture_;
};

std::vector<Finding> AlarmFindings(const Plan& plan, const ReadChain& read) {
  std::vector<Finding> findings;
  for (const Alarm& alarm : LookForAlarms(read.chain, read.data, plan).alarms) {
    const ChainNode* node = read.chain.Find(alarm.node);
    Finding finding = Say(Rulebook::Shipped().Find(alarm.rule), {}, plan.file, alarm.place,
                          node == nullptr ? "" : alarm.node);
    finding.message = alarm.claim.text();
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

Result<std::vector<Finding>> FillFromChain(Workspace& workspace, ReadChain& read, Talk& talk,
                                           DataPicture& picture) {
  BACKCAST_CHECK(ChainPainter(workspace, read, picture).Paint());
  const std::vector<SeenPlan> plans = SeenPlans(workspace, talk);
  picture.segments = MixedSegments(plans, read.data.period);
  std::vector<Finding> findings = AlarmFindings(*workspace.plan(), read);
  for (Finding& moved : MovedTargets(workspace, plans)) findings.push_back(std::move(moved));
  return findings;
}

}  // namespace backcast
