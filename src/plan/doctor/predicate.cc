// SPDX-License-Identifier: Apache-2.0
#include "plan/doctor/predicate.h"

#include <algorithm>

#include "plan/blocks.h"

namespace backcast {
namespace {

std::string_view AdditivityWord(Additivity additivity) {
  switch (additivity) {
    case Additivity::kAdditive:
      return "additive";
    case Additivity::kLast:
      return "last";
    case Additivity::kUnique:
      return "unique";
    case Additivity::kCountDistinct:
      return "count_distinct";
    case Additivity::kRatioOfSums:
      return "ratio_of_sums";
    case Additivity::kQuantile:
      return "quantile";
    case Additivity::kIndex:
      return "index";
  }
  return "";
}

std::string_view RoleWord(Role role) {
  switch (role) {
    case Role::kOutcome:
      return "outcome";
    case Role::kKpi:
      return "kpi";
    case Role::kDiagnostic:
      return "diagnostic";
    case Role::kNeverGoal:
      return "never_goal";
  }
  return "";
}

std::string_view WordOf(const Metric& metric, std::string_view attribute) {
  if (attribute == "role") return RoleWord(metric.role);
  if (attribute == "additivity") return AdditivityWord(metric.additivity);
  if (attribute == "goodhart") return metric.goodhart;
  if (attribute == "element") return metric.element;
  if (attribute == "level") return metric.level;
  if (attribute == "stage") return metric.stage;
  return "";
}

std::vector<std::string> TextsUnder(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? std::vector<std::string>() : value->Texts();
}

bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "outcomes" -> "outcome", "service_review.issues" -> "issue": for blocks without an id.
std::string KindOf(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  std::string kind(path.substr(dot == std::string_view::npos ? 0 : dot + 1));
  if (kind == "typed") return "benchmark";
  if (!kind.empty() && kind.back() == 's') kind.pop_back();
  return kind;
}

/// Lists whose entries have a verdict of their own or stand above one that has.
bool HasVerdict(std::string_view path) {
  return path == "outcomes" || path == "kpis" || path == "tactics" || path == "objectives";
}

/// One test, prepared so that each entry costs a look-up.
class Predicate {
 public:
  Predicate(const Examination& seen, const Rule& rule, const Report& report)
      : seen_(seen), test_(rule.test), report_(report) {
    if (const Yaml* dangling = test_.Find("dangling")) {
      dangling_key_ = dangling->Text("key");
      for (const Yaml* block : Blocks(seen.plan.root, dangling->Text("to"))) Remember(block->Find("id"));
      suggestions_.assign(ids_.begin(), ids_.end());
      std::sort(suggestions_.begin(), suggestions_.end());
    }
    if (const Yaml* unused = test_.Find("unused")) {
      tests_use_ = true;
      for (const Yaml* block : Blocks(seen.plan.root, unused->Text("by"))) {
        for (const Yaml* value : ScalarsOf(ValueAt(*block, unused->Text("key")))) Remember(value);
      }
    }
    metrics_ = TextsUnder(test_, "metric_in");
    has_ = TextsUnder(test_, "has");
    lacks_ = TextsUnder(test_, "lacks");
    at_ = test_.Text("at");
  }

  void Examine() {
    if (const Yaml* nothing = test_.Find("nothing_in")) {
      if (IsEmpty(ValueAt(seen_.plan.root, nothing->text)))
        report_({}, PlaceOf(seen_.plan.root, nothing->text), "");
      return;
    }
    for (const std::string& path : TextsUnder(test_, "each")) {
      for (const Yaml* block : Blocks(seen_.plan.root, path)) {
        if (Holds(*block)) Tell(*block, path);
      }
    }
  }

 private:
  void Remember(const Yaml* id) {
    if (id != nullptr && id->IsScalar()) ids_.insert(id->text);
  }

  bool Holds(const Yaml& block) const {
    const Yaml* written = block.Find("metric");
    const std::string_view metric = written == nullptr ? std::string_view() : std::string_view(written->text);
    if (!metrics_.empty() && !Contains(metrics_, metric)) return false;
    if (!MetricHolds(seen_.FindMetric(metric))) return false;
    const auto empty = [&](const std::string& key) { return IsEmpty(ValueAt(block, key)); };
    if (std::any_of(has_.begin(), has_.end(), empty)) return false;
    if (!lacks_.empty() && std::none_of(lacks_.begin(), lacks_.end(), empty)) return false;
    if (!dangling_key_.empty() && Resolves(block)) return false;
    const Yaml* id = tests_use_ ? block.Find("id") : nullptr;
    return id == nullptr || ids_.count(id->text) == 0;
  }

  bool MetricHolds(const Metric* metric) const {
    const auto has_word = [&](const Yaml::Entry& entry) {
      return Contains(entry.value.Texts(), WordOf(*metric, entry.key));
    };
    if (const Yaml* is = test_.Find("metric_is")) {
      if (metric == nullptr || !std::all_of(is->entries.begin(), is->entries.end(), has_word)) return false;
    }
    if (const Yaml* is_not = test_.Find("metric_is_not")) {
      if (metric == nullptr || std::any_of(is_not->entries.begin(), is_not->entries.end(), has_word))
        return false;
    }
    return true;
  }

  bool Resolves(const Yaml& block) const {
    for (const Yaml* value : ScalarsOf(block.Find(dangling_key_))) {
      if (ids_.count(value->text) > 0) return true;
    }
    return false;
  }

  void Tell(const Yaml& block, const std::string& path) const {
    Said said;
    const std::string name = test_.Text("name");
    said.x =
        name.empty() || IsEmpty(block.Find(name)) ? NameOf(block, KindOf(path)) : Shortened(block.Text(name));
    const std::string y = test_.Text("y"), metric = block.Text("metric");
    const Metric* known = seen_.FindMetric(metric);
    if (y == "metric") said.y = Shortened(metric);
    if (!y.empty() && y != "metric" && known != nullptr) said.y = WordOf(*known, y);
    const Place place = at_.empty() ? block.place : PlaceOf(block, at_);
    const std::string node = HasVerdict(path) ? block.Text("id") : "";
    const std::vector<const Yaml*> written =
        ScalarsOf(dangling_key_.empty() ? nullptr : block.Find(dangling_key_));
    if (written.empty()) return report_(said, place, node);
    report_.WithSuggestion(said, place, node, written.front()->text, suggestions_);
  }

  const Examination& seen_;
  const Yaml& test_;
  const Report& report_;
  std::unordered_set<std::string> ids_;
  std::vector<std::string> suggestions_, metrics_, has_, lacks_;
  std::string dangling_key_, at_;
  bool tests_use_ = false;
};

}  // namespace

std::string UnknownWordOf(const Yaml& test) {
  static const WordSet known = {"nothing_in", "each",     "metric_in", "metric_is", "metric_is_not", "has",
                                "lacks",      "dangling", "unused",    "at",        "name",          "y"};
  static const WordSet attributes = {"role", "additivity", "goodhart", "element", "level", "stage"};
  for (const Yaml::Entry& entry : test.entries) {
    if (known.count(entry.key) == 0) return entry.key;
    if (!entry.key.starts_with("metric_is")) continue;
    for (const Yaml::Entry& attribute : entry.value.entries) {
      if (attributes.count(attribute.key) == 0) return attribute.key;
    }
  }
  return "";
}

void ExaminePredicate(const Examination& seen, const Rule& rule, const Report& report) {
  Predicate(seen, rule, report).Examine();
}

}  // namespace backcast
