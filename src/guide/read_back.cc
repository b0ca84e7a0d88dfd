// SPDX-License-Identifier: Apache-2.0
#include "guide/read_back.h"

#include <algorithm>
#include <set>

#include "guide/answer_tree.h"
#include "guide/answers.h"
#include "guide/back_out.h"
#include "guide/draft.h"
#include "guide/plan_comments.h"
#include "guide/proposals.h"
#include "guide/yaml_writer.h"
#include "plan/blocks.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

class Reading {
 public:
  Reading(const Yaml& plan, std::string_view text, const GuideData& data)
      : plan_(plan), comments_(text), data_(data) {
    out_.answers = EmptyMap();
  }

  Result<ReadBack> Read(std::string_view file) {
    for (const GuideQuestion& question : data_.questions.all()) {
      if (question.each == "outcomes") {
        ReadOutcomes(question);
        if (out_.answers.Find("outcomes") == nullptr) return NothingToGoOn(file);
      } else if (question.each == "owners") {
        ReadOwners();
      } else if (question.each == "kpis") {
        ReadKpis(question);
      } else if (question.each == "tactics") {
        ReadTactics(question);
      } else if (question.into.empty()) {
        ReadRequests();
      } else {
        ReadAsItIs(question);
      }
    }
    return std::move(out_);
  }

 private:
  Error NothingToGoOn(std::string_view file) const {
    const Yaml* outcomes = plan_.Find("outcomes");
    return {Code::kInput, At(file, outcomes == nullptr ? plan_.place : outcomes->place),
            "no outcome of this plan has a driver tree, so the walkthrough cannot go on from it",
            "name one (tree: ecommerce_sales, or a driver tree of your own), or begin anew with --template"};
  }

  void Answer(const GuideQuestion& question, std::vector<Yaml> entries) {
    std::erase_if(entries, [](const Yaml& entry) { return entry.entries.empty(); });
    if (entries.empty()) return;
    if (!question.repeat) return Put(out_.answers, question.id, std::move(entries.front()));
    Yaml list;
    list.kind = Yaml::Kind::kList;
    list.items = std::move(entries);
    Put(out_.answers, question.id, std::move(list));
  }

  /// The fields of one entry that stand in the plan as an answer could have put them.
  Yaml FieldsOf(const GuideQuestion& question, const Yaml& entry) const {
    const Known known{&data_.catalogue, {}, &data_.trees};
    Yaml fields = EmptyMap();
    for (const GuideField& field : question.fields) {
      if (field.yes.IsMap()) {
        const bool all =
            std::all_of(field.yes.entries.begin(), field.yes.entries.end(), [&](const Yaml::Entry& more) {
              const Yaml* value = entry.Find(more.key);
              return value != nullptr && IsSame(*value, more.value);
            });
        if (all) PutText(fields, field.id, "true");
        continue;
      }
      if (field.into.empty()) continue;
      const Yaml* value =
          field.into.front() == '/' ? ValueAt(plan_, field.into.substr(1)) : Written(entry, field.into);
      if (value == nullptr || value->IsNull() || !CheckAnswer(field, *value, known, "").ok()) continue;
      if (value->IsList() && value->items.empty()) continue;
      Put(fields, field.id, *value);
    }
    return fields;
  }

