// SPDX-License-Identifier: Apache-2.0
#include "guide/plan_comments.h"

#include <algorithm>

namespace backcast {
namespace {

/// Words apart by single blanks.
std::string Collapsed(std::string_view text) {
  std::string words;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  return words;
}

}  // namespace

PlanComments::PlanComments(std::string_view text) {
  std::string comments;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::string_view line = text.substr(from, end - from);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with('#')) comments += std::string(line.substr(1)) + " ";
    from = end + 1;
  }
  words_ = Collapsed(comments);
}

bool PlanComments::Say(std::string_view sentence) const {
  return words_.find(Collapsed(sentence)) != std::string::npos;
}

}  // namespace backcast
