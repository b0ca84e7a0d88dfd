// SPDX-License-Identifier: Apache-2.0
// Rules about whether what was delivered can be believed: claims, currencies, robots, tags, double booking.
#include <algorithm>
#include <map>

#include "plan/blocks.h"
#include "plan/data/reading.h"
#include "plan/data/rules.h"
#include "plan/data/words.h"
#include "plan/number_words.h"

namespace backcast {
namespace {

/// D09: platforms do not claim more sales than there were.
void ClaimsTooMuch(const DataExamination& seen, const Rule& rule, const Report& report) {
  const auto& claims = seen.picture.claims;
  if (!claims || !(claims->claimed > claims->own * rule.Number("times", 1))) return;
  report({NumberWords(claims->claimed, 0), NumberWords(claims->own, 0), "", ""},
         PlaceOf(seen.chain.plan.root, "outcomes"), "");
}

/// D11: money has a currency.
void NoCurrency(const DataExamination& seen, const Rule&, const Report& report) {
  for (const UnnamedSpend& spend : seen.picture.unnamed_spend) {
    if (spend.rows <= 0) continue;
    const std::string account = spend.account.empty() ? "an account without a name" : spend.account;
    report({Shortened(account), std::to_string(spend.rows), "", ""},
           PlaceOf(seen.chain.plan.root, "brand.currency"), "");
  }
}

/// D12: many sessions look automatic: whose number leaves them out, and whose does not.
void Automatic(const DataExamination& seen, const Rule& rule, const Report& report) {
  const double share = seen.picture.automatic_share.value_or(0);
  if (!(share > rule.Number("share", 0.05))) return;
  std::vector<std::string> without, with;
  const Seen<Kpi>*excludes = nullptr, *counts = nullptr;
  for (const auto& kpi : seen.chain.kpis) {
    if (kpi.metric == nullptr) continue;
    const std::vector<std::string> facts = seen.catalogue.FactsOf(*kpi.metric);
    if (std::find(facts.begin(), facts.end(), "session") == facts.end()) continue;
    const bool excluded = Reads(*kpi.metric, seen.catalogue, "session", {"bot"});
    const Seen<Kpi>*& first = excluded ? excludes : counts;
    if (first == nullptr) first = &kpi;
    (excluded ? without : with).push_back(kpi.node.id);
  }
  const Seen<Kpi>* first = counts != nullptr ? counts : excludes;
  if (first == nullptr) return;
  const std::string variant = excludes == nullptr ? "with" : counts == nullptr ? "" : "both";
  report({ShareWords(share), Listed(without), Listed(with), variant}, PlaceOf(first->yaml, "metric"),
         first->node.id);
}

/// D13: one period, one rule for who is targeted.
void MixedSegments(const DataExamination& seen, const Rule&, const Report& report) {
  std::map<std::string_view, const SegmentMix*> mixed;
  for (const SegmentMix& mix : seen.picture.segments) {
    if (mix.first_version != mix.last_version) mixed.emplace(mix.segment, &mix);
  }
  if (mixed.empty()) return;
  for (const Yaml* segment : Blocks(seen.chain.plan.root, "segments")) {
    const auto found = mixed.find(segment->Text("id"));
    if (found == mixed.end()) continue;
    const SegmentMix& mix = *found->second;
    report({std::to_string(mix.first_version), std::to_string(mix.last_version), Shortened(mix.segment), ""},
           PlaceOf(*segment, "version"), "");
  }
}

/// D14: most visits say where they come from.
void Untagged(const DataExamination& seen, const Rule& rule, const Report& report) {
  const auto& untagged = seen.picture.untagged;
  if (!untagged || !(untagged->share > rule.Number("share", 0.3))) return;
  report(
      {ShareWords(untagged->share), Listed(untagged->pages), "", untagged->pages.empty() ? "no_pages" : ""},
      PlaceOf(seen.chain.plan.root, "channels"), "");
}

/// D17: a cost line belongs to one tactic.
void BookedTwice(const DataExamination& seen, const Rule&, const Report& report) {
  std::map<std::string_view, const Seen<Tactic>*> tactics;
  for (const auto& tactic : seen.chain.tactics) tactics.emplace(tactic.node.id, &tactic);
  for (const SharedCost& shared : seen.picture.shared_costs) {
    const auto second = tactics.find(shared.second);
    if (second == tactics.end()) continue;
    report({Shortened(shared.first), Shortened(shared.second), Shortened(shared.line), ""},
           PlaceOf(second->second->yaml, "scope"), shared.second);
  }
}

constexpr DataRuleRow kRules[] = {{"D09", ClaimsTooMuch}, {"D11", NoCurrency}, {"D12", Automatic},
                                  {"D13", MixedSegments}, {"D14", Untagged},   {"D17", BookedTwice}};

}  // namespace

std::span<const DataRuleRow> TrustRules() { return kRules; }

}  // namespace backcast
