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
  struct Slot {
    std::uint64_t gram = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  struct Weight {
    std::uint8_t language = 0, weight = 0;
  };
  class Counter;
  Result<Done> AddLine(std::string_view line);
  Slot& SlotOf(std::uint64_t gram);

  std::vector<std::string> codes_{"und"};
  std::vector<float> usual_{0};  ///< score of a right verdict, by language
  std::vector<bool> allowed_{false};
  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << 18);
  std::vector<Weight> weights_;
};

}  // namespace backcast
