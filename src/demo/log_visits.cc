// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>

#include "demo/random.h"
#include "demo/visit_log.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr double kRefusedCookie = 0.11;  // of visits
constexpr double kLostPurchase = 0.05;   // of purchases whose event a blocker keeps from the log
constexpr double kSameBrowser = 0.7;     // of customers who buy again
constexpr double kSignsIn = 0.35;        // of buyers

class Log {
 public:
  explicit Log(const World& world) : world_(world), random_(world.options.seed, "visits") {
    log_.first_day = std::max(0, world.days - kLogDays);
    for (std::size_t i = 0; i < world.orders.size(); ++i) {
      const Order& order = world.orders[i];
      orders_[{order.day, order.stream, order.country}].push_back(static_cast<int>(i));
    }
    for (const OptIn& entry : world.opt_ins)
      if (entry.confirm_day >= 0) opt_ins_[{entry.day, entry.stream, entry.country}].push_back(entry.number);
    for (const Lead& lead : world.leads) leads_[{lead.day, lead.stream, lead.country}].push_back(lead.number);
  }

  VisitLog Run() {
    for (int day = log_.first_day; day < world_.days; ++day) {
      for (std::size_t stream = 0; stream < world_.streams.size(); ++stream)
        for (int country = 0; country < kAllCountries; ++country)
          People({day, static_cast<int>(stream), country});
      for (std::size_t stream = 0; stream < world_.streams.size(); ++stream)
        for (int country = 0; country < kAllCountries; ++country)
          Machines({day, static_cast<int>(stream), country});
    }
    SortByTime();
    return std::move(log_);
  }

 private:
  /// Day, stream, country: what one cell of the site counts.
  using Cell = std::tuple<int, int, int>;

  void People(const Cell& cell);
  void Machines(const Cell& cell);
  int Browse(const Cell& cell, bool fresh, bool engaged);
  int Visitor(int country, bool fresh);
  void Buy(const Cell& cell, int visit, const Order& order);
  void Add(VisitEvent::Kind kind, int visit, int minute, int object);
  void SortByTime();
  int Minute() { return 7 * 60 + (random_.Below(930) + random_.Below(930)) / 2; }
  Visit& At(int visit) { return log_.visits[static_cast<std::size_t>(visit)]; }

  const World& world_;
  Random random_;
  VisitLog log_;
  std::map<Cell, std::vector<int>> orders_;  ///< indices into World::orders
  std::map<Cell, std::vector<int>> opt_ins_, leads_;
  std::map<Cell, std::vector<int>> carts_;                 ///< visitors who left a full cart
  std::array<std::vector<int>, kAllCountries> been_here_;  ///< a visitor stands here once per visit
  std::map<int, int> browser_of_;                          ///< customer -> visitor
  int visitors_ = 0;
};

int Log::Visitor(int country, bool fresh) {
  std::vector<int>& here = been_here_[static_cast<std::size_t>(country)];
  // The first days know nobody: their returning visitors have a cookie from before the log began.
  if (fresh || here.empty() || random_.Chance(0.08)) {
    here.push_back(++visitors_);
  } else {
    const int near = std::min(static_cast<int>(here.size()), 12000);
    here.push_back(here[here.size() - 1 - static_cast<std::size_t>(random_.Below(near))]);
  }
  return here.back();
}

int Log::Browse(const Cell& cell, bool fresh, bool engaged) {
  const auto [day, stream, country] = cell;
  Visit visit{day, Minute(), stream, country};
  visit.fresh = fresh;
  visit.engaged = engaged;
  visit.visitor = random_.Chance(kRefusedCookie) ? 0 : Visitor(country, fresh);
  visit.pages = engaged ? 2 + random_.Below(7) : 1;
  visit.seconds = engaged ? 12 + random_.Below(240) : random_.Below(9);
  visit.events = visit.pages + (engaged ? 2 + random_.Below(4) : 1);
  log_.visits.push_back(visit);
  return static_cast<int>(log_.visits.size()) - 1;
}

void Log::Add(VisitEvent::Kind kind, int visit, int minute, int object) {
  log_.events.push_back({kind, visit, std::min(minute, 1439), object});
}

