// SPDX-License-Identifier: Apache-2.0
// The site's own log: one row per visit of the last days, with a cookie that knows a browser again, and what
// the visit did. The counts per day, stream and country are those of the site's report; the log only says
// whose they are.
#pragma once

#include <cstdint>
#include <vector>

namespace backcast::demo {

struct World;

inline constexpr int kLogDays = 92;  ///< how far back the log reaches

/// What sent a request to the site.
enum class Agent : std::uint8_t {
  kPerson,
  kCrawler,    ///< says so in its name
  kAutomated,  ///< a browser that a program drives
  kSilent,     ///< looks like a browser and never runs the site's script
};

struct Visit {
  int day = 0, minute = 0, stream = 0, country = 0;
  int visitor = 0;  ///< number of the cookie; 0 where it was refused
  bool fresh = false, engaged = false;
  Agent agent = Agent::kPerson;
  int pages = 1, seconds = 0, events = 1;
};

/// Something a visit did that the shop counts.
struct VisitEvent {
  enum class Kind : std::uint8_t { kCart, kCheckout, kPurchase, kOptIn, kLead };
  Kind kind = Kind::kCart;
  int visit = 0;   ///< index into VisitLog::visits
  int minute = 0;  ///< of the visit's day
  int object = 0;  ///< number of the order, opt-in or lead
};

/// A cookie that signed in as a customer of the shop.
struct SignIn {
  int visitor = 0, customer = 0, day = 0;
};

struct VisitLog {
  int first_day = 0;
  std::vector<Visit> visits;       ///< by day, then minute
  std::vector<VisitEvent> events;  ///< in the order of their visits
  std::vector<SignIn> sign_ins;    ///< by day
};

/// Gives every visit of the site's cells in the last kLogDays to a visitor. Draws from a sequence of its own.
VisitLog LogVisits(const World& world);

}  // namespace backcast::demo
