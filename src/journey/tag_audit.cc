// SPDX-License-Identifier: Apache-2.0
#include "journey/tag_audit.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/nearest.h"
#include "facts/channel_groups.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestName = 120;  // longer ones are no slips, and comparing them is slow
constexpr std::size_t kMostNames = 2000;   // of one field that are compared with each other

std::string Figures(std::string_view name) {
  std::string figures;
  for (const char c : name)
    if (c >= '0' && c <= '9') figures += c;
  return figures;
}

/// Visits and money of every spelling of one field.
struct Spelling {
  double sessions = 0, spend = 0;
  bool of_platform = false;
};
using Spellings = std::map<std::string, Spelling>;

bool IsBetter(const Spelling& a, const Spelling& b) {
  if (a.of_platform != b.of_platform) return a.of_platform;
  return a.sessions != b.sessions ? a.sessions > b.sessions : a.spend > b.spend;
}

/// Groups of spellings that are one name, by the first that each one fits.
std::vector<std::vector<std::string>> Groups(const Spellings& spellings) {
  std::vector<std::string> names;
  for (const auto& [name, seen] : spellings) names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return IsBetter(spellings.at(a), spellings.at(b));
  });
  if (names.size() > kMostNames) names.resize(kMostNames);
  std::vector<std::vector<std::string>> groups;
  for (const std::string& name : names) {
    const auto fits = std::find_if(groups.begin(), groups.end(),
                                   [&](const auto& group) { return AreOneName(group.front(), name); });
    if (fits == groups.end()) {
      groups.push_back({name});
    } else {
      fits->push_back(name);
    }
  }
  return groups;
}

void FindSpellings(const std::string& field, const Spellings& spellings, std::vector<TagFinding>& findings) {
  for (std::vector<std::string>& group : Groups(spellings)) {
    if (group.size() < 2) continue;
    TagFinding finding;
    finding.kind = TagFinding::Kind::kSpellings;
    finding.field = field;
    finding.proposed = group.front();
    for (const std::string& name : group) {
      finding.sessions += spellings.at(name).sessions;
      finding.spend += spellings.at(name).spend;
    }
    std::stable_sort(group.begin(), group.end(), [&](const std::string& a, const std::string& b) {
      return spellings.at(a).sessions > spellings.at(b).sessions;
    });
    finding.names = std::move(group);
    findings.push_back(std::move(finding));
  }
}

/// Whether a visit names the campaign, spelt one way or another.
class Named {
 public:
  explicit Named(const std::vector<TaggedVisits>& visits) {
    for (const TaggedVisits& visit : visits) {
      if (IsNoTag(visit.campaign)) continue;
      by_fold_[FoldedTag(visit.campaign)].push_back(&visit);
    }
  }
  std::vector<const TaggedVisits*> Of(const std::string& campaign) const {
    const auto same = by_fold_.find(FoldedTag(campaign));
    if (same != by_fold_.end()) return same->second;
    std::vector<const TaggedVisits*> near;
    for (const auto& [fold, visits] : by_fold_)
      if (AreOneName(campaign, visits.front()->campaign))
        near.insert(near.end(), visits.begin(), visits.end());
    return near;
  }

 private:
  std::map<std::string, std::vector<const TaggedVisits*>> by_fold_;
};

void FindUnvisited(const PaidCampaign& campaign, const Named& named, std::vector<TagFinding>& findings) {
  if (campaign.spend <= 0 && campaign.clicks <= 0) return;
  TagFinding finding;
  finding.field = "campaign";
  finding.names = {campaign.campaign};
  finding.proposed = campaign.campaign;
  finding.platform = campaign.platform;
  finding.channel_group = campaign.channel_group;
  finding.spend = campaign.spend;
  finding.clicks = campaign.clicks;
  const std::vector<const TaggedVisits*> visits = named.Of(campaign.campaign);
  if (visits.empty()) {
    finding.kind = TagFinding::Kind::kSpendWithoutVisits;
    findings.push_back(std::move(finding));
    return;
  }
  if (campaign.channel_group.empty()) return;
  std::map<std::string, double> elsewhere;
  for (const TaggedVisits* visit : visits)
    if (!visit->channel_group.empty() && visit->channel_group != campaign.channel_group)
      elsewhere[visit->channel_group] += visit->sessions;
  for (const auto& [group, sessions] : elsewhere) {
    finding.kind = TagFinding::Kind::kConflict;
    finding.field = "medium";
    finding.counted_as = group;
    finding.sessions = sessions;
    findings.push_back(finding);
  }
}

}  // namespace

