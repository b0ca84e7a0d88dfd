// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_words.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/yaml.h"

namespace backcast {
namespace {

CostCounting CountingOf(const Yaml& node, const Yaml& entry) {
  CostCounting counting;
  counting.count = node.Text("count");
  counting.targeted = node.Text("targeted");
  counting.untargeted = node.Text("untargeted");
  counting.gross = node.Text("gross");
  counting.suspected = node.Text("suspected");
  counting.one = node.Text("one", entry.Text("one"));
  counting.many = node.Text("many", entry.Text("many"));
  counting.note = node.Text("note");
  return counting;
}

CostWords ReadWords() {
  CostWords words;
  const auto yaml = ParseYaml(Embedded("cost/per.yaml").value_or(""), "catalogue/cost/per.yaml");
  if (!yaml.ok()) return words;
  for (const Yaml& entry : yaml.value().Items("per")) {
    std::vector<CostCounting> ways;
    for (const Yaml& node : entry.Items("counts")) ways.push_back(CountingOf(node, entry));
    words.per.emplace_back(entry.Text("id"), std::move(ways));
  }
  if (const Yaml* costs = yaml.value().Find("costs")) {
    words.full = costs->Text("full");
    words.media = costs->Text("media");
    words.labour = costs->Text("labour");
    words.tools = costs->Text("tools");
    words.fees = costs->Text("fees");
  }
  words.against = yaml.value().Texts("against");
  return words;
}

}  // namespace

Result<std::vector<CostCounting>> CostWords::Find(const std::string& word, const Catalogue& catalogue) const {
  for (const auto& [id, ways] : per) {
    if (id == word) return ways;
  }
  if (const Metric* metric = catalogue.Find(word)) {
    if (metric->unit != "count" || !metric->HasFormula()) {
      return Error{Code::kUsage, "", "'" + word + "' is no count, so nothing costs one of it",
                   "backcast metrics list shows each metric's unit"};
    }
    for (const auto& [id, ways] : per) {
      for (const CostCounting& way : ways) {
        if (way.count == word) return std::vector<CostCounting>{way};
      }
    }
    CostCounting own;
    own.count = word;
    own.one = "one of \"" + metric->title + "\"";
    own.many = metric->title;
    return std::vector<CostCounting>{own};
  }
  std::vector<std::string> known = catalogue.ids();
  for (const auto& [id, ways] : per) known.push_back(id);
  std::string list;
  for (const auto& [id, ways] : per) list += (list.empty() ? "" : ", ") + id;
  std::string hint = DidYouMean(word, known);
  return Error{Code::kUsage, "", "nothing is known that is called '" + word + "'",
               (hint.empty() ? "" : hint + " Or ") + std::string("--per takes ") + list +
                   ", or a metric that is a count"};
}

const CostWords& TheCostWords() {
  static const CostWords words = ReadWords();
  return words;
}

}  // namespace backcast
