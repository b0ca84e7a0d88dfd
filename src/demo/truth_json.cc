// SPDX-License-Identifier: Apache-2.0
#include "demo/truth_json.h"

#include <chrono>

#include "demo/by_hand.h"

namespace backcast::demo {

using Json = nlohmann::ordered_json;

Json TruthHead(const DemoOptions& options, const Window& history) {
  const auto window = [](const Window& w) {
    return Json{{"from", ToIso(w.from)}, {"to", ToIso(w.to - std::chrono::days{1})}};
  };
  Json out;
  out["schema"] = kTruthSchema;
  out["kind"] = options.kind;
  out["seed"] = options.seed;
  out["days"] = options.days;
  out["scale"] = options.scale;
  out["period"] = window(history);
  out["baseline_period"] = window(BaselineOf(history));
  out["last_month"] = window(LastMonthOf(history));
  return out;
}

Json EventJson(const ToldEvent& event, const Window& history, Day end) {
  return {{"id", event.id},
          {"title", event.title},
          {"metric", event.metric},
          {"owner", event.owner},
          {"from", ToIso(event.from)},
          {"to", event.to > end ? Json() : Json(ToIso(event.to - std::chrono::days{1}))},
          {"factor", event.effect},
          {"announced", event.announced},
          {"in_history", event.from < history.to && history.from < event.to}};
}

std::string TruthText(const Json& truth) {
  std::string text = "{";
  for (const auto& [key, value] : truth.items())
    text += (text.size() == 1 ? "\n" : ",\n") + Json(key).dump() + ": " + value.dump();
  return text + "\n}\n";
}

std::vector<Window> WholeMonths(const Window& window) {
  std::vector<Window> months;
  std::chrono::year_month_day at{window.from};
  at = at.year() / at.month() / 1;
  for (; Day{at} < window.to; at += std::chrono::months{1}) {
    const Window month{Day{at}, Day{at + std::chrono::months{1}}};
    if (month.from >= window.from && month.to <= window.to) months.push_back(month);
  }
  return months;
}

}  // namespace backcast::demo
