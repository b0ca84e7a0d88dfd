// SPDX-License-Identifier: Apache-2.0
#include "desk/tag_words.h"

#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr std::size_t kShownNames = 5;

std::string Listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < kShownNames; ++i)
    list += (list.empty() ? "'" : ", '") + Shortened(names[i]) + "'";
  if (names.size() > kShownNames) list += " and " + std::to_string(names.size() - kShownNames) + " more";
  return list;
}

}  // namespace

std::string Sentence(const TagFinding& finding) {
  switch (finding.kind) {
    case TagFinding::Kind::kSpendWithoutVisits:
      return "No visit names the campaign " + Listed(finding.names) + " of " + Shortened(finding.platform) +
             ".";
    case TagFinding::Kind::kVisitsWithoutCampaign:
      return "Visits of " + finding.channel_group + " from " +
             (finding.names[0].empty() ? "no source" : Listed(finding.names)) + " name no campaign.";
    case TagFinding::Kind::kSpellings:
      return "One " + finding.field + " is written in " + std::to_string(finding.names.size()) +
             " ways: " + Listed(finding.names) + ".";
    case TagFinding::Kind::kConflict:
      return "Visits of the campaign " + Listed(finding.names) + " are counted as " + finding.counted_as +
             ", though " + Shortened(finding.platform) + " was paid for them.";
  }
  return "";
}

std::string Fix(const TagFinding& finding) {
  switch (finding.kind) {
    case TagFinding::Kind::kSpendWithoutVisits:
      return "put utm_campaign=" + Shortened(finding.names[0]) + " into the links of its ads, or ask why " +
             (finding.clicks > 0 ? "its clicks never arrive" : "nobody clicks");
    case TagFinding::Kind::kVisitsWithoutCampaign:
      return "write utm_campaign into every link of this kind";
    case TagFinding::Kind::kSpellings:
      return "write '" + Shortened(finding.proposed) +
             "'; backcast utm --accept-names counts the others as this one";
    case TagFinding::Kind::kConflict:
      return "use a utm_medium that says it is paid, such as paid_social or cpc";
  }
  return "";
}

}  // namespace backcast
