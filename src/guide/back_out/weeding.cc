// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out/weeding.h"

#include <algorithm>
#include <functional>
#include <map>

#include "guide/answers.h"
#include "guide/back_out/kpis.h"
#include "guide/back_out/people.h"
#include "guide/back_out/words.h"

namespace backcast {
namespace {

using Concerns = std::function<bool(const ProposedKpi&)>;

/// The lightest KPI of those that `concerns` and that may go.
bool DropLightest(Backing& work, const Concerns& concerns, const std::string& why) {
  std::size_t lightest = work.out.proposed.size();
  for (std::size_t i = 0; i < work.out.proposed.size(); ++i) {
    const ProposedKpi& kpi = work.out.proposed[i];
    if (kpi.required || !concerns(kpi)) continue;
    if (lightest == work.out.proposed.size() || kpi.weight <= work.out.proposed[lightest].weight)
      lightest = i;
  }
  if (lightest == work.out.proposed.size()) return false;
  AddGap(work, work.out.proposed[lightest].outcome, work.out.proposed[lightest].metric, why);
  work.out.proposed.erase(work.out.proposed.begin() + static_cast<std::ptrdiff_t>(lightest));
  return true;
}

/// The element that holds more than its share of the KPIs that `concerns`; empty when none does.
std::string HeavyElement(const Backing& work, const Concerns& concerns) {
  std::map<std::string, int> by_element;
  int all = 0;
  for (const ProposedKpi& kpi : work.out.proposed) {
    if (!concerns(kpi)) continue;
    ++by_element[ElementOf(work, kpi.metric)];
    ++all;
  }
  for (const auto& [element, count] : by_element) {
    if (count > work.data.most_share * all) return element;
  }
  return "";
}

}  // namespace

void WeedOutcome(Backing& work, const std::string& outcome) {
  const auto concerns = [&](const ProposedKpi& kpi) { return kpi.outcome == outcome; };
  while (static_cast<double>(std::count_if(work.out.proposed.begin(), work.out.proposed.end(), concerns)) >
         work.data.most_of_outcome) {
    const std::string heavy = HeavyElement(work, concerns);
    const auto may_go = [&](const ProposedKpi& kpi) {
      return concerns(kpi) && (heavy.empty() || ElementOf(work, kpi.metric) == heavy);
    };
    if (!DropLightest(work, may_go, "left out: more than six KPIs for one result hide each other")) return;
  }
}

void WeedOwners(Backing& work) {
  for (const Member& member : work.out.team) {
    const auto concerns = [&](const ProposedKpi& kpi) { return kpi.owner == member.id; };
    while (LoadOf(work, member.id) > work.data.most_of_owner) {
      if (!DropLightest(work, concerns, "left out: more than seven KPIs for one person hide each other"))
        break;
    }
  }
}

void WeedElements(Backing& work) {
  if (!EntriesOf(work.answers, "culture").empty() &&
      !EntriesOf(work.answers, "culture")[0]->Text("exception").empty())
    return;
  while (work.out.proposed.size() >= 4) {
    std::map<std::string, int> by_outcome;
    for (const ProposedKpi& kpi : work.out.proposed) ++by_outcome[kpi.outcome];
    const std::string heavy = HeavyElement(work, [](const ProposedKpi&) { return true; });
    const auto concerns = [&](const ProposedKpi& kpi) {
      return ElementOf(work, kpi.metric) == heavy && by_outcome[kpi.outcome] > 1;
    };
    if (heavy.empty() ||
        !DropLightest(work, concerns,
                      "left out: " + Readable(heavy) + " would outweigh all other elements of the mix"))
      return;
  }
}

void KeepAtLeastTwo(Backing& work) {
  for (auto& [kpi, usually] : work.unowned) {
    const auto same = [&kpi = kpi](const ProposedKpi& one) { return one.outcome == kpi.outcome; };
    const bool lacks = std::none_of(work.out.proposed.begin(), work.out.proposed.end(), same);
    if (!lacks && work.out.proposed.size() >= 2) continue;
    const Metric* metric = work.catalogue.Find(kpi.metric);
    for (const CompanyFunction& function : work.data.functions) {
      const bool wanted = usually.empty() || Contains(usually, function.id) ||
                          work.data.FindFunction(usually.front()) == &function;
      Member candidate{"", function.role, function.id, function.influences, true};
      if (!wanted || metric == nullptr || !CanMove(work, candidate, *metric)) continue;
      kpi.owner = AddStandIn(work, function).id;
      const std::string name = NameOf(work, kpi.metric);
      std::erase_if(work.out.gaps,
                    [&](const NamedGap& gap) { return gap.outcome == kpi.outcome && gap.what == name; });
      work.out.proposed.push_back(std::move(kpi));
      break;
    }
  }
}

}  // namespace backcast
