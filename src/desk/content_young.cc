// SPDX-License-Identifier: Apache-2.0
#include "desk/content_young.h"

#include <algorithm>

#include "desk/example_posts.h"

namespace backcast {
namespace {

/// Readings up to this age are worth an answer in hours.
constexpr double kHoursUntil = 2;

bool IsCalled(const ReadPost& post, const std::string& name) {
  return post.id == name || post.platform + ":" + post.id == name;
}

/// Past readings whose time is known: one of each post, the nearest to the age on a scale of ratios.
std::vector<CurvePoint> ClockedPast(const std::vector<const ReadPost*>& past, double age) {
  std::vector<CurvePoint> points;
  for (const ReadPost* post : past) {
    const CurvePoint* nearest = nullptr;
    for (const CurvePoint& point : post->clocked) {
      const auto away = [&](const CurvePoint& each) { return std::max(each.age / age, age / each.age); };
      if (nearest == nullptr || away(point) < away(*nearest)) nearest = &point;
    }
    if (nearest != nullptr) points.push_back(*nearest);
  }
  return points;
}

YoungPost Judged(const ReadPost& post, const std::vector<const ReadPost*>& past) {
  YoungPost young{.platform = post.platform,
                  .account = post.account,
                  .id = post.id,
                  .caption = ShownCaption(post.text),
                  .published = post.published,
                  .promoted = post.promoted};
  const CurvePoint& newest = post.engagement.back();
  young.age = newest.age;
  young.value = newest.value;
  if (!post.clocked.empty() && post.clocked.back().age <= kHoursUntil) {
    const CurvePoint& point = post.clocked.back();
    const UsualBand usual = AgainstNearbyAges(point, ClockedPast(past, point.age));
    if (usual.answer != AgainstUsual::kTooLittle || newest.age < 1) {
      young.age = point.age;
      young.value = point.value;
      young.exact = true;
      young.usual = usual;
      return young;
    }
  }
  std::vector<double> values;
  for (const ReadPost* each : past) {
    if (const auto value = AtAge(each->engagement, newest.age, 3)) values.push_back(*value);
  }
  young.usual = AgainstPast(newest.value, values);
  return young;
}

}  // namespace

std::vector<YoungPost> YoungPosts(const std::vector<ReadPost>& posts, Day as_of, const std::string& post) {
  std::vector<YoungPost> young;
  for (auto each = posts.rbegin(); each != posts.rend(); ++each) {
    if (each->engagement.empty()) continue;
    const bool asked = !post.empty();
    if (asked && !IsCalled(*each, post)) continue;
    if (!asked && (each->promoted || each->published + std::chrono::days{kComparedAge} <= as_of ||
                   each->engagement.back().age >= kComparedAge))
      continue;
    std::vector<const ReadPost*> past;
    for (const ReadPost& other : posts) {
      if (other.promoted || other.AccountName() != each->AccountName() ||
          other.published >= each->published ||
          other.published + std::chrono::days{kPastDays} < each->published)
        continue;
      past.push_back(&other);
    }
    young.push_back(Judged(*each, past));
  }
  std::stable_sort(young.begin(), young.end(),
                   [](const YoungPost& a, const YoungPost& b) { return a.published > b.published; });
  return young;
}

}  // namespace backcast
