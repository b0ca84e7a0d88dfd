// SPDX-License-Identifier: Apache-2.0
#include "score/assemble.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/number.h"
#include "plan/per_unit.h"
#include "score/executive.h"
#include "score/verdict.h"

namespace backcast {
namespace {

/// Reads the cells of one metric from an answer of Compile.
class Cells {
 public:
  Cells(const Table& table, const std::string& metric, std::size_t window)
      : value_(table.Find(metric + "@" + std::to_string(window))),
        n_(table.Find(metric + "@" + std::to_string(window) + ":n")),
        currencies_(table.Find(metric + "@" + std::to_string(window) + ":currencies")) {}

  std::optional<double> value(std::size_t row) const { return Number(value_, row); }
  std::optional<double> n(std::size_t row) const { return Number(n_, row); }
  bool has_money() const { return currencies_ != nullptr; }
  double currencies(std::size_t row) const { return Number(currencies_, row).value_or(0); }

 private:
  static std::optional<double> Number(const Column* column, std::size_t row) {
    if (column == nullptr || column->is_text || column->present[row] == 0) return std::nullopt;
    return column->numbers[row];
  }
  const Column* value_;
  const Column* n_;
  const Column* currencies_;
};

bool IsTotal(const Table& table, std::size_t row) {
  const Column* total = table.Find("is_total");
  return total == nullptr || total->numbers[row] == 1;
}

/// Whether the row is a part of the series that goes with the answer.
bool IsSeries(const Table& table, std::size_t row) {
  const Column* series = table.Find("series");
  return series != nullptr && series->present[row] != 0;
}

/// One value per day, week, month ... of a series answer, by the first day of the stretch.
std::map<Day, double> SeriesOf(const Table& table, const std::string& metric) {
  std::map<Day, double> series;
  const Cells cells(table, metric, 0);
  const Column* own = table.Find("series");
  if (own == nullptr && !table.columns.empty()) own = &table.columns[0];
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto value = cells.value(row);
    if (IsTotal(table, row) || !value || cells.currencies(row) > 1 || !own->is_text || own->present[row] == 0)
      continue;
    const auto day = ParseIsoDay(own->words[row]);
    if (day.ok()) series[day.value()] = *value;
  }
  return series;
}

class Assembler {
 public:
  Assembler(Outline outline, const std::vector<ScopedAnswer>& answers, const CardContext& context)
      : outline_(std::move(outline)), answers_(answers), context_(context) {}

  Scorecard Build() {
    card_.period = context_.request.period;
    card_.compare = context_.request.compare;
    card_.as_of = context_.request.as_of;
    card_.has_plan = context_.plan != nullptr;
    card_.currency = context_.currency;
    for (std::size_t i = 0; i < outline_.lines.size(); ++i)
      AddLine(std::move(outline_.lines[i]), outline_.scope[i]);
    for (const Finding& finding : context_.findings) AddFinding(finding);
    for (const Finding& finding : context_.findings) NoteAccepted(finding);
    MarkWeakest();
    AddClaims(card_);
    CountBalance();
    if (context_.plan != nullptr) {
      for (const NotMeasured& item : context_.plan->not_measured)
        card_.not_measured.push_back(item.what + " (" + item.why + ")");
    }
    return std::move(card_);
  }

