// SPDX-License-Identifier: Apache-2.0
#include "catalog/catalogue.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/embedded.h"
#include "base/nearest.h"
#include "catalog/check.h"
#include "catalog/entry.h"

namespace backcast {
namespace {

/// Aggregates that one metric may unfold to; stops a hostile chain of metrics that double each other.
constexpr std::size_t kMaxLeaves = 200;

void VisitMetrics(const Expression& expression, const std::function<void(const Expression&)>& visit) {
  if (expression.kind == Expression::Kind::kMetric) visit(expression);
  for (const Expression& part : expression.parts) VisitMetrics(part, visit);
}

void CollectFacts(const Expression& expression, const Catalogue& catalogue, std::set<std::string>& facts) {
  if (expression.kind == Expression::Kind::kAggregate) facts.insert(expression.fact);
  if (expression.kind == Expression::Kind::kMetric) {
    if (const Metric* metric = catalogue.Find(expression.metric))
      CollectFacts(metric->expression, catalogue, facts);
  }
  for (const Expression& part : expression.parts) CollectFacts(part, catalogue, facts);
}

/// Follows references depth first: names resolve, nothing refers to itself, nothing unfolds without end.
class References {
 public:
  explicit References(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// Leaves that the metric unfolds to; 0 when it, or one it refers to, is at fault.
  std::size_t Unfold(const Metric& metric, std::vector<Error>& faults) {
    if (const auto known = leaves_.find(metric.id); known != leaves_.end()) return known->second;
    if (std::find(path_.begin(), path_.end(), metric.id) != path_.end()) {
      faults.push_back(FaultIn(metric, 1, "the metric refers to itself: " + Path(metric.id),
                               "give one of them a formula over facts"));
      return 0;
    }
    path_.push_back(metric.id);
    const std::size_t leaves = path_.size() > 50 ? kMaxLeaves + 1 : Count(metric, metric.expression, faults);
    path_.pop_back();
    if (leaves > kMaxLeaves) {
      faults.push_back(
          FaultIn(metric, 1, "with all it refers to, the formula has more than 200 aggregates", "split it"));
    }
    return leaves_[metric.id] = leaves > kMaxLeaves ? 0 : leaves;
  }

 private:
  std::string Path(const std::string& last) const {
    std::string text;
    for (auto at = std::find(path_.begin(), path_.end(), last); at != path_.end(); ++at) text += *at + " -> ";
    return text + last;
  }

  std::size_t Count(const Metric& metric, const Expression& expression, std::vector<Error>& faults) {
    if (expression.kind == Expression::Kind::kAggregate) return 1;
    if (expression.kind == Expression::Kind::kMetric) {
      const Metric* other = catalogue_.Find(expression.metric);
      if (other == nullptr) {
        faults.push_back(FaultIn(metric, expression.at,
                                 "there is no metric '" + expression.metric.substr(0, 60) + "'",
                                 DidYouMean(expression.metric, catalogue_.ids())));
        return 0;
      }
      if (!other->HasFormula()) {
        faults.push_back(FaultIn(metric, expression.at,
                                 other->id + " has no formula, it is computed by " + other->computed_by,
                                 "refer to metrics with a formula"));
        return 0;
      }
      return Unfold(*other, faults);
    }
    std::size_t leaves = 0;
    for (const Expression& part : expression.parts) leaves += Count(metric, part, faults);
    return leaves;
  }

  const Catalogue& catalogue_;
  std::map<std::string, std::size_t> leaves_;
  std::vector<std::string> path_;
};

}  // namespace

Result<Catalogue> Catalogue::Shipped(const Schemas& schemas) {
  Catalogue catalogue;
  std::string text;
  std::vector<Error> faults;
  for (const EmbeddedFile& file : EmbeddedFiles("metrics/")) {
    if (file.path == "metrics/sources.yaml") continue;
    for (Error& fault : catalogue.AddUnchecked(file.text, file.path, schemas))
      faults.push_back(std::move(fault));
  }
  for (Error& fault : catalogue.CheckFrom(0, schemas)) faults.push_back(std::move(fault));
  if (faults.empty()) return catalogue;
  for (const Error& fault : faults) text += (text.empty() ? "" : "\n") + ToSentence(fault);
  return Error{Code::kInternal, "", "the catalogue that ships with the program has faults: " + text, ""};
}

std::vector<Error> Catalogue::Add(std::string_view yaml, std::string_view file, const Schemas& schemas) {
  const std::size_t first = metrics_.size();
  std::vector<Error> faults = AddUnchecked(yaml, file, schemas);
  for (Error& fault : CheckFrom(first, schemas)) faults.push_back(std::move(fault));
  return faults;
}

std::vector<Error> Catalogue::AddUnchecked(std::string_view yaml, std::string_view file,
                                           const Schemas& schemas) {
  std::vector<Error> faults;
  Result<Yaml> root = ParseYaml(yaml, file);
  if (!root.ok()) return {root.error()};
  const Yaml* list = root.value().IsList() ? &root.value() : root.value().Find("metrics");
  const Yaml* aliases = root.value().Find("aliases");
  if (aliases != nullptr) AddAliases(*aliases, file, faults);
  if (list == nullptr || !list->IsList()) {
    if (aliases == nullptr)
      faults.push_back(
          {Code::kInput, At(file, root.value().place), "there is no list of metrics", "begin with metrics:"});
    return faults;
  }
  for (const Yaml& node : list->items) {
    std::optional<Metric> metric = ReadEntry(node, file, faults);
    if (!metric) continue;
    if (const Metric* known = Find(metric->id)) {
      faults.push_back({Code::kInput, metric->where,
                        "metric " + metric->id + " exists already, at " + known->where, "choose another id"});
      continue;
    }
    bool sound = true;
    for (const FormulaFault& fault : CheckAggregates(metric->expression, schemas)) {
      faults.push_back(FaultIn(*metric, fault.at, fault.what, fault.hint));
      sound = false;
    }
    if (!sound) continue;
    by_id_[metric->id] = metrics_.size();
    metrics_.push_back(std::move(*metric));
  }
  return faults;
}

std::vector<Error> Catalogue::CheckFrom(std::size_t first, const Schemas& schemas) {
  std::vector<Error> faults;
  std::set<std::string> faulty;
  References references(*this);
  const FindMetric find = [this](std::string_view id) { return Find(id); };
  for (std::size_t i = first; i < metrics_.size(); ++i) {
    const Metric& metric = metrics_[i];
    if (!metric.HasFormula()) continue;
    const std::size_t before = faults.size();
    references.Unfold(metric, faults);
    if (faults.size() == before) {
      for (const FormulaFault& fault : CheckUnits(metric, schemas, find))
        faults.push_back(FaultIn(metric, fault.at, fault.what, fault.hint));
    }
    if (faults.size() != before) faulty.insert(metric.id);
  }
  Drop(first, std::move(faulty));
  return faults;
}

void Catalogue::Drop(std::size_t first, std::set<std::string> faulty) {
  for (bool grew = !faulty.empty(); grew;) {  // what refers to a faulty metric goes too
    grew = false;
    for (std::size_t i = first; i < metrics_.size(); ++i) {
      if (faulty.count(metrics_[i].id) != 0) continue;
      VisitMetrics(metrics_[i].expression, [&](const Expression& reference) {
        if (faulty.count(reference.metric) != 0 || Find(reference.metric) == nullptr)
          grew = faulty.insert(metrics_[i].id).second || grew;
      });
    }
  }
  std::erase_if(metrics_, [&](const Metric& metric) { return faulty.count(metric.id) != 0; });
  by_id_.clear();
  for (std::size_t i = 0; i < metrics_.size(); ++i) by_id_[metrics_[i].id] = i;
}

void Catalogue::AddAliases(const Yaml& node, std::string_view file, std::vector<Error>& faults) {
  for (const Yaml::Entry& dimension : node.entries) {
    for (const Yaml::Entry& alias : dimension.value.entries) {
      std::vector<std::string> values = alias.value.Texts();
      if (values.empty()) {
        faults.push_back({Code::kInput, At(file, alias.place),
                          "the alias " + alias.key + " stands for nothing", "write a list of values"});
        continue;
      }
      aliases_[{dimension.key, alias.key}] = std::move(values);
    }
  }
}

const Metric* Catalogue::Find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &metrics_[found->second];
}

const std::vector<std::string>* Catalogue::Alias(std::string_view dimension, std::string_view value) const {
  const auto found = aliases_.find({std::string(dimension), std::string(value)});
  return found == aliases_.end() ? nullptr : &found->second;
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> ids;
  for (const Metric& metric : metrics_) ids.push_back(metric.id);
  return ids;
}

std::vector<std::string> Catalogue::FactsOf(const Metric& metric) const {
  std::set<std::string> facts;
  CollectFacts(metric.expression, *this, facts);
  return {facts.begin(), facts.end()};
}

}  // namespace backcast
