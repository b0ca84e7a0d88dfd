// SPDX-License-Identifier: Apache-2.0
// In which language a short text is written, by the byte n-grams of its words (data of the package eld,
// docs/text.md). Says "und" rather than guess.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/tokens.h"

namespace backcast {

/// One of LanguageModel::codes(); 0 is "und": too short, no words, or two languages equally likely.
struct Language {
  std::uint8_t code = 0;
  float score = 0;   ///< of the likeliest language, from 0 to 1, also when it is not called
  float margin = 0;  ///< weight by which it leads the second one; 40 are needed
};

/// Cheap to share between threads; reading one text needs no memory of its own.
class LanguageModel {
 public:
  /// Error: kInternal; the tests read it.
  static Result<LanguageModel> Shipped();

  /// Of the first 350 bytes of words. `normal` and its tokens as Normalise() and Tokenise() gave them.
  Language Read(std::string_view normal, const std::vector<TextToken>& tokens) const;

  /// ISO 639-1 by number, "und" first.
  const std::vector<std::string>& codes() const { return codes_; }
  std::string_view CodeOf(const Language& language) const { return codes_[language.code]; }

  /// Leaves only these languages to choose from; an empty list leaves all. Error: kUsage with the nearest
  /// code.
  Result<Done> Restrict(const std::vector<std::string>& codes);

 private:
  /// Eight bytes, so that all of them stay near. Another n-gram with the same print is one in billions.
  struct Slot {
    std::uint32_t print = 0;
    std::uint32_t weights = 0;  ///< first in weights_, and how many in the lowest byte; 0 for an empty slot
  };
  struct Weight {
    std::uint8_t language = 0, weight = 0;
  };
  class Counter;
  Result<Done> AddLine(std::string_view line);
  std::size_t HomeOf(std::uint64_t spread) const { return (spread >> 32U) & (slots_.size() - 1); }
  /// Where the n-gram is, or the empty slot where it would be.
  std::size_t PlaceOf(std::uint64_t spread) const;

  std::vector<std::string> codes_{"und"};
  std::vector<float> usual_{0};  ///< score of a right verdict, by language
  std::vector<std::uint8_t> allowed_{0};
  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << 17);
  std::vector<Weight> weights_;
  std::size_t grams_ = 0;
};

}  // namespace backcast
