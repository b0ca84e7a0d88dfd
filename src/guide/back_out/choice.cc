// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out/choice.h"

#include <algorithm>
#include <map>
#include <set>

#include "guide/answers.h"
#include "guide/back_out/kpis.h"
#include "guide/back_out/people.h"
#include "plan/driver_trees.h"

namespace backcast {
namespace {

std::vector<std::string> OutcomeIds(const Backing& work) {
  std::vector<std::string> ids;
  for (const Wanted& outcome : work.out.outcomes) ids.push_back(outcome.id);
  return ids;
}

void AddOwn(Backing& work, const Yaml& entry) {
  ProposedKpi kpi;
  kpi.metric = entry.Text("metric");
  const std::string outcome = ResolveId(entry.Text("outcome"), OutcomeIds(work));
  const Metric* metric = work.catalogue.Find(kpi.metric);
  if (metric == nullptr || work.out.outcomes.empty()) return;
  const auto wanted = std::find_if(work.out.outcomes.begin(), work.out.outcomes.end(),
                                   [&](const Wanted& one) { return one.id == outcome; });
  const Wanted& target = wanted == work.out.outcomes.end() ? work.out.outcomes.front() : *wanted;
  kpi.outcome = target.id;
  kpi.own = true;
  kpi.said = &entry;
  kpi.why = "Added by choice.";
  kpi.owner = PersonOf(work, entry, "owner");
  if (kpi.owner.empty()) kpi.owner = OwnerOf(work, *metric, {});
  if (kpi.owner.empty()) kpi.owner = target.owner;
  const DriverTree& tree = *work.trees.Find(target.tree);
  SetPath(work, kpi, tree, tree.identity.empty() ? "" : tree.identity.front().metric, true);
  SetPairs(work, kpi, tree);
  const auto same = [&](const ProposedKpi& one) { return one.metric == kpi.metric; };
  const auto count = std::count_if(work.out.kpis.begin(), work.out.kpis.end(), same);
  kpi.id = "k_" + kpi.metric + (count > 0 ? "_" + std::to_string(count + 1) : "");
  kpi.id = entry.Text("id", kpi.id);
  work.out.kpis.push_back(std::move(kpi));
}

}  // namespace

void NameKpis(Backing& work) {
  std::map<std::string, int> taken;
  for (ProposedKpi& kpi : work.out.proposed) {
    const int n = ++taken[kpi.metric];
    kpi.id = "k_" + kpi.metric + (n > 1 ? "_" + std::to_string(n) : "");
  }
}

void DecideKpis(Backing& work) {
  const std::vector<const Yaml*> said = EntriesOf(work.answers, "kpis");
  const auto about = [&](const Yaml& entry, const ProposedKpi& kpi) {
    return entry.Text("metric") == kpi.metric &&
           (entry.Text("outcome").empty() ||
            ResolveId(entry.Text("outcome"), OutcomeIds(work)) == kpi.outcome);
  };
  std::set<const Yaml*> used;
  for (ProposedKpi& kpi : work.out.proposed) {
    bool keeps = true;
    for (const Yaml* entry : said) {
      if (!about(*entry, kpi) || entry->Text("answer") == "own") continue;
      used.insert(entry);
      kpi.said = entry;
      keeps = entry->Text("answer") != "drop";
      const std::string owner = PersonOf(work, *entry, "owner");
      if (!owner.empty()) kpi.owner = owner;
      kpi.id = entry->Text("id", kpi.id);
      if (!keeps) {
        const std::string because = entry->Text("because");
        AddGap(work, kpi.outcome, kpi.metric, "dropped by choice" + (because.empty() ? "" : ": " + because));
      }
    }
    if (keeps) work.out.kpis.push_back(kpi);
  }
  for (const Yaml* entry : said) {
    if (used.count(entry) == 0 && entry->Text("answer") != "drop") AddOwn(work, *entry);
  }
}

}  // namespace backcast
