// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include "journey/tag_audit.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

const std::vector<std::string>& Words() {
  static const std::vector<std::string> words = {
      "spring",     "summer", "autumn",   "winter",  "launch", "brand",   "remarketing", "lookalike",
      "newsletter", "sale",   "giveaway", "webinar", "trial",  "catalog", "video",       "carousel",
      "story",      "school", "garden",   "kitchen", "travel", "running", "cycling",     "gift"};
  return words;
}

std::string DrawName(Random& random) {
  const std::vector<std::string>& words = Words();
  std::string name = words[random.Below(words.size())];
  name += "_" + words[random.Below(words.size())];
  if (random.Uniform() < 0.5) name += "_" + std::to_string(2020 + random.Below(7));
  return name;
}

/// What people do to a name by hand: capitals, another sign between words, a letter twice, lost or swapped.
std::string Misspelt(std::string name, Random& random) {
  switch (random.Below(4)) {
    case 0:
      name[0] = static_cast<char>(name[0] - 'a' + 'A');
      break;
    case 1:
      std::replace(name.begin(), name.end(), '_', random.Uniform() < 0.5 ? '-' : ' ');
      break;
    case 2:
      name.insert(name.begin() + 2, name[2]);
      break;
    default:
      std::swap(name[2], name[3]);
      break;
  }
  return name;
}

struct Seen {
  Rate found;         ///< misspelt campaigns that are named together with the right one
  Rate joined;        ///< worlds in which two campaigns that are two were called one
  Rate money_missed;  ///< campaigns without a visit that were not named
  Rate money_false;   ///< worlds in which a campaign with visits was said to have none
};

/// Eight to thirty campaigns with a platform's spend; a third is misspelt in some links, some bring no visit.
Seen LookAt(const std::string& kind, int index) {
  Random random(WorldSeed(kind, index));
  std::set<std::string> names;
  const std::size_t count = 8 + random.Below(23);
  while (names.size() < count) names.insert(DrawName(random));
  std::vector<TaggedVisits> visits;
  std::vector<PaidCampaign> campaigns;
  std::set<std::string> silent;
  std::vector<std::pair<std::string, std::string>> misspelt;
  for (const std::string& name : names) {
    campaigns.push_back({"meta", name, "paid_social", 100 + 900 * random.Uniform(), 500});
    if (random.Uniform() < 0.1) {
      silent.insert(name);
      continue;
    }
    visits.push_back({"facebook", "paid_social", name, "paid_social", 1 + random.Poisson(200)});
    if (random.Uniform() < 0.33) {
      const std::string other = Misspelt(name, random);
      if (other == name) continue;
      misspelt.emplace_back(name, other);
      visits.push_back({"facebook", "paid_social", other, "paid_social", 1 + random.Poisson(20)});
    }
  }
  Seen seen;
  bool joined = false, called_silent = false;
  std::set<std::string> named_silent;
  std::set<std::pair<std::string, std::string>> together;
  for (const TagFinding& finding : AuditTags(visits, campaigns)) {
    if (finding.kind == TagFinding::Kind::kSpendWithoutVisits) {
      for (const std::string& name : finding.names) {
        named_silent.insert(name);
        called_silent |= !silent.contains(name);
      }
    }
    if (finding.kind != TagFinding::Kind::kSpellings || finding.field != "campaign") continue;
    std::set<std::string> real;
    for (const std::string& name : finding.names) {
      if (names.contains(name)) real.insert(name);
      together.emplace(finding.proposed, name);
    }
    joined |= real.size() > 1;
  }
  for (const auto& [name, other] : misspelt) seen.found.Add(together.contains({name, other}));
  for (const std::string& name : silent) seen.money_missed.Add(!named_silent.contains(name));
  seen.joined.Add(joined);
  seen.money_false.Add(called_silent);
  return seen;
}

}  // namespace

Chapter TagChapter(int worlds) {
  Seen sum;
  for (const Seen& each : ForAll<Seen>(worlds, [](int i) { return LookAt("link tags", i); })) {
    sum.found += each.found;
    sum.joined += each.joined;
    sum.money_missed += each.money_missed;
    sum.money_false += each.money_false;
  }
  return {"Link tags",
          "Eight to thirty campaigns that share two dozen words and some years in their names. A third is "
          "written "
          "in a second way in some links:\n"
          "capitals, another sign between the words, a letter twice, two letters swapped. A tenth brings no "
          "visit.",
          {{"a second spelling is found, with the platform's own name proposed", sum.found, 0.95, 1},
           {"two campaigns that are two are called one", sum.joined, 0, 0.05},
           {"a campaign with visits is said to have none", sum.money_false, 0, 0.02},
           {"a campaign without a visit is not named", sum.money_missed, 0, 0.05}},
          {}};
}

}  // namespace backcast::truth
