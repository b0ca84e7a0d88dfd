// SPDX-License-Identifier: Apache-2.0
#include "demo/exports.h"

namespace backcast::demo {
namespace {

constexpr int kPromoted = 19;

std::vector<std::string> Header(std::vector<std::string> first) {
  const std::vector<std::string> metrics = {"impressions",
                                            "engagements",
                                            "engagement rate",
                                            "retweets",
                                            "replies",
                                            "likes",
                                            "user profile clicks",
                                            "url clicks",
                                            "hashtag clicks",
                                            "detail expands",
                                            "permalink clicks",
                                            "app opens",
                                            "app installs",
                                            "follows",
                                            "email tweet",
                                            "dial phone",
                                            "media views",
                                            "media engagements"};
  first.insert(first.end(), metrics.begin(), metrics.end());
  for (const std::string& metric : metrics) first.push_back("promoted " + metric);
  return first;
}

/// The 18 organic and 18 promoted cells; in the per-post files X writes whole numbers with a ".0".
void AddMetrics(std::vector<std::string>& row, const PostCounts& c, const char* tail, std::int64_t follows) {
  const std::int64_t engagements =
      c.shares + c.comments + c.likes + c.profile_clicks + c.link_clicks + c.other_clicks + c.follows;
  const double rate = c.views == 0 ? 0 : static_cast<double>(engagements) / static_cast<double>(c.views);
  row.push_back(Whole(c.views) + tail);
  row.push_back(Whole(engagements) + tail);
  row.push_back(rate == 0 ? "0.0" : Shortest(rate));
  for (const std::int64_t value : {c.shares, c.comments, c.likes, c.profile_clicks, c.link_clicks,
                                   std::int64_t{0}, c.other_clicks, std::int64_t{0}})
    row.push_back(Whole(value) + tail);
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{0}, follows, std::int64_t{0},
                                   std::int64_t{0}, c.media_views, c.media_views})
    row.push_back(Whole(value));
  for (int i = 1; i < kPromoted; ++i) row.emplace_back("-");
}

std::string Posts(const World& world, const Window& window, const std::string& handle) {
  Csv csv(Header({"Tweet id", "Tweet permalink", "Tweet text", "time"}), Csv::Quotes::kAlways);
  for (auto post = world.posts.rbegin(); post != world.posts.rend(); ++post) {  // newest first
    if (post->channel != Channel::kX || !window.Contains(world.At(post->day))) continue;
    std::vector<std::string> row = {post->id, "https://twitter.com/" + handle + "/status/" + post->id,
                                    post->text, InUtc(world.At(post->day), post->minute) + " +0000"};
    AddMetrics(row, post->life, ".0", post->life.follows);
    csv.Row(row);
  }
  return csv.text();
}

std::string Days(const World& world, const Window& window) {
  Csv csv(Header({"Date", "Tweets published"}), Csv::Quotes::kAlways);
  for (Day day = window.from; day < window.to; day += std::chrono::days{1}) {
    const auto at = static_cast<std::size_t>((day - world.start).count());
    const AccountDay& today = world.accounts[static_cast<std::size_t>(Channel::kX)][at];
    std::vector<std::string> row = {ToIso(day), Whole(today.published)};
    AddMetrics(row, today.counts, "", today.gained);  // all who followed that day, bots too
    csv.Row(row);
  }
  return csv.text();
}

}  // namespace

DemoFiles ExportX(const World& world) {
  const std::string handle(BrandParameters().platforms[static_cast<std::size_t>(Channel::kX)].account);
  DemoFiles files;
  for (const Window& quarter : Quarters(WholeHistory(world))) {
    const std::string name = "tweet_activity_metrics_" + handle + "_" + Compact(quarter.from) + "_" +
                             Compact(quarter.to) + "_en.csv";
    files.push_back({"exports/x/" + name, Posts(world, quarter, handle)});
    files.push_back({"exports/x/daily_" + name, Days(world, quarter)});
  }
  return files;
}

}  // namespace backcast::demo
