// SPDX-License-Identifier: Apache-2.0
// The shape of plan.yaml as a JSON Schema, for editors that complete and underline while a plan is written.
#include <nlohmann/json.hpp>

#include "plan/driver_trees.h"
#include "plan/shape.h"

namespace backcast {
namespace {

using Json = nlohmann::ordered_json;

Json OfForm(const Form& form, const ShapeKey& key);

Json OfForms(const std::vector<Form>& forms, const ShapeKey& key) {
  if (forms.size() == 1) return OfForm(forms[0], key);
  Json any = Json::array();
  for (const Form& form : forms) any.push_back(OfForm(form, key));
  return {{"anyOf", any}};
}

Json OfNumber(const Form& form, const ShapeKey& key) {
  const bool share = form.kind == Form::Kind::kShare;
  Json schema = {{"type", form.kind == Form::Kind::kInteger ? "integer" : "number"}};
  if (share || key.min) schema["minimum"] = share ? 0 : *key.min;
  if (share || key.max) schema["maximum"] = share ? 1 : *key.max;
  return schema;
}

/// One value may stand without the brackets of a list.
Json OfList(const Form& form, const ShapeKey& key) {
  const Json item = OfForms(form.of, key);
  Json list = {{"type", "array"}, {"items", item}};
  if (!form.of[0].IsScalar()) return list;
  return {{"anyOf", {list, OfForm(form.of[0], key)}}};
}

Json OfMap(const Form& form, const ShapeKey& key) {
  Json schema = {{"type", "object"}, {"additionalProperties", OfForms(form.of, key)}};
  if (!key.keys.empty()) schema["propertyNames"] = {{"enum", key.keys}};
  return schema;
}

Json OfForm(const Form& form, const ShapeKey& key) {
  Json text = {{"type", {"string", "number", "boolean"}}};
  switch (form.kind) {
    case Form::Kind::kNumber:
    case Form::Kind::kInteger:
    case Form::Kind::kShare:
      return OfNumber(form, key);
    case Form::Kind::kDate:
      return {{"type", "string"}, {"format", "date"}};
    case Form::Kind::kYesNo:
      return {{"type", "boolean"}};
    case Form::Kind::kWord:
      return key.words.empty() ? text : Json{{"enum", key.words}};
    case Form::Kind::kPeriod:
      return {{"type", {"string", "integer"}}};
    case Form::Kind::kMetric:
      return {{"type", "string"}};
    case Form::Kind::kAny:
      return Json::object();
    case Form::Kind::kList:
      return OfList(form, key);
    case Form::Kind::kMap:
      return OfMap(form, key);
    case Form::Kind::kShape:
      return {{"$ref", "#/$defs/" + form.shape}};
    case Form::Kind::kText:
    case Form::Kind::kId:
      return text;
  }
  return Json::object();
}

Json OfKey(const ShapeKey& key) {
  Json schema = OfForms(key.forms, key);
  if (key.refers == std::vector<std::string>{"tree"}) {
    Json trees = Json::array();
    for (const DriverTree& tree : DriverTreeSet::Shipped().all()) trees.push_back(tree.id);
    schema["examples"] = trees;  // a plan may bring its own
  }
  schema["description"] = key.note;
  return schema;
}

Json OfShape(const Shape& shape) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const ShapeKey& key : shape.keys) {
    properties[key.name] = OfKey(key);
    if (key.required == Severity::kError) required.push_back(key.name);
  }
  Json schema = {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

}  // namespace

std::string PlanSchema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "Backcast measurement plan"},
                 {"description", "plan.yaml; see docs/formats/plan.md"}};
  Json definitions = Json::object();
  for (const Shape& shape : Shapes::Shipped().all()) {
    if (shape.name == "file") {
      schema.update(OfShape(shape));
    } else {
      definitions[shape.name] = OfShape(shape);
    }
  }
  schema["$defs"] = definitions;
  return schema.dump(2) + "\n";
}

}  // namespace backcast
