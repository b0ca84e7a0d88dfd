// SPDX-License-Identifier: Apache-2.0
// Values of a JSON answer as one table for spreadsheets: a row for each value, its parts in columns of their
// own. Included by desk sources only.
#pragma once

#include <string>

#include "desk/answer_table.h"
#include "desk/envelope.h"

namespace backcast {

class ValueTable {
 public:
  /// `subject` heads the column that says whose a value is: "creator".
  explicit ValueTable(const std::string& subject);
  /// A row for every value and word below `json`, named by its path: "first_response.median". Nulls have
  /// none.
  void Add(const std::string& subject, const Json& json);
  /// Columns: subject, measure, state, value, low, high, unit, n, text (a word, or why there is no value).
  std::string ToCsv() const { return table_.ToCsv(); }

 private:
  void Walk(const std::string& subject, const std::string& path, const Json& json);
  AnswerTable table_;
};

}  // namespace backcast
