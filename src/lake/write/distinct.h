// SPDX-License-Identifier: Apache-2.0
// Values numbered in the order in which they appear first: the dictionaries of a column, and of a load's ids.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backcast {

class DistinctWords {
 public:
  /// The number of the word, from 0.
  std::uint32_t Find(std::string_view word);
  std::string_view operator[](std::size_t number) const {
    return {text_.data() + ends_[number], ends_[number + 1] - ends_[number]};
  }
  std::size_t size() const { return hashes_.size(); }
  /// Bytes that it holds.
  std::size_t bytes() const { return text_.capacity() + 24 * hashes_.size(); }
  void clear();

 private:
  void Grow();

  std::string text_;
  std::vector<std::size_t> ends_ = {0};
  std::vector<std::uint32_t> hashes_;
  std::vector<std::uint32_t> slots_;  ///< number + 1, or 0; a power of two of them
  std::uint32_t last_ = 0;
};

class DistinctNumbers {
 public:
  /// Gives up, and returns false, when there are more than `most` values.
  bool Number(const std::vector<std::int64_t>& values, std::size_t most);
  const std::vector<std::int64_t>& values() const { return values_; }
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }

 private:
  std::vector<std::int64_t> values_;
  std::vector<std::uint32_t> numbers_;  ///< of each value given
  std::vector<std::uint32_t> slots_;
};

}  // namespace backcast
