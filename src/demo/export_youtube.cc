// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "demo/exports.h"
#include "demo/zip.h"

namespace backcast::demo {
namespace {

constexpr int kNamed = 7;  ///< geographies large enough to be listed; the rest is withheld

std::string Length(double seconds) {
  const auto whole = static_cast<int>(std::lround(seconds));
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::vector<std::string> VideoRow(const World& world, const Post& post) {
  const PostCounts& c = post.life;
  const double average = c.views == 0 ? 0 : post.watch_seconds / static_cast<double>(c.views);
  const std::int64_t impressions = c.views * 14 + c.reach;
  return {
      post.id[0] == '-' ? " " + post.id : post.id,
      post.text,
      post.day < -200 ? "" : UsWords(world.At(post.day)),  // unlisted until later: no date given
      Whole(post.seconds),
      Whole(c.likes),
      Whole(c.comments),
      Whole(c.shares),
      Length(average),
      Fixed(post.seconds == 0 ? 0 : 100 * average / post.seconds, 2),
      Whole(c.views),
      Fixed(post.watch_seconds / 3600, 4),
      Whole(c.follows),
      "",
      Whole(impressions),
      Fixed(impressions == 0 ? 0
                             : 100.0 * 0.6 * static_cast<double>(c.views) / static_cast<double>(impressions),
            2)};
}

std::string ContentTable(const World& world) {
  Csv csv({"Content", "Video title", "Video publish time", "Duration", "Likes", "Comments added", "Shares",
           "Average view duration", "Average percentage viewed (%)", "Views", "Watch time (hours)",
           "Subscribers", "Estimated revenue (EUR)", "Impressions", "Impressions click-through rate (%)"});
  PostCounts sum;
  double watched = 0;
  std::vector<std::vector<std::string>> rows;
  for (const Post& post : world.posts) {
    if (post.channel != Channel::kYouTube) continue;
    rows.push_back(VideoRow(world, post));
    sum += post.life;
    watched += post.watch_seconds;
  }
  const double average = sum.views == 0 ? 0 : watched / static_cast<double>(sum.views);
  csv.Row({"Total", "", "", "", Whole(sum.likes), Whole(sum.comments), Whole(sum.shares), Length(average),
           "41.20", Whole(sum.views), Fixed(watched / 3600, 4), Whole(sum.follows), "",
           Whole(sum.views * 14 + sum.reach), "4.19"});
  for (const auto& row : rows) csv.Row(row);
  return csv.text();
}

std::string Totals(const World& world) {
  Csv csv({"Date", "Views"});
  for (int day = 0; day < world.days; ++day) {
    const auto& counts =
        world.accounts[static_cast<std::size_t>(Channel::kYouTube)][static_cast<std::size_t>(day)].counts;
    csv.Row({ToIso(world.At(day)), Whole(counts.views)});
  }
  return csv.text();
}

DemoFiles Geography(const World& world) {
  Csv table({"Geography", "Views", "Average view duration", "Watch time (hours)"});
  Csv chart({"Date", "Geography", "Views"});
  std::array<std::int64_t, kAllCountries> sums{};
  std::int64_t all = 0;
  for (const auto& row : world.video_views) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      sums[c] += row[c];
      all += row[c];
    }
  }
  constexpr double kAverage = 96;
  table.Row({"Total", Whole(all), Length(kAverage), Fixed(static_cast<double>(all) * kAverage / 3600, 4)});
  for (std::size_t c = 0; c < kNamed; ++c) {
    table.Row({std::string(kCountryCodes[c]), Whole(sums[c]), Length(kAverage),
               Fixed(static_cast<double>(sums[c]) * kAverage / 3600, 4)});
    for (int day = 0; day < world.days; ++day)
      chart.Row({ToIso(world.At(day)), std::string(kCountryCodes[c]),
                 Whole(world.video_views[static_cast<std::size_t>(day)][c])});
  }
  return {{"Table data.csv", table.text()}, {"Totals.csv", Totals(world)}, {"Chart data.csv", chart.text()}};
}

}  // namespace

DemoFiles ExportYouTube(const World& world) {
  const Window all = WholeHistory(world);
  const std::string period = ToIso(all.from) + "_" + ToIso(all.to) + " Tannhoop";
  const std::string content = "exports/youtube/Content " + period + "/";
  return {{content + "Table data.csv", ContentTable(world)},
          {content + "Totals.csv", Totals(world)},
          {"exports/youtube/Geography " + period + ".zip", StoredZip(Geography(world))}};
}

}  // namespace backcast::demo
