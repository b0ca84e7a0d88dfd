// SPDX-License-Identifier: Apache-2.0
#include "chain/backout.h"

#include <algorithm>
#include <cmath>

#include "base/nearest.h"
#include "base/number.h"
#include "chain/log_spread.h"
#include "measure/backout.h"
#include "plan/per_unit.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

using std::chrono::days;

constexpr int kMeasuredDays = 91;  ///< a quarter: the stretch over which today's values are read
constexpr int kLeastDays = 56;     ///< eight weeks
constexpr int kHistoryDays = 28;   ///< length of the stretches that feasibility looks at
constexpr double kDaysPerQuarter = 365.25 / 4;
constexpr double kMostQuarters = 4;  ///< caps are per quarter and add up, four at most (rule P35)

class Backer {
 public:
  Backer(const ValueChain& chain, const ChainData& data, const std::vector<LinkEvidence>& evidence,
         const Plan& plan, const BackoutRequest& request, const ChainNode& outcome)
      : chain_(chain), data_(data), evidence_(evidence), plan_(plan), request_(request), outcome_(outcome) {}

  Result<Backout> Build() {
    BACKCAST_CHECK(ReadGoal());
    BACKCAST_CHECK(Measure());
    BACKCAST_CHECK(Fix());
    ShareOutNeed();
    AddLeads();
    Tell();
    return std::move(out_);
  }

 private:
  Result<Done> ReadGoal() {
    const Outcome* outcome = plan_.FindOutcome(outcome_.id);
    out_.outcome = outcome_.id;
    out_.title = outcome_.title;
    out_.unit = outcome_.unit == "currency" ? data_.currency : outcome_.unit;
    const std::optional<double> target = request_.target ? request_.target : outcome_.goal.target;
    if (!target) {
      return Error{Code::kInput, At(plan_.file, outcome_.place), "outcome " + outcome_.id + " has no target",
                   "write one, or ask with --target N"};
    }
    if (!(*target > 0) || !std::isfinite(*target)) {
      return Error{Code::kUsage, "", "a target to back out from must be above zero",
                   "for a result that should vanish, back out from what causes it"};
    }
    out_.target = *target;
    out_.by = request_.by ? request_.by : outcome_.goal.by;
    lag_weeks_ = outcome == nullptr ? 0 : outcome->lag_weeks;
    const double unit = outcome == nullptr ? 0 : DaysPerUnit(outcome->unit);
    out_.stretch_days = unit > 0 ? unit : kDaysPerMonth;
    if (unit <= 0 && outcome_.combine == Combine::kSum)
      out_.assumptions.push_back("The unit of " + Shortened(outcome_.id) +
                                 " names no stretch of time; its numbers are read per month.");
    return Done{};
  }

  Result<Done> Measure() {
    factors_ = chain_.Factors(outcome_.id);
    if (factors_.empty()) {
      return Error{
          Code::kInput, At(plan_.file, outcome_.place),
          "outcome " + outcome_.id + " has no driver tree with factors, so nothing can be backed out of it",
          "name one under tree (backcast init lists them), or see its early signs with backcast chain --up " +
              outcome_.id};
    }
    const NodeData* result = data_.Find(outcome_.id);
    std::string missing = MissingOf(outcome_, result);
    Window common = missing.empty() ? result->daily.days() : Window{};
    for (const ChainNode* factor : factors_) {
      const NodeData* part = data_.Find(factor->id);
      const std::string lacks = MissingOf(*factor, part);
      if (!lacks.empty()) {
        missing += (missing.empty() ? "" : "; ") + lacks;
        continue;
      }
      common.from = std::max(common.from, part->daily.days().from);
      common.to = std::min(common.to, part->daily.days().to);
    }
    if (!missing.empty())
      return Error{Code::kTooLittle, outcome_.id, "too little data to back out from", missing};
    if (common.days() < kLeastDays) {
      return Error{Code::kTooLittle, outcome_.id, "too little data to back out from",
                   "all factors have " + std::to_string(std::max(0, common.days())) +
                       " days in common, and " + std::to_string(kLeastDays) + " are needed"};
    }
    out_.measured = {std::max(common.from, common.to - days{kMeasuredDays}), common.to};
    history_ = common;
    // A share of nought is nought, whatever it is multiplied by.
    std::vector<const ChainNode*> asked = factors_;
    asked.push_back(&outcome_);
    for (const ChainNode* node : asked) {
      if (Current(data_.Find(node->id)->daily) > 0) continue;
      missing += (missing.empty() ? "" : "; ") + node->id + " has nothing above zero from " +
                 ToIso(out_.measured.from) + " to " + ToIso(out_.measured.to - days{1});
    }
    if (!missing.empty())
      return Error{Code::kTooLittle, outcome_.id, "too little data to back out from", missing};
    return Done{};
  }

