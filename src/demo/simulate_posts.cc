// SPDX-License-Identifier: Apache-2.0
// Organic posts: published by a weekly habit, seen by followers, engaged with by theme, clicked; followers
// come and go.
#include <algorithm>
#include <array>

#include "demo/captions.h"
#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr std::array<double, 6> kFeedDecay = {0.60, 0.21, 0.09, 0.05, 0.03, 0.02};
constexpr int kOldVideos = 8;

/// Share of a post's life that falls on its day number `age`.
double Decay(Channel channel, int age) {
  if (channel != Channel::kYouTube)
    return age < static_cast<int>(kFeedDecay.size()) ? kFeedDecay[static_cast<std::size_t>(age)] : 0;
  if (age >= 40) return 0.0016;  // videos go on being found
  double share = 0.11;
  for (int i = 0; i < age; ++i) share *= 0.88;
  return std::max(share, 0.0016);
}

std::string_view Format(Channel channel, Random& random) {
  const int draw = random.Below(10);
  switch (channel) {
    case Channel::kInstagram:
      return draw < 4 ? "reel" : draw < 7 ? "carousel" : "photo";
    case Channel::kFacebook:
      return draw < 4 ? "photo" : draw < 7 ? "link" : draw < 9 ? "video" : "status";
    case Channel::kX:
      return draw < 5 ? "photo" : draw < 8 ? "link" : "status";
    default:
      return draw < 4 ? "short" : "video";
  }
}

int Seconds(std::string_view format, Random& random) {
  if (format == "reel" || format == "short") return 14 + random.Below(45);
  if (format == "video") return 180 + random.Below(720);
  return 0;
}

int PickTheme(const Parameters& p, Random& random) {
  double at = random.Uniform();
  for (std::size_t i = 0; i < p.themes.size(); ++i) {
    if (at < p.themes[i].weight) return static_cast<int>(i);
    at -= p.themes[i].weight;
  }
  return static_cast<int>(p.themes.size()) - 1;
}

Post Publish(const World& world, Channel channel, int day, int number, Random& random) {
  const Parameters& p = BrandParameters();
  Post post;
  post.channel = channel;
  post.day = day;
  post.minute = 7 * 60 + random.Below(14 * 60);
  post.theme = PickTheme(p, random);
  post.format = Format(channel, random);
  post.seconds = Seconds(post.format, random);
  post.giveaway = channel == Channel::kInstagram && day >= 0 && p.Active(EventId::kGiveaway, world.At(day)) &&
                  random.Chance(0.5);
  post.quality = random.Noise(5);
  post.id = PostId(channel, world.At(day), post.minute, number);
  post.text = Caption(channel, p.themes[static_cast<std::size_t>(post.theme)], post.giveaway, number, random);
  return post;
}

/// What a post gets on one day, from the views it gets.
PostCounts OneDay(const World& world, const Post& post, int day, std::int64_t views, double boost,
                  Random& random) {
  const Parameters& p = BrandParameters();
  const PlatformRates& rates = p.platforms[static_cast<std::size_t>(post.channel)];
  const Theme& theme = p.themes[static_cast<std::size_t>(post.theme)];
  const double liked =
      theme.engagement * (post.giveaway ? p.At(EventId::kGiveaway).effect : 1) / (boost > 1 ? 1.15 : 1);
  PostCounts counts;
  counts.views = views;
  counts.reach = random.Binomial(views, rates.reach_share);
  counts.likes = random.Binomial(views, rates.like * liked);
  counts.comments = random.Binomial(views, rates.comment * liked);
  counts.shares = random.Binomial(views, rates.share * liked);
  counts.saves = random.Binomial(views, rates.save * liked);
  const bool links = post.format != "status";
  const double linked = theme.clicks * p.Effect(EventId::kLinkSeries, world.At(day)) / boost;
  counts.link_clicks = links ? random.Binomial(views, rates.link_click * linked) : 0;
  counts.profile_clicks = random.Binomial(views, rates.profile_click);
  counts.other_clicks = random.Binomial(views, 0.012);
  counts.follows = random.Binomial(views, rates.follow * (post.giveaway ? 6 : 1));
  counts.media_views = post.format == "photo" ? random.Binomial(views, 0.1) : 0;
  return counts;
}

/// Views of one day of one post, from the followers of that day without the bots among them.
std::int64_t Views(const World& world, const Post& post, int day, double followers, double boost,
                   Random& random) {
  const Parameters& p = BrandParameters();
  const PlatformRates& rates = p.platforms[static_cast<std::size_t>(post.channel)];
  double mean = followers * rates.views_per_follower * post.quality * Decay(post.channel, day - post.day);
  if (post.giveaway) mean *= 1.7;
  const double season = p.Demand(world.At(day));
  return random.Overdispersed(mean * boost * (0.55 + 0.45 * season), 30);
}

