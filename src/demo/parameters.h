// SPDX-License-Identifier: Apache-2.0
// Everything that is true about the simulated brand before a single number is drawn: rates per channel,
// themes, campaigns, events with their effects. The whole of it is written to truth.json.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace backcast::demo {

enum class Channel : std::uint8_t {
  kInstagram,
  kFacebook,
  kX,
  kYouTube,
  kMetaAds,
  kGoogleAds,
  kEmail,
  kOrganicSearch,
  kDirect,
  kReferral
};
inline constexpr int kChannels = 10;
inline constexpr int kPlatforms = 4;  ///< the first four channels are organic social platforms

/// What a first visit that came over a channel goes on to do. Rates are per human visit from a country we
/// deliver to.
struct ChannelRates {
  std::string_view id;     ///< "instagram"; also the word in costs.csv
  std::string_view group;  ///< "organic_social"
  double visits_per_day;   ///< where no post, ad or newsletter drives the visits
  double target_share;     ///< visits from Germany, Austria, Switzerland
  double engaged, new_share, cart, opt_in, lead;
  double bots_per_day;
};

/// One organic platform: audience, output, and what a view turns into.
struct PlatformRates {
  std::string_view account;
  double followers;  ///< at the start
  double posts_per_week;
  double views_per_follower;                                             ///< of one post over its life
  double reach_share;                                                    ///< people per view
  double like, comment, share, save, link_click, profile_click, follow;  ///< per view
  double unfollow;                                                       ///< per follower and day
};

struct Theme {
  std::string_view id, hashtag;
  double weight;      ///< share of posts
  double engagement;  ///< factor on likes, comments, shares, saves
  double clicks;      ///< factor on link clicks
};

struct AdCampaign {
  Channel channel;
  std::string_view id, name, objective;
  double spend_per_day;  ///< EUR, Meta; for search: what clicks cost
  double cpm;            ///< EUR per 1000 views, Meta
  double impressions;    ///< per day, search
  double click_rate;
  double cpc;      ///< EUR per click, search
  double quality;  ///< factor on the channel's cart rate
};

enum class EventId : std::uint8_t {
  kBlackFriday,
  kGiveaway,
  kSizeGuide,
  kProductPages,
  kBotBurst,
  kReelsPush,
  kSalesLeave,
  kLinkSeries,
  kMoreBudget,
  kBrokenCheckout,
  kPriceRise,
  kAdFatigue
};
inline constexpr int kEvents = 12;

/// Something that happened, with its true effect: `effect` multiplies `metric` on [from, to).
struct Event {
  EventId key;
  std::string_view id, title, metric, owner;
  Day from, to;
  double effect;
  std::string_view expected,
      direction;  ///< what the brand wrote into calendar.yaml beforehand; empty: it did not know
};

struct Parameters {
  std::array<ChannelRates, kChannels> channels;
  std::array<PlatformRates, kPlatforms> platforms;
  std::vector<Theme> themes;
  std::vector<AdCampaign> campaigns;
  std::array<Event, kEvents> events;
  Day end;                        ///< last simulated day
  std::array<double, 12> season;  ///< demand by month, in the middle of the month
  std::array<double, 7> weekday;  ///< Monday first
  double click_to_visit_social, click_to_visit_meta, click_to_visit_search;
  double tagged_share;  ///< social visits whose link carried campaign tags
  double checkout_at_once, return_share, return_checkout, completion;
  double confirm_share;  ///< opt-ins that confirm
  double return_rate;    ///< orders that send something back
  double cancel_rate, repeat_share, source_lost;
  double answer_minutes, never_answered, never_answered_on_leave;
  double sql_if_quick, sql_if_late, win_share;
  double foreign_cart;  ///< factor on the cart rate from countries without delivery
  double newsletter_readers, newsletter_click;

  const Event& At(EventId id) const { return events[static_cast<std::size_t>(id)]; }
  /// The event's factor on that day, 1 outside its window.
  double Effect(EventId id, Day day) const;
  bool Active(EventId id, Day day) const { return At(id).from <= day && day < At(id).to; }
  /// Demand of the day from season, weekday and holidays; 1 on average.
  double Demand(Day day) const;
};

/// The one b2c brand there is.
const Parameters& BrandParameters();

/// Name of a public holiday in Germany as a whole, or empty.
std::string_view Holiday(Day day);

/// The factor of the day, in straight lines between the middles of the months.
double Season(const std::array<double, 12>& months, Day day);

/// Monday = 0.
int WeekdayOf(Day day);

}  // namespace backcast::demo
