// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "guide/draft/parts.h"

namespace backcast {
namespace {

/// The tactic that tells people of improvements; else any that talks with them.
std::string TellingTactic(const Drafting& plan) {
  for (const TacticPattern& pattern : plan.data.tactics) {
    if (pattern.only_for != "improvements") continue;
    for (const ProposedTactic& tactic : plan.backed.tactics) {
      if (tactic.id == pattern.id) return tactic.id;
    }
  }
  return plan.backed.tactics.empty() ? "" : plan.backed.tactics.back().id;
}

}  // namespace

void WriteTeam(Drafting& plan) {
  Block& team = plan.root.At("team");
  if (team.kind != Block::Kind::kList) {
    const std::vector<std::string> comments = std::move(team.comments);
    team = Block::List();
    team.comments = comments;
  }
  for (const Member& member : plan.backed.team) {
    if (!member.stands_in) continue;
    Block entry = Block::Map();
    plan.Assume(entry, StandInWords(member.id));
    plan.Ask(entry, "team", "name", member.role);
    entry.At("id") = Block::Text(member.id);
    entry.At("role") = Block::Text(member.role);
    entry.At("function") = Block::Text(member.function);
    entry.At("influences") = Block::Texts(member.influences);
    team.items.push_back(std::move(entry));
  }
}

void WriteSegments(Drafting& plan) {
  Block& list = plan.root.At("segments");
  const std::string rule = plan.data.segment.Text("rule");
  bool has_target = false;
  if (list.kind != Block::Kind::kList) {
    const std::vector<std::string> comments = list.comments;
    list = Block::List();
    list.comments = comments;
  }
  for (Block& entry : list.items) {
    has_target |= entry.At("is_target").text == "true";
    if (!entry.At("rule").IsEmpty()) continue;
    entry.At("rule") = Block::Text(rule);
    plan.Assume(entry, "until somebody writes the rule, segment " + entry.At("id").text +
                           " is whomever social media brings");
  }
  if (has_target) return;
  Block entry = Block::Map();
  entry.At("id") = Block::Text(plan.data.segment.Text("id"));
  entry.At("name") = Block::Text(plan.data.segment.Text("name"));
  entry.At("is_target") = Block::Plain("true");
  entry.At("rule") = Block::Text(rule);
  plan.Assume(entry, "until somebody says who exactly is wanted, it is everybody whom social media brings");
  list.items.push_back(std::move(entry));
}

void WriteOwnersOfTheRest(Drafting& plan) {
  if (plan.team_ids.empty()) return;
  for (const char* path : {"channels", "improvements"}) {
    const Block* written = plan.root.Find(path);
    if (written == nullptr || written->kind != Block::Kind::kList) continue;
    for (Block& entry : plan.root.At(path).items) {
      if (!entry.At("owner").IsEmpty()) continue;
      entry.At("owner") = Block::Text(plan.backed.outcomes.front().owner);
      plan.Assume(entry, plan.backed.outcomes.front().owner + " answers for " + entry.At("id").text);
    }
  }
  if (plan.root.Find("improvements") == nullptr) return;
  for (Block& entry : plan.root.At("improvements").items) entry.At("tell") = Block::Text(TellingTactic(plan));
}

void WriteScorecards(Drafting& plan) {
  Block list = Block::List();
  for (const Member& member : plan.backed.team) {
    std::vector<std::string> show;
    if (member.function == "ceo") {
      show = plan.outcome_ids;
    } else {
      for (const ProposedKpi& kpi : plan.backed.kpis) {
        if (kpi.owner == member.id) show.push_back(kpi.id);
      }
    }
    if (show.empty()) continue;
    Block card = Block::Map();
    card.At("id") = Block::Text(member.function == "ceo" ? "board" : "card_" + member.id);
    card.At("for") = Block::Text(member.id);
    card.At("show") = Block::Texts(show);
    list.items.push_back(std::move(card));
  }
  const auto decides = [](const Member& member) { return member.function == "ceo"; };
  if (std::none_of(plan.backed.team.begin(), plan.backed.team.end(), decides))
    plan.Ask(list, "team", "name", "managing director (function ceo)");
  plan.root.At("scorecards") = std::move(list);
}

}  // namespace backcast
