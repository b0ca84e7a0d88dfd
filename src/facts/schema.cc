// SPDX-License-Identifier: Apache-2.0
#include "facts/schema.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/yaml.h"
#include "facts/type_words.h"

namespace backcast {
namespace {

/// "code(post), the post that ..." -> type, dimension, note.
Result<FactColumn> ParseColumn(const Yaml::Entry& entry, std::string_view file) {
  FactColumn column;
  column.name = entry.key;
  const std::string& text = entry.value.text;
  const std::size_t comma = text.find(',');
  std::string word = text.substr(0, comma);
  if (comma != std::string::npos) column.note = text.substr(text.find_first_not_of(' ', comma + 1));
  if (const std::size_t space = word.find(' '); space != std::string::npos) {
    const std::string adding = word.substr(space + 1);
    if (adding != "unique" && adding != "stock") {
      return Error{Code::kInput, At(file, entry.value.place),
                   "column " + entry.key + " has the unknown mark '" + adding + "'",
                   "after a type stands nothing, unique or stock; a note comes after a comma"};
    }
    column.adding = adding == "unique" ? Adding::kUnique : Adding::kStock;
    word.resize(space);
  }
  if (const std::size_t open = word.find('('); open != std::string::npos && word.back() == ')') {
    column.of = word.substr(open + 1, word.size() - open - 2);
    word.resize(open);
  }
  const auto* found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeWord& t) { return t.word == word; });
  if (found == kTypes.end()) {
    return Error{Code::kInput, At(file, entry.value.place),
                 "column " + entry.key + " has the unknown type '" + word + "'",
                 "use code(...), label, text, count, number, money, day, instant or flag"};
  }
  column.type = found->type;
  return column;
}

Result<Fact> ParseFact(const Yaml& node, std::string_view file) {
  Fact fact;
  fact.id = node.Text("id");
  fact.grain = node.Text("grain");
  fact.note = node.Text("note");
  fact.is_dimension = node.Text("kind") == "dimension";
  fact.is_reference = node.Text("kind") == "reference";
  fact.day = node.Text("day");
  fact.asked_by = node.Text("asked_by", fact.day);
  fact.latest = node.Text("latest");
  fact.differences_of = node.Text("differences_of");
  fact.reported_by = node.Text("reported_by");
  if (const Yaml* key = node.Find("key")) fact.key = key->Texts();
  if (const Yaml* cut = node.Find("cut_by")) fact.cut_by = cut->Texts();
  if (const Yaml* within = node.Find("cut_within")) fact.cut_within = within->Texts();
  const Yaml* columns = node.Find("columns");
  if (fact.id.empty() || columns == nullptr || !columns->IsList()) {
    return Error{Code::kInput, At(file, node.place), "a fact needs an id and a list of columns", ""};
  }
  for (const Yaml& item : columns->items) {
    if (!item.IsMap() || item.entries.size() != 1) {
      return Error{Code::kInput, At(file, item.place), "a column is written as 'name: type, note'", ""};
    }
    BACKCAST_TRY(FactColumn column, ParseColumn(item.entries[0], file));
    fact.columns.push_back(std::move(column));
  }
  const auto known = [&](const std::string& name) { return fact.Find(name) != nullptr; };
  if (!std::all_of(fact.key.begin(), fact.key.end(), known) || (!fact.day.empty() && !known(fact.day)) ||
      (!fact.asked_by.empty() && !known(fact.asked_by)) || (!fact.latest.empty() && !known(fact.latest)) ||
      (!fact.is_dimension && fact.key.empty())) {
    return Error{Code::kInput, At(file, node.place),
                 "fact " + fact.id + " has a key or day that is not a column", ""};
  }
  return fact;
}

/// Readings stand above the fact, tell when they were made and when their subject was published, and name the
/// same subject.
Result<Done> CheckDifferences(const Fact& fact, const Schemas& schemas, std::string_view file) {
  if (fact.differences_of.empty()) return Done{};
  const Fact* readings = schemas.Find(fact.differences_of);
  const auto read = [&](const std::string& column) {
    return column == fact.day || readings->Find(column) != nullptr;
  };
  if (readings != nullptr && readings < &fact && !readings->latest.empty() &&
      readings->asked_by != readings->day && std::all_of(fact.key.begin(), fact.key.end(), read)) {
    return Done{};
  }
  return Error{Code::kInput, std::string(file),
               "fact " + fact.id + ": '" + fact.differences_of + "' is no fact of readings of the same key",
               "it stands above, with `latest`, an `asked_by` of its own and the columns of the key"};
}

