// SPDX-License-Identifier: Apache-2.0
#include "desk/maturity.h"

#include <map>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

Result<std::map<std::string, int>> ReadWindows() {
  BACKCAST_TRY(const Yaml root, ParseYaml(Embedded("restatement.yaml").value_or(""), "restatement.yaml"));
  std::map<std::string, int> days;
  if (const Yaml* list = root.Find("sources")) {
    for (const Yaml& item : list->items) {
      const Yaml* count = item.Find("days");
      const auto number = count != nullptr ? count->Number() : std::nullopt;
      if (number) days[item.Text("source")] = static_cast<int>(*number);
    }
  }
  return days;
}

}  // namespace

Result<Done> AddMaturity(const std::vector<LoadRecord>& loads, std::vector<FactCoverage>& coverage) {
  BACKCAST_TRY(const auto windows, ReadWindows());
  std::map<std::string, Day> loaded;
  for (const LoadRecord& record : loads) {
    const auto day = ParseIsoDay(std::string_view(record.loaded_at).substr(0, 10));
    if (!day.ok()) continue;
    Day& last = loaded[record.load.source];
    last = std::max(last, day.value());
  }
  for (FactCoverage& fact : coverage) {
    for (const std::string& source : fact.sources) {
      const auto window = windows.find(source);
      const auto load = loaded.find(source);
      if (window == windows.end() || load == loaded.end()) continue;
      const Day settled = load->second - std::chrono::days{window->second};
      if (!fact.settled_through || settled < *fact.settled_through) fact.settled_through = settled;
    }
  }
  return Done{};
}

}  // namespace backcast
