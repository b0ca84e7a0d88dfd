// SPDX-License-Identifier: Apache-2.0
#include "catalog/entry.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/nearest.h"

namespace backcast {
namespace {

using Words = std::vector<std::string>;

const Words& Units() {
  static const Words words = {"count", "ratio", "currency", "seconds", "score", "percent_points"};
  return words;
}
const Words& Levels() {
  static const Words words = {"input", "activity", "output", "outtake", "outcome", "impact"};
  return words;
}
const Words& Stages() {
  static const Words words = {"see", "think", "do", "care", "all"};
  return words;
}
const Words& Elements() {
  static const Words words = {"content", "audience",  "advertising", "site",      "commerce", "sales",
                              "care",    "listening", "influencer",  "community", "business", "benchmark"};
  return words;
}
const Words& Directions() {
  static const Words words = {"higher", "lower", "target", "none"};
  return words;
}
const Words& Changes() {
  static const Words words = {"share", "points"};
  return words;
}
const Words& Bases() {
  static const Words words = {"period", "lifetime", "mixed"};
  return words;
}
const Words& Additivities() {  // in the order of the enum
  static const Words words = {"additive",      "last",     "unique", "count_distinct",
                              "ratio_of_sums", "quantile", "index"};
  return words;
}
const Words& Roles() {  // in the order of the enum
  static const Words words = {"outcome", "kpi", "diagnostic", "never_goal"};
  return words;
}
const Words& Keys() {
  static const Words words = {"id",          "title",    "formula", "computed_by", "unit",    "basis",
                              "additivity",  "role",     "level",   "stage",       "element", "direction",
                              "gaming",      "goodhart", "minimum", "interval",    "sources", "version",
                              "description", "example",  "change"};
  return words;
}

class EntryReader {
 public:
  EntryReader(const Yaml& node, std::string_view file, std::vector<Error>& faults)
      : node_(node), file_(file), faults_(faults) {}

  std::optional<Metric> Read() {
    const std::size_t before = faults_.size();
    Metric metric;
    metric.where = At(file_, node_.place);
    if (!node_.IsMap()) {
      Fault(node_.place, "a metric is a list of keys such as id, title, formula", "");
      return std::nullopt;
    }
    for (const Yaml::Entry& entry : node_.entries) {
      if (std::find(Keys().begin(), Keys().end(), entry.key) != Keys().end()) continue;
      Fault(entry.place, "a metric has no key '" + entry.key.substr(0, 60) + "'",
            DidYouMean(entry.key, Keys()));
    }
    ReadWords(metric);
    ReadFormula(metric);
    if (faults_.size() != before) return std::nullopt;
    return metric;
  }

 private:
  void Fault(const Place& place, std::string what, std::string hint) {
    faults_.push_back({Code::kInput, At(file_, place), std::move(what), std::move(hint)});
  }
  Place PlaceOf(std::string_view key) const {
    const Yaml* value = node_.Find(key);
    return value == nullptr ? node_.place : value->place;
  }

  std::size_t OneOf(std::string_view key, const Words& words, std::string_view otherwise) {
    const std::string word = node_.Text(key, otherwise);
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string list;
    for (const std::string& known : words) list += (list.empty() ? "" : ", ") + known;
    const std::string near = DidYouMean(word, words);
    Fault(PlaceOf(key), std::string(key) + ": '" + word.substr(0, 60) + "' is not known",
          near.empty() ? "use one of " + list : near);
    return 0;
  }

  void ReadWords(Metric& metric) {
    metric.id = node_.Text("id");
    const bool plain = !metric.id.empty() && metric.id.size() <= 60 && metric.id[0] >= 'a' &&
                       metric.id[0] <= 'z' && std::all_of(metric.id.begin(), metric.id.end(), [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                       });
    if (!plain) Fault(PlaceOf("id"), "a metric needs an id of small letters, digits and _, at most 60", "");
    metric.title = node_.Text("title", metric.id);
    metric.unit = Units()[OneOf("unit", Units(), "count")];
    metric.basis = Bases()[OneOf("basis", Bases(), "period")];
    metric.additivity = static_cast<Additivity>(OneOf("additivity", Additivities(), "ratio_of_sums"));
    metric.role = static_cast<Role>(OneOf("role", Roles(), "diagnostic"));
    metric.level = Levels()[OneOf("level", Levels(), "outcome")];
    metric.stage = Stages()[OneOf("stage", Stages(), "all")];
    metric.element = Elements()[OneOf("element", Elements(), "business")];
    metric.direction = Directions()[OneOf("direction", Directions(), "higher")];
    metric.change_in_points = OneOf("change", Changes(), "share") == 1;
    for (auto [key, target] : {std::pair<std::string_view, std::string*>{"gaming", &metric.gaming},
                               {"goodhart", &metric.goodhart},
                               {"minimum", &metric.minimum},
                               {"interval", &metric.interval},
                               {"description", &metric.description},
                               {"computed_by", &metric.computed_by}}) {
      *target = node_.Text(key);
    }
    if (const Yaml* sources = node_.Find("sources")) metric.sources = sources->Texts();
    if (const Yaml* example = node_.Find("example")) metric.example = *example;
    if (const Yaml* version = node_.Find("version")) {
      const std::optional<double> number = version->Number();
      if (number && *number >= 1 && *number < 1e6 && *number == std::floor(*number)) {
        metric.version = static_cast<int>(*number);
      } else {
        Fault(version->place, "version is a whole number from 1", "");
      }
    }
  }

  void ReadFormula(Metric& metric) {
    const Yaml* formula = node_.Find("formula");
    if (!metric.computed_by.empty()) {
      if (formula != nullptr)
        Fault(formula->place, "metric " + metric.id + " has a formula and computed_by", "keep one of them");
      return;
    }
    if (formula == nullptr || !formula->IsScalar() || formula->text.empty()) {
      Fault(PlaceOf("formula"), "metric " + metric.id.substr(0, 60) + " has no formula",
            "write one, or computed_by: with the method's name");
      return;
    }
    metric.formula = formula->text;
    Result<Expression> expression = ParseFormula(metric.formula);
    if (expression.ok()) {
      metric.expression = std::move(expression).value();
    } else {
      const Error& error = expression.error();
      Fault(formula->place, "formula of " + metric.id.substr(0, 60) + ", " + error.where + ": " + error.what,
            error.hint);
    }
  }

  const Yaml& node_;
  std::string_view file_;
  std::vector<Error>& faults_;
};

}  // namespace

std::optional<Metric> ReadEntry(const Yaml& node, std::string_view file, std::vector<Error>& faults) {
  return EntryReader(node, file, faults).Read();
}

Error FaultIn(const Metric& metric, std::size_t at, std::string what, std::string hint) {
  return {Code::kInput, metric.where,
          "formula of " + metric.id + ", character " + std::to_string(at) + ": " + std::move(what),
          std::move(hint)};
}

}  // namespace backcast
