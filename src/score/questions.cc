// SPDX-License-Identifier: Apache-2.0
#include "score/questions.h"

#include <algorithm>
#include <array>
#include <set>

namespace backcast {
namespace {

constexpr int kTrendPoints = 12;
constexpr int kWeeks = 26;

Grain TrendGrain(const Window& period) {
  const Grain exact = GrainOf(period);
  if (exact == Grain::kYear) return Grain::kMonth;
  if (exact != Grain::kDay) return exact;
  if (period.days() <= 14) return Grain::kDay;
  return period.days() <= 92 ? Grain::kWeek : Grain::kMonth;
}

std::string GrainWord(Grain grain) {
  static constexpr std::array<const char*, 5> kWords = {"day", "week", "month", "quarter", "month"};
  return kWords[static_cast<std::size_t>(grain)];
}

/// Whole Monday weeks, the last one ending no later than the period.
Window WeeksBefore(const Window& period) {
  const Day end = period.to - (std::chrono::weekday{period.to} - std::chrono::Monday);
  return {end - std::chrono::days{7 * kWeeks}, end};
}

std::vector<Filter> FiltersOf(const Scope& scope, const std::vector<Filter>& more) {
  std::vector<Filter> filters = more;
  for (const auto& [dimension, values] : scope) filters.push_back({dimension, values});
  return filters;
}

bool Same(const std::vector<Filter>& left, const std::vector<Filter>& right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const Filter& a, const Filter& b) { return a.dimension == b.dimension && a.values == b.values; });
}

class Builder {
 public:
  Builder(const Catalogue& catalogue, const Schemas& schemas, const CardRequest& request)
      : catalogue_(catalogue), schemas_(schemas), request_(request) {
    outline_.trend_grain = TrendGrain(request.period);
    outline_.trend_windows = LastGrains(request.period, outline_.trend_grain, kTrendPoints);
  }

  /// Adds a line whose number is asked under `scope`; a metric without a formula stays without a question.
  void Ask(ScoreLine line, const Scope& scope) {
    const Metric* metric = catalogue_.Find(line.metric);
    if (metric != nullptr) Describe(*metric, line);
    const bool computable = metric != nullptr && !metric->formula.empty();
    outline_.scope.push_back(computable ? ScopeIndex(FiltersOf(scope, request_.filters), line) : -1);
    outline_.lines.push_back(std::move(line));
  }

  void Say(ScoreLine line) {
    outline_.scope.push_back(-1);
    outline_.lines.push_back(std::move(line));
  }

  Outline Finish() {
    for (Scoped& scoped : outline_.scopes) {
      std::vector<Window> windows = {request_.period};
      if (request_.compare.days() > 0) windows.push_back(request_.compare);
      scoped.now = {{}, request_.by, scoped.filters, windows};
      scoped.whole = {{}, {}, scoped.filters, windows};
      scoped.weeks = {{}, {"week"}, scoped.filters, {WeeksBefore(request_.period)}};
      const Window trend{outline_.trend_windows.front().from, outline_.trend_windows.back().to};
      scoped.trend = {{}, {GrainWord(outline_.trend_grain)}, scoped.filters, {trend}};
      for (const std::string& id : scoped.metrics) {
        const Metric& metric = *catalogue_.Find(id);
        (CanBreakDown(metric) ? scoped.now : scoped.whole).metrics.push_back(id);
        // Counts of people for one exact period have no weeks and no trend.
        if (!Has(metric, {"week"})) continue;
        if (scoped.judged.count(id) > 0) scoped.weeks.metrics.push_back(id);
        scoped.trend.metrics.push_back(id);
      }
    }
    return std::move(outline_);
  }

 private:
  bool CanBreakDown(const Metric& metric) const {
    return request_.by.empty() || !request_.metrics.empty() || Has(metric, request_.by);
  }

  bool Has(const Metric& metric, const std::vector<std::string>& dimensions) const {
    const std::vector<std::string> known = DimensionsOf(catalogue_, schemas_, metric);
    return std::all_of(dimensions.begin(), dimensions.end(), [&](const std::string& dimension) {
      return std::find(known.begin(), known.end(), dimension) != known.end();
    });
  }

  static void Describe(const Metric& metric, ScoreLine& line) {
    line.level = metric.level;
    line.stage = metric.stage;
    line.element = metric.element;
    line.direction = metric.direction;
    line.value.unit = metric.unit;
    line.value.basis = metric.basis;
    line.value.definition = metric.id + "@" + std::to_string(metric.version);
    if (line.title.empty()) line.title = metric.title;
  }

  int ScopeIndex(std::vector<Filter> filters, const ScoreLine& line) {
    auto found = std::find_if(outline_.scopes.begin(), outline_.scopes.end(),
                              [&](const Scoped& scoped) { return Same(scoped.filters, filters); });
    if (found == outline_.scopes.end()) {
      outline_.scopes.push_back({.filters = std::move(filters),
                                 .metrics = {},
                                 .judged = {},
                                 .now = {},
                                 .whole = {},
                                 .weeks = {},
                                 .trend = {}});
      found = outline_.scopes.end() - 1;
    }
    if (std::find(found->metrics.begin(), found->metrics.end(), line.metric) == found->metrics.end()) {
      found->metrics.push_back(line.metric);
    }
    if (line.target) found->judged.insert(line.metric);
    return static_cast<int>(found - outline_.scopes.begin());
  }

