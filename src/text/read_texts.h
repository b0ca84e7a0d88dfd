// SPDX-License-Identifier: Apache-2.0
// All that is read from each text of a column by itself, in one pass: normal form, tokens, language,
// sentiment. Comes in: a column of texts; goes out: one column per answer, a row per text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "text/language.h"
#include "text/lexicon.h"
#include "text/texts.h"

namespace backcast {

/// What the texts are read with; whoever owns it outlives the reading.
struct TextReader {
  const Lexicon* lexicon = nullptr;
  const LanguageModel* languages = nullptr;
  std::vector<std::string> lexicon_languages = {"en"};  ///< others are not scored; "und" is
};

/// Every column has one entry per text.
struct TextReadings {
  std::vector<std::uint8_t> language;     ///< LanguageModel::codes()
  std::vector<float> language_score;      ///< 0 to 1
  std::vector<double> sentiment;          ///< compound, -1 to 1; NaN where the language is not the lexicon's
  std::vector<float> positive, negative;  ///< shares of the words; NaN likewise
  std::vector<std::uint32_t> words, mentions, hashtags, links, emoji;  ///< how many

  std::size_t size() const { return language.size(); }
};

/// The same bytes for any number of threads. Total: any bytes are read.
TextReadings ReadTexts(const Texts& texts, const TextReader& reader, int threads);

}  // namespace backcast