 private:
  void AddLine(ScoreLine line, int scope) {
    if (line.metric.empty()) {
      card_.lines.push_back(std::move(line));
      return;
    }
    const Metric* metric = context_.catalogue.Find(line.metric);
    const auto computed = context_.computed.find(line.metric);
    if (metric != nullptr && scope < 0 && computed != context_.computed.end()) {
      FillComputed(*metric, computed->second, line);
      card_.lines.push_back(std::move(line));
      return;
    }
    if (metric == nullptr || scope < 0) {
      line.value.reason = metric == nullptr
                              ? "the metric '" + line.metric + "' is not in the catalogue"
                              : "this metric is computed by a method that has not run for this card";
      if (line.title.empty()) line.title = line.metric;
      card_.lines.push_back(std::move(line));
      return;
    }
    const ScopedAnswer& answer = answers_[static_cast<std::size_t>(scope)];
    std::vector<ScoreLine> groups;
    const Table& table = answer.now.Find(line.metric + "@0") != nullptr ? answer.now : answer.whole;
    const Cells now(table, metric->id, 0), before(table, metric->id, 1);
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (IsSeries(table, row)) continue;
      ScoreLine one = line;
      const bool total = IsTotal(table, row);
      if (!total) NameGroup(table, row, one);
      FillValues(*metric, now, before, row, one);
      if (const std::string words = MoneyWords(*metric, context_.converted);
          total && now.has_money() && !words.empty() && IsConverted(*metric))
        one.notes.push_back(words);
      CountDays(*metric, one);
      if (!total && !one.value.value && !one.previous.value) continue;
      // Without a plan the card shows what the exports say; what they are silent about is no line.
      if (context_.plan == nullptr && context_.request.metrics.empty() && !one.value.value &&
          one.value.state == State::kNotOffered) {
        continue;
      }
      if (total) {
        Trend(*metric, answer, one);
        Judge(*metric, answer, one);
        card_.lines.push_back(std::move(one));
      } else {
        groups.push_back(std::move(one));
      }
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const ScoreLine& a, const ScoreLine& b) { return a.group < b.group; });
    for (ScoreLine& group : groups) card_.lines.push_back(std::move(group));
  }

  /// Of the plan's node and of the question: a method speaks of the whole only.
  bool IsOfAPart(const ScoreLine& line) const {
    if (!context_.request.filters.empty()) return true;
    if (context_.plan == nullptr) return false;
    const Kpi* kpi = context_.plan->FindKpi(line.id);
    const Outcome* outcome = context_.plan->FindOutcome(line.id);
    return (kpi != nullptr && !kpi->scope.empty()) || (outcome != nullptr && !outcome->scope.empty());
  }

  void FillComputed(const Metric& metric, const ComputedValue& computed, ScoreLine& line) const {
    if (IsOfAPart(line)) {
      line.value.reason = "this metric is computed for the whole, and cannot be told for a part of it";
      return;
    }
    const auto fill = [](const Value& from, Value& to) {
      to.state = from.state;
      to.value = from.value;
      to.low = from.low;
      to.high = from.high;
      to.n = from.n;
      to.reason = from.reason;
    };
    line.previous = line.value;
    fill(computed.now, line.value);
    fill(computed.before, line.previous);
    FillChange(metric, line);
    Judge(metric, {}, line);
  }

  void NameGroup(const Table& table, std::size_t row, ScoreLine& line) const {
    for (const std::string& dimension : context_.request.by) {
      const Column* column = table.Find(dimension);
      if (column == nullptr) continue;
      const bool known = column->present[row] != 0;
      line.group.emplace_back(dimension, known ? column->words[row] : "(not reported)");
    }
    line.baseline = line.target = std::nullopt;  // the plan's numbers are about the total
    line.notes.clear();                          // and so are remarks on its question
  }

  void FillValues(const Metric& metric, const Cells& now, const Cells& before, std::size_t row,
                  ScoreLine& line) const {
    Complete(metric, now, row, true, line.value);
    line.previous = line.value;
    line.previous.reason.clear();
    if (context_.request.compare.days() == 0) {
      line.previous.state = State::kNotOffered;
      line.previous.value = line.previous.low = line.previous.high = std::nullopt;
      line.previous.n = std::nullopt;
      line.previous.coverage = std::nullopt;
      line.previous.reason = "no comparison was asked";
      return;
    }
    Complete(metric, before, row, false, line.previous);
    FillChange(metric, line);
  }

  static void FillChange(const Metric& metric, ScoreLine& line) {
    line.change_in_points = metric.change_in_points;
    if (!line.value.value || !line.previous.value) return;
    const double now = *line.value.value, before = *line.previous.value;
    if (line.change_in_points)
      line.change = now - before;
    else if (before != 0)
      line.change = now / before - 1;
  }

  void Complete(const Metric& metric, const Cells& cells, std::size_t row, bool current, Value& value) const {
    value.value = cells.value(row);
    value.coverage = std::nullopt;
    value.n = std::nullopt;
    if (const auto n = cells.n(row)) value.n = static_cast<std::int64_t>(*n);
    if (metric.unit == "currency") value.unit = CurrencyOf(metric);
    if (cells.currencies(row) > 1) {
      value.state = State::kWithheld;
      value.value = std::nullopt;
      value.reason = WhyWithheld(metric, value.unit);
      return;
    }
    if (!value.value) {
      value.state = State::kNotOffered;
      value.reason = WhyMissing(metric);
      return;
    }
    value.state = *value.value == 0 ? State::kZero : State::kValue;
    if (!current) return;
    value.coverage = Coverage(metric);
    if (const auto open = OpenDays(metric)) {
      value.state = State::kNotFinal;
      value.reason = *open;
    }
  }

  const FactCoverage* CoverageOf(const std::string& fact) const {
    for (const FactCoverage& coverage : context_.coverage) {
      if (coverage.fact == fact) return &coverage;
    }
    return nullptr;
  }

  /// Whether amounts of the metric are read in another currency than they stand in. Who asks by currency gets
  /// each in its own.
  bool IsConverted(const Metric& metric) const {
    const auto& by = context_.request.by;
    if (std::find(by.begin(), by.end(), "currency") != by.end()) return false;
    if (std::any_of(context_.request.filters.begin(), context_.request.filters.end(),
                    [](const Filter& filter) { return filter.dimension == "currency"; }))
      return false;
    const std::vector<std::string> facts = context_.catalogue.FactsOf(metric);
    return std::any_of(facts.begin(), facts.end(),
                       [&](const std::string& fact) { return context_.foreign.contains(fact); });
  }

  /// Of the metric's facts, each sentence once.
  std::string MoneyWords(const Metric& metric, const std::map<std::string, std::string>& by_fact) const {
    std::string words;
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const auto found = by_fact.find(fact);
      if (found == by_fact.end() || found->second.empty() || words.find(found->second) != std::string::npos)
        continue;
      words += (words.empty() ? "" : "; ") + found->second;
    }
    return words;
  }

  std::string WhyWithheld(const Metric& metric, const std::string& unit) const {
    if (IsConverted(metric)) {
      const std::string lacking = MoneyWords(metric, context_.withheld);
      return (lacking.empty() ? "a rate into " + context_.currency + " is missing" : lacking) +
             "; add it to rates.csv, or ask --by currency";
    }
    return "the rows are in " + unit +
           ", and currencies are never added; give rates in rates.csv, or ask --by currency";
  }

  /// The one currency of the metric's facts, or several joined by "and".
  std::string CurrencyOf(const Metric& metric) const {
    if (IsConverted(metric)) return context_.currency;
    std::set<std::string> codes;
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const FactCoverage* coverage = CoverageOf(fact);
      if (coverage != nullptr) codes.insert(coverage->currencies.begin(), coverage->currencies.end());
    }
    std::string joined;
    for (const std::string& code : codes) joined += (joined.empty() ? "" : " and ") + code;
    return joined.empty() ? context_.currency : joined;
  }

  std::string WhyMissing(const Metric& metric) const {
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const FactCoverage* coverage = CoverageOf(fact);
      if (coverage == nullptr || coverage->rows == 0) return "no export fills " + fact + " yet";
    }
    return "nothing was reported for this period";
  }

  void CountDays(const Metric& metric, ScoreLine& line) const {
    const Window& period = context_.request.period;
    Day settled = std::min(period.to, context_.request.as_of + std::chrono::days{1}) - std::chrono::days{1};
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const FactCoverage* coverage = CoverageOf(fact);
      const int days = coverage == nullptr ? 0 : static_cast<int>(coverage->days_in_period);
      line.days_with_data = std::min(line.days_with_data.value_or(days), days);
      if (coverage != nullptr && coverage->settled_through)
        settled = std::min(settled, *coverage->settled_through);
    }
    const auto open = (period.to - std::chrono::days{1} - settled).count();
    line.open_days = static_cast<int>(std::clamp<std::int64_t>(open, 0, period.days()));
  }

  std::optional<double> Coverage(const Metric& metric) const {
    std::optional<double> least;
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const FactCoverage* coverage = CoverageOf(fact);
      if (coverage == nullptr || !coverage->last) continue;
      const double share = static_cast<double>(coverage->days_in_period) / context_.request.period.days();
      if (!least || share < *least) least = share;
    }
    return least;
  }

  std::optional<std::string> OpenDays(const Metric& metric) const {
    const Day last = context_.request.period.to - std::chrono::days{1};
    for (const std::string& fact : context_.catalogue.FactsOf(metric)) {
      const FactCoverage* coverage = CoverageOf(fact);
      if (coverage != nullptr && coverage->settled_through && *coverage->settled_through < last) {
        return "days after " + ToIso(*coverage->settled_through) + " may still be restated by the platform";
      }
    }
    return std::nullopt;
  }

  void Trend(const Metric& metric, const ScopedAnswer& answer, ScoreLine& line) const {
    const std::map<Day, double> series =
        SeriesOf(answer.now.Find("series") != nullptr ? answer.now : answer.trend, metric.id);
    if (series.empty()) return;
    for (const Window& window : outline_.trend_windows) {
      Point point{window, std::nullopt};
      // The engine names a stretch by its first calendar day, which for the first window may lie before the
      // data.
      const auto found = series.find(window.from);
      if (found != series.end()) point.value = found->second;
      line.trend.push_back(point);
    }
  }

  void Judge(const Metric& metric, const ScopedAnswer& answer, ScoreLine& line) const {
    if (!line.target || !line.value.value) return;
    const Outcome* outcome =
        context_.plan == nullptr
            ? nullptr
            : context_.plan->FindOutcome(line.kind == NodeKind::kOutcome ? line.id : line.parent);
    const bool sums = metric.additivity == Additivity::kAdditive;
    const double days = context_.request.period.days();
    double unit_days = line.kind == NodeKind::kOutcome && outcome != nullptr ? DaysPerUnit(outcome->unit) : 0;
    if (unit_days == 0) unit_days = kDaysPerMonth;
    const bool whole_month = GrainOf(context_.request.period) == Grain::kMonth && unit_days == kDaysPerMonth;
    VerdictInput input;
    input.per_unit = sums && !whole_month ? unit_days / days : 1;
    input.value = *line.value.value * input.per_unit;
    for (const auto& [week, value] : SeriesOf(answer.weeks, metric.id)) input.weekly.push_back(value);
    input.sums = sums;
    input.weeks_in_period = days / 7.0;
    input.baseline = line.baseline;
    input.target = line.target;
    input.by = line.target_by ? line.target_by : outcome != nullptr ? outcome->goal.by : std::nullopt;
    input.line_from = outcome != nullptr && outcome->goal.baseline_period
                          ? std::optional<Day>(outcome->goal.baseline_period->to)
                          : std::nullopt;
    input.on = context_.request.period.to - std::chrono::days{1};
    input.lower_is_better = metric.direction == "lower";
    input.unit = line.value.unit;
    input.n = line.value.n;
    const Decision decision = Decide(input);
    line.verdict = decision.verdict;
    line.verdict_because = decision.because;
    line.judged = input.value;
    line.expected = decision.expected;
    line.beyond_chance = decision.beyond_chance;
    if (decision.spread) {
      line.value.low = *decision.low / input.per_unit;
      line.value.high = *decision.high / input.per_unit;
      line.value.level = decision.spread->level;
      line.judged_low = decision.low;
      line.judged_high = decision.high;
    }
    if (decision.pace) {
      line.pace = {.state = State::kValue,
                   .value = decision.pace,
                   .n = line.value.n,
                   .unit = "ratio",
                   .basis = line.value.basis,
                   .definition = "pace@1"};
    }
    if (input.per_unit != 1)
      line.notes.push_back("read per month for the target: " +
                           FormatNumber(input.value, line.value.unit, true));
  }

  static std::optional<AcceptedNote> NoteOf(const Finding& finding) {
    if (!finding.accepted) return std::nullopt;
    const Acceptance& accepted = *finding.accepted;
    return AcceptedNote{accepted.because, accepted.by, accepted.on, accepted.until};
  }

  void AddFinding(const Finding& finding) {
    card_.findings.push_back({finding.rule, std::string(ToWord(finding.severity)), finding.file,
                              finding.message, finding.why, finding.fix, finding.seed, finding.place.line,
                              finding.place.column, finding.node, NoteOf(finding)});
    if (finding.severity != Severity::kError || finding.node.empty() || finding.accepted) return;
    for (ScoreLine& line : card_.lines) {
      if (line.id != finding.node || line.verdict == Verdict::kNone) continue;
      line.verdict = Verdict::kNone;
      line.verdict_because = std::nullopt;
      line.no_verdict = finding.message;
    }
  }

  /// A verdict that stands because somebody answers for the error against it says so.
  void NoteAccepted(const Finding& finding) {
    if (finding.severity != Severity::kError || finding.node.empty() || !finding.accepted) return;
    for (ScoreLine& line : card_.lines) {
      if (line.id != finding.node || line.verdict == Verdict::kNone) continue;
      line.notes.push_back("the verdict stands although " + finding.rule + " says: " + finding.message +
                           " (accepted by " + finding.accepted->by + " on " + finding.accepted->on + ")");
    }
  }

  /// The KPI furthest behind its line; one that is behind by more than chance goes before one that may not
  /// be.
  void MarkWeakest() {
    ScoreLine* weakest = nullptr;
    for (ScoreLine& line : card_.lines) {
      if (line.kind != NodeKind::kKpi || line.verdict != Verdict::kMissed || !line.pace.value) continue;
      const auto rank = [](const ScoreLine& each) {
        return std::pair(!each.beyond_chance, *each.pace.value);
      };
      if (weakest == nullptr || rank(line) < rank(*weakest)) weakest = &line;
    }
    if (weakest != nullptr) weakest->weakest = true;
  }

  void CountBalance() {
    std::map<std::string, Balance::Share> elements, levels;
    for (const ScoreLine& line : card_.lines) {
      if (!line.group.empty()) continue;
      Count(line, elements[line.element]);
      Count(line, levels[line.level]);
    }
    for (auto* shares : {&elements, &levels}) {
      for (auto& [name, share] : *shares) {
        if (name.empty()) continue;
        share.name = name;
        (shares == &elements ? card_.balance.elements : card_.balance.levels).push_back(share);
      }
    }
  }

  static void Count(const ScoreLine& line, Balance::Share& share) {
    share.kpis += line.kind == NodeKind::kKpi;
    share.tactics += line.kind == NodeKind::kTactic;
    share.metrics_with_data += line.value.value.has_value();
  }

  Outline outline_;
  const std::vector<ScopedAnswer>& answers_;
  const CardContext& context_;
  Scorecard card_;
};

}  // namespace

Scorecard Assemble(Outline outline, const std::vector<ScopedAnswer>& answers, const CardContext& context) {
  return Assembler(std::move(outline), answers, context).Build();
}

}  // namespace backcast
