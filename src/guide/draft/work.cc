// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "guide/answers.h"
#include "guide/draft/parts.h"

namespace backcast {

void WriteTactics(Drafting& plan) {
  const GuideQuestion* question = plan.questions.Find("tactics");
  Block list = Block::List();
  for (const ProposedTactic& tactic : plan.backed.tactics) {
    Block entry = Block::Map(), open;
    entry.At("id") = Block::Text(tactic.id);
    entry.At("name") = Block::Text(tactic.name);
    for (const auto& [key, text] :
         {std::pair{"element", &tactic.element}, std::pair{"stage", &tactic.stage},
          std::pair{"asks_for", &tactic.asks_for}, std::pair{"focus", &tactic.focus}}) {
      if (!text->empty()) entry.At(key) = Block::Text(*text);
    }
    if (!tactic.channels.empty()) entry.At("channels") = Block::Texts(tactic.channels);
    entry.At("segments") = Block::Texts(tactic.segments);
    entry.At("moves") = Block::Texts(tactic.moves);
    if (!tactic.path.empty()) entry.At("path") = Block::Texts(tactic.path);
    if (tactic.opt_in.IsMap()) entry.At("opt_in") = Block::From(tactic.opt_in);
    entry.At("owner") = Block::Text(tactic.owner);
    if (!tactic.own && tactic.said == nullptr)
      plan.Assume(entry, "'" + tactic.name + "' is what " + tactic.owner + " will do");
    bool has_budget = false;
    for (const GuideField& field : question->fields) {
      const Yaml* value = tactic.said == nullptr ? nullptr : tactic.said->Find(field.id);
      const bool plain = field.is == GuideField::Is::kDate || field.is == GuideField::Is::kNumber;
      if (value == nullptr || !value->IsScalar() || !plain) continue;
      entry.At(field.into) = Block::Plain(value->text);
      has_budget |= field.into.starts_with("budget.");
    }
    if (!has_budget) plan.Ask(entry, "tactics", "people", tactic.id);
    list.items.push_back(std::move(entry));
  }
  plan.root.At("tactics") = std::move(list);
}

void WriteElements(Drafting& plan) {
  const GuideQuestion* question = plan.questions.Find("elements");
  const std::vector<const Yaml*> said = EntriesOf(plan.answers, "elements");
  Block elements = Block::Map();
  for (const GuideField& field : question->fields) {
    const std::string answer = said.empty() ? "" : said.front()->Text(field.id);
    const auto uses = [&](const ProposedTactic& tactic) { return tactic.element == field.id; };
    if (answer == "used") {
      elements.At(field.id) = Block::Text("used");
    } else if (!answer.empty()) {
      elements.At(field.id).At("declined") = Block::Text(answer);
    } else if (std::any_of(plan.backed.tactics.begin(), plan.backed.tactics.end(), uses)) {
      elements.At(field.id) = Block::Text("used");
      plan.Assume(elements, field.id + " is used, because a proposed tactic uses it");
    } else {
      plan.Ask(elements, *question, &field);
    }
  }
  plan.root.At("elements") = std::move(elements);
}

}  // namespace backcast
