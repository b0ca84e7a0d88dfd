// SPDX-License-Identifier: Apache-2.0
// Whose rows are not read any more: marks of persons who were forgotten, and of what was theirs. A mark is a
// keyed hash, so that it names nobody; it says only whether a given id is one of them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace backcast {

/// 32 hex digits of the value of a column ("person", "conversation_id"): a hash under the workspace's salt
/// that is none of those in the lake.
std::string ForgottenMark(std::string_view salt, std::string_view column, std::string_view value);

class Forgotten {
 public:
  Forgotten() = default;
  Forgotten(std::string salt, std::unordered_set<std::string> marks)
      : salt_(std::move(salt)), marks_(std::move(marks)) {}

  bool empty() const { return marks_.empty(); }
  /// `column` is "person" for every column of persons, else the column's name.
  bool Has(std::string_view column, std::string_view value) const {
    return marks_.contains(ForgottenMark(salt_, column, value));
  }

 private:
  std::string salt_;
  std::unordered_set<std::string> marks_;
};

}  // namespace backcast
