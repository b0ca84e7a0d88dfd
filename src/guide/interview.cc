// SPDX-License-Identifier: Apache-2.0
#include "guide/interview.h"

#include <algorithm>

#include "guide/back_out.h"
#include "guide/target_proposals.h"
#include "guide/yaml_writer.h"
#include "plan/driver_trees.h"

namespace backcast {
namespace {

Yaml Scalar(std::string_view text) {
  Yaml value;
  value.kind = Yaml::Kind::kScalar;
  value.text = text;
  return value;
}

Yaml MapOf(std::initializer_list<std::pair<const char*, std::string_view>> fields) {
  Yaml map;
  map.kind = Yaml::Kind::kMap;
  for (const auto& [key, text] : fields) map.entries.push_back({key, {}, Scalar(text)});
  return map;
}

/// The entries' own words, for the line above a question.
std::string AboutOf(const Yaml& preset) {
  std::string about;
  for (const Yaml::Entry& entry : preset.entries) {
    if (entry.value.text != "own") about += (about.empty() ? "" : " for ") + entry.value.text;
  }
  return about;
}

/// An answer as it would be typed.
std::string TypedOf(const Yaml* value) {
  if (value == nullptr) return "";
  std::string typed;
  for (const std::string& text : value->Texts()) typed += (typed.empty() ? "" : "; ") + text;
  return typed;
}

}  // namespace

Interview::Interview(const GuideData& data, std::vector<std::string> templates)
    : data_(data), templates_(std::move(templates)) {
  answers_.kind = Yaml::Kind::kMap;
}

Result<Done> Interview::Restore(std::string_view saved, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(saved, file));
  const Yaml* said = root.Find("said");
  if (said == nullptr || !said->IsList())
    return Error{Code::kInput, std::string(file), "this is not what init saved", "delete it to begin anew"};
  if (const Yaml* templates = root.Find("templates")) {
    for (const std::string& tree : templates->Texts()) {
      if (data_.trees.Find(tree) != nullptr &&
          std::find(templates_.begin(), templates_.end(), tree) == templates_.end())
        templates_.push_back(tree);
    }
  }
  for (const Yaml& item : said->items) {
    const std::string at = item.Text("at");
    if (at.empty())
      return Error{Code::kInput, At(file, item.place), "an answer has no place",
                   "delete the file to begin anew"};
    said_[at] = {item.Text("text"), item.Find("text") == nullptr};
  }
  changed_ = true;
  return Done{};
}

std::string Interview::Save() const {
  Block root = Block::Map();
  root.comments = {"What was answered so far; `backcast init` goes on from here."};
  root.At("backcast_init") = Block::Plain("1");
  root.At("templates") = Block::Texts(templates_);
  if (!before_file_.empty()) root.At("from") = Block::Text(before_file_);
  root.At("said") = Block::List();
  for (const std::string& key : trail_) {
    const Word& word = said_.at(key);
    Block item = Block::Map();
    item.At("at") = Block::Text(key);
    if (!word.skipped) item.At("text") = Block::Text(word.text);
    root.At("said").items.push_back(std::move(item));
  }
  return WriteYaml(root);
}

const BackedOut& Interview::Backed() {
  if (backed_ == nullptr) backed_ = std::make_shared<const BackedOut>(BackOut(answers_, templates_, data_));
  return *backed_;
}

std::vector<Yaml> Interview::Presets(const GuideQuestion& question) {
  std::vector<Yaml> presets;
  if (question.each == "outcomes") {
    for (const std::string& tree : templates_) presets.push_back(MapOf({{"tree", tree}}));
    return presets;
  }
  if (question.each.empty()) return presets;
  const BackedOut& out = Backed();
  if (question.each == "owners") {
    for (const Wanted& outcome : out.outcomes) presets.push_back(MapOf({{"outcome", outcome.id}}));
  } else if (question.each == "kpis") {
    for (const ProposedKpi& kpi : out.proposed)
      presets.push_back(MapOf({{"metric", kpi.metric}, {"outcome", kpi.outcome}}));
  } else {
    for (const ProposedTactic& tactic : out.proposed_tactics)
      presets.push_back(MapOf({{"name", tactic.name}}));
  }
  return presets;
}

