// SPDX-License-Identifier: Apache-2.0
// Headings, sentences and tables of one answer as text, Markdown or CSV; what a platform wrote is made
// visible or escaped here.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/journey_table.h"

namespace backcast {

class AnswerPaper {
 public:
  explicit AnswerPaper(Format format) : format_(format) {}

  void Heading(const std::string& text);
  void Sentence(const std::string& text);
  /// Left out when it has no rows. In CSV tables follow each other with an empty line between.
  void Table(const AnswerTable& table);
  /// Ends what belongs together.
  void End();
  std::string Take() { return std::move(out_); }

 private:
  Format format_;
  std::string out_;
};

}  // namespace backcast
