// SPDX-License-Identifier: Apache-2.0
#include "guide/draft.h"

#include <algorithm>

#include "guide/answers.h"
#include "guide/draft/parts.h"
#include "plan/driver_trees.h"
#include "plan/shape.h"

namespace backcast {
namespace {

/// Keys that were only looked at.
void DropEmpty(Block& block) {
  for (Block& item : block.items) DropEmpty(item);
  for (auto& [key, value] : block.entries) DropEmpty(value);
  std::erase_if(block.entries, [](const auto& entry) {
    return entry.second.kind == Block::Kind::kNothing ||
           (entry.second.kind == Block::Kind::kMap && entry.second.entries.empty());
  });
}

void WriteHeader(Drafting& plan) {
  plan.root.comments = {
      "Measurement plan, begun with `backcast init` on " + ToIso(plan.known.today) +
          ". Everything in it is a proposal and may be edited.",
      "Comments: an answer: waits for a person; what is assumed: nobody said; a gap: cannot "
      "be measured or changed yet.",
      "The doctor says what is missing and why: backcast check"};
  const std::string brand =
      EntriesOf(plan.answers, "brand").empty() ? "" : EntriesOf(plan.answers, "brand").front()->Text("name");
  const std::string year = ToIso(plan.known.today).substr(0, 4);
  plan.root.At("backcast") = Block::Plain("1");
  plan.root.At("plan.id") = Block::Text(Slug(brand.empty() ? plan.name : brand) + "-" + year);
  plan.root.At("plan.version") = Block::Plain("1");
  plan.root.At("plan.revised_on") = Block::Plain(ToIso(plan.known.today));
  plan.root.At("plan.revised_because") = Block::Text("First plan, begun with backcast init.");
  if (!brand.empty()) return;
  plan.root.At("brand.name") = Block::Text(plan.name);
  plan.Assume(plan.root.At("brand"), "the brand is called as its folder is: " + Slug(plan.name));
}

/// What belongs to an outcome and is no KPI: a comment above the outcome, and an entry of not_measured.
void WriteGaps(Drafting& plan) {
  Block& list = plan.root.At("not_measured");
  for (const NamedGap& gap : plan.backed.gaps) {
    for (Block& outcome : plan.root.At("outcomes").items) {
      if (outcome.At("id").text == gap.outcome) plan.AddGap(outcome, gap.what + ": " + gap.why);
    }
    Block entry = Block::Map();
    entry.At("what") = Block::Text(gap.what);
    entry.At("why") = Block::Text(gap.why);
    if (list.kind != Block::Kind::kList) {
      const std::vector<std::string> comments = list.comments;
      list = Block::List();
      list.comments = comments;
    }
    list.items.push_back(std::move(entry));
  }
}

/// Blocks in the order of thought, which is that of the plan's schema.
void PutInOrder(Drafting& plan) {
  const Shape* file = Shapes::Shipped().Find("file");
  if (file == nullptr) return;
  const auto rank = [&](const auto& entry) {
    return std::find(file->names.begin(), file->names.end(), entry.first) - file->names.begin();
  };
  std::stable_sort(plan.root.entries.begin(), plan.root.entries.end(),
                   [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
  for (auto& [key, value] : plan.root.entries) {
    if (value.kind == Block::Kind::kList && value.items.empty()) value.kind = Block::Kind::kNothing;
    if (value.kind == Block::Kind::kMap && value.entries.empty()) value.kind = Block::Kind::kNothing;
    DropEmpty(value);
  }
}

}  // namespace

std::string StandInWords(const std::string& id) {
  return "'" + id + "' holds the place of whoever works there";
}

Result<Draft> DraftPlan(const Yaml& answers, const std::vector<std::string>& templates, const GuideData& data,
                        const std::string& name) {
  if (TreesOf(answers, templates).empty()) {
    std::string trees;
    for (const DriverTree& tree : data.trees.all()) trees += (trees.empty() ? "" : ", ") + tree.id;
    return Error{Code::kUsage, "", "no result is named that the plan should lead to",
                 "give --template, or outcomes in the answers; there are " + trees};
  }
  Drafting plan(answers, templates, data, name);
  WriteHeader(plan);
  for (const GuideQuestion& question : data.questions.all()) {
    if (!question.into.empty() && question.each.empty()) plan.Copy(question);
  }
  WriteTeam(plan);
  WriteStrategy(plan);
  WriteOutcomes(plan);
  WriteObjectives(plan);
  WriteSegments(plan);
  WriteOwnersOfTheRest(plan);
  WriteKpis(plan);
  WriteTactics(plan);
  WriteElements(plan);
  WriteGaps(plan);
  WriteScorecards(plan);
  PutInOrder(plan);
  plan.draft.yaml = WriteYaml(plan.root);
  plan.draft.root = std::move(plan.root);
  return std::move(plan.draft);
}

}  // namespace backcast
