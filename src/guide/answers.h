// SPDX-License-Identifier: Apache-2.0
// What a person answered, checked at once. An answers file is a map from question to its fields, or to a list
// of them; docs/init.md shows one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "guide/guide_data.h"

namespace backcast {

/// What an answer may name.
struct Known {
  const Catalogue* catalogue = nullptr;
  std::map<std::string, std::vector<std::string>, std::less<>> ids;  ///< question -> ids of its entries
  const DriverTreeSet* trees = &DriverTreeSet::Shipped();
};

/// Longest text that is taken as one answer, in bytes.
inline constexpr std::size_t kLongestAnswer = 4000;

/// Reads what was typed for a field. Lists are split at ';' (words and ids also at ','). Errors: kInput, a
/// sentence for the person who typed.
Result<Yaml> ReadAnswer(const GuideField& field, std::string_view typed, const Known& known);

/// Checks a value that was written in a file. Errors: kInput with file:line:column.
Result<Done> CheckAnswer(const GuideField& field, const Yaml& value, const Known& known,
                         std::string_view file);

/// Reads and checks a whole answers file. `templates`: driver trees asked for beside those in the file. Ids
/// of KPIs are not checked here, because they are proposed later. Errors: kInput with file:line:column.
Result<Yaml> ReadAnswers(std::string_view yaml, std::string_view file, const GuideData& data,
                         const std::vector<std::string>& templates);

/// The entries of a question: of a list, or the one map. None when it has no answer.
std::vector<const Yaml*> EntriesOf(const Yaml& answers, std::string_view question);

/// The ids of a question's entries, given or made, each once, in order.
std::vector<std::string> IdsOf(const Yaml& answers, const GuideQuestion& question);

/// The id that `written` means: itself, or the one that its words make. Empty when there is none.
std::string ResolveId(std::string_view written, const std::vector<std::string>& ids);

/// The driver trees wanted: of the answers, then those of `templates` that are not among them.
std::vector<std::string> TreesOf(const Yaml& answers, const std::vector<std::string>& templates);

/// The question is to be asked, as far as the answers say.
bool IsAsked(const GuideQuestion& question, const Yaml& answers, const std::vector<std::string>& templates);

/// The field is to be asked in this entry.
bool IsAsked(const GuideField& field, const Yaml& entry);

/// Every question with why, kind and example, as an answers file in which everything is commented out but the
/// outcomes of `templates`.
std::string AnswersTemplate(const Questions& questions, const std::vector<std::string>& templates);

/// The kind of answer in words: "a day such as 2026-03-31".
std::string ToWords(const GuideField& field, const Known& known);

}  // namespace backcast