/// Cost lines that ad spend may have already need what tells the two together.
Result<Done> CheckReported(const Fact& fact, const Schemas& schemas, std::string_view file) {
  if (fact.reported_by.empty()) return Done{};
  const Fact* spending = schemas.Find(fact.reported_by);
  const auto has = [](const Fact& in, std::initializer_list<std::string_view> names) {
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view name) { return in.Find(name) != nullptr; });
  };
  if (spending != nullptr && spending < &fact && !spending->day.empty() && !fact.day.empty() &&
      has(*spending, {"platform", "channel_group", "spend"}) &&
      has(fact, {"kind", "platform", "channel_group", "reported"})) {
    return Done{};
  }
  return Error{Code::kInput, std::string(file),
               "fact " + fact.id + ": '" + fact.reported_by + "' is no fact of ad spend",
               "it stands above, with a day, platform, channel_group and spend; the cost lines have a day, "
               "kind, platform, channel_group and reported"};
}

/// Reports that are cut in different ways are told apart by a part of the key, and lie on days.
Result<Done> CheckCuts(const Fact& fact, std::string_view file) {
  if (fact.cut_by.empty() && fact.cut_within.empty()) return Done{};
  const auto known = [&](const std::string& name) { return fact.Find(name) != nullptr; };
  const bool in_key = std::find(fact.key.begin(), fact.key.end(), kBreakdown) != fact.key.end();
  if (!fact.cut_by.empty() && !fact.cut_within.empty() && in_key && known(std::string(kBreakdown)) &&
      !fact.day.empty() && fact.asked_by == fact.day && fact.latest.empty() &&
      std::all_of(fact.cut_by.begin(), fact.cut_by.end(), known) &&
      std::all_of(fact.cut_within.begin(), fact.cut_within.end(), known)) {
    return Done{};
  }
  return Error{
      Code::kInput, std::string(file),
      "fact " + fact.id + ": its reports cannot be told apart by how they are cut",
      "cut_by and cut_within are columns, and `breakdown` is a label in the key of a fact with a day"};
}

}  // namespace

const FactColumn* Fact::Find(std::string_view name) const {
  for (const FactColumn& column : columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

Result<Schemas> Schemas::Shipped() {
  const auto text = Embedded("facts/facts.yaml");
  if (!text) return Error{Code::kInternal, "", "the facts are missing from this build", ""};
  return Parse(*text, "facts/facts.yaml");
}

Result<Schemas> Schemas::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  const Yaml* list = root.Find("facts");
  if (list == nullptr || !list->IsList())
    return Error{Code::kInput, At(file, root.place), "no list of facts", ""};
  Schemas schemas;
  for (const Yaml& node : list->items) {
    BACKCAST_TRY(Fact fact, ParseFact(node, file));
    schemas.facts_.push_back(std::move(fact));
  }
  for (const Fact& fact : schemas.facts_) {
    BACKCAST_CHECK(CheckDifferences(fact, schemas, file));
    BACKCAST_CHECK(CheckReported(fact, schemas, file));
    BACKCAST_CHECK(CheckCuts(fact, file));
    for (const FactColumn& column : fact.columns) {
      const Fact* dimension = column.type == Type::kCode ? schemas.Find(column.of) : nullptr;
      if (column.type == Type::kCode && (dimension == nullptr || !dimension->is_dimension)) {
        return Error{Code::kInput, std::string(file),
                     "fact " + fact.id + ": column " + column.name + " is coded by '" + column.of +
                         "', which is no dimension",
                     ""};
      }
    }
  }
  return schemas;
}

const Fact* Schemas::Find(std::string_view id) const {
  for (const Fact& fact : facts_) {
    if (fact.id == id) return &fact;
  }
  return nullptr;
}

std::string_view SqlType(Type type) {
  switch (type) {
    case Type::kCode:
    case Type::kCount:
      return "BIGINT";
    case Type::kLabel:
    case Type::kText:
      return "VARCHAR";
    case Type::kNumber:
      return "DOUBLE";
    case Type::kMoney:
      return "DECIMAL(18,4)";
    case Type::kDay:
      return "DATE";
    case Type::kInstant:
      return "TIMESTAMP";
    case Type::kFlag:
      return "BOOLEAN";
  }
  return "VARCHAR";
}

}  // namespace backcast
