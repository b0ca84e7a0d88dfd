// SPDX-License-Identifier: Apache-2.0
// The page and its ads: posts on working days, seen by followers for a week; ads that buy clicks.
#include <algorithm>
#include <cmath>

#include "demo/b2b.h"
#include "demo/captions.h"
#include "demo/random.h"

namespace backcast::demo::b2b {
namespace {

constexpr std::array<double, 7> kDecay = {0.42, 0.24, 0.13, 0.09, 0.06, 0.04, 0.02};

int PickTopic(const Parameters& p, Random& random) {
  double at = random.Uniform();
  for (std::size_t i = 0; i + 1 < p.topics.size(); ++i) {
    if (at < p.topics[i].weight) return static_cast<int>(i);
    at -= p.topics[i].weight;
  }
  return static_cast<int>(p.topics.size()) - 1;
}

PagePost Publish(const Brand& brand, int day, Random& random) {
  const Parameters& p = BrandParameters();
  PagePost post;
  post.day = day;
  post.minute = 8 * 60 + random.Below(8 * 60);
  post.topic = PickTopic(p, random);
  const int draw = random.Below(10);
  post.format = draw < 4 ? "photo" : draw < 7 ? "link" : draw < 9 ? "video" : "carousel";
  const Topic& topic = p.topics[static_cast<std::size_t>(post.topic)];
  post.text = std::string(topic.sentences[static_cast<std::size_t>(random.Below(3))]) + "\n\n" +
              std::string(topic.hashtag) + " #fernwaerme";
  // Share ids of the platform grow with time.
  const std::int64_t seconds = brand.At(day).time_since_epoch().count() * std::int64_t{86400} +
                               std::int64_t{60} * (post.minute - BerlinOffset(brand.At(day)));
  post.id = std::to_string((seconds * 1000) << 22 | random.Below(1 << 20));
  return post;
}

PostCounts OneDay(const Brand& brand, const PagePost& post, int day, double followers, double quality,
                  Random& random) {
  const Parameters& p = BrandParameters();
  const Topic& topic = p.topics[static_cast<std::size_t>(post.topic)];
  const Day date = brand.At(day);
  const double mean = followers * p.views_per_follower * quality *
                      kDecay[static_cast<std::size_t>(day - post.day)] * (0.6 + 0.4 * p.Demand(date)) *
                      p.Effect(EventId::kLessReach, date);
  PostCounts counts;
  counts.views = random.Overdispersed(mean, 25);
  counts.reach = random.Binomial(counts.views, p.reach_share);
  counts.likes = random.Binomial(counts.views, p.like * topic.engagement);
  counts.comments = random.Binomial(counts.views, p.comment * topic.engagement);
  counts.shares = random.Binomial(counts.views, p.share * topic.engagement);
  counts.link_clicks =
      random.Binomial(counts.views, p.link_click * topic.clicks * p.Effect(EventId::kThesisPrize, date));
  counts.other_clicks = random.Binomial(counts.views, 0.009);
  counts.follows = random.Binomial(counts.views, p.follow);
  return counts;
}

}  // namespace

void SimulatePage(Brand& brand) {
  const Parameters& p = BrandParameters();
  Random random(brand.options.seed, "b2b/page");
  auto followers = static_cast<std::int64_t>(p.followers * brand.options.scale);
  std::vector<double> quality;
  std::size_t oldest = 0;
  brand.page.resize(static_cast<std::size_t>(brand.days));
  for (int day = 0; day < brand.days; ++day) {
    PageDay& today = brand.page[static_cast<std::size_t>(day)];
    if (WeekdayOf(brand.At(day)) < 5 && random.Chance(p.posts_per_week / 5)) {
      brand.posts.push_back(Publish(brand, day, random));
      quality.push_back(random.Noise(4));
      ++today.published;
    }
    while (oldest < brand.posts.size() && brand.posts[oldest].day + static_cast<int>(kDecay.size()) <= day)
      ++oldest;
    for (std::size_t i = oldest; i < brand.posts.size(); ++i) {
      PagePost& post = brand.posts[i];
      post.days.push_back(OneDay(brand, post, day, static_cast<double>(followers), quality[i], random));
      today.counts += post.days.back();
    }
    today.gained = today.counts.follows + random.Poisson(static_cast<double>(followers) * 0.0002);
    today.lost = random.Binomial(followers, p.unfollow);
    followers += today.gained - today.lost;
    today.followers = followers;
  }
}

void SimulateAds(Brand& brand) {
  const Parameters& p = BrandParameters();
  Random random(brand.options.seed, "b2b/ads");
  for (int day = 0; day < brand.days; ++day) {
    const Day date = brand.At(day);
    for (std::size_t i = 0; i < p.campaigns.size(); ++i) {
      const Campaign& campaign = p.campaigns[i];
      AdDay row{day, static_cast<int>(i)};
      const double budget = i == 0 ? p.Effect(EventId::kMoreBudget, date) : 1;
      const double spend = campaign.spend_per_day * brand.options.scale * budget *
                           (0.4 + 0.6 * std::min(1.3, p.Demand(date))) * random.Noise(50);
      row.spend = std::llround(spend * 100);
      row.impressions = random.Overdispersed(spend / (campaign.cpc * campaign.click_rate), 60);
      row.clicks = random.Binomial(row.impressions, campaign.click_rate);
      row.visits = random.Binomial(row.clicks, p.click_to_visit);
      brand.ads.push_back(row);
    }
  }
}

}  // namespace backcast::demo::b2b
