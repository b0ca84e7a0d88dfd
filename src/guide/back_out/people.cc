// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out/people.h"

#include <algorithm>
#include <set>

#include "guide/answers.h"
#include "guide/back_out/words.h"
#include "plan/driver_trees.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// Areas of influence that move a metric: what the doctor's rule P10 asks of its owner.
Words AreasOf(const Metric& metric) {
  const Rule& rule = Rulebook::Shipped().Find("P10");
  Words areas;
  const auto add = [&areas](const Yaml* words) {
    if (words == nullptr) return;
    for (const std::string& word : words->Texts()) areas.insert(word);
  };
  if (const Yaml* by_element = rule.with.Find("areas")) add(by_element->Find(metric.element));
  if (const Yaml* wider = rule.with.Find("wider")) {
    const Yaml* metrics = wider->Find("metrics");
    if (metrics != nullptr && Contains(metrics->Texts(), metric.id)) add(wider->Find("influences"));
  }
  return areas;
}

std::vector<std::string> TeamIds(const Backing& work) {
  std::vector<std::string> ids;
  for (const Member& member : work.out.team) ids.push_back(member.id);
  return ids;
}

/// What the tree's word for "who usually moves it" means for a person: the function, or one of its
/// influences.
bool UsuallyMoves(const Backing& work, const Member& member, const std::string& word) {
  const CompanyFunction* function = work.data.FindFunction(word);
  if (function == nullptr) return member.function == word || Contains(member.influences, word);
  return member.function == function->id || member.function == word ||
         Meet(member.influences, Words(function->influences.begin(), function->influences.end()));
}

}  // namespace

bool CanMove(const Backing& work, const Member& member, const Metric& metric) {
  if (!Meet(member.influences, AreasOf(metric))) return false;
  const Rule& sales = Rulebook::Shipped().Find("P09");
  return work.has_sold || sales.Words("metrics").count(metric.id) == 0 ||
         Meet(member.influences, sales.Words("influences"));
}

void ReadTeam(Backing& work) {
  const GuideQuestion* question = work.questions.Find("team");
  if (question != nullptr) {
    const std::vector<std::string> ids = IdsOf(work.answers, *question);
    const std::vector<const Yaml*> people = EntriesOf(work.answers, "team");
    for (std::size_t i = 0; i < people.size(); ++i) {
      const Yaml* influences = people[i]->Find("influences");
      work.out.team.push_back({ids[i], people[i]->Text("role"), people[i]->Text("function"),
                               influences == nullptr ? std::vector<std::string>() : influences->Texts(),
                               false});
    }
  }
  if (!work.out.team.empty()) return;
  for (const CompanyFunction& function : work.data.functions) AddStandIn(work, function);
}

const Member& AddStandIn(Backing& work, const CompanyFunction& function) {
  std::string id = function.id;
  while (FindMember(work, id) != nullptr) id += "_to_be_named";
  work.out.team.push_back({id, function.role, function.id, function.influences, true});
  return work.out.team.back();
}

const Member* FindMember(const Backing& work, std::string_view id) {
  const auto found = std::find_if(work.out.team.begin(), work.out.team.end(),
                                  [&](const Member& one) { return one.id == id; });
  return found == work.out.team.end() ? nullptr : &*found;
}

std::string PersonOf(const Backing& work, const Yaml& entry, std::string_view key) {
  const std::string written = entry.Text(key);
  return written.empty() ? "" : ResolveId(written, TeamIds(work));
}

std::string FirstOf(const Backing& work, const std::vector<std::string>& functions) {
  for (const std::string& function : functions) {
    for (const Member& member : work.out.team) {
      if (member.function == function) return member.id;
    }
  }
  return work.out.team.empty() ? "" : work.out.team.front().id;
}

void ReadOutcomes(Backing& work, const std::vector<std::string>& templates) {
  const std::vector<std::string> trees = TreesOf(work.answers, templates);
  std::vector<std::string> ids;
  if (const GuideQuestion* question = work.questions.Find("outcomes")) ids = IdsOf(work.answers, *question);
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const DriverTree* tree = work.trees.Find(trees[i]);
    if (tree == nullptr) continue;
    work.out.outcomes.push_back(
        {i < ids.size() ? ids[i] : "o_" + tree->id, tree->id, tree->outcome, "", true});
    work.out.outcomes.back().owner = FirstOf(work, tree->owner);
  }
  std::vector<std::string> known;
  for (const Wanted& outcome : work.out.outcomes) known.push_back(outcome.id);
  for (const Yaml* entry : EntriesOf(work.answers, "owners")) {
    const std::string id = ResolveId(entry->Text("outcome"), known), owner = PersonOf(work, *entry, "owner");
    for (Wanted& outcome : work.out.outcomes) {
      if (outcome.id != id || owner.empty()) continue;
      outcome.owner = owner;
      outcome.owner_assumed = false;
    }
  }
}

int LoadOf(const Backing& work, std::string_view owner) {
  return static_cast<int>(std::count_if(work.out.proposed.begin(), work.out.proposed.end(),
                                        [&](const ProposedKpi& kpi) { return kpi.owner == owner; }));
}

std::string OwnerOf(const Backing& work, const Metric& metric, const std::vector<std::string>& usually) {
  const auto free = [&](const Member& member) {
    return CanMove(work, member, metric) && LoadOf(work, member.id) < work.data.most_of_owner;
  };
  for (const std::string& word : usually) {
    const CompanyFunction* function = work.data.FindFunction(word);
    for (const Member& member : work.out.team) {
      if (member.function == (function == nullptr ? word : function->id) && free(member)) return member.id;
    }
  }
  for (const Member& member : work.out.team) {
    const auto moves = [&](const std::string& word) { return UsuallyMoves(work, member, word); };
    if (free(member) && (usually.empty() || std::any_of(usually.begin(), usually.end(), moves)))
      return member.id;
  }
  return "";
}

void DropUnneededStandIns(Backing& work) {
  std::set<std::string> needed;
  for (const Wanted& outcome : work.out.outcomes) needed.insert(outcome.owner);
  for (const ProposedKpi& kpi : work.out.kpis) needed.insert(kpi.owner);
  for (const ProposedTactic& tactic : work.out.tactics) needed.insert(tactic.owner);
  std::erase_if(work.out.team,
                [&](const Member& member) { return member.stands_in && needed.count(member.id) == 0; });
}

}  // namespace backcast
