// SPDX-License-Identifier: Apache-2.0
// Ids that are one person, through any number of steps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace backcast {

/// Join everything first, then ask for numbers; they are given by first question.
class People {
 public:
  void Join(std::int64_t one, std::int64_t other) {
    const std::int64_t a = Root(one), b = Root(other);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }
  /// The dense number of the person behind an id.
  std::uint32_t NumberOf(std::int64_t id) {
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    return numbers_.try_emplace(Root(id), next).first->second;
  }

 private:
  std::int64_t Root(std::int64_t id) {
    for (auto found = parent_.find(id); found != parent_.end(); found = parent_.find(id)) {
      const auto above = parent_.find(found->second);
      if (above != parent_.end()) found->second = above->second;  // halves the way for the next question
      id = found->second;
    }
    return id;
  }

  std::unordered_map<std::int64_t, std::int64_t> parent_;  // only of ids that were joined below another
  std::unordered_map<std::int64_t, std::uint32_t> numbers_;
};

}  // namespace backcast