  const Catalogue& catalogue_;
  const Schemas& schemas_;
  const CardRequest& request_;
  Outline outline_;
};

std::string RoleOf(const Plan& plan, const std::string& owner) {
  const Person* person = plan.FindPerson(owner);
  return person == nullptr ? "" : person->role;
}

ScoreLine LineOf(const Outcome& outcome, const Plan& plan) {
  ScoreLine line;
  line.id = outcome.id;
  line.metric = outcome.metric;
  line.sentence = outcome.ceo;
  line.kind = NodeKind::kOutcome;
  line.owner = outcome.owner;
  line.owner_role = RoleOf(plan, outcome.owner);
  line.baseline = outcome.goal.baseline;
  line.target = outcome.goal.target;
  line.target_by = outcome.goal.by;
  return line;
}

ScoreLine LineOf(const Kpi& kpi, const Plan& plan) {
  ScoreLine line;
  line.id = kpi.id;
  line.metric = kpi.metric;
  line.sentence = kpi.why;
  line.kind = NodeKind::kKpi;
  line.parent = kpi.outcome;
  line.owner = kpi.owner;
  line.owner_role = RoleOf(plan, kpi.owner);
  line.baseline = kpi.goal.baseline;
  line.target = kpi.goal.target;
  line.target_by = kpi.goal.by;
  line.guard = kpi.guard;
  return line;
}

ScoreLine LineOf(const Tactic& tactic, const Kpi& kpi, const Plan& plan) {
  ScoreLine line;
  line.id = tactic.id;
  line.title = tactic.name.empty() ? tactic.id : tactic.name;
  line.kind = NodeKind::kTactic;
  line.parent = kpi.id;
  line.element = tactic.element;
  line.stage = tactic.stage;
  line.owner = tactic.owner;
  line.owner_role = RoleOf(plan, tactic.owner);
  return line;
}

/// A tactic stands under the first KPI it moves and is named there once; its channels follow it.
void AddTactics(const Plan& plan, const Kpi& kpi, std::set<std::string>& told, Builder& builder) {
  for (const Tactic& tactic : plan.tactics) {
    if (std::find(tactic.moves.begin(), tactic.moves.end(), kpi.id) == tactic.moves.end()) continue;
    if (!told.insert(tactic.id).second) continue;
    builder.Say(LineOf(tactic, kpi, plan));
    for (const std::string& id : tactic.channels) {
      const auto channel = std::find_if(plan.channels.begin(), plan.channels.end(),
                                        [&](const Channel& c) { return c.id == id; });
      if (channel == plan.channels.end()) continue;
      ScoreLine line;
      line.id = channel->id;
      line.title = channel->account.empty() ? channel->platform : channel->platform + " " + channel->account;
      line.kind = NodeKind::kChannel;
      line.parent = tactic.id;
      line.owner = channel->owner;
      line.owner_role = RoleOf(plan, channel->owner);
      builder.Say(std::move(line));
    }
  }
}

}  // namespace

Outline OutlineOfPlan(const Plan& plan, const Catalogue& catalogue, const Schemas& schemas,
                      const CardRequest& request) {
  Builder builder(catalogue, schemas, request);
  std::set<std::string> told;
  for (const Outcome& outcome : plan.outcomes) {
    builder.Ask(LineOf(outcome, plan), outcome.scope);
    for (const Kpi& kpi : plan.kpis) {
      if (kpi.outcome != outcome.id) continue;
      builder.Ask(LineOf(kpi, plan), kpi.scope);
      AddTactics(plan, kpi, told, builder);
    }
  }
  return builder.Finish();
}

Outline OutlineOfMetrics(const Catalogue& catalogue, const Schemas& schemas,
                         const std::vector<FactCoverage>& coverage, const CardRequest& request) {
  Builder builder(catalogue, schemas, request);
  const auto add = [&](const Metric& metric) {
    ScoreLine line;
    line.id = metric.id;
    line.metric = metric.id;
    builder.Ask(std::move(line), {});
  };
  if (!request.metrics.empty()) {
    for (const std::string& id : request.metrics) {
      if (const Metric* metric = catalogue.Find(id)) add(*metric);
    }
    return builder.Finish();
  }
  std::set<std::string> filled;
  for (const FactCoverage& fact : coverage) {
    if (fact.rows > 0) filled.insert(fact.fact);
  }
  for (const Metric& metric : catalogue.all()) {
    const std::vector<std::string> facts = catalogue.FactsOf(metric);
    const bool readable =
        std::all_of(facts.begin(), facts.end(), [&](const std::string& f) { return filled.count(f) > 0; });
    if (!metric.formula.empty() && !facts.empty() && readable) add(metric);
  }
  return builder.Finish();
}

}  // namespace backcast
