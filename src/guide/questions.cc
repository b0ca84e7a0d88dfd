// SPDX-License-Identifier: Apache-2.0
#include "guide/questions.h"

#include <algorithm>
#include <optional>

#include "base/embedded.h"
#include "base/nearest.h"
#include "plan/shape.h"

namespace backcast {
namespace {

constexpr std::pair<std::string_view, GuideField::Is> kKinds[] = {
    {"text", GuideField::Is::kText},     {"texts", GuideField::Is::kTexts},
    {"word", GuideField::Is::kWord},     {"words", GuideField::Is::kWords},
    {"date", GuideField::Is::kDate},     {"period", GuideField::Is::kPeriod},
    {"number", GuideField::Is::kNumber}, {"integer", GuideField::Is::kInteger},
    {"share", GuideField::Is::kShare},   {"yes_no", GuideField::Is::kYesNo},
    {"metric", GuideField::Is::kMetric}, {"tree", GuideField::Is::kTree},
    {"id", GuideField::Is::kId},         {"ids", GuideField::Is::kIds},
    {"used", GuideField::Is::kUsed}};

std::optional<GuideField::Is> KindOf(std::string_view word) {
  for (const auto& [name, kind] : kKinds) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

Result<GuideField> ReadField(const Yaml& item, std::string_view file) {
  GuideField field;
  field.id = item.Text("id");
  field.ask = item.Text("ask");
  field.why = item.Text("why");
  field.example = item.Text("example");
  field.standard = item.Text("default");
  field.into = item.Text("into", field.id);
  if (field.into == "-") field.into.clear();
  field.of = item.Text("of");
  field.optional = item.Flag("optional");
  const std::optional<GuideField::Is> kind = KindOf(item.Text("is"));
  if (!kind || field.id.empty() || field.ask.empty()) {
    std::vector<std::string> known;
    for (const auto& [name, is] : kKinds) known.emplace_back(name);
    return Error{Code::kInput, At(file, item.place),
                 "a field needs id, ask and a known kind of answer, not '" + item.Text("is") + "'",
                 DidYouMean(item.Text("is"), known)};
  }
  field.is = *kind;
  if (const Yaml* words = item.Find("words")) {
    // The lists of the plan's own schema, so that a question and the doctor know the same words.
    const std::vector<std::string>* named =
        words->IsScalar() ? Shapes::Shipped().FindWords(words->text) : nullptr;
    if (words->IsScalar() && named == nullptr)
      return Error{Code::kInput, At(file, words->place), "there is no list of words '" + words->text + "'",
                   ""};
    field.words = named != nullptr ? *named : words->Texts();
  }
  if (const Yaml* condition = item.Find("if")) {
    for (const Yaml::Entry& entry : condition->entries)
      field.only_if.emplace_back(entry.key, entry.value.Texts());
  }
  if (const Yaml* yes = item.Find("yes")) field.yes = *yes;
  return field;
}

Result<GuideQuestion> ReadQuestion(const Yaml& item, std::string_view file) {
  GuideQuestion question;
  question.id = item.Text("id");
  question.ask = item.Text("ask");
  question.why = item.Text("why");
  question.into = item.Text("into");
  question.each = item.Text("each");
  question.repeat = item.Flag("repeat");
  question.optional = item.Flag("optional");
  if (const Yaml* ids = item.Find("ids")) {
    question.has_ids = true;
    question.prefix = ids->Text("prefix");
    question.named = ids->Text("from");
  }
  if (const Yaml* when = item.Find("when")) {
    question.trees = when->Texts("trees");
    question.answered = when->Text("answered");
  }
  if (question.id.empty() || question.ask.empty() || item.Items("fields").empty())
    return Error{Code::kInput, At(file, item.place), "a question needs id, ask and fields", ""};
  for (const Yaml& one : item.Items("fields")) {
    BACKCAST_TRY(GuideField field, ReadField(one, file));
    question.fields.push_back(std::move(field));
  }
  return question;
}

}  // namespace

const GuideField* GuideQuestion::Find(std::string_view field) const {
  for (const GuideField& one : fields) {
    if (one.id == field) return &one;
  }
  return nullptr;
}

Result<Questions> Questions::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  const Yaml* list = root.Find("questions");
  if (list == nullptr) return Error{Code::kInput, std::string(file), "there is no list 'questions'", ""};
  Questions questions;
  for (const Yaml& item : list->items) {
    BACKCAST_TRY(GuideQuestion question, ReadQuestion(item, file));
    questions.questions_.push_back(std::move(question));
  }
  return questions;
}

const Questions& Questions::Shipped() {
  static const Questions questions = [] {
    auto parsed = Parse(Embedded("plan/questions.yaml").value_or(""), "catalogue/plan/questions.yaml");
    return parsed.ok() ? std::move(parsed).value() : Questions();
  }();
  return questions;
}

const GuideQuestion* Questions::Find(std::string_view id) const {
  for (const GuideQuestion& question : questions_) {
    if (question.id == id) return &question;
  }
  return nullptr;
}

std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    if (slug.size() >= 24) break;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += c;
    } else if (c >= 'A' && c <= 'Z') {
      slug += static_cast<char>(c - 'A' + 'a');
    } else if (!slug.empty() && slug.back() != '_') {
      slug += '_';
    }
  }
  while (!slug.empty() && slug.back() == '_') slug.pop_back();
  return slug.empty() ? "x" : slug;
}

}  // namespace backcast
