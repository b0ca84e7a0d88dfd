// SPDX-License-Identifier: Apache-2.0
#include "guide/draft/drafting.h"

#include <algorithm>

#include "guide/answers.h"

namespace backcast {
namespace {

std::string FirstKey(const std::string& path) { return path.substr(0, path.find('.')); }

}  // namespace

Drafting::Drafting(const Yaml& said, const std::vector<std::string>& wanted, const GuideData& all,
                   std::string brand)
    : answers(said),
      templates(wanted),
      questions(all.questions),
      catalogue(all.catalogue),
      trees(all.trees),
      data(Proposals::Shipped()),
      known(all),
      name(std::move(brand)),
      backed(BackOut(said, wanted, all)) {
  for (const GuideQuestion& question : questions.all()) {
    if (question.has_ids) ids[question.id] = IdsOf(answers, question);
  }
  for (const Wanted& outcome : backed.outcomes) outcome_ids.push_back(outcome.id);
  ids["outcomes"] = outcome_ids;
  for (const Member& member : backed.team) team_ids.push_back(member.id);
  ids["team"] = team_ids;
  ids["kpis"].clear();
  for (const ProposedKpi& kpi : backed.kpis) ids["kpis"].push_back(kpi.id);
}

void Drafting::Ask(Block& at, const GuideQuestion& question, const GuideField* field,
                   const std::string& about) {
  const std::string id = question.id + (field == nullptr ? "" : "." + field->id);
  const std::string& ask = field == nullptr ? question.ask : field->ask;
  at.comments.push_back("answer: " + (about.empty() ? "" : about + ": ") + ask + " (" + id + ")");
  draft.open.push_back({id, FirstKey(question.into.empty() ? question.id : question.into),
                        (about.empty() ? "" : about + ": ") + ask});
}

void Drafting::Ask(Block& at, const char* question, const char* field, const std::string& about) {
  const GuideQuestion* asked = questions.Find(question);
  if (asked != nullptr) Ask(at, *asked, asked->Find(field), about);
}

void Drafting::Assume(Block& at, const std::string& what) {
  at.comments.push_back("assumed: " + what);
  draft.assumed.push_back(what);
}

void Drafting::AddGap(Block& at, const std::string& what) {
  at.comments.push_back("gap: " + what);
  draft.gaps.push_back(what);
}

void Drafting::DropOpen(Block& at, const std::vector<std::string>& answered) {
  for (const std::string& id : answered) {
    const std::size_t before = at.comments.size();
    std::erase_if(at.comments, [&](const std::string& line) { return line.ends_with("(" + id + ")"); });
    if (at.comments.size() == before) continue;
    const auto last = std::find_if(draft.open.rbegin(), draft.open.rend(),
                                   [&](const OpenQuestion& open) { return open.id == id; });
    if (last != draft.open.rend()) draft.open.erase(std::next(last).base());
  }
}

Block Drafting::Value(const GuideField& field, const Yaml& value) const {
  const auto scalar = [&](const std::string& text) {
    if (field.is == GuideField::Is::kId || field.is == GuideField::Is::kIds) {
      const auto found = ids.find(field.of);
      const std::string id = found == ids.end() ? "" : ResolveId(text, found->second);
      return Block::Text(id.empty() ? text : id);
    }
    if (field.is == GuideField::Is::kYesNo)
      return Block::Plain(text == "yes" || text == "true" || text == "True" ? "true" : "false");
    return field.IsPlain() ? Block::Plain(text) : Block::Text(text);
  };
  if (value.IsScalar() && !field.IsList()) return scalar(value.text);
  Block list = Block::List();
  for (const std::string& text : value.Texts()) list.items.push_back(scalar(text));
  return list;
}

void Drafting::Fill(const GuideQuestion& question, const Yaml& said, Block& entry, Block& comments_at) {
  for (const GuideField& field : question.fields) {
    const Yaml* value = said.Find(field.id);
    if (value != nullptr && !value->IsNull()) {
      if (field.is == GuideField::Is::kYesNo && field.yes.IsMap() && value->Boolean().value_or(false)) {
        for (const Yaml::Entry& more : field.yes.entries) entry.At(more.key) = Block::From(more.value);
      }
      if (!field.into.empty()) Place(entry, field.into) = Value(field, *value);
    } else if (!field.standard.empty() && !field.into.empty() && IsAsked(field, said)) {
      Yaml standard;
      standard.kind = Yaml::Kind::kScalar;
      standard.text = field.standard;
      Place(entry, field.into) = Value(field, standard);
      Assume(comments_at, question.id + "." + field.id + " is " + field.standard);
    } else if (!field.optional && IsAsked(field, said)) {
      Ask(comments_at, question, &field);
    }
  }
}

Block& Drafting::Place(Block& entry, const std::string& into) {
  return into.front() == '/' ? root.At(into.substr(1)) : entry.At(into);
}

void Drafting::Copy(const GuideQuestion& question) {
  // Used or not is read together with the tactics that are proposed.
  if (question.fields.front().is == GuideField::Is::kUsed) return;
  if (!IsAsked(question, answers, templates)) return;
  const std::vector<const Yaml*> said = EntriesOf(answers, question.id);
  if (said.empty()) {
    // Defaults of a block that nobody was asked about are proposals too; a block without any is only asked
    // for.
    const bool has_defaults =
        !question.repeat &&
        std::all_of(question.fields.begin(), question.fields.end(),
                    [](const GuideField& field) { return field.optional || !field.standard.empty(); });
    if (has_defaults) {
      Block& block = root.At(question.into);
      Fill(question, Yaml(), block, block);
    } else if (!question.optional) {
      Ask(root.At(FirstKey(question.into)), question, nullptr);
    }
    return;
  }
  if (!question.repeat) {
    Block& block = root.At(question.into);
    Block comments;
    Fill(question, *said.front(), block, comments);
    Block& top = root.At(FirstKey(question.into));
    top.comments.insert(top.comments.end(), comments.comments.begin(), comments.comments.end());
    return;
  }
  Block list = Block::List();
  const std::vector<std::string> own = question.has_ids ? ids[question.id] : std::vector<std::string>();
  for (std::size_t i = 0; i < said.size(); ++i) {
    Block entry = Block::Map();
    if (question.has_ids && i < own.size()) entry.At("id") = Block::Text(own[i]);
    Block comments;
    Fill(question, *said[i], entry, comments);
    entry.comments = comments.comments;
    list.items.push_back(std::move(entry));
  }
  Block& at = root.At(question.into);
  list.comments = at.comments;
  at = std::move(list);
}

}  // namespace backcast