  static std::string MissingOf(const ChainNode& node, const NodeData* data) {
    if (data == nullptr) return node.id + " has no number";
    if (data->daily.empty()) return node.id + ": " + (data->missing.empty() ? "no days" : data->missing);
    return "";
  }

  /// Value over the measured days; counts and money per stretch of the plan's unit.
  double Current(const DailySeries& series) const {
    const double value = series.Over(out_.measured).value_or(0);
    return series.combine == Combine::kSum ? value * out_.stretch_days / out_.measured.days() : value;
  }

  Result<Done> Fix() {
    for (const auto& [name, value] : request_.fixed) {
      const auto found = std::find_if(factors_.begin(), factors_.end(), [&](const ChainNode* node) {
        return node->id == name || node->metric == name || node->kpi == name;
      });
      if (found == factors_.end()) {
        std::vector<std::string> known;
        std::string all;
        for (const ChainNode* node : factors_) {
          known.push_back(node->id);
          all += (all.empty() ? "" : ", ") + node->id;
        }
        std::string hint = DidYouMean(name, known);
        return Error{Code::kUsage, "", "'" + Shortened(name) + "' is no factor of " + outcome_.id,
                     hint.empty() ? "its factors: " + all : hint};
      }
      if (!(value > 0) || !std::isfinite(value))
        return Error{Code::kUsage, "", "--set " + name + " needs a number above zero", ""};
      fixed_[(*found)->id] = value;
    }
    return Done{};
  }

  double Quarters() const {
    if (!out_.by) return 1;
    const double length =
        static_cast<double>((*out_.by - days{7 * lag_weeks_} - history_.to).count()) / kDaysPerQuarter;
    return std::clamp(length, 1.0, kMostQuarters);
  }

