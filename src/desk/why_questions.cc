// SPDX-License-Identifier: Apache-2.0
#include "desk/why_questions.h"

#include <algorithm>
#include <map>
#include <set>

#include "desk/question.h"

namespace backcast {
namespace {

/// Who is called back within two days is picked up.
constexpr std::string_view kPickup = "lead_pickup_within_2d";

/// Dimensions by which a rate is split before a stage is blamed (METHODS 7), those that its facts have.
constexpr std::string_view kSplits[] = {"channel_group", "channel", "device", "country", "is_new"};

class Asker {
 public:
  Asker(Workspace& workspace, ReadChain& read) : workspace_(workspace), read_(read) {}

  /// One statement per scope and split: the rates of an outcome are mostly asked about together.
  Result<std::vector<MixTable>> Mixes(const std::string& outcome) {
    std::vector<std::pair<const ChainNode*, std::string>> wanted;
    std::map<std::pair<Scope, std::string>, std::set<std::string>> metrics;
    for (const ChainNode* factor : read_.chain.Factors(outcome)) {
      const Metric* metric = workspace_.catalogue().Find(factor->metric);
      const NodeData* data = read_.data.Find(factor->id);
      if (metric == nullptr || metric->additivity != Additivity::kRatioOfSums || data == nullptr ||
          !data->now || !data->before)
        continue;
      const std::vector<std::string> known =
          DimensionsOf(workspace_.catalogue(), workspace_.schemas(), *metric);
      for (const std::string_view split : kSplits) {
        if (std::find(known.begin(), known.end(), split) == known.end()) continue;
        wanted.emplace_back(factor, split);
        metrics[{factor->scope, std::string(split)}].insert(factor->metric);
      }
    }
    std::map<std::pair<Scope, std::string>, Table> answers;
    for (const auto& [key, ids] : metrics) {
      Question question{{ids.begin(), ids.end()}, {key.second}, {}, {read_.data.period, read_.data.compare}};
      for (const auto& [name, values] : key.first) question.filters.push_back({name, values});
      BACKCAST_TRY(answers[key], AskLake(workspace_, read_.ready, question, &read_.sql));
    }
    std::vector<MixTable> tables;
    for (const auto& [factor, split] : wanted) {
      MixTable table = Groups(*factor, split, answers.at({factor->scope, split}));
      if (table.groups.size() >= 2) tables.push_back(std::move(table));
    }
    return tables;
  }

  /// Leads of the period in the outcome's scope that nobody picked up within two days.
  Result<std::optional<Pickup>> Picked(const ChainNode& outcome) {
    const Metric* open = workspace_.catalogue().Find(kPickup);
    const Metric* result = workspace_.catalogue().Find(outcome.metric);
    if (open == nullptr || result == nullptr || result->element != "sales") return std::optional<Pickup>();
    for (const std::string& fact : workspace_.catalogue().FactsOf(*open)) {
      const auto found = std::find_if(read_.ready.coverage.begin(), read_.ready.coverage.end(),
                                      [&](const FactCoverage& c) { return c.fact == fact; });
      if (found == read_.ready.coverage.end() || found->rows == 0) return std::optional<Pickup>();
    }
    std::vector<Filter> filters;
    const std::vector<std::string> known = DimensionsOf(workspace_.catalogue(), workspace_.schemas(), *open);
    for (const auto& [dimension, values] : outcome.scope) {
      if (std::find(known.begin(), known.end(), dimension) == known.end()) return std::optional<Pickup>();
      filters.push_back({dimension, values});
    }
    BACKCAST_TRY(const Table table,
                 AskLake(workspace_, read_.ready,
                         {{std::string(kPickup)}, {}, filters, {read_.data.period}, {}}, &read_.sql));
    const std::string column = std::string(kPickup) + "@0";
    const auto share = NumberAt(table, column, 0), leads = NumberAt(table, column + ":base", 0);
    if (!share || !leads) return std::optional<Pickup>();
    return std::optional<Pickup>({*leads, (1 - *share) * *leads, OwnerOfPickup()});
  }

 private:
  static MixTable Groups(const ChainNode& factor, const std::string& dimension, const Table& table) {
    MixTable mix{factor.id, dimension, {}};
    double total[2] = {0, 0};
    const Column* is_total = table.Find("is_total");
    const Column* name = table.Find(dimension);
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (name == nullptr || (is_total != nullptr && is_total->numbers[row] == 1)) continue;
      MixGroup group;
      group.name = name->present[row] == 0 ? "not reported"
                   : name->is_text         ? name->words[row]
                                           : std::to_string(static_cast<int>(name->numbers[row]));
      group.weight_now = NumberAt(table, factor.metric + "@0:base", row).value_or(0);
      group.weight_before = NumberAt(table, factor.metric + "@1:base", row).value_or(0);
      group.rate_now = NumberAt(table, factor.metric + "@0", row).value_or(0);
      group.rate_before = NumberAt(table, factor.metric + "@1", row).value_or(0);
      // Another metric of the question has this group.
      if (group.weight_now <= 0 && group.weight_before <= 0) continue;
      // A group that was absent in one period has no rate of its own there: all of its change is mix.
      if (group.weight_now <= 0) group.rate_now = group.rate_before;
      if (group.weight_before <= 0) group.rate_before = group.rate_now;
      total[0] += group.weight_now;
      total[1] += group.weight_before;
      mix.groups.push_back(std::move(group));
    }
    if (total[0] <= 0 || total[1] <= 0) return MixTable{factor.id, dimension, {}};
    for (MixGroup& group : mix.groups) {
      group.weight_now /= total[0];
      group.weight_before /= total[1];
    }
    return mix;
  }

  std::string OwnerOfPickup() const {
    for (const Kpi& kpi : workspace_.plan()->kpis) {
      if (kpi.metric == kPickup || kpi.metric == "unworked_lead_share" ||
          kpi.metric == "lead_response_within_1h" || kpi.metric == "lead_response_time_median")
        return kpi.owner;
    }
    for (const Person& person : workspace_.plan()->team) {
      if (person.function == "sales") return person.id;
    }
    return "nobody";
  }

  Workspace& workspace_;
  ReadChain& read_;
};

}  // namespace

Result<Why> AskWhy(Workspace& workspace, ReadChain& read, const std::string& outcome,
                   const std::string& owner) {
  WhyQuestion question{outcome, owner, {}, {}};
  const ChainNode* node = read.chain.FindByName(outcome);
  if (node != nullptr && read.data.compare.days() > 0) {
    Asker asker(workspace, read);
    BACKCAST_TRY(question.mixes, asker.Mixes(node->id));
    BACKCAST_TRY(question.pickup, asker.Picked(*node));
    question.outcome = node->id;
  }
  return ExplainChange(read.chain, read.data, *workspace.plan(), question);
}

}  // namespace backcast
