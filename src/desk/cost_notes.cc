// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_notes.h"

#include <algorithm>
#include <utility>

#include "facts/channel_groups.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

void AddCountNotes(CostAnswer& answer) {
  const CostCounting& counting = answer.counting;
  if (!counting.note.empty()) answer.notes.push_back(counting.note);
  if (answer.headline == Headline::kAll && !answer.total.channel.counts.targeted)
    answer.notes.push_back("nobody knows which " + counting.many + " are of the target group");
}

void AddMissingKinds(CostAnswer& answer) {
  const CostParts& cost = answer.total.channel.cost;
  if (!cost.withheld.empty()) return;
  std::vector<std::string> missing;
  for (const auto& [kind, part] : {std::pair{"media", cost.media}, std::pair{"labour", cost.labour},
                                   std::pair{"tools", cost.tools}, std::pair{"fees", cost.fees}}) {
    if (!part) missing.emplace_back(kind);
  }
  if (!missing.empty())
    answer.notes.push_back("not booked at all in this period: " + Joined(missing) +
                           "; the full cost is short of it");
}

/// Ad exports and site reports often name the same channel in different words.
void AddNamesNote(CostAnswer& answer) {
  const auto has_both = [](const JudgedCost& row) {
    return row.channel.cost.full.value_or(0) != 0 && row.channel.counts.all.value_or(0) > 0;
  };
  if (answer.rows.size() > 1 && std::none_of(answer.rows.begin(), answer.rows.end(), has_both))
    answer.notes.push_back("no " + answer.by + " has both costs and " + answer.counting.many +
                           ": the exports may name the same one differently");
}

void AddSharedNote(CostAnswer& answer, const CostParts& cost) {
  if (cost.shared) {
    answer.notes.emplace_back(answer.spread == CostSpread::kEven
                                  ? "costs of no channel are shared out evenly"
                                  : "costs of no channel are shared out by what each channel costs");
  } else if (cost.full.value_or(0) != 0) {
    answer.notes.emplace_back("what is booked on no channel stays a row of its own; --spread shares it out");
  }
}

}  // namespace

void AddNotes(CostAnswer& answer) {
  AddCountNotes(answer);
  AddMissingKinds(answer);
  AddNamesNote(answer);
  if (std::any_of(answer.rows.begin(), answer.rows.end(),
                  [](const JudgedCost& row) { return row.verdict == CostVerdict::kNoCost; }))
    answer.notes.emplace_back("all together counts the channels without booked costs too");
  const std::string other = Shortened(ChannelTitle(answer.against));
  for (const JudgedCost& row : answer.rows) {
    if (row.channel.channel.empty()) AddSharedNote(answer, row.channel.cost);
    if (!row.kinds_apart.empty())
      answer.notes.push_back("booked for only one of " + Shortened(row.channel.title) + " and " + other +
                             ": " + Joined(row.kinds_apart));
  }
}

}  // namespace backcast
