// SPDX-License-Identifier: Apache-2.0
#include "listening/phrases.h"

#include <algorithm>

#include "text/chunks.h"
#include "text/normal.h"
#include "text/words.h"

namespace backcast {

void Phrases::Fold(std::string_view text, std::string& into) {
  const std::string_view normal = Normalise(text, room_);
  Tokenise(normal, none_, tokens_);
  into = " ";
  for (const TextToken& token : tokens_) {
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kHashtag &&
        token.kind != TokenKind::kNumber && token.kind != TokenKind::kEmoji)
      continue;
    AppendFolded(token, token.In(normal), into);
    into += ' ';
  }
}

void Phrases::Add(std::string_view phrase) {
  std::string folded;
  Fold(phrase, folded);
  if (folded.size() > 1) phrases_.push_back(std::move(folded));
}

bool Phrases::SaidIn(std::string_view text) {
  Fold(text, folded_);
  return std::any_of(phrases_.begin(), phrases_.end(),
                     [&](const std::string& phrase) { return folded_.find(phrase) != std::string::npos; });
}

std::vector<std::uint8_t> SaidIn(const Texts& texts, const std::vector<std::string>& phrases, int threads) {
  std::vector<std::uint8_t> said(texts.size(), 0);
  Phrases listed;
  for (const std::string& phrase : phrases) listed.Add(phrase);
  if (listed.empty()) return said;
  ForChunks(texts.size(), threads, [&] {
    return [&, own = listed](std::size_t, std::size_t from, std::size_t to) mutable {
      for (std::size_t text = from; text < to; ++text) said[text] = own.SaidIn(texts[text]) ? 1 : 0;
    };
  });
  return said;
}

}  // namespace backcast
