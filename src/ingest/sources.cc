// SPDX-License-Identifier: Apache-2.0
// The layouts the program knows: one folder each under catalogue/sources, and one per fact for files made by
// hand.
#include <algorithm>

#include "base/embedded.h"
#include "ingest/mapping.h"

namespace backcast {

Result<WordLists> ParseWordLists(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  WordLists lists;
  const Yaml* all = root.Find("lists");
  if (all == nullptr || !all->IsMap()) return Error{Code::kInput, At(file, root.place), "no word lists", ""};
  for (const Yaml::Entry& list : all->entries) {
    auto& words = lists[list.key];
    for (const Yaml::Entry& entry : list.value.entries) {
      for (const std::string& word : entry.value.Texts()) words[FoldText(word)] = entry.key;
    }
  }
  return lists;
}

Mapping MappingOfFact(const Fact& fact) {
  Mapping mapping;
  mapping.id = "backcast_" + fact.id;
  mapping.title = "A file made by hand for the fact " + fact.id;
  mapping.trust = 0.9;
  mapping.main_fact = fact.id;
  const std::vector<FactColumn> staged = StagedColumns(fact);
  for (const FactColumn& column : staged) {
    Field field;
    field.id = column.name;
    field.names = {ReadHeaderName(column.name).name};
    mapping.fields.push_back(std::move(field));
  }
  const auto index = [&](std::string_view name) {
    for (std::size_t i = 0; i < staged.size(); ++i) {
      if (staged[i].name == name) return static_cast<int>(i);
    }
    return -1;
  };
  Fill fill;
  fill.fact = fact.id;
  for (std::size_t i = 0; i < staged.size(); ++i) {
    int field = static_cast<int>(i);
    const bool holds_id =
        (staged[i].type == Type::kCode && staged[i].of != "person") || staged[i].name == "natural";
    if (holds_id && index("platform") >= 0) {
      Field qualified;
      qualified.make = Make::kQualify;
      qualified.from = {field, index("platform")};
      mapping.fields.push_back(std::move(qualified));
      field = static_cast<int>(mapping.fields.size()) - 1;
    } else if (staged[i].of == "person") {
      Field person;
      person.make = Make::kPerson;
      person.from = {field};
      mapping.fields.push_back(std::move(person));
      field = static_cast<int>(mapping.fields.size()) - 1;
    }
    fill.targets.push_back({i, Target::Kind::kField, {field}});
  }
  if (fact.is_dimension) mapping.required.push_back({index("natural")});
  for (const std::string& name : fact.key) {
    if (name != kBreakdown) mapping.required.push_back({index(name)});
  }
  mapping.fills.push_back(std::move(fill));
  return mapping;
}

namespace {

/// Lets a column of a file made by hand hold words of a list; what is none of them stays what it is.
void ReadWords(std::size_t column, const std::map<std::string, std::string, std::less<>>& words,
               Mapping& mapping) {
  Target& target = mapping.fills.front().targets[column];
  Field field;
  field.make = Make::kWords;
  field.from = target.fields;
  field.words = words;
  field.keep_unknown = true;
  mapping.fields.push_back(std::move(field));
  target.fields = {static_cast<int>(mapping.fields.size()) - 1};
}

/// The layouts of files made by hand, with the words that `by_hand` of words.yaml lets them have.
Result<Done> AddFacts(const Schemas& schemas, const WordLists& lists, const Yaml& words, Sources& sources) {
  for (const Fact& fact : schemas.all()) {
    Mapping mapping = MappingOfFact(fact);
    const std::vector<FactColumn> staged = StagedColumns(fact);
    for (std::size_t i = 0; i < staged.size(); ++i) {
      const std::string list = words.Text(fact.id + "." + staged[i].name);
      if (list.empty()) continue;
      const auto found = lists.find(list);
      if (found == lists.end())
        return Error{Code::kInternal, "words.yaml", "there is no list '" + list + "'", ""};
      ReadWords(i, found->second, mapping);
    }
    sources.Add(std::move(mapping));
  }
  return Done{};
}

}  // namespace

Result<Sources> Sources::Shipped(const Schemas& schemas) {
  const auto channels = Embedded("words.yaml");
  if (!channels) return Error{Code::kInternal, "", "the channel lists are missing from this build", ""};
  BACKCAST_TRY(const WordLists lists, ParseWordLists(*channels, "words.yaml"));
  Sources sources;
  for (const EmbeddedFile& file : EmbeddedFiles("sources/")) {
    if (!file.path.ends_with("/mapping.yaml")) continue;
    BACKCAST_TRY(Mapping mapping, ParseMapping(file.text, file.path, schemas, lists));
    sources.Add(std::move(mapping));
  }
  BACKCAST_TRY(const Yaml root, ParseYaml(*channels, "words.yaml"));
  const Yaml* words = root.Find("by_hand");
  BACKCAST_CHECK(AddFacts(schemas, lists, words == nullptr ? Yaml() : *words, sources));
  return sources;
}

void Sources::Add(Mapping mapping) {
  const auto same =
      std::find_if(mappings_.begin(), mappings_.end(), [&](const Mapping& m) { return m.id == mapping.id; });
  if (same != mappings_.end())
    *same = std::move(mapping);
  else
    mappings_.push_back(std::move(mapping));
}

const Mapping* Sources::Find(std::string_view id) const {
  for (const Mapping& mapping : mappings_) {
    if (mapping.id == id) return &mapping;
  }
  return nullptr;
}

}  // namespace backcast
