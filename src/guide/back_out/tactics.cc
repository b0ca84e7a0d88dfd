// SPDX-License-Identifier: Apache-2.0
#include "guide/back_out/tactics.h"

#include <algorithm>
#include <set>

#include "guide/answers.h"
#include "guide/back_out/kpis.h"
#include "guide/back_out/people.h"
#include "guide/back_out/words.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

struct Ways {
  std::vector<std::string> paid, free;
  bool asked = false;
};

Ways ReadChannels(const Backing& work) {
  Ways ways;
  const GuideQuestion* question = work.questions.Find("channels");
  if (question == nullptr) return ways;
  const std::vector<std::string> ids = IdsOf(work.answers, *question);
  const std::vector<const Yaml*> channels = EntriesOf(work.answers, "channels");
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const std::string platform = Slug(channels[i]->Text("platform"));
    (platform.ends_with("ads") ? ways.paid : ways.free).push_back(ids[i]);
    ways.asked = true;
  }
  return ways;
}

bool IsDeclined(const Backing& work, const std::string& element) {
  for (const Yaml* entry : EntriesOf(work.answers, "elements")) {
    const std::string said = entry->Text(element);
    if (!said.empty() && said != "used") return true;
  }
  return false;
}

/// The first thing a tactic can ask for that one in ten of the people does, when that is known.
std::string Ask(const Backing& work, const std::vector<std::string>& rungs) {
  const std::vector<const Yaml*> segments = EntriesOf(work.answers, "segments");
  for (const std::string& rung : rungs) {
    std::optional<double> most;
    for (const Yaml* segment : segments) {
      const Yaml* part = segment->Find(rung);
      const std::optional<double> number = part == nullptr ? std::nullopt : part->Number();
      if (number) most = std::max(most.value_or(0), *number);
    }
    if (!most || *most >= 0.1) return rung;
  }
  return "spectators";
}

std::vector<std::string> TargetSegments(const Backing& work) {
  const GuideQuestion* question = work.questions.Find("segments");
  std::vector<std::string> targets;
  const std::vector<const Yaml*> segments = EntriesOf(work.answers, "segments");
  const std::vector<std::string> ids =
      question == nullptr ? std::vector<std::string>() : IdsOf(work.answers, *question);
  for (std::size_t i = 0; i < segments.size() && i < ids.size(); ++i) {
    const Yaml* wanted = segments[i]->Find("is_target");
    if (wanted == nullptr || wanted->Boolean().value_or(true)) targets.push_back(ids[i]);
  }
  return targets.empty() ? std::vector<std::string>{work.data.segment.Text("id")} : targets;
}

void AddOwnTactic(Backing& work, const Yaml& entry) {
  const Ways ways = ReadChannels(work);
  const auto leave_out = [&](const std::string& why) {
    if (!work.out.outcomes.empty())
      work.out.gaps.push_back({work.out.outcomes.front().id, "tactic " + Shortened(entry.Text("name")), why});
  };
  ProposedTactic tactic;
  tactic.own = true;
  tactic.said = &entry;
  tactic.name = entry.Text("name");
  if (tactic.name.empty()) return leave_out("left out: it has no name");
  for (const TacticPattern& pattern : work.data.tactics) {
    if (pattern.id == tactic.name || pattern.name == tactic.name)
      return leave_out("left out: the plan has no KPI that it moves");
  }
  tactic.id = "t_" + Slug(tactic.name);
  const auto taken = [&](const ProposedTactic& one) { return one.id == tactic.id; };
  while (std::any_of(work.out.tactics.begin(), work.out.tactics.end(), taken)) tactic.id += "_own";
  tactic.id = entry.Text("id", tactic.id);
  tactic.element = entry.Text("element");
  tactic.stage = entry.Text("stage");
  tactic.asks_for = entry.Text("asks_for");
  tactic.focus = entry.Text("focus");
  tactic.owner = PersonOf(work, entry, "owner");
  if (tactic.owner.empty()) tactic.owner = FirstOf(work, {"social", "marketing"});
  tactic.channels = tactic.element == "advertising" ? ways.paid : ways.free;
  tactic.segments = TargetSegments(work);
  std::vector<std::string> ids;
  for (const ProposedKpi& kpi : work.out.kpis) ids.push_back(kpi.id);
  if (const Yaml* moves = entry.Find("moves")) {
    for (const std::string& written : moves->Texts()) {
      const std::string id = ResolveId(written, ids);
      if (!id.empty()) tactic.moves.push_back(id);
    }
  }
  if (tactic.moves.empty()) return leave_out("left out: it names no KPI of the plan that it moves");
  work.out.tactics.push_back(std::move(tactic));
}

