// SPDX-License-Identifier: Apache-2.0
#include "desk/metrics.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/nearest.h"
#include "compile/compile.h"
#include "desk/envelope.h"
#include "desk/rows.h"

namespace backcast {
namespace {

std::string_view ToWord(Additivity additivity) {
  static constexpr std::array<std::string_view, 7> kWords = {
      "additive", "last", "unique", "count_distinct", "ratio_of_sums", "quantile", "index"};
  return kWords[static_cast<std::size_t>(additivity)];
}

std::string_view ToWord(Role role) {
  static constexpr std::array<std::string_view, 4> kWords = {"outcome", "kpi", "diagnostic", "never_goal"};
  return kWords[static_cast<std::size_t>(role)];
}

bool Wanted(const Metric& metric, const MetricsFilter& filter) {
  if (!filter.level.empty() && metric.level != filter.level) return false;
  if (!filter.element.empty() && metric.element != filter.element) return false;
  const std::string word = LowerAscii(filter.search);
  return word.empty() ||
         LowerAscii(metric.id + " " + metric.title + " " + metric.description + " " + metric.formula)
                 .find(word) != std::string::npos;
}

Json ToJson(const Workspace& workspace, const Metric& metric) {
  return {{"id", metric.id},
          {"title", metric.title},
          {"formula", metric.formula.empty() ? Json(nullptr) : Json(metric.formula)},
          {"unit", metric.unit},
          {"basis", metric.basis},
          {"additivity", ToWord(metric.additivity)},
          {"role", ToWord(metric.role)},
          {"level", metric.level},
          {"stage", metric.stage},
          {"element", metric.element},
          {"direction", metric.direction},
          {"minimum", metric.minimum},
          {"interval", metric.interval},
          {"gaming", metric.gaming},
          {"goodhart", metric.goodhart},
          {"sources", metric.sources},
          {"version", metric.version},
          {"definition", metric.id + "@" + std::to_string(metric.version)},
          {"facts", workspace.catalogue().FactsOf(metric)},
          {"dimensions", DimensionsOf(workspace.catalogue(), workspace.schemas(), metric)}};
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string ToText(const Workspace& workspace, const Metric& metric) {
  std::string out = metric.id + ": " + metric.title + "\n\n";
  const auto line = [&](const std::string& name, const std::string& value) {
    if (!value.empty())
      out += "  " + name + std::string(14 - std::min<std::size_t>(13, name.size()), ' ') + value + "\n";
  };
  line("formula", metric.formula.empty() ? "computed by a method" : metric.formula);
  line("unit", metric.unit);
  line("basis",
       metric.basis == "lifetime" ? "lifetime: posts published in the period, to date" : metric.basis);
  line("adds up", std::string(ToWord(metric.additivity)));
  line("level", metric.level + ", stage " + metric.stage + ", element " + metric.element);
  line("role", std::string(ToWord(metric.role)));
  line("better", metric.direction);
  line("interval", metric.interval);
  line("minimum", metric.minimum);
  line("gamed by", metric.gaming);
  line("source", Joined(metric.sources));
  line("facts", Joined(workspace.catalogue().FactsOf(metric)));
  line("break down by", Joined(DimensionsOf(workspace.catalogue(), workspace.schemas(), metric)));
  line("definition", metric.id + "@" + std::to_string(metric.version));
  return out;
}

void AddText(Table& table, const std::string& name, std::string value, std::size_t at) {
  if (table.columns.size() <= at) table.columns.push_back({name, true, {}, {}, {}});
  table.columns[at].present.push_back(value.empty() ? 0 : 1);
  table.columns[at].words.push_back(std::move(value));
}

}  // namespace

Result<Answer> ListMetrics(const Workspace& workspace, const MetricsFilter& filter, Format format) {
  Table table;
  Json list = Json::array();
  for (const Metric& metric : workspace.catalogue().all()) {
    if (!Wanted(metric, filter)) continue;
    if (format == Format::kJson) list.push_back(ToJson(workspace, metric));
    AddText(table, "id", metric.id, 0);
    AddText(table, "title", metric.title, 1);
    AddText(table, "element", metric.element, 2);
    AddText(table, "level", metric.level, 3);
    AddText(table, "role", std::string(ToWord(metric.role)), 4);
    ++table.rows;
  }
  Answer answer;
  if (format == Format::kJson) {
    answer.out = Dump(Envelope("metrics", workspace.name(), {{"metrics", list}}));
  } else {
    answer.out = table.rows == 0 ? "No metric matches.\n" : RenderTable(table, format);
  }
  return answer;
}

Result<Answer> ShowMetric(const Workspace& workspace, const std::string& id, Format format) {
  const Metric* metric = workspace.catalogue().Find(id);
  if (metric == nullptr) {
    const std::string hint = DidYouMean(id, workspace.catalogue().ids());
    return Error{Code::kUsage, "", "there is no metric '" + id + "'",
                 hint.empty() ? "backcast metrics list names them all" : hint};
  }
  Answer answer;
  answer.out = format == Format::kJson
                   ? Dump(Envelope("metrics", workspace.name(),
                                   {{"metrics", Json::array({ToJson(workspace, *metric)})}}))
                   : ToText(workspace, *metric);
  return answer;
}

}  // namespace backcast
