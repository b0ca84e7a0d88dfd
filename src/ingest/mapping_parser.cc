// SPDX-License-Identifier: Apache-2.0
#include "ingest/mapping_parser.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/nearest.h"

namespace backcast {

Error MappingParser::Fault(const Place& place, std::string what, std::string hint) const {
  return Error{Code::kInput, At(file_, place), std::move(what), std::move(hint)};
}

Error MappingParser::Fault(const Yaml& node, std::string what, std::string hint) const {
  return Fault(node.place, std::move(what), std::move(hint));
}

Result<Done> MappingParser::OnlyKeys(const Yaml& node, std::initializer_list<std::string_view> keys) const {
  for (const Yaml::Entry& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    return Fault(entry.place, "unknown word '" + entry.key + "'",
                 DidYouMean(entry.key, std::vector<std::string>(keys.begin(), keys.end())));
  }
  return Done{};
}

int MappingParser::Add(Field field) {
  mapping_.fields.push_back(std::move(field));
  return static_cast<int>(mapping_.fields.size()) - 1;
}

Result<int> MappingParser::Named(std::string_view id, const Yaml& node) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < mapping_.fields.size(); ++i) {
    if (mapping_.fields[i].id == id) return static_cast<int>(i);
    known.push_back(mapping_.fields[i].id);
  }
  if (id.starts_with('$')) {
    Field field;
    field.id = id;
    field.make = id == "$line" ? Make::kLine : Make::kKnown;
    return Add(std::move(field));
  }
  return Fault(node, "no column or value is called '" + std::string(id) + "' here", DidYouMean(id, known));
}

Result<int> MappingParser::Reference(const Yaml& node) {
  if (node.IsScalar()) return Named(node.text, node);
  if (node.IsMap()) {
    BACKCAST_TRY(Field step, ReadStep(node));
    return Add(std::move(step));
  }
  if (!node.IsList()) return Fault(node, "a column, a value or a step is missing here");
  Field first;
  first.make = Make::kFirst;
  BACKCAST_TRY(first.from, References(node));
  if (!first.from.empty()) first.form = mapping_.fields[static_cast<std::size_t>(first.from[0])].form;
  return Add(std::move(first));
}

Result<std::vector<int>> MappingParser::References(const Yaml& node) {
  std::vector<int> fields;
  if (!node.IsList()) {
    BACKCAST_TRY(const int field, Reference(node));
    fields.push_back(field);
    return fields;
  }
  for (const Yaml& item : node.items) {
    BACKCAST_TRY(const int field, Reference(item));
    fields.push_back(field);
  }
  return fields;
}

Result<Field> MappingParser::ReadText(const Yaml& node) {
  Field field;
  field.make = Make::kText;
  const std::string& text = node.text;
  std::size_t at = 0;
  std::string literal;
  while (at < text.size()) {
    const std::size_t close = text[at] == '{' ? text.find('}', at) : std::string::npos;
    if (close == std::string::npos) {
      literal += text[at++];
      continue;
    }
    BACKCAST_TRY(const int part, Named(text.substr(at + 1, close - at - 1), node));
    field.from.push_back(part);
    field.pieces.push_back(literal);
    literal.clear();
    at = close + 1;
  }
  field.pieces.push_back(literal);
  return field;
}

Result<Field> MappingParser::ReadWords(const Yaml& node) {
  BACKCAST_CHECK(OnlyKeys(node, {"map", "by", "otherwise"}));
  Field field;
  field.make = Make::kWords;
  BACKCAST_TRY(const int from, Reference(*node.Find("map")));
  field.from.push_back(from);
  const Yaml* by = node.Find("by");
  if (by == nullptr) return Fault(node, "a map needs 'by': a word list or the name of one in words.yaml");
  if (by->IsMap()) {
    for (const Yaml::Entry& entry : by->entries) {
      for (const std::string& word : entry.value.Texts()) field.words[FoldText(word)] = entry.key;
    }
  } else {
    const auto found = lists_.find(by->text);
    if (found == lists_.end()) return Fault(*by, "there is no word list '" + by->text + "' in words.yaml");
    field.words = found->second;
  }
  field.text = node.Text("otherwise");
  field.keep_unknown = field.text == "same";
  if (field.keep_unknown) field.text.clear();
  return field;
}

