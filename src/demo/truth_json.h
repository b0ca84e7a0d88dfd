// SPDX-License-Identifier: Apache-2.0
// The parts of truth.json that every simulated brand has. Included by sources of this room only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "demo/demo.h"

namespace backcast::demo {

struct World;

inline constexpr const char* kTruthSchema = "backcast/demo-truth/1";

/// schema, kind, seed, days, scale and the three windows.
nlohmann::ordered_json TruthHead(const DemoOptions& options, const Window& history);

/// Something that happened, as truth.json tells it.
struct ToldEvent {
  std::string_view id, title, metric, owner;
  Day from{}, to{};
  double effect = 1;
  bool announced = false;
};
/// `end`: last simulated day; what goes on after it has no last day.
nlohmann::ordered_json EventJson(const ToldEvent& event, const Window& history, Day end);

/// Whose visits the site's log holds. Every visit of the shop's world decides for itself whether it buys, so
/// an order is caused by the channel of its own visit and by no other.
nlohmann::ordered_json LogJson(const World& world);

/// Talk, care, creators and the forum: their rates with what is true since when, and what was drawn.
nlohmann::ordered_json VoicesJson(const World& world);

/// One line per key.
std::string TruthText(const nlohmann::ordered_json& truth);

/// Calendar months that lie whole in the window.
std::vector<Window> WholeMonths(const Window& window);

}  // namespace backcast::demo
