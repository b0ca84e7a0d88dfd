// SPDX-License-Identifier: Apache-2.0
// Rules about how the plan itself is kept: revised, with reasons, on one page for whoever decides.
#include <algorithm>

#include "plan/blocks.h"
#include "plan/doctor/examination.h"
#include "plan/number_words.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

/// P51: revised not long ago, and a next review that lies ahead.
void NotRevised(const Examination& seen, const Rule& rule, const Report& report) {
  const Yaml& root = seen.plan.root;
  const std::optional<Day> revised = PlanDay(ValueAt(root, "plan.revised_on"));
  const std::optional<Day> next = PlanDay(ValueAt(root, "plan.next_review"));
  const double most = rule.Number("days", 200);
  if (!revised) return report({"", "", "", "missing"}, PlaceOf(root, "plan.revised_on"), "");
  if (static_cast<double>((seen.today - *revised).count()) > most) {
    return report({ToIso(*revised), NumberWords(most), "", ""}, PlaceOf(root, "plan.revised_on"), "");
  }
  if (next && *next >= seen.today) return;
  report({"", "", "", "no_next"}, PlaceOf(root, "plan.next_review"), "");
}

/// P52: every version has a reason.
void NoReason(const Examination& seen, const Rule&, const Report& report) {
  for (const Yaml* change : Blocks(seen.plan.root, "plan.changelog")) {
    if (!IsEmpty(change->Find("because"))) continue;
    const std::string version = change->Text("version");
    const std::string name =
        version.empty() ? "in line " + std::to_string(change->place.line) : Shortened(version);
    report({name, "", "", ""}, change->place, "");
  }
  if (IsEmpty(ValueAt(seen.plan.root, "plan.revised_because"))) {
    report({"", "", "", "current"}, PlaceOf(seen.plan.root, "plan.revised_because"), "");
  }
}

/// P53: one of the score cards is for the managing director.
void NoScorecard(const Examination& seen, const Rule& rule, const Report& report) {
  for (const Yaml* card : Blocks(seen.plan.root, "scorecards")) {
    const Person* reader = seen.FindPerson(card->Text("for"));
    if (reader != nullptr && reader->function == rule.with.Text("function")) return;
  }
  report({}, PlaceOf(seen.plan.root, "scorecards"), "");
}

/// P61: no version of the changelog is newer than the plan's own.
void RunsBackwards(const Examination& seen, const Rule&, const Report& report) {
  const Yaml* written = ValueAt(seen.plan.root, "plan.version");
  const std::optional<double> version = FiniteNumber(written);
  if (!version) return;
  double newest = *version;
  for (const Yaml* change : Blocks(seen.plan.root, "plan.changelog"))
    newest = std::max(newest, FiniteNumber(change->Find("version")).value_or(newest));
  if (newest > *version) report({NumberWords(*version), NumberWords(newest), "", ""}, written->place, "");
}

constexpr RuleRow kRules[] = {
    {"P51", NotRevised}, {"P52", NoReason}, {"P53", NoScorecard}, {"P61", RunsBackwards}};

}  // namespace

std::span<const RuleRow> RevisionRules() { return kRules; }

}  // namespace backcast