Known Interview::WhatIsKnown(const GuideQuestion& question) {
  Known known{&data_.catalogue, {}, &data_.trees};
  for (const GuideQuestion& each : data_.questions.all()) {
    if (each.has_ids) known.ids[each.id] = IdsOf(answers_, each);
  }
  const auto proposed = [](const GuideField& field) { return field.of == "outcomes" || field.of == "kpis"; };
  if (std::none_of(question.fields.begin(), question.fields.end(), proposed)) return known;
  const BackedOut& out = Backed();
  known.ids["outcomes"].clear();
  for (const Wanted& outcome : out.outcomes) known.ids["outcomes"].push_back(outcome.id);
  for (const ProposedKpi& kpi : out.kpis) known.ids["kpis"].push_back(kpi.id);
  return known;
}

bool Interview::WalkEntry(const GuideQuestion& question, std::size_t number, Yaml preset, const Yaml* before,
                          bool extra, Yaml& entry, bool& ended) {
  entry = preset;
  if (!entry.IsMap()) entry.kind = Yaml::Kind::kMap;
  // An id that the plan gave goes on with its entry, unasked.
  if (before != nullptr && before->Find("id") != nullptr)
    entry.entries.push_back({"id", {}, *before->Find("id")});
  const bool proposes_words = question.Find("answer") != nullptr;
  const std::size_t played = trail_.size();
  bool first = true;
  for (const GuideField& field : question.fields) {
    if (extra && proposes_words && field.id == "answer") {
      entry.entries.push_back({"answer", {}, Scalar("own")});
      continue;
    }
    if (preset.Find(field.id) != nullptr || !IsAsked(field, entry)) continue;
    const std::string at = question.id + "." + std::to_string(number) + "." + field.id;
    const auto found = said_.find(at);
    const bool may_end = first && question.repeat && extra;
    if (found == said_.end()) {
      open_field_ = &field;
      open_ =
          Prompt{at, "", AboutOf(preset), field.ask, field.why, "", field.example, field.standard, may_end};
      ProposeNumber(question, field, entry);
      before_answer_ = before == nullptr ? "" : TypedOf(before->Find(field.id));
      if (!before_answer_.empty()) open_->standard = before_answer_;
      if (first && number == 0) {
        if (question.ask != field.ask) open_->heading = question.ask;
        if (open_->why.empty()) open_->why = question.why;
      }
      open_->kind = ToWords(field, known_);
      return false;
    }
    trail_.push_back(at);
    if (found->second.skipped) {
      if (may_end) {
        ended = true;
        return true;
      }
    } else if (auto value = ReadAnswer(field, found->second.text, known_); value.ok()) {
      entry.entries.push_back({field.id, {}, std::move(value).value()});
    } else {
      // What it named is gone since an earlier answer changed: ask again.
      said_.erase(found);
      trail_.resize(played);
      return WalkEntry(question, number, std::move(preset), before, extra, entry, ended);
    }
    first = false;
  }
  return true;
}

void Interview::ProposeNumber(const GuideQuestion& question, const GuideField& field, const Yaml& entry) {
  if (question.each != "kpis") return;
  const std::string metric = entry.Text("metric");
  std::optional<ProposedNumber> proposed;
  if (field.id == "baseline") proposed = ProposeBaseline(data_, metric);
  if (field.id == "target" || field.id == "by") {
    const Yaml* baseline = entry.Find("baseline");
    proposed = ProposeTarget(Backed(), answers_, data_, metric, entry.Text("outcome"),
                             baseline == nullptr ? std::nullopt : baseline->Number());
  }
  if (!proposed) return;
  open_->standard = field.id == "by" ? proposed->by : proposed->text;
  open_->why += (open_->why.empty() ? "" : " ") + std::string("Proposed: ") + proposed->how + ".";
}

