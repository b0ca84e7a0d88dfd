// SPDX-License-Identifier: Apache-2.0
// What init asks, as data: comes in catalogue/plan/questions.yaml, goes out Questions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

/// One question to a person.
struct GuideField {
  /// Kinds of answer.
  enum class Is : unsigned char {
    kText,
    kTexts,
    kWord,
    kWords,
    kDate,
    kPeriod,
    kNumber,
    kInteger,
    kShare,
    kYesNo,
    kMetric,
    kTree,
    kId,
    kIds,
    kUsed  ///< "used", or the reason why not
  };
  std::string id, ask, why, example;
  Is is = Is::kText;
  std::string standard;            ///< taken when nothing is said; empty for none
  std::string into;                ///< path in the entry; "/path" in the plan; empty: nowhere
  std::vector<std::string> words;  ///< allowed ones of kWord and kWords
  std::string of;                  ///< kId, kIds: the question whose entries are meant
  bool optional = false;
  /// Asked only when each of these fields of the entry has one of the values; no values: when it has any.
  std::vector<std::pair<std::string, std::vector<std::string>>> only_if;
  Yaml yes;  ///< kYesNo: what a yes adds to the entry

  bool IsList() const { return is == Is::kTexts || is == Is::kWords || is == Is::kIds; }
  /// The answer stands in YAML as it is: a number, a date, a truth value.
  bool IsPlain() const { return is >= Is::kDate && is <= Is::kYesNo; }
};

/// Fields that belong together; their answers are one entry, or a list of entries.
struct GuideQuestion {
  std::string id, ask, why;
  std::string into;    ///< path in the plan; empty: it only steers what is proposed
  std::string each;    ///< entries that are proposed: outcomes, owners, kpis, tactics; or empty
  std::string prefix;  ///< of the entries' ids
  std::string named;   ///< field whose text makes the id; empty: ids are numbered
  bool repeat = false, optional = false, has_ids = false;
  std::vector<std::string> trees;  ///< asked only when an outcome of one of these is wanted; empty: always
  std::string answered;            ///< asked only when this question has an answer; empty: always
  std::vector<GuideField> fields;

  const GuideField* Find(std::string_view field) const;
};

class Questions {
 public:
  static const Questions& Shipped();
  /// Errors: kInput with file:line:column for a word that is not known.
  static Result<Questions> Parse(std::string_view yaml, std::string_view file);

  const GuideQuestion* Find(std::string_view id) const;
  const std::vector<GuideQuestion>& all() const { return questions_; }

 private:
  std::vector<GuideQuestion> questions_;
};

/// An id made of a text: lower-case letters, digits, '_', at most 24; "x" when nothing is left.
std::string Slug(std::string_view text);

}  // namespace backcast
