// SPDX-License-Identifier: Apache-2.0
// Rules about outcomes: the sentence for the CEO, numbers to reach, targets that the drivers allow.
#include <algorithm>

#include "base/ascii.h"
#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/number_words.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::size_t CountWords(std::string_view sentence) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : sentence) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

/// The jargon word that stands at `at` in the lower-case sentence, with its ending when the list says
/// "attribut*".
std::string_view JargonAt(std::string_view sentence, std::size_t at, const WordSet& jargon) {
  for (std::string_view word : jargon) {
    const bool any_ending = word.ends_with('*');
    if (any_ending) word.remove_suffix(1);
    if (!sentence.substr(at).starts_with(word)) continue;
    std::size_t end = at + word.size();
    while (any_ending && end < sentence.size() && IsWordCharacter(sentence[end])) ++end;
    if (end < sentence.size() && IsWordCharacter(sentence[end])) continue;
    return sentence.substr(at, end - at);
  }
  return "";
}

/// The first word of the sentence that needs teaching; empty when there is none.
std::string FirstJargon(const std::string& sentence, const WordSet& jargon) {
  const std::string lower = LowerAscii(sentence);
  for (std::size_t at = 0; at < lower.size(); ++at) {
    if (!IsWordCharacter(lower[at]) || (at > 0 && IsWordCharacter(lower[at - 1]))) continue;
    const std::string_view found = JargonAt(lower, at, jargon);
    if (!found.empty()) return sentence.substr(at, found.size());
  }
  return "";
}

/// P19: one plain sentence for the CEO.
void SentenceNeedsTeaching(const Examination& seen, const Rule& rule, const Report& report) {
  const WordSet jargon = rule.Words("jargon");
  for (const auto& outcome : seen.outcomes) {
    const std::string& sentence = outcome.node.ceo;
    std::string fault;
    if (sentence.empty()) {
      fault = "missing";
    } else if (static_cast<double>(CountWords(sentence)) > rule.Number("words", 25)) {
      fault = "too long";
    } else {
      fault = FirstJargon(sentence, jargon);
    }
    if (fault.empty()) continue;
    report({NameOf(outcome.yaml, "outcome"), Shortened(fault), "", ""}, PlaceOf(outcome.yaml, "ceo"),
           outcome.node.id);
  }
}

/// P22: an outcome has a baseline, a target and a day; a KPI a baseline and a target.
void NoNumberToReach(const Examination& seen, const Rule&, const Report& report) {
  for (const auto& outcome : seen.outcomes) {
    const Goal& goal = outcome.node.goal;
    if (goal.baseline && goal.target && goal.by) continue;
    const Place place = PlaceOf(outcome.yaml, goal.baseline ? "target" : "baseline");
    report({NameOf(outcome.yaml, "outcome"), "", "", ""}, place, outcome.node.id);
  }
  for (const auto& kpi : seen.kpis) {
    const Goal& goal = kpi.node.goal;
    if (goal.baseline && goal.target) continue;
    const Place place = PlaceOf(kpi.yaml, goal.baseline ? "target" : "baseline");
    report({NameOf(kpi.yaml, "KPI"), "", "", ""}, place, kpi.node.id);
  }
}

/// How many times the drivers of a tree can multiply the outcome between two days: the caps are per quarter
/// and add up.
double Reach(const DriverTree& tree, Day from, Day to, const Rule& rule) {
  const double quarters = static_cast<double>((to - from).count()) / rule.Number("quarter_days", 91);
  const double counted = std::min(rule.Number("quarters", 4), std::max(1.0, quarters));
  double reach = 1;
  for (const DriverFactor& factor : tree.identity) reach *= 1 + factor.cap * counted;
  return reach;
}

/// P35: the drivers can believably reach the target.
void BeyondTheDrivers(const Examination& seen, const Rule& rule, const Report& report) {
  const Day from = PlanDay(ValueAt(seen.plan.root, "plan.valid_from")).value_or(seen.today);
  for (const auto& outcome : seen.outcomes) {
    const DriverTree* tree = seen.plan.driver_trees.Find(outcome.node.tree);
    const double baseline = outcome.node.goal.baseline.value_or(0),
                 target = outcome.node.goal.target.value_or(0);
    if (tree == nullptr || tree->identity.empty() || baseline <= 0 || target <= baseline) continue;
    const double reach = Reach(*tree, from, outcome.node.goal.by.value_or(from), rule);
    if (target / baseline <= reach * 1.0001) continue;
    report({NameOf(outcome.yaml, "outcome"), NumberWords(100 * baseline * reach / target, 0) + "%", "", ""},
           PlaceOf(outcome.yaml, "target"), outcome.node.id);
  }
}

constexpr RuleRow kRules[] = {
    {"P19", SentenceNeedsTeaching}, {"P22", NoNumberToReach}, {"P35", BeyondTheDrivers}};

}  // namespace

std::span<const RuleRow> OutcomeRules() { return kRules; }

}  // namespace backcast