void Log::Buy(const Cell& cell, int visit, const Order& order) {
  const auto [day, stream, country] = cell;
  Visit& seen = At(visit);
  seen.minute = std::max(0, order.minute - 8 - random_.Below(18));
  const auto known = browser_of_.find(order.customer);
  if (seen.visitor > 0 && order.visit_day < day) {
    // Somebody who left a full cart on that day comes back over the same way.
    const auto left = carts_.find({order.visit_day, stream, country});
    if (left != carts_.end() && !left->second.empty())
      seen.visitor =
          left->second[static_cast<std::size_t>(random_.Below(static_cast<int>(left->second.size())))];
  } else if (seen.visitor > 0 && known != browser_of_.end() && random_.Chance(kSameBrowser)) {
    seen.visitor = known->second;
  }
  seen.fresh = seen.fresh && order.first && order.visit_day == day;
  const bool signs_in = random_.Chance(kSignsIn), lost = random_.Chance(kLostPurchase);
  if (seen.visitor > 0) {
    browser_of_[order.customer] = seen.visitor;
    if (signs_in) log_.sign_ins.push_back({seen.visitor, order.customer, day});
  }
  Add(VisitEvent::Kind::kCheckout, visit, order.minute - 1, 0);
  if (!lost) Add(VisitEvent::Kind::kPurchase, visit, order.minute, order.number);
}

void Log::People(const Cell& cell) {
  const auto [day, stream, country] = cell;
  const SiteCell& counts = world_.Cell(day, stream, country);
  if (counts.sessions == 0) return;
  const auto first = static_cast<int>(log_.visits.size());
  for (std::int64_t i = 0; i < counts.sessions; ++i) {
    // Engaged visits come first, so that what a visit did belongs to one of them; who is new is spread over
    // both.
    const bool engaged = i < counts.engaged;
    const bool fresh =
        random_.Uniform() * static_cast<double>(counts.sessions) < static_cast<double>(counts.new_users);
    Browse(cell, fresh, engaged);
  }
  std::vector<int> free(static_cast<std::size_t>(std::max<std::int64_t>(counts.engaged, 1)));
  std::iota(free.begin(), free.end(), first);
  std::size_t next = 0;
  const auto take = [&] { return free[std::min(next++, free.size() - 1)]; };
  const auto bought = orders_.find(cell);
  std::int64_t carts = 0;
  if (bought != orders_.end()) {
    for (const int order : bought->second) {
      const int visit = take();
      const Order& made = world_.orders[static_cast<std::size_t>(order)];
      if (made.visit_day == day && carts++ < counts.carts)
        Add(VisitEvent::Kind::kCart, visit, made.minute - 6, 0);
      Buy(cell, visit, made);
    }
  }
  for (; carts < counts.carts; ++carts) {
    const int visit = take();
    Add(VisitEvent::Kind::kCart, visit, At(visit).minute + 4, 0);
    if (At(visit).visitor > 0) carts_[cell].push_back(At(visit).visitor);
  }
  for (const auto& [kind, made] :
       {std::pair{VisitEvent::Kind::kOptIn, &opt_ins_}, {VisitEvent::Kind::kLead, &leads_}}) {
    const auto numbers = made->find(cell);
    if (numbers == made->end()) continue;
    for (const int number : numbers->second) {
      const int visit = take();
      Add(kind, visit, At(visit).minute + 5, number);
    }
  }
}

void Log::Machines(const Cell& cell) {
  const auto [day, stream, country] = cell;
  for (std::int64_t i = world_.Cell(day, stream, country).bots; i > 0; --i) {
    Visit visit{day, random_.Below(1440), stream, country};
    const double kind = random_.Uniform();
    visit.agent = kind < 0.45 ? Agent::kCrawler : kind < 0.75 ? Agent::kAutomated : Agent::kSilent;
    visit.visitor = visit.agent == Agent::kAutomated ? ++visitors_ : 0;
    visit.fresh = true;
    visit.pages = visit.agent == Agent::kAutomated ? 10 + random_.Below(20) : 1;
    visit.seconds = visit.agent == Agent::kAutomated ? 2 + random_.Below(6) : 0;
    visit.events = visit.agent == Agent::kAutomated ? visit.pages : 0;
    log_.visits.push_back(visit);
  }
}

void Log::SortByTime() {
  std::vector<int> order(log_.visits.size()), place(log_.visits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return std::pair(At(a).day, At(a).minute) < std::pair(At(b).day, At(b).minute);
  });
  std::vector<Visit> sorted;
  sorted.reserve(order.size());
  for (const int visit : order) {
    place[static_cast<std::size_t>(visit)] = static_cast<int>(sorted.size());
    sorted.push_back(At(visit));
  }
  log_.visits = std::move(sorted);
  for (VisitEvent& event : log_.events) event.visit = place[static_cast<std::size_t>(event.visit)];
  std::stable_sort(log_.events.begin(), log_.events.end(), [](const VisitEvent& a, const VisitEvent& b) {
    return std::pair(a.visit, a.minute) < std::pair(b.visit, b.minute);
  });
}

}  // namespace

VisitLog LogVisits(const World& world) { return Log(world).Run(); }

}  // namespace backcast::demo
