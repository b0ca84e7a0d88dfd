// SPDX-License-Identifier: Apache-2.0
// Ids that are one person, through any number of steps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace backcast {

/// Join everything first, then ask for numbers.
class People {
 public:
  void Join(std::int64_t one, std::int64_t other) {
    const std::int64_t a = Root(one), b = Root(other);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }
  /// The dense number of the person behind an id, by first question.
  std::uint32_t NumberOf(std::int64_t id) {
    const std::int64_t root = parent_.empty() ? id : Root(id);
    // The lake codes persons densely from nought; only codes beyond all reason are looked up.
    if (root < 0 || root >= kMostDense) {
      const auto [found, is_new] = far_.try_emplace(root, count_);
      count_ += is_new ? 1 : 0;
      return found->second;
    }
    const auto at = static_cast<std::size_t>(root);
    if (at >= dense_.size()) dense_.resize(std::max(at + 1, 2 * dense_.size()), kNobody);
    if (dense_[at] == kNobody) dense_[at] = count_++;
    return dense_[at];
  }
  /// By number so far: the number that the person has in the order of ids, whatever order they were asked in.
  std::vector<std::uint32_t> Ordered() const {
    std::vector<std::uint32_t> ordered(count_);
    std::uint32_t next = 0;
    const auto far = [&](auto from, auto to) {
      for (; from != to; ++from) ordered[from->second] = next++;
    };
    const auto positive = far_.lower_bound(0);
    far(far_.begin(), positive);
    for (const std::uint32_t number : dense_) {
      if (number != kNobody) ordered[number] = next++;
    }
    far(positive, far_.end());
    return ordered;
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
  static constexpr std::int64_t kMostDense = std::int64_t{1} << 26;
  static constexpr std::uint32_t kNobody = ~std::uint32_t{0};
  std::vector<std::uint32_t> dense_;
  std::map<std::int64_t, std::uint32_t> far_;
  std::uint32_t count_ = 0;
};

}  // namespace backcast