  void ShareOutNeed() {
    const DailySeries& result = data_.Find(outcome_.id)->daily;
    out_.current = Current(result);
    out_.needed_change = out_.current > 0 ? out_.target / out_.current - 1 : 0;
    std::vector<BackoutFactor> factors;
    double product = 1;
    for (const ChainNode* node : factors_) {
      const DailySeries& series = data_.Find(node->id)->daily;
      BackoutFactor factor;
      factor.current = Current(series);
      factor.weight = node->control;
      factor.cap = node->cap * Quarters();
      factor.log_se = ErrorOfMean(series, history_.to, out_.measured.days());
      const auto set = fixed_.find(node->id);
      if (set != fixed_.end()) factor.fixed = set->second;
      product *= factor.current;
      factors.push_back(factor);
    }
    const double closure = product > 0 ? out_.current / product : 1;
    const LogSpread periods = SpreadOfStretch(result, history_.to, out_.stretch_days);
    const BackoutResult shared =
        ShareOut(factors, closure, 0, out_.target, periods.sd, std::max(1.0, periods.degrees));
    out_.missing_factor = shared.missing_factor;
    out_.reached = shared.reached;
    if (periods.degrees > 0) {
      out_.low = shared.low;
      out_.high = shared.high;
      out_.assumptions.push_back(periods.without_season
                                     ? "The range of the outcome is that of one stretch whose factors stand "
                                       "at what is needed; what the "
                                       "season does to a factor counts as part of its value."
                                     : "With " + std::to_string(periods.weeks) +
                                           " weeks of history a yearly season cannot be told from chance; "
                                           "the range of the outcome may "
                                           "be wider than it has to be.");
    }
    double volume = 1, volume_now = 1;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
      BackoutNode node = NodeOf(*factors_[i], factors[i].current, shared.shares[i].needed);
      node.low = shared.shares[i].low;
      node.high = shared.shares[i].high;
      node.at_limit = shared.shares[i].at_limit;
      node.fixed = factors[i].fixed.has_value();
      volume *= node.needed;
      volume_now *= node.current;
      node.volume = volume;
      node.volume_now = volume_now;
      if (node.at_limit)
        node.because =
            "no more than " + FormatNumber(factors[i].cap, "ratio", true) + " is believable until then";
      if (factors_[i]->owner.empty())
        node.because += std::string(node.because.empty() ? "" : "; ") +
                        "nobody in the plan influences it: a condition, not a KPI";
      out_.nodes.push_back(std::move(node));
    }
  }

  BackoutNode NodeOf(const ChainNode& from, double current, double needed) const {
    BackoutNode node;
    node.id = from.id;
    node.metric = from.metric;
    node.title = from.title;
    node.owner = from.owner;
    node.unit = from.unit == "currency" ? data_.currency : from.unit;
    node.role = from.role;
    node.current = current;
    node.needed = needed;
    node.change = current != 0 ? needed / current - 1 : 0;
    node.events = data_.Find(from.id)->daily.Events(out_.measured);
    node.feasible = FeasibilityOf(from, needed);
    if (out_.by) node.due = *out_.by - days{7 * lag_weeks_};
    return node;
  }

  /// Compares with every stretch of four weeks in the history, one per week.
  Feasible FeasibilityOf(const ChainNode& node, double needed) const {
    const DailySeries& series = data_.Find(node.id)->daily;
    const Window own = series.days();
    std::vector<double> past;
    for (Day end = own.to; end - days{kHistoryDays} >= own.from; end -= days{7}) {
      const auto value = series.Over({end - days{kHistoryDays}, end});
      if (value)
        past.push_back(series.combine == Combine::kSum ? *value * out_.stretch_days / kHistoryDays : *value);
    }
    if (own.days() < kLeastDays || past.size() < 4) return Feasible::kUnknown;
    const double current = Current(series);
    if (std::abs(needed - current) <= 1e-9 * std::abs(current)) return Feasible::kYes;
    const bool up = needed > current;
    std::sort(past.begin(), past.end());
    const auto beyond = static_cast<double>(std::count_if(
        past.begin(), past.end(), [&](double value) { return up ? value >= needed : value <= needed; }));
    if (beyond == 0) return Feasible::kBeyondHistory;
    return beyond >= static_cast<double>(past.size()) / 4 ? Feasible::kYes : Feasible::kStretch;
  }

  /// What moves earlier gets the factor's needed change through its measured elasticity.
  void AddLeads() {
    for (const LinkEvidence& link : evidence_) {
      const ChainNode* from = chain_.Find(link.from);
      if (link.kind != LinkKind::kInfluence || from == nullptr || from->outcome != outcome_.id ||
          from->metric.empty())
        continue;
      const auto factor = std::find_if(out_.nodes.begin(), out_.nodes.end(),
                                       [&](const BackoutNode& node) { return node.id == link.to; });
      const bool to_outcome = link.to == outcome_.id;
      if ((factor == out_.nodes.end() && !to_outcome) || !link.test || !link.Shown()) continue;
      const NodeData* data = data_.Find(link.from);
      if (data == nullptr || data->daily.empty() || !data->daily.Over(out_.measured)) continue;
      const LinkTest& test = *link.test;
      const double wanted = to_outcome ? std::log(out_.reached / out_.current) : std::log1p(factor->change);
      if (test.elasticity_low <= 0 && test.elasticity_high >= 0) {
        out_.assumptions.push_back(from->title + " is linked to " + Shortened(link.to) +
                                   ", but how strongly is not known well enough to set it a target.");
        continue;
      }
      const double current = Current(data->daily);
      BackoutNode node = NodeOf(*from, current, current * std::exp(wanted / test.elasticity));
      const double one = current * std::exp(wanted / test.elasticity_low),
                   other = current * std::exp(wanted / test.elasticity_high);
      node.low = std::min(one, other);
      node.high = std::max(one, other);
      if (out_.by) node.due = *out_.by - days{7 * (lag_weeks_ + test.lag)};
      node.because = std::string(to_outcome ? "if it alone had to carry the outcome; " : "") +
                     "through its link to " + Shortened(link.to) + " (" + link.grade +
                     ", n = " + std::to_string(test.n) + " weeks)";
      out_.nodes.push_back(std::move(node));
    }
  }

  void Tell() {
    const auto relative = [](std::string name, double value) {
      return Quantity{.name = std::move(name), .value = value, .unit = "relative"};
    };
    const auto money = [&](std::string name, double value) {
      return Quantity{.name = std::move(name), .value = value, .n = out_.measured.days(), .unit = out_.unit};
    };
    if (out_.current <= 0) return;
    const bool past = out_.needed_change * outcome_.direction < 0;
    Say(out_.claims, past ? "backout.past" : "backout.need",
        {relative("change", out_.needed_change), money("now", out_.current), money("target", out_.target)},
        {{"outcome", out_.title}});
    if (out_.missing_factor > 1 + 1e-9) {
      Say(out_.claims, "backout.not_reached",
          {money("reached", out_.reached), relative("missing", out_.missing_factor - 1)},
          {{"outcome", out_.title}});
    } else if (out_.low && out_.high) {
      Say(out_.claims, "backout.expected",
          {{.name = "reached",
            .value = out_.reached,
            .low = out_.low,
            .high = out_.high,
            .n = std::llround(history_.days() / 7.0),
            .unit = out_.unit}},
          {{"outcome", out_.title}});
    }
    const BackoutNode* most = nullptr;
    for (const BackoutNode& node : out_.nodes) {
      if (node.role == NodeRole::kFactor &&
          (most == nullptr || std::abs(node.change) > std::abs(most->change)))
        most = &node;
    }
    if (most == nullptr || most->change == 0) return;
    const Person* owner = plan_.FindPerson(most->owner);
    Say(out_.claims, "backout.most",
        {relative("change", most->change),
         {.name = "needed",
          .value = most->needed,
          .low = most->low,
          .high = most->high,
          .n = most->events > 0 ? std::llround(most->events) : out_.measured.days(),
          .unit = most->unit},
         {.name = "current", .value = most->current, .unit = most->unit}},
        {{"stage", most->title},
         {"owner", owner == nullptr || owner->role.empty() ? most->owner : owner->role}});
  }

  const ValueChain& chain_;
  const ChainData& data_;
  const std::vector<LinkEvidence>& evidence_;
  const Plan& plan_;
  const BackoutRequest& request_;
  const ChainNode& outcome_;
  std::vector<const ChainNode*> factors_;
  std::map<std::string, double> fixed_;
  Window history_;
  int lag_weeks_ = 0;
  Backout out_;
};

}  // namespace

std::string_view ToWord(Feasible feasible) {
  switch (feasible) {
    case Feasible::kYes:
      return "yes";
    case Feasible::kStretch:
      return "stretch";
    case Feasible::kBeyondHistory:
      return "beyond_history";
    case Feasible::kUnknown:
      return "unknown";
  }
  return "";
}

Result<Backout> BackOut(const ValueChain& chain, const ChainData& data,
                        const std::vector<LinkEvidence>& evidence, const Plan& plan,
                        const BackoutRequest& request) {
  BACKCAST_TRY(const ChainNode* outcome, FindOutcomeNode(chain, request.outcome));
  return Backer(chain, data, evidence, plan, request, *outcome).Build();
}

}  // namespace backcast
