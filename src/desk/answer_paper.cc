// SPDX-License-Identifier: Apache-2.0
#include "desk/answer_paper.h"

#include "report/hostile.h"

namespace backcast {

void AnswerPaper::Heading(const std::string& text) {
  if (format_ == Format::kMarkdown) out_ += "## " + EscapeMarkdown(text) + "\n\n";
  if (format_ == Format::kText) out_ += Wrapped(Visible(text), 0, columns_);
}

void AnswerPaper::Sentence(const std::string& text) {
  if (format_ == Format::kMarkdown) out_ += EscapeMarkdown(text) + "\n\n";
  if (format_ == Format::kText) out_ += Wrapped(Visible(text), 2, columns_);
}

void AnswerPaper::Table(const AnswerTable& table) {
  if (table.rows.empty()) return;
  if (format_ == Format::kCsv) out_ += (out_.empty() ? "" : "\r\n") + table.ToCsv();
  if (format_ == Format::kMarkdown) out_ += table.ToMarkdown() + "\n";
  if (format_ == Format::kText) out_ += table.Folded(columns_);
}

void AnswerPaper::End() {
  if (format_ == Format::kText) out_ += "\n";
}

}  // namespace backcast