void Follow(AccountDay& today, const PlatformRates& rates, const World& world, Channel channel, int day,
            std::int64_t& humans, std::int64_t& bots, Random& random) {
  const Parameters& p = BrandParameters();
  today.gained = today.counts.follows + random.Poisson(static_cast<double>(humans) * 0.00012);
  today.lost = random.Binomial(humans, rates.unfollow);
  humans += today.gained - today.lost;
  if (channel == Channel::kX && p.Active(EventId::kBotBurst, world.At(day)))
    today.bots_gained = random.Poisson(165 * world.options.scale);
  bots += today.bots_gained;
  today.gained += today.bots_gained;
  today.followers = humans + bots;
}

void SplitVideoViews(World& world, int day, std::int64_t views, Random& random) {
  static constexpr std::array<double, kAllCountries> kShares = {0.62, 0.11, 0.07, 0.05, 0.02, 0.04, 0.015, 0};
  auto& row = world.video_views[static_cast<std::size_t>(day)];
  double left_share = 1;
  std::int64_t left = views;
  for (int c = 0; c + 1 < kAllCountries; ++c) {
    const auto at = static_cast<std::size_t>(c);
    row[at] = random.Binomial(left, kShares[at] / left_share);
    left -= row[at];
    left_share -= kShares[at];
  }
  row[kAllCountries - 1] = left;
}

/// Days on which the platform posts: so many a week, more on Saturdays than on Mondays, never two weeks
/// alike.
int PostsToday(const World& world, const PlatformRates& rates, int day, Random& random) {
  static constexpr std::array<double, 7> kHabit = {0.9, 1.0, 1.0, 1.1, 1.0, 1.2, 0.8};
  const double mean = rates.posts_per_week / 7 * kHabit[static_cast<std::size_t>(WeekdayOf(world.At(day)))];
  const int whole = static_cast<int>(mean);
  return whole + random.Chance(mean - whole);
}

void SimulatePlatform(World& world, Channel channel) {
  const Parameters& p = BrandParameters();
  const auto at = static_cast<std::size_t>(channel);
  const PlatformRates& rates = p.platforms[at];
  Random random(world.options.seed, "posts/" + std::string(p.channels[at].id));
  auto humans = static_cast<std::int64_t>(rates.followers * world.options.scale);
  std::int64_t bots = 0;
  std::vector<Post> posts;
  if (channel == Channel::kYouTube)
    for (int i = 0; i < kOldVideos; ++i)
      posts.push_back(Publish(world, channel, -30 * (kOldVideos - i), i, random));
  world.accounts[at].resize(static_cast<std::size_t>(world.days));
  std::size_t oldest = 0;
  for (int day = 0; day < world.days; ++day) {
    AccountDay& today = world.accounts[at][static_cast<std::size_t>(day)];
    for (int i = PostsToday(world, rates, day, random); i > 0; --i) {
      posts.push_back(Publish(world, channel, day, static_cast<int>(posts.size()), random));
      ++today.published;
    }
    while (channel != Channel::kYouTube && oldest < posts.size() && posts[oldest].day + 5 < day) ++oldest;
    for (std::size_t i = oldest; i < posts.size(); ++i) {
      Post& post = posts[i];
      const double boost = channel == Channel::kInstagram && post.format == "reel"
                               ? p.Effect(EventId::kReelsPush, world.At(day))
                               : 1;
      const std::int64_t views = Views(world, post, day, static_cast<double>(humans), boost, random);
      const PostCounts counts = OneDay(world, post, day, views, boost, random);
      post.life += counts;
      today.counts += counts;
      if (post.seconds > 0)
        post.watch_seconds += static_cast<double>(views * post.seconds) * (post.seconds < 61 ? 0.74 : 0.34);
    }
    Follow(today, rates, world, channel, day, humans, bots, random);
    if (channel == Channel::kYouTube) SplitVideoViews(world, day, today.counts.views, random);
  }
  world.posts.insert(world.posts.end(), posts.begin(), posts.end());
}

}  // namespace

void SimulatePosts(World& world) {
  world.video_views.resize(static_cast<std::size_t>(world.days));
  for (int i = 0; i < kPlatforms; ++i) SimulatePlatform(world, static_cast<Channel>(i));
}

}  // namespace backcast::demo
