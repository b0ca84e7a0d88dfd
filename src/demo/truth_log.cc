// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "demo/truth_json.h"
#include "demo/visit_log.h"
#include "demo/world.h"

namespace backcast::demo {

nlohmann::ordered_json LogJson(const World& world) {
  const VisitLog log = LogVisits(world);
  std::int64_t refused = 0, purchases = 0;
  std::array<std::int64_t, 4> by_agent{};
  for (const Visit& visit : log.visits) {
    refused += visit.agent == Agent::kPerson && visit.visitor == 0;
    ++by_agent[static_cast<std::size_t>(visit.agent)];
  }
  for (const VisitEvent& event : log.events) purchases += event.kind == VisitEvent::Kind::kPurchase;
  nlohmann::ordered_json orders = nlohmann::ordered_json::object();
  for (const Order& order : world.orders) {
    if (order.day < log.first_day || order.cancelled) continue;
    const Stream& stream = world.streams[static_cast<std::size_t>(order.stream)];
    nlohmann::ordered_json& count =
        orders[std::string(BrandParameters().channels[static_cast<std::size_t>(stream.channel)].group)];
    count = count.is_null() ? 1 : count.get<std::int64_t>() + 1;
  }
  return {{"first", ToIso(world.At(log.first_day))},
          {"visits", log.visits.size()},
          {"visits_of_people", by_agent[0]},
          {"visits_of_machines",
           {{"named_crawlers", by_agent[1]}, {"automated", by_agent[2]}, {"silent", by_agent[3]}}},
          {"visits_without_cookie", refused},
          {"purchases_seen", purchases},
          {"sign_ins", log.sign_ins.size()},
          {"orders_caused", std::move(orders)}};
}

}  // namespace backcast::demo
