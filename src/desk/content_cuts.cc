// SPDX-License-Identifier: Apache-2.0
#include "desk/content_cuts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "content/median_polish.h"

namespace backcast {
namespace {

constexpr std::array<const char*, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

struct PartOfDay {
  int from, to;
  const char* name;
};
constexpr std::array<PartOfDay, 7> kPartsOfDay = {{{0, 6, "00-06"},
                                                   {6, 9, "06-09"},
                                                   {9, 12, "09-12"},
                                                   {12, 15, "12-15"},
                                                   {15, 18, "15-18"},
                                                   {18, 21, "18-21"},
                                                   {21, 24, "21-24"}}};

std::vector<double> Levelled(const std::vector<JudgedPost>& posts, bool formats) {
  std::vector<TwoWayValue> values;
  values.reserve(posts.size());
  for (const JudgedPost& post : posts) values.push_back({post.row, post.Format(), std::log1p(post.value)});
  return MedianPolish(values, 5, formats).residuals;
}

GroupValues Chosen(const std::vector<JudgedPost>& posts, const std::vector<double>& residuals,
                   const std::function<bool(const JudgedPost&)>& chosen) {
  GroupValues values;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (!chosen(posts[i])) continue;
    values.residuals.push_back(residuals[i]);
    values.engagements.push_back(posts[i].value);
  }
  return values;
}

bool Belongs(const PostGroup& group, const ReadPost& post) {
  const auto& themes = post.labels.themes;
  return std::any_of(group.themes.begin(), group.themes.end(),
                     [&](const std::string& theme) {
                       return std::find(themes.begin(), themes.end(), theme) != themes.end();
                     }) ||
         std::find(group.focus.begin(), group.focus.end(), post.focus) != group.focus.end();
}

std::vector<GroupComparison> Formats(const std::vector<JudgedPost>& posts) {
  std::map<std::string, int> counts;
  for (const JudgedPost& post : posts) {
    if (!post.post->format.empty()) ++counts[post.Format()];
  }
  std::vector<GroupComparison> formats;
  if (counts.size() < 2) return formats;
  const auto most = std::max_element(counts.begin(), counts.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  const std::vector<double> residuals = Levelled(posts, false);
  const auto of = [&](const std::string& format) {
    return Chosen(posts, residuals, [&](const JudgedPost& post) { return post.Format() == format; });
  };
  for (const auto& [format, count] : counts) {
    if (format != most->first)
      formats.push_back(CompareGroups(format, of(format), most->first, of(most->first)));
  }
  return formats;
}

/// Each value that a post may stand under, against all posts that stand under another one.
template <class Cut>
std::vector<GroupComparison> AgainstOthers(const std::vector<JudgedPost>& posts,
                                           const std::vector<double>& residuals,
                                           const std::vector<std::string>& names, const Cut& cut) {
  std::vector<GroupComparison> comparisons;
  for (std::size_t at = 0; at < names.size(); ++at) {
    const int place = static_cast<int>(at);
    GroupValues one = Chosen(posts, residuals, [&](const JudgedPost& post) { return cut(post) == place; });
    if (one.residuals.empty()) continue;
    comparisons.push_back(CompareGroups(
        names[at], one, "",
        Chosen(posts, residuals, [&](const JudgedPost& post) { return cut(post) && cut(post) != place; })));
  }
  return comparisons.size() < 2 ? std::vector<GroupComparison>{} : comparisons;
}

std::optional<int> PartOf(const JudgedPost& post) {
  if (!post.hour) return std::nullopt;
  const auto part = std::find_if(kPartsOfDay.begin(), kPartsOfDay.end(),
                                 [&](const PartOfDay& each) { return *post.hour < each.to; });
  return static_cast<int>(part - kPartsOfDay.begin());
}

}  // namespace

void CutPosts(const std::vector<JudgedPost>& posts, const ContentRules& rules, ContentAnswer& answer) {
  answer.formats = Formats(posts);
  const std::vector<double> residuals = Levelled(posts, true);
  answer.weekdays = AgainstOthers(posts, residuals, {kWeekdays.begin(), kWeekdays.end()},
                                  [](const JudgedPost& post) { return post.weekday; });
  std::vector<std::string> parts;
  for (const PartOfDay& part : kPartsOfDay) parts.emplace_back(part.name);
  answer.hours = AgainstOthers(posts, residuals, parts, PartOf);
  for (const GroupPair& pair : rules.pairs) {
    const auto only = [&](const PostGroup& group, const PostGroup& other) {
      return Chosen(posts, residuals, [&](const JudgedPost& post) {
        return Belongs(group, *post.post) && !Belongs(other, *post.post);
      });
    };
    answer.pairs.push_back({pair, CompareGroups(pair.one.name, only(pair.one, pair.other), pair.other.name,
                                                only(pair.other, pair.one))});
  }
  std::vector<GroupComparison*> cuts, pairs;
  for (auto* list : {&answer.formats, &answer.weekdays, &answer.hours}) {
    for (GroupComparison& comparison : *list) cuts.push_back(&comparison);
  }
  for (PairAnswer& pair : answer.pairs) pairs.push_back(&pair.comparison);
  JudgeTogether(cuts, kFewestForCut);
  JudgeTogether(pairs, kFewestForPair);
  for (const JudgedPost& post : posts) {
    answer.without_day += !post.weekday;
    answer.without_hour += !post.hour;
  }
}

}  // namespace backcast