  /// Ids that the answers would not make by themselves are given.
  void KeepIds(const GuideQuestion& question, std::vector<Yaml>& entries,
               const std::vector<std::string>& ids) const {
    if (!question.has_ids) return;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Yaml answers = EmptyMap();
      Yaml list;
      list.kind = Yaml::Kind::kList;
      list.items = entries;
      Put(answers, question.id, std::move(list));
      const std::vector<std::string> made = IdsOf(answers, question);
      if (i < made.size() && made[i] != ids[i] && !ids[i].empty()) PutText(entries[i], "id", ids[i]);
    }
  }

  void ReadAsItIs(const GuideQuestion& question) {
    if (question.fields.front().is == GuideField::Is::kUsed) return ReadElements(question);
    std::vector<Yaml> entries;
    std::vector<std::string> ids;
    if (!question.repeat) {
      const Yaml* block = ValueAt(plan_, question.into);
      entries.push_back(FieldsOf(question, block == nullptr ? EmptyMap() : *block));
      return Answer(question, std::move(entries));
    }
    const std::vector<std::string> gaps =
        question.id == "not_measured" ? GapsOfTheDraft() : std::vector<std::string>();
    for (const Yaml* block : Blocks(plan_, question.into)) {
      if (std::find(gaps.begin(), gaps.end(), block->Text("what") + "\n" + block->Text("why")) != gaps.end())
        continue;
      Yaml entry = FieldsOf(question, *block);
      if (question.id == "team" && comments_.Say(StandInWords(block->Text("id")))) continue;
      if (question.id == "team" && !block->Text("id").empty()) PutText(entry, "name", block->Text("id"));
      if (entry.entries.empty()) continue;
      entries.push_back(std::move(entry));
      ids.push_back(block->Text("id"));
    }
    KeepIds(question, entries, ids);
    Answer(question, std::move(entries));
  }

  void ReadElements(const GuideQuestion& question) {
    Yaml fields = EmptyMap();
    for (const GuideField& field : question.fields) {
      const Yaml* value = ValueAt(plan_, question.into + "." + field.id);
      if (value == nullptr) continue;
      const std::string said = value->IsMap() ? value->Text("declined") : value->text;
      if (!said.empty()) PutText(fields, field.id, said);
    }
    Answer(question, {fields});
  }

  void ReadOutcomes(const GuideQuestion& question) {
    std::vector<Yaml> entries;
    std::vector<std::string> ids;
    for (const Yaml* block : Blocks(plan_, "outcomes")) {
      const std::string named = block->Text("tree");
      const DriverTree* tree =
          named.empty() ? data_.trees.For(block->Text("metric")) : data_.trees.Find(named);
      if (tree == nullptr || block->Text("id").empty()) {
        out_.kept.push_back("outcome " + Shortened(block->Text("id")) + ", which has no driver tree");
        continue;
      }
      Yaml entry = FieldsOf(question, *block);
      if (entry.Find("tree") == nullptr) PutText(entry, "tree", tree->id);
      entries.push_back(std::move(entry));
      ids.push_back(block->Text("id"));
      outcomes_.insert(block->Text("id"));
    }
    KeepIds(question, entries, ids);
    Answer(question, std::move(entries));
  }

  void ReadOwners() {
    std::vector<Yaml> entries;
    for (const Yaml* block : Blocks(plan_, "outcomes")) {
      if (outcomes_.count(block->Text("id")) == 0 || block->Text("owner").empty()) continue;
      Yaml entry = EmptyMap();
      PutText(entry, "outcome", block->Text("id"));
      PutText(entry, "owner", block->Text("owner"));
      entries.push_back(std::move(entry));
    }
    Answer(*data_.questions.Find("owners"), std::move(entries));
  }

  /// How fast requests are answered stands in the plan as a KPI.
  void ReadRequests() {
    const GuideQuestion* question = data_.questions.Find("requests");
    if (question == nullptr || !IsAsked(*question, out_.answers, {})) return;
    const std::string metric = Proposals::Shipped().requests.Text("metric");
    for (const Yaml* block : Blocks(plan_, "kpis")) {
      if (block->Text("metric") != metric || outcomes_.count(block->Text("outcome")) == 0) continue;
      Yaml entry = EmptyMap();
      if (!block->Text("owner").empty()) PutText(entry, "owner", block->Text("owner"));
      for (const auto& [field, path] : {std::pair{"today", "baseline.value"},
                                        std::pair{"promise", "target.value"}, std::pair{"by", "target.by"}}) {
        const Yaml* value = Written(*block, path);
        if (value != nullptr && CheckAnswer(*question->Find(field), *value, {}, "").ok())
          Put(entry, field, *value);
      }
      Answer(*question, {entry});
      promised_ = block;
      return;
    }
  }

  BackedOut Backed() const { return BackOut(out_.answers, {}, data_); }

  std::vector<std::string> GapsOfTheDraft() const {
    std::vector<std::string> gaps;
    for (const NamedGap& gap : Backed().gaps) gaps.push_back(gap.what + "\n" + gap.why);
    return gaps;
  }

  /// Why a proposal was dropped, as the plan says it among what is not measured.
  std::string BecauseOf(const std::string& metric) const {
    constexpr std::string_view kDropped = "dropped by choice: ";
    for (const Yaml* block : Blocks(plan_, "not_measured")) {
      const std::string why = block->Text("why");
      if (block->Text("what").ends_with("(" + metric + ")") && why.starts_with(kDropped))
        return why.substr(kDropped.size());
    }
    return "";
  }

  /// Baseline, target and guard of a KPI, with whatever differs from the proposal.
  Yaml KpiEntry(const GuideQuestion& question, const Yaml& block, const ProposedKpi* proposed) const {
    Yaml entry = EmptyMap();
    PutText(entry, "metric", block.Text("metric"));
    PutText(entry, "outcome", block.Text("outcome"));
    if (proposed == nullptr) PutText(entry, "answer", "own");
    const std::string owner = block.Text("owner"), guard = block.Text("guard");
    if (!owner.empty() && (proposed == nullptr || owner != proposed->owner)) PutText(entry, "owner", owner);
    if (&block != promised_) {
      for (const auto& [field, path] :
           {std::pair{"baseline", "baseline.value"}, std::pair{"baseline_period", "baseline.period"},
            std::pair{"target", "target.value"}, std::pair{"by", "target.by"}}) {
        const Yaml* value = Written(block, path);
        if (value != nullptr && CheckAnswer(*question.Find(field), *value, {}, "").ok())
          Put(entry, field, *value);
      }
    }
    if (!guard.empty() && (proposed == nullptr || guard != proposed->guard)) PutText(entry, "guard", guard);
    return entry;
  }

  void ReadKpis(const GuideQuestion& question) {
    const BackedOut out = Backed();
    const std::vector<const Yaml*> blocks = Blocks(plan_, "kpis");
    std::set<const Yaml*> used;
    std::vector<Yaml> entries;
    for (const ProposedKpi& kpi : out.proposed) {
      const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Yaml* block) {
        return used.count(block) == 0 && block->Text("metric") == kpi.metric &&
               block->Text("outcome") == kpi.outcome;
      });
      if (found == blocks.end()) {
        Yaml entry = EmptyMap();
        PutText(entry, "metric", kpi.metric);
        PutText(entry, "outcome", kpi.outcome);
        PutText(entry, "answer", "drop");
        const std::string because = BecauseOf(kpi.metric);
        if (!because.empty()) PutText(entry, "because", because);
        entries.push_back(std::move(entry));
        continue;
      }
      used.insert(*found);
      // What was said of requests is the answer about this KPI.
      if (*found == promised_ && (*found)->Text("id") == kpi.id) continue;
      entries.push_back(KpiEntry(question, **found, &kpi));
      if ((*found)->Text("id") != kpi.id) PutText(entries.back(), "id", (*found)->Text("id"));
    }
    for (const Yaml* block : blocks) {
      if (used.count(block) > 0) continue;
      if (outcomes_.count(block->Text("outcome")) == 0 ||
          data_.catalogue.Find(block->Text("metric")) == nullptr) {
        out_.kept.push_back("KPI " + Shortened(block->Text("id")) +
                            ", whose outcome or metric no question is about");
        continue;
      }
      entries.push_back(KpiEntry(question, *block, nullptr));
      PutText(entries.back(), "id", block->Text("id"));
    }
    Answer(question, std::move(entries));
  }

  void ReadTactics(const GuideQuestion& question) {
    const BackedOut out = Backed();
    const std::vector<const Yaml*> blocks = Blocks(plan_, "tactics");
    std::set<const Yaml*> used;
    std::vector<Yaml> entries;
    for (const ProposedTactic& tactic : out.proposed_tactics) {
      const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Yaml* block) {
        return block->Text("id") == tactic.id || block->Text("name") == tactic.name;
      });
      Yaml entry = found == blocks.end() ? EmptyMap() : FieldsOf(question, **found);
      std::erase_if(entry.entries, [&](const Yaml::Entry& field) {
        return field.key == "name" || field.key == "element" || field.key == "stage" ||
               field.key == "moves" || field.key == "asks_for" || field.key == "focus" ||
               (field.key == "owner" && field.value.text == tactic.owner);
      });
      PutText(entry, "name", tactic.name);
      if (found == blocks.end()) {
        PutText(entry, "answer", "drop");
      } else {
        used.insert(*found);
        if ((*found)->Text("id") != tactic.id) PutText(entry, "id", (*found)->Text("id"));
      }
      entries.push_back(std::move(entry));
    }
    for (const Yaml* block : blocks) {
      if (used.count(block) > 0) continue;
      if (block->Text("name").empty()) {
        out_.kept.push_back("tactic " + Shortened(block->Text("id")) + ", which has no name");
        continue;
      }
      Yaml entry = FieldsOf(question, *block);
      PutText(entry, "answer", "own");
      PutText(entry, "id", block->Text("id"));
      entries.push_back(std::move(entry));
    }
    Answer(question, std::move(entries));
  }

  const Yaml& plan_;
  PlanComments comments_;
  const GuideData& data_;
  ReadBack out_;
  std::set<std::string> outcomes_;  ///< ids of those that a tree explains
  const Yaml* promised_ = nullptr;  ///< the KPI that `requests` is about
};

}  // namespace

Result<ReadBack> AnswersOfPlan(const Yaml& plan, std::string_view text, std::string_view file,
                               const GuideData& data) {
  return Reading(plan, text, data).Read(file);
}

}  // namespace backcast
