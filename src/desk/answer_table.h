// SPDX-License-Identifier: Apache-2.0
// A list of rows for people and spreadsheets: text as wide as a terminal, CSV, Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backcast {

/// Widest line of a text answer where nobody says how wide the terminal is.
inline constexpr int kTextColumns = 100;

struct AnswerTable {
  std::vector<std::string> headers;
  std::vector<bool> numbers;  ///< columns that end at the right; missing ones are text
  std::vector<std::vector<std::string>> rows;

  /// Cells aligned, what a platform wrote made visible; the widest column of text is cut where a line would
  /// be longer than kTextColumns. `indent` blanks before every line.
  std::string ToText(int indent = 2) const;
  /// The same in at most `columns`, and nothing cut: cells go on in the line below; where that is not enough
  /// every row becomes a list of its cells, one a line behind its header.
  std::string Folded(int columns, int indent = 2) const;
  /// RFC 4180, what a platform wrote made visible here too: an answer goes to a terminal first. A cell that
  /// is a number stays one; any other that a spreadsheet might run gets an apostrophe before it.
  std::string ToCsv() const;
  std::string ToMarkdown() const;
};

/// A table under its own heading, and what is to be said below it.
struct AnswerSection {
  std::string heading;
  AnswerTable table;
  std::vector<std::string> sentences;
};

/// Number of code points: how wide a text stands.
int WidthOf(std::string_view text);

/// Words put into lines of at most `columns`.
std::string Wrapped(std::string_view sentence, int indent = 0, int columns = kTextColumns);

}  // namespace backcast
