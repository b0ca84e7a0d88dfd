// SPDX-License-Identifier: Apache-2.0
// The simulated brand that sells to businesses: Fernwart, control software for district heating, found on
// LinkedIn, asked by a form, bought after months by a few large customers. Days are indices from `start`;
// money is in cents of EUR; minutes are of the local day.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "demo/by_hand.h"
#include "demo/csv.h"
#include "demo/demo.h"
#include "demo/world.h"

namespace backcast::demo::b2b {

enum class Way : std::uint8_t { kLinkedIn, kLinkedInAds, kSearch, kEmail, kDirect, kReferral };
inline constexpr int kWays = 6;

/// What a visit that came this way goes on to do. Rates are per visit from a country where Fernwart sells.
struct WayRates {
  std::string_view id, group;
  double visits_per_day;  ///< where neither posts nor ads drive the visits
  double target_share;    ///< visits from Germany, Austria, Switzerland
  double engaged, new_share, lead;
};

/// One line of campaign tags by which the site tells visits apart.
struct Source {
  Way way;
  std::string_view source, medium, campaign, ga_group;
};

struct Topic {
  std::string_view id, hashtag;
  double weight, engagement, clicks;
  std::array<std::string_view, 3> sentences;
};

struct Campaign {
  std::string_view name, ad_group;
  double spend_per_day, cpc, click_rate;
};

enum class EventId : std::uint8_t { kFair, kThesisPrize, kCalculator, kLessReach, kMoreBudget, kLostRouting };
inline constexpr int kEvents = 6;

/// Something that happened, with its true effect: `effect` multiplies `metric` on [from, to).
struct Event {
  EventId key;
  std::string_view id, title, metric, owner;
  Day from, to;
  double effect;
  std::string_view expected, direction;  ///< written down beforehand; empty: the brand did not know
};

struct Parameters {
  std::array<WayRates, kWays> ways;
  std::vector<Source> sources;
  std::vector<Topic> topics;
  std::vector<Campaign> campaigns;
  std::array<Event, kEvents> events;
  Day end;                        ///< last simulated day
  std::array<double, 12> season;  ///< demand by month
  std::array<double, 7> weekday;  ///< Monday first
  double followers, posts_per_week, views_per_follower, reach_share;
  double like, comment, share, link_click, follow, unfollow;  ///< per view; unfollow per follower and day
  double click_to_visit, tagged_share, prize_target_share;
  double foreign_lead;  ///< factor on the lead rate from countries where nothing is sold
  double answer_minutes, never_answered, never_answered_lost;
  double sql_if_quick, sql_if_late, sql_foreign, win_share;
  double deal_median, deal_sigma;  ///< EUR; of the logarithm: a few deals are most of the money

  const Event& At(EventId id) const { return events[static_cast<std::size_t>(id)]; }
  bool Active(EventId id, Day day) const { return At(id).from <= day && day < At(id).to; }
  double Effect(EventId id, Day day) const { return Active(id, day) ? At(id).effect : 1.0; }
  /// Demand of the day from season, weekday and holidays; about 1 on average.
  double Demand(Day day) const;
};
const Parameters& BrandParameters();

struct PagePost {
  int day = 0, minute = 0, topic = 0;
  std::string_view format;
  std::string id, text;
  std::vector<PostCounts> days;  ///< from its day on
};

struct PageDay {
  PostCounts counts;
  std::int64_t published = 0, followers = 0, gained = 0, lost = 0;
};

struct AdDay {
  int day = 0, campaign = 0;
  std::int64_t impressions = 0, clicks = 0, visits = 0, spend = 0, claimed = 0;
};

struct Brand {
  DemoOptions options;
  Day start{};
  int days = 0;
  std::vector<PagePost> posts;  ///< oldest first
  std::vector<PageDay> page;
  std::vector<AdDay> ads;
  std::vector<SiteCell> site;  ///< [day][source][country]
  std::vector<Lead> leads;     ///< oldest first; stream is an index into Parameters::sources

  Day At(int day) const { return start + std::chrono::days{day}; }
  Window history() const { return {start, start + std::chrono::days{days}}; }
  SiteCell& Cell(int day, int source, int country);
  const SiteCell& Cell(int day, int source, int country) const;
};

/// Runs the whole history. Same options, same brand.
Brand Simulate(const DemoOptions& options);

// The parts of Simulate, in their order; each reads only what the ones before it made.
void SimulatePage(Brand& brand);    ///< posts, page
void SimulateAds(Brand& brand);     ///< ads, without what the platform claims
void SimulateVisits(Brand& brand);  ///< site, leads as requests, claimed leads of ads
void SimulateDesk(Brand& brand);    ///< first contacts, qualified leads, deals

// The history as it is exported on the day after its last day.
DemoFiles ExportPage(const Brand& brand);  ///< LinkedIn: posts, their days, the page's days
DemoFiles ExportAds(const Brand& brand);   ///< LinkedIn ads by day
DemoFiles ExportSite(const Brand& brand);  ///< Google Analytics, one report per quarter
DemoFiles ExportCrm(const Brand& brand);   ///< HubSpot contacts and deals

/// Sums over a window and ways; `target_only`: of countries where Fernwart sells.
SiteCell SumSite(const Brand& brand, const Window& window, const std::vector<Way>& ways, bool target_only);
inline const std::vector<Way> kSocial = {Way::kLinkedIn, Way::kLinkedInAds};
inline const std::vector<Way> kAll = {Way::kLinkedIn, Way::kLinkedInAds, Way::kSearch,
                                      Way::kEmail,    Way::kDirect,      Way::kReferral};

/// What became of the requests of a window that came these ways, as far as it is known on the last day.
struct LeadSum {
  std::int64_t leads = 0, target = 0, never_contacted = 0, within_2d = 0, qualified = 0;
  double Picked() const {
    return leads == 0 ? 0 : static_cast<double>(within_2d) / static_cast<double>(leads);
  }
};
LeadSum SumLeads(const Brand& brand, const Window& window, const std::vector<Way>& ways);

/// Deals won in a window, by the day of signature.
struct DealSum {
  std::int64_t won = 0, cents = 0;
};
DealSum SumDeals(const Brand& brand, const Window& window);

/// Labour, tools and fees of every month; media stands in the ad platform's export.
std::vector<CostLine> Costs(const Brand& brand);
std::string CalendarFile(const Brand& brand);
/// plan.yaml, with baselines and targets computed from the history.
Result<std::string> PlanFile(const Brand& brand);
/// More visits of the target per month over LinkedIn at the end than at first; the plan's target lies
/// between.
bool VisitsRose(const Brand& brand);
/// truth.json: parameters, events, months, what the exports add up to, days, posts, and `files`.
std::string TruthFile(const Brand& brand, const std::vector<std::string>& files);

}  // namespace backcast::demo::b2b
