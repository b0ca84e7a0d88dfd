// SPDX-License-Identifier: Apache-2.0
#include "plan/shape.h"

#include "base/embedded.h"

namespace backcast {
namespace {

constexpr std::pair<std::string_view, Form::Kind> kScalarForms[] = {
    {"text", Form::Kind::kText},     {"id", Form::Kind::kId},         {"number", Form::Kind::kNumber},
    {"share", Form::Kind::kShare},   {"date", Form::Kind::kDate},     {"integer", Form::Kind::kInteger},
    {"period", Form::Kind::kPeriod}, {"metric", Form::Kind::kMetric}, {"yes_no", Form::Kind::kYesNo},
    {"word", Form::Kind::kWord},     {"any", Form::Kind::kAny},
};

std::vector<Form> ParseForms(std::string_view text);

Form ParseForm(std::string_view text) {
  constexpr std::string_view kListOf = "list of ", kMapOf = "map of ";
  if (text.starts_with(kListOf)) return {Form::Kind::kList, "", ParseForms(text.substr(kListOf.size()))};
  if (text.starts_with(kMapOf)) return {Form::Kind::kMap, "", ParseForms(text.substr(kMapOf.size()))};
  for (const auto& [word, kind] : kScalarForms) {
    if (text == word) return {kind, "", {}};
  }
  return {Form::Kind::kShape, std::string(text), {}};
}

/// "list of" and "map of" bind everything that follows.
std::vector<Form> ParseForms(std::string_view text) {
  const std::size_t end = text.find(" or ");
  const bool container = text.starts_with("list of ") || text.starts_with("map of ");
  if (container || end == std::string_view::npos) return {ParseForm(text)};
  std::vector<Form> forms = ParseForms(text.substr(end + 4));
  forms.insert(forms.begin(), ParseForm(text.substr(0, end)));
  return forms;
}

std::optional<Severity> ParseSeverity(std::string_view word) {
  for (const Severity severity :
       {Severity::kAdvice, Severity::kFutureError, Severity::kWarning, Severity::kError}) {
    if (ToWord(severity) == word) return severity;
  }
  return std::nullopt;
}

/// A list as written, or the list of that name under words:.
std::vector<std::string> WordsOf(const Yaml& root, const Yaml* value) {
  if (value == nullptr) return {};
  const Yaml* lists = root.Find("words");
  if (value->IsScalar() && lists != nullptr) {
    if (const Yaml* named = lists->Find(value->text)) return named->Texts();
  }
  return value->Texts();
}

ShapeKey ParseKey(const Yaml& root, const Yaml::Entry& entry) {
  const Yaml& value = entry.value;
  ShapeKey key;
  key.name = entry.key;
  key.is = value.Text("is");
  key.note = value.Text("note");
  key.forms = ParseForms(key.is);
  key.words = WordsOf(root, value.Find("words"));
  key.keys = WordsOf(root, value.Find("keys"));
  if (const Yaml* refers = value.Find("refers")) key.refers = refers->Texts();
  key.ids = value.Text("ids");
  key.not_before = value.Text("not_before");
  key.required = ParseSeverity(value.Text("required"));
  key.vital = value.Text("vital") == "true";
  if (const Yaml* min = value.Find("min")) key.min = min->Number();
  if (const Yaml* max = value.Find("max")) key.max = max->Number();
  return key;
}

/// The first shape that a form names and that does not exist, or nothing.
std::string Unknown(const Shapes& shapes, const std::vector<Form>& forms) {
  for (const Form& form : forms) {
    if (form.kind == Form::Kind::kShape && shapes.Find(form.shape) == nullptr) return form.shape;
    if (std::string inner = Unknown(shapes, form.of); !inner.empty()) return inner;
  }
  return "";
}

}  // namespace

const ShapeKey* Shape::Find(std::string_view key) const {
  for (const ShapeKey& known : keys) {
    if (known.name == key) return &known;
  }
  return nullptr;
}

const Shapes& Shapes::Shipped() {
  static const Shapes shapes = [] {
    Result<Shapes> parsed = Parse(Embedded("plan/schema.yaml").value_or(""), "catalogue/plan/schema.yaml");
    return parsed.ok() ? std::move(parsed).value() : Shapes();
  }();
  return shapes;
}

Result<Shapes> Shapes::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  Shapes shapes;
  if (const Yaml* words = root.Find("words")) {
    for (const Yaml::Entry& list : words->entries) shapes.words_[list.key] = list.value.Texts();
  }
  if (const Yaml* all = root.Find("shapes")) {
    for (const Yaml::Entry& entry : all->entries) {
      Shape shape;
      shape.name = entry.key;
      for (const Yaml::Entry& key : entry.value.entries) {
        shape.keys.push_back(ParseKey(root, key));
        shape.names.push_back(key.key);
      }
      shapes.by_name_[entry.key] = shapes.shapes_.size();
      shapes.shapes_.push_back(std::move(shape));
    }
  }
  if (const Yaml* spaces = root.Find("one_name_space")) {
    for (const Yaml& space : spaces->items) shapes.name_spaces_.push_back(space.Texts());
  }
  if (shapes.Find("file") == nullptr)
    return Error{Code::kInput, std::string(file), "there is no shape 'file'", ""};
  for (const Shape& shape : shapes.shapes_) {
    for (const ShapeKey& key : shape.keys) {
      const std::string unknown = Unknown(shapes, key.forms);
      if (unknown.empty()) continue;
      return Error{Code::kInput, std::string(file),
                   shape.name + "." + key.name + " names the shape '" + unknown + "'",
                   "add it under shapes:"};
    }
  }
  return shapes;
}

const Shape* Shapes::Find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &shapes_[found->second];
}

const std::vector<std::string>* Shapes::FindWords(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? nullptr : &found->second;
}

std::string ToWords(const Form& form) {
  switch (form.kind) {
    case Form::Kind::kText:
      return "text";
    case Form::Kind::kId:
      return "an id of one word";
    case Form::Kind::kNumber:
      return "a number";
    case Form::Kind::kInteger:
      return "a whole number";
    case Form::Kind::kShare:
      return "a share from 0 to 1";
    case Form::Kind::kDate:
      return "a day like 2026-03-31";
    case Form::Kind::kPeriod:
      return "a period like 2026-01-01..2026-03-31";
    case Form::Kind::kYesNo:
      return "true or false";
    case Form::Kind::kMetric:
      return "the id of a metric";
    case Form::Kind::kWord:
      return "a word";
    case Form::Kind::kAny:
      return "anything";
    case Form::Kind::kList:
      return "a list";
    case Form::Kind::kMap:
      return "a map of keys and values";
    case Form::Kind::kShape:
      return "a block of keys";
  }
  return "";
}

}  // namespace backcast