const Yaml* Interview::Before(const GuideQuestion& question, const std::vector<Yaml>& presets,
                              std::size_t number) const {
  const auto is_about = [](const Yaml& entry, const Yaml& preset) {
    return std::all_of(preset.entries.begin(), preset.entries.end(),
                       [&](const Yaml::Entry& field) { return entry.Text(field.key) == field.value.text; });
  };
  std::vector<const Yaml*> others;
  for (const Yaml* entry : EntriesOf(before_, question.id)) {
    const auto preset =
        std::find_if(presets.begin(), presets.end(), [&](const Yaml& one) { return is_about(*entry, one); });
    if (preset == presets.end()) {
      others.push_back(entry);
    } else if (preset == presets.begin() + static_cast<std::ptrdiff_t>(number)) {
      return entry;
    }
  }
  const bool is_other = number >= presets.size() && number - presets.size() < others.size();
  return is_other ? others[number - presets.size()] : nullptr;
}

bool Interview::WalkQuestion(const GuideQuestion& question) {
  if (!IsAsked(question, answers_, templates_)) return true;
  known_ = WhatIsKnown(question);
  const std::vector<Yaml> presets = Presets(question);
  Yaml list;
  list.kind = question.repeat ? Yaml::Kind::kList : Yaml::Kind::kMap;
  const std::size_t at = answers_.entries.size();
  const auto keep = [&] {
    backed_.reset();
    answers_.entries.resize(at);
    if (!list.items.empty() || !list.entries.empty()) answers_.entries.push_back({question.id, {}, list});
  };
  for (std::size_t number = 0;; ++number) {
    const bool extra = number >= presets.size();
    if (extra && question.each == "owners") break;
    Yaml entry;
    bool ended = false;
    const bool whole = WalkEntry(question, number, extra ? Yaml() : presets[number],
                                 Before(question, presets, number), extra, entry, ended);
    if (ended) break;
    if (!question.repeat) {
      list = std::move(entry);
    } else if (!entry.entries.empty() && (whole || number < presets.size() || entry.entries.size() > 1)) {
      list.items.push_back(std::move(entry));
    }
    keep();
    if (!whole) return false;
    if (!question.repeat) break;
  }
  return true;
}

void Interview::Walk() {
  if (!changed_) return;
  changed_ = false;
  backed_.reset();
  answers_.entries.clear();
  trail_.clear();
  open_.reset();
  before_answer_.clear();
  open_field_ = nullptr;
  for (const GuideQuestion& question : data_.questions.all()) {
    if (!WalkQuestion(question)) return;
  }
}

std::optional<Prompt> Interview::Next() {
  Walk();
  return open_;
}

Result<Done> Interview::Answer(std::string_view typed) {
  Walk();
  if (!open_) return Error{Code::kInput, "", "there is no open question", ""};
  const std::string text(typed.empty() ? std::string_view(open_->standard) : typed);
  BACKCAST_TRY(const Yaml checked, ReadAnswer(*open_field_, text, known_));
  static_cast<void>(checked);
  said_[open_->at] = {text, false};
  changed_ = true;
  Walk();
  return Done{};
}

void Interview::Skip() {
  Walk();
  if (!open_) return;
  said_[open_->at] = {"", true};
  changed_ = true;
  Walk();
}

void Interview::GoOnFrom(Yaml answers, std::string file) {
  before_ = std::move(answers);
  before_file_ = std::move(file);
  changed_ = true;
}

void Interview::Keep() {
  Walk();
  if (!open_) return;
  if (before_answer_.empty() || !Answer(before_answer_).ok()) Skip();
}

bool Interview::Back() {
  Walk();
  if (trail_.empty()) return false;
  said_.erase(trail_.back());
  changed_ = true;
  Walk();
  return true;
}

std::vector<std::pair<std::string, std::string>> Interview::Said() const {
  std::vector<std::pair<std::string, std::string>> said;
  for (const std::string& key : trail_) {
    const Word& word = said_.at(key);
    if (!word.skipped) said.emplace_back(key, word.text);
  }
  return said;
}

}  // namespace backcast