std::string_view ToWord(TagFinding::Kind kind) {
  switch (kind) {
    case TagFinding::Kind::kSpendWithoutVisits:
      return "spend_without_visits";
    case TagFinding::Kind::kVisitsWithoutCampaign:
      return "visits_without_campaign";
    case TagFinding::Kind::kSpellings:
      return "spellings";
    case TagFinding::Kind::kConflict:
      return "conflict";
  }
  return "";
}

std::string FoldedTag(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept =
        upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (kept) folded += upper ? static_cast<char>(c + 32) : c;
  }
  return folded;
}

bool IsNoTag(std::string_view name) {
  static const std::set<std::string> none = {"",           "notset",    "none",        "organic",
                                             "direct",     "referral",  "notprovided", "null",
                                             "unassigned", "undefined", "na",          "other"};
  return none.contains(FoldedTag(name));
}

bool AreOneName(std::string_view a, std::string_view b) {
  if (a.size() > kLongestName || b.size() > kLongestName) return a == b;
  const std::string left = FoldedTag(a), right = FoldedTag(b);
  if (left == right) return !left.empty();
  if (Figures(left) != Figures(right)) return false;
  const std::size_t shorter = std::min(left.size(), right.size()),
                    longer = std::max(left.size(), right.size());
  // A slip is one sign in a word, two in a long name; short words differ by one sign and mean different
  // things.
  const int slips = shorter >= 16 ? 2 : shorter >= 7 ? 1 : 0;
  return longer - shorter <= static_cast<std::size_t>(slips) && slips > 0 &&
         EditDistance(left, right) <= slips;
}

std::vector<TagFinding> AuditTags(const std::vector<TaggedVisits>& visits,
                                  const std::vector<PaidCampaign>& campaigns) {
  std::vector<TagFinding> findings;
  Spellings sources, mediums, names;
  std::map<std::string, double> spend_of;
  for (const PaidCampaign& campaign : campaigns) {
    spend_of[campaign.channel_group] += campaign.spend;
    if (IsNoTag(campaign.campaign)) continue;
    Spelling& spelling = names[campaign.campaign];
    spelling.spend += campaign.spend;
    spelling.of_platform = true;
  }
  std::map<std::pair<std::string, std::string>, TagFinding> nameless;
  for (const TaggedVisits& visit : visits) {
    if (!IsNoTag(visit.source)) sources[visit.source].sessions += visit.sessions;
    if (!IsNoTag(visit.medium)) mediums[visit.medium].sessions += visit.sessions;
    if (!IsNoTag(visit.campaign)) {
      names[visit.campaign].sessions += visit.sessions;
    } else if (const ChannelGroup* group = FindChannelGroup(visit.channel_group);
               group != nullptr && group->links && visit.sessions > 0) {
      TagFinding& finding = nameless[{visit.channel_group, visit.source}];
      finding.kind = TagFinding::Kind::kVisitsWithoutCampaign;
      finding.field = "campaign";
      finding.names = {visit.source};
      finding.channel_group = visit.channel_group;
      finding.sessions += visit.sessions;
    }
  }
  for (auto& [key, finding] : nameless) {
    const auto spend = spend_of.find(key.first);
    if (spend != spend_of.end()) finding.spend = spend->second;
    findings.push_back(std::move(finding));
  }
  FindSpellings("source", sources, findings);
  FindSpellings("medium", mediums, findings);
  FindSpellings("campaign", names, findings);
  const Named named(visits);
  for (const PaidCampaign& campaign : campaigns) FindUnvisited(campaign, named, findings);
  std::stable_sort(findings.begin(), findings.end(), [](const TagFinding& a, const TagFinding& b) {
    return a.spend != b.spend ? a.spend > b.spend : a.sessions > b.sessions;
  });
  return findings;
}

}  // namespace backcast
