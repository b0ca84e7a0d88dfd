// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "demo/exports.h"

namespace backcast::demo {
namespace {

constexpr std::string_view kPage = "61557700112233";
constexpr std::string_view kProfile = "17841400112233445";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Code(const std::string& id) {
  std::string code;
  for (std::uint64_t rest = std::stoull(id); rest > 0; rest /= 64) code += kLetters[rest % 64];
  return code;
}

std::string Failure(const Post& post) {
  return "An error occurred while computing metadata for content with ID " + post.id;
}

std::string InstagramType(std::string_view format) {
  return format == "reel" ? "IG reel" : format == "carousel" ? "IG carousel" : "IG image";
}

std::string FacebookType(std::string_view format) {
  return format == "photo" ? "Photos" : format == "link" ? "Links" : format == "video" ? "Videos" : "Text";
}

std::string Instagram(const World& world, const Window& window) {
  Csv csv({"Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
           "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes",
           "Shares", "Follows", "Comments", "Saves"},
          Csv::Quotes::kNeeded, kUtf8Mark);
  for (const Post& post : world.posts) {
    if (post.channel != Channel::kInstagram || !window.Contains(world.At(post.day))) continue;
    const PostCounts& c = post.life;
    csv.Row({post.id, std::string(kProfile), "tannhoop", "Tannhoop", post.text, Whole(post.seconds),
             UsNumeric(world.At(post.day)) + " " + Clock(post.minute),
             "https://www.instagram.com/p/" + Code(post.id) + "/", InstagramType(post.format), "", "Lifetime",
             Whole(c.views), Whole(c.reach), Whole(c.likes), Whole(c.shares), Whole(c.follows),
             Whole(c.comments), Whole(c.saves)});
  }
  return csv.text();
}

/// Until the end of 2025 the column was called Impressions, from then on Views. One row tells of an error
/// instead.
std::string Facebook(const World& world, const Window& window, const std::string& seen, bool failure) {
  Csv csv({"Post ID",
           "Page ID",
           "Page name",
           "Title",
           "Description",
           "Duration (sec)",
           "Publish time",
           "Caption type",
           "Permalink",
           "Is crosspost",
           "Is share",
           "Post type",
           "Languages",
           "Custom labels",
           "Funded content status",
           "Data comment",
           "Date",
           seen,
           "Reach",
           "Reactions, Comments and Shares",
           "Reactions",
           "Comments",
           "Shares",
           "Total clicks",
           "Link Clicks",
           "Other Clicks",
           "Seconds viewed",
           "Average Seconds viewed"});
  for (const Post& post : world.posts) {
    if (post.channel != Channel::kFacebook || !window.Contains(world.At(post.day))) continue;
    const PostCounts& c = post.life;
    if (failure) {
      std::vector<std::string> row(28);
      row[15] = Failure(post) + "0";  // an id of no post
      csv.Row(row);
      failure = false;
    }
    const bool video = post.seconds > 0;
    const double watched = static_cast<double>(c.views) * post.seconds * 0.31;
    csv.Row({post.id,
             std::string(kPage),
             "Tannhoop Touring",
             "",
             post.text,
             Whole(post.seconds),
             UsNumeric(world.At(post.day)) + " " + Clock(post.minute),
             "",
             "https://www.facebook.com/" + std::string(kPage) + "/posts/" + post.id,
             "0",
             "0",
             FacebookType(post.format),
             "",
             "",
             "",
             "",
             "Lifetime",
             Whole(c.views),
             Whole(c.reach),
             Whole(c.likes + c.comments + c.shares),
             Whole(c.likes),
             Whole(c.comments),
             Whole(c.shares),
             Whole(c.link_clicks + c.other_clicks),
             Whole(c.link_clicks),
             Whole(c.other_clicks),
             video ? Whole(static_cast<std::int64_t>(watched)) : "",
             video ? Fixed(post.seconds * 0.31, 2) : ""});
  }
  return csv.text();
}

}  // namespace

DemoFiles ExportMetaContent(const World& world) {
  const Window all = WholeHistory(world);
  const auto quarters = Quarters(all);
  DemoFiles files;
  for (std::size_t i = 0; i < quarters.size(); i += 2) {  // two quarters to a file
    const Window window{quarters[i].from, quarters[std::min(i + 1, quarters.size() - 1)].to};
    const std::string period = Dashed(window.from) + "_" + Dashed(window.to - std::chrono::days{1}) + "_";
    const bool last = i + 2 >= quarters.size();
    const std::string number = std::to_string(101982695 + i * 7919);
    files.push_back({"exports/meta/instagram/" + period + number + "4417.csv", Instagram(world, window)});
    const std::string pages = Facebook(world, window, i == 0 ? "Impressions" : "Views", i == 2);
    files.push_back({"exports/meta/facebook/" + period + number + "5528.csv",
                     last ? ToUtf16(pages) : std::string(kUtf8Mark) + pages});
  }
  return files;
}

}  // namespace backcast::demo
