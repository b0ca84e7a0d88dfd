// SPDX-License-Identifier: Apache-2.0
// Whether a text says one of a few words or phrases that somebody listed: the words of an issue, of a fix.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/texts.h"
#include "text/tokens.h"

namespace backcast {

/// Looks at one text after another and keeps its memory; make one per thread.
class Phrases {
 public:
  /// Words that follow each other, in any case; a hashtag is a word; what stands between (commas) does not
  /// matter. A phrase without words is never said.
  void Add(std::string_view phrase);
  bool empty() const { return phrases_.empty(); }
  bool SaidIn(std::string_view text);

 private:
  void Fold(std::string_view text, std::string& into);

  std::vector<std::string> phrases_;  ///< " two words "
  Emoticons none_;
  std::string room_, folded_;
  std::vector<TextToken> tokens_;
};

/// One entry per text: whether it says one of the phrases. The same for any number of threads.
std::vector<std::uint8_t> SaidIn(const Texts& texts, const std::vector<std::string>& phrases, int threads);

}  // namespace backcast
