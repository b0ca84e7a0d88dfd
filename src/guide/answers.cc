// SPDX-License-Identifier: Apache-2.0
#include "guide/answers.h"

#include <algorithm>
#include <cmath>

#include "base/nearest.h"
#include "guide/yaml_writer.h"
#include "plan/driver_trees.h"
#include "plan/rulebook.h"
#include "plan/value_check.h"

namespace backcast {
namespace {

using Is = GuideField::Is;

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<std::string> TreeIds(const Known& known) {
  std::vector<std::string> ids;
  for (const DriverTree& tree : known.trees->all()) ids.push_back(tree.id);
  return ids;
}

std::vector<std::string> KnownWords(const GuideField& field, const Known& known) {
  if (field.is == Is::kTree) return TreeIds(known);
  if (field.is == Is::kMetric)
    return known.catalogue == nullptr ? std::vector<std::string>() : known.catalogue->ids();
  if (field.is == Is::kId || field.is == Is::kIds) {
    const auto found = known.ids.find(field.of);
    return found == known.ids.end() ? std::vector<std::string>() : found->second;
  }
  return field.words;
}

/// "did you mean 'x'?", else what there is to choose from.
std::string Choice(std::string_view word, const std::vector<std::string>& words) {
  std::string hint = DidYouMean(word, words);
  if (!hint.empty() || words.empty()) return hint;
  return words.size() > 30 ? "backcast metrics list names them" : "one of: " + Joined(words);
}

bool IsNamed(const GuideField& field, const std::string& word, const Known& known) {
  const std::vector<std::string> words = KnownWords(field, known);
  if (field.is == Is::kId || field.is == Is::kIds) {
    // Ids that are not known yet, such as those of proposed KPIs, are the doctor's to judge.
    return known.ids.find(field.of) == known.ids.end() || !ResolveId(word, words).empty();
  }
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string TextFault(const std::string& text) {
  if (text.size() > kLongestAnswer)
    return "the text has " + std::to_string(text.size()) + " bytes; an answer has at most " +
           std::to_string(kLongestAnswer);
  if (!IsUtf8(text)) return "the text is not valid UTF-8";
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return "the answer is empty";
  return "";
}

/// What is wrong with a scalar, as "what; hint"; empty when nothing is.
Error ScalarFault(const GuideField& field, const Yaml& value, const Known& known) {
  const std::string& text = value.text;
  const std::string shown = "'" + Shortened(text) + "'";
  const auto wrong = [&](std::string hint = "") {
    return Error{Code::kInput, "", shown + " is not " + ToWords(field, known), std::move(hint)};
  };
  if (std::string fault = TextFault(text); !fault.empty()) return {Code::kInput, "", std::move(fault), ""};
  Yaml plain = value;
  plain.quoted = false;
  const std::optional<double> number = plain.Number();
  switch (field.is) {
    case Is::kText:
    case Is::kTexts:
    case Is::kUsed:
      return {};
    case Is::kDate:
      return ParseIsoDay(text).ok() ? Error{} : wrong();
    case Is::kPeriod:
      return PlanPeriod(&plain) ? Error{} : wrong();
    case Is::kYesNo:
      return plain.Boolean() ? Error{} : wrong();
    case Is::kNumber:
      return number && std::isfinite(*number) ? Error{}
                                              : wrong("without separators, with a point for decimals");
    case Is::kInteger:
      return number && *number >= 0 && *number == std::floor(*number) && *number < 1e9 ? Error{} : wrong();
    case Is::kShare:
      return number && *number >= 0 && *number <= 1 ? Error{} : wrong("30 % is 0.3");
    default:
      return IsNamed(field, text, known) ? Error{} : wrong(Choice(text, KnownWords(field, known)));
  }
}

Yaml ScalarOf(std::string_view text) {
  Yaml value;
  value.kind = Yaml::Kind::kScalar;
  value.text = text;
  return value;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

/// Ids of every question with ids, outcomes of the templates among them.
Known KnownOf(const Yaml& answers, const GuideData& data, const std::vector<std::string>& templates) {
  Known known{&data.catalogue, {}, &data.trees};
  for (const GuideQuestion& question : data.questions.all()) {
    if (question.has_ids) known.ids[question.id] = IdsOf(answers, question);
  }
  const std::vector<const Yaml*> written = EntriesOf(answers, "outcomes");
  const std::vector<std::string> trees = TreesOf(answers, templates);
  for (std::size_t i = written.size(); i < trees.size(); ++i)
    known.ids["outcomes"].push_back("o_" + trees[i]);
  return known;
}

class FileCheck {
 public:
  FileCheck(const Questions& questions, const Known& known, std::string_view file)
      : questions_(questions), known_(known), file_(file) {}

  Result<Done> CheckOf(const Yaml::Entry& entry) const {
    std::vector<std::string> ids;
    for (const GuideQuestion& each : questions_.all()) ids.push_back(each.id);
    const GuideQuestion* question = questions_.Find(entry.key);
    if (question == nullptr) {
      const std::string hint = DidYouMean(entry.key, ids);
      return At(entry.place, "there is no question '" + Shortened(entry.key) + "'",
                hint.empty() ? "one of: " + Joined(ids) : hint);
    }
    if (entry.value.IsNull()) return Done{};
    if (entry.value.IsMap()) return Entry(*question, entry.value);
    if (!entry.value.IsList() || !question->repeat)
      return At(entry.value.place,
                question->id + " should be a map of its fields" +
                    (question->repeat ? ", or a list of such maps" : ""),
                "backcast init --questions shows them");
    for (const Yaml& item : entry.value.items) {
      if (!item.IsMap())
        return At(item.place, "an entry of " + question->id + " should be a map of its fields", "");
      BACKCAST_CHECK(Entry(*question, item));
    }
    return Done{};
  }

 private:
  Error At(const Place& place, std::string what, std::string hint) const {
    return {Code::kInput, backcast::At(file_, place), std::move(what), std::move(hint)};
  }

  Result<Done> Entry(const GuideQuestion& question, const Yaml& map) const {
    for (const Yaml::Entry& entry : map.entries) {
      if (entry.key == "id" && (question.has_ids || question.each == "kpis" || question.each == "tactics")) {
        if (!entry.value.IsScalar() || Slug(entry.value.text).empty() ||
            entry.value.text.find(' ') != std::string::npos || entry.value.text.size() > 100)
          return At(entry.value.place, "an id is one word of at most 100 characters", "");
        continue;
      }
      const GuideField* field = question.Find(entry.key);
      if (field == nullptr) {
        std::vector<std::string> ids;
        for (const GuideField& each : question.fields) ids.push_back(each.id);
        const std::string hint = DidYouMean(entry.key, ids);
        return At(entry.place, question.id + " has no field '" + Shortened(entry.key) + "'",
                  hint.empty() ? "one of: " + Joined(ids) : hint);
      }
      if (!entry.value.IsNull()) BACKCAST_CHECK(CheckAnswer(*field, entry.value, known_, file_));
    }
    return Done{};
  }

  const Questions& questions_;
  const Known& known_;
  std::string_view file_;
};

}  // namespace

std::string ToWords(const GuideField& field, const Known& known) {
  switch (field.is) {
    case Is::kText:
      return "a text";
    case Is::kTexts:
      return "texts, separated by ;";
    case Is::kUsed:
      return "used, or the reason why not";
    case Is::kDate:
      return "a day such as 2026-03-31";
    case Is::kPeriod:
      return "a period such as 2026-07-01..2026-09-30 or 2026-Q3";
    case Is::kNumber:
      return "a number";
    case Is::kInteger:
      return "a whole number of at least 0";
    case Is::kShare:
      return "a share between 0 and 1";
    case Is::kYesNo:
      return "yes or no";
    case Is::kMetric:
      return "a metric of the catalogue";
    case Is::kTree:
      return "a kind of result (" + Joined(TreeIds(known)) + ")";
    case Is::kId:
    case Is::kIds: {
      const std::vector<std::string> ids = KnownWords(field, known);
      return (field.is == Is::kIds ? "ids of " : "an id of ") + field.of +
             (ids.empty() ? "" : " (" + Joined(ids) + ")");
    }
    case Is::kWord:
    case Is::kWords:
      return (field.is == Is::kWords ? "words out of: " : "one of: ") + Joined(field.words);
  }
  return "";
}

Result<Done> CheckAnswer(const GuideField& field, const Yaml& value, const Known& known,
                         std::string_view file) {
  const auto at = [&](const Place& place, Error fault) {
    fault.where = file.empty() ? "" : At(file, place);
    fault.code = Code::kInput;
    return fault;
  };
  if (!value.IsScalar() && !(value.IsList() && field.IsList()))
    return at(value.place, {Code::kInput, "", field.id + " should be " + ToWords(field, known), ""});
  std::vector<const Yaml*> scalars = {&value};
  if (value.IsList()) {
    scalars.clear();
    for (const Yaml& item : value.items) scalars.push_back(&item);
  }
  for (const Yaml* scalar : scalars) {
    if (!scalar->IsScalar())
      return at(scalar->place, {Code::kInput, "", field.id + " should be " + ToWords(field, known), ""});
    Error fault = ScalarFault(field, *scalar, known);
    if (!fault.what.empty()) return at(scalar->place, std::move(fault));
  }
  return Done{};
}

Result<Yaml> ReadAnswer(const GuideField& field, std::string_view typed, const Known& known) {
  const std::string_view text = Trimmed(typed);
  Yaml value = ScalarOf(text);
  if (field.IsList()) {
    value = Yaml();
    value.kind = Yaml::Kind::kList;
    const std::string_view signs = field.is == Is::kTexts ? ";" : ";,";
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(text.find_first_of(signs, from), text.size());
      const std::string_view part = Trimmed(text.substr(from, end - from));
      if (!part.empty()) value.items.push_back(ScalarOf(part));
      from = end + 1;
    }
    if (value.items.empty()) return Error{Code::kInput, "", "the answer is empty", ""};
  }
  if (field.is == Is::kText || field.is == Is::kTexts || field.is == Is::kUsed) {
    value.quoted = true;  // typed words are text, whatever they look like
    for (Yaml& item : value.items) item.quoted = true;
  }
  BACKCAST_CHECK(CheckAnswer(field, value, known, ""));
  return value;
}

Result<Yaml> ReadAnswers(std::string_view yaml, std::string_view file, const GuideData& data,
                         const std::vector<std::string>& templates) {
  BACKCAST_TRY(Yaml answers, ParseYaml(yaml, file));
  if (answers.IsNull()) answers.kind = Yaml::Kind::kMap;
  if (!answers.IsMap())
    return Error{Code::kInput, At(file, answers.place), "the answers should be a map from question to answer",
                 "backcast init --questions shows it"};
  const Known known = KnownOf(answers, data, templates);
  const FileCheck check(data.questions, known, file);
  for (const Yaml::Entry& entry : answers.entries) BACKCAST_CHECK(check.CheckOf(entry));
  return answers;
}

std::vector<const Yaml*> EntriesOf(const Yaml& answers, std::string_view question) {
  std::vector<const Yaml*> entries;
  const Yaml* value = answers.Find(question);
  if (value == nullptr) return entries;
  if (value->IsMap() && !value->entries.empty()) entries.push_back(value);
  for (const Yaml& item : value->items) {
    if (item.IsMap() && !item.entries.empty()) entries.push_back(&item);
  }
  return entries;
}

std::vector<std::string> IdsOf(const Yaml& answers, const GuideQuestion& question) {
  std::vector<std::string> ids;
  const std::vector<const Yaml*> entries = EntriesOf(answers, question.id);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string name = entries[i]->Text(question.named);
    std::string base = entries[i]->Text("id");
    if (base.empty())
      base = question.prefix + (question.named.empty() || name.empty() ? std::to_string(i + 1) : Slug(name));
    std::string id = base;
    for (int n = 2; std::find(ids.begin(), ids.end(), id) != ids.end(); ++n)
      id = base + "_" + std::to_string(n);
    ids.push_back(id);
  }
  return ids;
}

std::string ResolveId(std::string_view written, const std::vector<std::string>& ids) {
  const std::string slug = Slug(written);
  for (const std::string& id : ids) {
    if (id == written) return id;
  }
  for (const std::string& id : ids) {
    if (id == slug || (id.size() > 2 && id[1] == '_' && id.substr(2) == slug)) return id;
  }
  return "";
}

std::vector<std::string> TreesOf(const Yaml& answers, const std::vector<std::string>& templates) {
  std::vector<std::string> trees;
  for (const Yaml* outcome : EntriesOf(answers, "outcomes")) trees.push_back(outcome->Text("tree"));
  for (const std::string& tree : templates) {
    if (std::find(trees.begin(), trees.end(), tree) == trees.end()) trees.push_back(tree);
  }
  return trees;
}

bool IsAsked(const GuideQuestion& question, const Yaml& answers, const std::vector<std::string>& templates) {
  if (!question.answered.empty() && EntriesOf(answers, question.answered).empty()) return false;
  if (question.trees.empty()) return true;
  const std::vector<std::string> trees = TreesOf(answers, templates);
  return std::any_of(trees.begin(), trees.end(), [&](const std::string& tree) {
    return std::find(question.trees.begin(), question.trees.end(), tree) != question.trees.end();
  });
}

bool IsAsked(const GuideField& field, const Yaml& entry) {
  return std::all_of(field.only_if.begin(), field.only_if.end(), [&](const auto& condition) {
    const Yaml* value = entry.Find(condition.first);
    // In a file, an entry whose answer is not said is one that is kept.
    if (value == nullptr) return !condition.second.empty() && condition.second.front() == "keep";
    return condition.second.empty() ||
           std::find(condition.second.begin(), condition.second.end(), value->text) != condition.second.end();
  });
}

std::string AnswersTemplate(const Questions& questions, const std::vector<std::string>& templates) {
  std::string out =
      "# Answers for: backcast init DIR --answers FILE\n# Take the # away from a line and write your answer "
      "behind the "
      "colon. What stays out stays open: the plan then\n# carries the question as a comment, and the doctor "
      "says "
      "what it means.\n";
  const Known known;
  for (const GuideQuestion& question : questions.all()) {
    out += "\n# " + question.ask + (question.why.empty() ? "" : "\n#   " + question.why) + "\n";
    const bool lists_templates = question.each == "outcomes" && !templates.empty();
    out += (lists_templates ? "" : "#") + question.id + ":\n";
    if (lists_templates) {
      for (const std::string& tree : templates) out += "- tree: " + tree + "\n";
    }
    bool first = true;
    for (const GuideField& field : question.fields) {
      std::string example = field.standard.empty() ? field.example : field.standard;
      if (field.IsList()) {
        std::string list;
        for (std::size_t from = 0; from <= example.size();) {
          const std::size_t end = std::min(example.find(';', from), example.size());
          const std::string part(Trimmed(std::string_view(example).substr(from, end - from)));
          list += (list.empty() ? "" : ", ") + WriteYaml(Block::Text(part));
          list.pop_back();
          from = end + 1;
        }
        example = "[" + list + "]";
      } else if (!field.IsPlain()) {
        example = WriteYaml(Block::Text(example));
        example.pop_back();
      }
      const std::string dash = question.repeat ? (first ? "- " : "  ") : "  ";
      first = false;
      if (lists_templates && field.is == Is::kTree) continue;
      out +=
          "#" + dash + field.id + ": " + example + "   # " + field.ask + " (" + ToWords(field, known) + ")\n";
    }
  }
  return out;
}

}  // namespace backcast
