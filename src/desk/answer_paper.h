// SPDX-License-Identifier: Apache-2.0
// Headings, sentences and tables of one answer as text, Markdown or CSV; what a platform wrote is made
// visible or escaped here.
#pragma once

#include <algorithm>
#include <string>

#include "desk/answer.h"
#include "desk/answer_table.h"

namespace backcast {

/// Columns of a terminal as a paper uses them: from 60 to kTextColumns.
inline int PaperColumns(int columns) { return std::clamp(columns, 60, kTextColumns); }

class AnswerPaper {
 public:
  /// `columns`: of the terminal; text is folded into them, nothing is cut.
  explicit AnswerPaper(Format format, int columns = kTextColumns)
      : format_(format), columns_(PaperColumns(columns)) {}

  void Heading(const std::string& text);
  void Sentence(const std::string& text);
  /// Left out when it has no rows. In CSV tables follow each other with an empty line between.
  void Table(const AnswerTable& table);
  /// Ends what belongs together.
  void End();
  std::string Take() { return std::move(out_); }

 private:
  Format format_;
  int columns_;
  std::string out_;
};

}  // namespace backcast