/// A channel that was named is used by something that moves a KPI.
void UseEveryChannel(Backing& work) {
  const Ways ways = ReadChannels(work);
  for (const auto* list : {&ways.free, &ways.paid}) {
    for (const std::string& channel : *list) {
      const auto uses = [&](const ProposedTactic& tactic) { return Contains(tactic.channels, channel); };
      if (std::any_of(work.out.tactics.begin(), work.out.tactics.end(), uses)) continue;
      const auto working = std::find_if(work.out.tactics.begin(), work.out.tactics.end(),
                                        [](const ProposedTactic& tactic) { return !tactic.moves.empty(); });
      if (working != work.out.tactics.end()) working->channels.push_back(channel);
    }
  }
}

}  // namespace

void ProposeTactics(Backing& work) {
  const Ways ways = ReadChannels(work);
  const bool improves = !EntriesOf(work.answers, "improvements").empty();
  for (const TacticPattern& pattern : work.data.tactics) {
    if (IsDeclined(work, pattern.element) || (pattern.only_for == "improvements" && !improves)) continue;
    if (pattern.channels == "paid" && ways.asked && ways.paid.empty()) continue;
    ProposedTactic tactic;
    for (const ProposedKpi& kpi : work.out.kpis) {
      if (Contains(pattern.moves, kpi.metric) || Contains(pattern.moves, ElementOf(work, kpi.metric)))
        tactic.moves.push_back(kpi.id);
    }
    if (tactic.moves.empty() && pattern.only_for.empty()) continue;
    if (tactic.moves.empty() && !work.out.kpis.empty()) tactic.moves.push_back(work.out.kpis.front().id);
    tactic.id = pattern.id;
    tactic.name = pattern.name;
    tactic.element = pattern.element;
    tactic.stage = pattern.stage;
    tactic.focus = pattern.focus;
    tactic.asks_for = Ask(work, pattern.asks_for);
    tactic.path = pattern.path;
    tactic.opt_in = pattern.opt_in;
    tactic.channels = pattern.channels == "paid" ? ways.paid : ways.free;
    tactic.segments = TargetSegments(work);
    tactic.owner = FirstOf(work, pattern.owner);
    work.out.proposed_tactics.push_back(std::move(tactic));
  }
}

void DecideTactics(Backing& work) {
  const std::vector<const Yaml*> said = EntriesOf(work.answers, "tactics");
  std::set<const Yaml*> used;
  for (ProposedTactic& tactic : work.out.proposed_tactics) {
    bool keeps = true;
    for (const Yaml* entry : said) {
      if (entry->Text("name") != tactic.name && entry->Text("name") != tactic.id) continue;
      used.insert(entry);
      tactic.said = entry;
      keeps = entry->Text("answer") != "drop";
      const std::string owner = PersonOf(work, *entry, "owner");
      if (!owner.empty()) tactic.owner = owner;
      tactic.id = entry->Text("id", tactic.id);
    }
    if (keeps) work.out.tactics.push_back(tactic);
  }
  for (const Yaml* entry : said) {
    if (used.count(entry) == 0 && entry->Text("answer") != "drop") AddOwnTactic(work, *entry);
  }
  UseEveryChannel(work);
}

}  // namespace backcast
