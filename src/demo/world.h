// SPDX-License-Identifier: Apache-2.0
// One simulated history: what really happened, before any platform reported it. Each count is drawn from the
// one above it (views -> clicks -> visits -> carts -> checkouts -> orders -> refunds), so causes are known.
// Days are indices 0 .. days-1 from `start`; money is in cents of EUR; minutes are of the local day.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "demo/demo.h"
#include "demo/parameters.h"
#include "demo/voices.h"

namespace backcast::demo {

inline constexpr std::array<std::string_view, 8> kCountries = {
    "Germany", "Austria", "Switzerland", "Netherlands", "Poland", "United States", "India", "Singapore"};
inline constexpr std::array<std::string_view, 8> kCountryCodes = {"DE", "AT", "CH", "NL",
                                                                  "PL", "US", "IN", "SG"};
inline constexpr int kTargetCountries =
    3;  ///< the first three are delivered to: a visit from there is targeted
inline constexpr int kAllCountries = 8;

/// One line of campaign tags by which the site tells visits apart.
struct Stream {
  Channel channel;
  std::string_view source, medium, campaign;
  std::string_view ga_group;  ///< session default channel group
  double quality = 1;         ///< factor on the channel's cart rate
};

/// Visits of one day, stream and country, and what became of them on that day.
struct SiteCell {
  std::int64_t sessions = 0;  ///< human
  std::int64_t bots = 0;      ///< in the platform's session count, never engaged
  std::int64_t engaged = 0, users = 0, new_users = 0;
  std::int64_t carts = 0, checkouts = 0, orders = 0;
  std::int64_t opt_ins = 0, leads = 0;  ///< opt-ins that were confirmed, by day of the request
  std::int64_t revenue = 0;             ///< what buyers paid, cents
  SiteCell& operator+=(const SiteCell& more);
};

struct PostCounts {
  std::int64_t views = 0, reach = 0, likes = 0, comments = 0, shares = 0, saves = 0;
  std::int64_t link_clicks = 0, profile_clicks = 0, other_clicks = 0, follows = 0, media_views = 0;
  PostCounts& operator+=(const PostCounts& more);
  std::int64_t Engagements() const { return likes + comments + shares + saves + link_clicks; }
};

struct Post {
  Channel channel;
  int day = 0;  ///< negative: published before the history begins (YouTube)
  int minute = 0;
  int theme = 0;            ///< index into Parameters::themes
  std::string_view format;  ///< photo carousel reel status link video short
  std::string id, text;
  int seconds = 0;
  bool giveaway = false;
  double quality = 1;
  PostCounts life;           ///< from publication to the end of the history
  double watch_seconds = 0;  ///< YouTube
};

/// A platform's account on one day: all posts together.
struct AccountDay {
  PostCounts counts;
  std::int64_t published = 0;
  std::int64_t followers = 0;  ///< at the end of the day, bots included
  std::int64_t gained = 0, lost = 0, bots_gained = 0;
};

struct AdDay {
  int day = 0;
  int campaign = 0;  ///< index into Parameters::campaigns
  int ad = 0;        ///< 0 or 1
  std::int64_t impressions = 0, reach = 0, clicks = 0, link_clicks = 0, visits = 0;
  std::int64_t spend = 0;                                  ///< cents
  std::int64_t carts = 0, claimed = 0, claimed_value = 0;  ///< what the platform says it sold; cents
};

struct OrderLine {
  int product = 0;
  int quantity = 1;
  std::int64_t price = 0;  ///< cents, of one
};

struct Order {
  int number = 0, day = 0, minute = 0;
  int visit_day = 0;  ///< day of the first visit that led to it
  int stream = 0, country = 0, customer = 0;
  bool first = true, cancelled = false, source_lost = false;
  std::vector<OrderLine> lines;
  std::int64_t goods = 0, discount = 0, shipping = 0, tax = 0, total = 0;
  std::int64_t refunded = 0;  ///< as known at the end of the history
  std::int64_t returned = 0;  ///< what will have come back in the end
  int refund_day = -1;        ///< day on which `refunded` was paid back; -1: not yet
  std::string_view code;
  std::string_view campaign;  ///< of a creator's link; empty: the stream's
  std::int64_t Net() const { return cancelled ? 0 : goods - discount - refunded; }
};

/// -1 = did not happen (yet).
struct Lead {
  int number = 0, day = 0, minute = 0, stream = 0, country = 0, person = 0;
  int contact_day = -1, contact_minute = 0;
  int sql_day = -1, deal_day = -1, closed_day = -1;
  bool won = false;
  std::int64_t amount = 0;
};

struct OptIn {
  int number = 0, day = 0, minute = 0, stream = 0, country = 0, person = 0;
  int confirm_day = 0, confirm_minute = 0;
  int left_day = -1;
};

struct World {
  DemoOptions options;
  Day start{};
  int days = 0;
  std::vector<Stream> streams;
  std::vector<Post> posts;  ///< by channel, then day
  std::array<std::vector<AccountDay>, kPlatforms> accounts;
  std::vector<std::array<std::int64_t, kAllCountries>>
      video_views;  ///< by day and country; last entry: others
  std::vector<AdDay> ads;
  std::vector<SiteCell> site;  ///< [day][stream][country]
  std::vector<Order> orders;   ///< oldest first
  std::vector<Lead> leads;
  std::vector<OptIn> opt_ins;
  std::vector<std::int64_t> readers;  ///< newsletter, by day
  Voices voices;                      ///< empty until SimulateVoices

  Day At(int day) const { return start + std::chrono::days{day}; }
  SiteCell& Cell(int day, int stream, int country);
  const SiteCell& Cell(int day, int stream, int country) const;
  /// Organic clicks of a day, before they become visits.
  std::int64_t Clicks(int platform, int day) const {
    return accounts[static_cast<std::size_t>(platform)][static_cast<std::size_t>(day)].counts.link_clicks;
  }
};

/// The window of the whole history.
inline Window WholeHistory(const World& world) {
  return {world.start, world.start + std::chrono::days{world.days}};
}

/// Runs the whole history. Same options, same world.
World Simulate(const DemoOptions& options);

// The parts of Simulate, in their order; each reads only what the ones before it made.
void SimulatePosts(World& world);   ///< posts, accounts, video_views
void SimulateAds(World& world);     ///< ads, without what the platform claims
void SimulateSite(World& world);    ///< site, opt_ins, leads (as requests), orders (as purchases)
void SimulateOrders(World& world);  ///< baskets, prices, refunds, cancellations; revenue of the site
void SimulateSales(World& world);   ///< first contacts, qualified leads, deals
void SimulateClaims(World& world);  ///< what the ad platforms say they sold

/// What others say, ask and make; marks orders with creators' codes and changes nothing else of the world.
/// Error: kInternal when the sentences cannot be read.
Result<Done> SimulateVoices(World& world);
void SimulateCreators(World& world);  ///< deliverables, codes of orders, followers
void SimulateForum(World& world);

/// A simulated person's names and address at a domain that is reserved for examples.
struct Person {
  std::string first, last, email;
};
Person PersonOf(int number);

/// Goods of the shop.
struct Product {
  std::string_view name, sku;
  std::int64_t price;  ///< cents before the price rise
  double weight;       ///< how often bought
};
const std::vector<Product>& Products();

}  // namespace backcast::demo