Result<Field> MappingParser::ReadStep(const Yaml& node) {
  if (node.Find("map") != nullptr) return ReadWords(node);
  if (const Yaml* text = node.Find("text")) return ReadText(*text);
  Field field;
  struct Word {
    std::string_view key;
    Make make;
  };
  static constexpr Word kSteps[] = {{"value", Make::kConstant},
                                    {"join", Make::kJoin},
                                    {"person", Make::kPerson},
                                    {"mask", Make::kMask},
                                    {"match", Make::kMatch},
                                    {"when", Make::kWhen},
                                    {"count_within", Make::kLineNumber},
                                    {"currency_of", Make::kCurrency},
                                    {"only", Make::kOnly},
                                    {"days_after", Make::kDaysAfter},
                                    {"names_of", Make::kNames},
                                    {"qualify", Make::kQualify}};
  const auto* found = std::find_if(std::begin(kSteps), std::end(kSteps),
                                   [&](const Word& word) { return node.Find(word.key) != nullptr; });
  if (found == std::end(kSteps)) {
    return Fault(node, "this is no step",
                 "use value, text, join, map, person, mask, match, when, only, count_within, currency_of, "
                 "days_after, names_of or qualify");
  }
  BACKCAST_CHECK(OnlyKeys(node, {found->key, "with", "pattern", "then", "else", "if", "of", "by"}));
  field.make = found->make;
  const Yaml& operand = *node.Find(found->key);
  if (field.make == Make::kConstant) {
    field.text = operand.text;
    return field;
  }
  if (field.make == Make::kWhen) {
    BACKCAST_TRY(field.when, ReadPredicate(operand));
    field.from = field.when->fields;
    field.pieces = {node.Text("then", "true")};
    field.text = node.Text("else");
    return field;
  }
  BACKCAST_TRY(field.from, References(operand));
  if (field.make == Make::kOnly) {
    const Yaml* condition = node.Find("if");
    if (condition == nullptr) return Fault(node, "only needs 'if': a question about the row");
    BACKCAST_TRY(field.when, ReadPredicate(*condition));
  }
  if (field.make == Make::kOnly || field.make == Make::kMatch)
    field.form = mapping_.fields[static_cast<std::size_t>(field.from[0])].form;
  if (field.make == Make::kDaysAfter) {
    const Yaml* first = node.Find("of");
    if (first == nullptr) return Fault(node, "days_after needs 'of': the day that is number 0");
    BACKCAST_TRY(const int day, Reference(*first));
    field.from.push_back(day);
  }
  if (field.make == Make::kNames) {
    const Yaml* by = node.Find("by");
    if (by == nullptr) return Fault(node, "names_of needs 'by': the field that tells a row's day");
    BACKCAST_TRY(field.by, Reference(*by));
  }
  if (field.make == Make::kQualify) {
    const Yaml* with = node.Find("with");
    if (with == nullptr) return Fault(node, "qualify needs 'with': the field that goes before the id");
    BACKCAST_TRY(const int prefix, Reference(*with));
    field.from.push_back(prefix);
  }
  if (field.make == Make::kJoin) field.pieces = {node.Text("with", "/")};
  if (field.make == Make::kMatch) {
    field.text = node.Text("pattern");
    const RE2 pattern(field.text, RE2::Quiet);
    if (!pattern.ok() || pattern.NumberOfCapturingGroups() < 1) {
      return Fault(node, "match needs a pattern with a group; " + pattern.error());
    }
  }
  return field;
}

Result<Predicate> MappingParser::ReadPredicate(const Yaml& node) {
  Predicate predicate;
  BACKCAST_CHECK(OnlyKeys(
      node, {"field", "is", "begins", "contains", "empty", "present", "differ", "all", "any", "not"}));
  struct Word {
    std::string_view key;
    Predicate::Kind kind;
  };
  using Kind = Predicate::Kind;
  static constexpr Word kKinds[] = {
      {"is", Kind::kIs},       {"begins", Kind::kBegins},   {"contains", Kind::kContains},
      {"empty", Kind::kEmpty}, {"present", Kind::kPresent}, {"differ", Kind::kDiffer},
      {"all", Kind::kAll},     {"any", Kind::kAny},         {"not", Kind::kNot}};
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const Word& word) { return node.Find(word.key) != nullptr; });
  if (found == std::end(kKinds))
    return Fault(node, "this is no question about a row",
                 "use is, begins, contains, empty, present, differ, all, any or not");
  predicate.kind = found->kind;
  const Yaml& operand = *node.Find(found->key);
  if (predicate.kind == Kind::kAll || predicate.kind == Kind::kAny || predicate.kind == Kind::kNot) {
    const std::vector<Yaml> one = {operand};
    for (const Yaml& item : operand.IsList() ? operand.items : one) {
      BACKCAST_TRY(Predicate part, ReadPredicate(item));
      predicate.parts.push_back(std::move(part));
    }
    return predicate;
  }
  if (predicate.kind == Kind::kEmpty || predicate.kind == Kind::kPresent) {
    BACKCAST_TRY(predicate.fields, References(operand));
    return predicate;
  }
  if (predicate.kind == Kind::kDiffer) {
    BACKCAST_TRY(predicate.fields, References(operand));
    if (predicate.fields.size() != 2) return Fault(operand, "differ compares two fields");
    return predicate;
  }
  const Yaml* field = node.Find("field");
  if (field == nullptr) return Fault(node, "which field is asked? add 'field'");
  BACKCAST_TRY(predicate.fields, References(*field));
  for (const std::string& word : operand.Texts()) predicate.words.push_back(FoldText(word));
  return predicate;
}

Result<Target> MappingParser::ReadTarget(const Fact& fact, std::string_view column, const Yaml& node,
                                         const Place& place) {
  const std::vector<FactColumn> staged = StagedColumns(fact);
  const auto found =
      std::find_if(staged.begin(), staged.end(), [&](const FactColumn& c) { return c.name == column; });
  if (found == staged.end()) {
    std::vector<std::string> known;
    for (const FactColumn& c : staged) known.push_back(c.name);
    return Fault(place, "fact " + fact.id + " has no column '" + std::string(column) + "'",
                 DidYouMean(column, known));
  }
  Target target;
  target.column = static_cast<std::size_t>(found - staged.begin());
  const bool numeric =
      found->type == Type::kCount || found->type == Type::kNumber || found->type == Type::kMoney;
  for (const auto& [word, kind] :
       {std::pair{"sum", Target::Kind::kSum}, std::pair{"difference", Target::Kind::kDifference},
        std::pair{"product", Target::Kind::kProduct}}) {
    const Yaml* operands = node.Find(word);
    if (operands == nullptr) continue;
    if (!numeric) return Fault(node, "column '" + std::string(column) + "' holds no numbers");
    target.kind = kind;
    BACKCAST_TRY(target.fields, References(*operands));
    return target;
  }
  BACKCAST_TRY(const int field, Reference(node));
  target.fields.push_back(field);
  return target;
}

}  // namespace backcast
