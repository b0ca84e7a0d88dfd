// SPDX-License-Identifier: Apache-2.0
#include "text/read_texts.h"

#include <algorithm>
#include <limits>

#include "text/chunks.h"
#include "text/normal.h"
#include "text/sentiment.h"

namespace backcast {
namespace {

/// One thread's memory.
class OneByOne {
 public:
  OneByOne(const TextReader& reader, const std::vector<bool>& scored, TextReadings& readings)
      : reader_(reader), scored_(scored), readings_(readings), scorer_(*reader.lexicon) {}

  void Read(std::string_view text, std::size_t row) {
    const std::string_view normal = Normalise(text, room_);
    Tokenise(normal, reader_.lexicon->emoticons(), tokens_);
    Count(row);
    const Language language = reader_.languages->Read(normal, tokens_);
    readings_.language[row] = language.code;
    readings_.language_score[row] = language.score;
    if (!scored_[language.code]) return;
    const Sentiment sentiment = scorer_.Score(normal, tokens_);
    readings_.sentiment[row] = sentiment.compound;
    readings_.positive[row] = static_cast<float>(sentiment.positive);
    readings_.negative[row] = static_cast<float>(sentiment.negative);
  }

 private:
  void Count(std::size_t row) {
    for (const TextToken& token : tokens_) {
      switch (token.kind) {
        case TokenKind::kWord:
          ++readings_.words[row];
          break;
        case TokenKind::kMention:
          ++readings_.mentions[row];
          break;
        case TokenKind::kHashtag:
          ++readings_.hashtags[row];
          break;
        case TokenKind::kUrl:
          ++readings_.links[row];
          break;
        case TokenKind::kEmoji:
        case TokenKind::kEmoticon:
          ++readings_.emoji[row];
          break;
        default:
          break;
      }
    }
  }

  const TextReader& reader_;
  const std::vector<bool>& scored_;
  TextReadings& readings_;
  SentimentScorer scorer_;
  std::string room_;
  std::vector<TextToken> tokens_;
};

}  // namespace

TextReadings ReadTexts(const Texts& texts, const TextReader& reader, int threads) {
  const std::size_t rows = texts.size();
  TextReadings readings;
  readings.language.assign(rows, 0);
  readings.language_score.assign(rows, 0);
  readings.sentiment.assign(rows, std::numeric_limits<double>::quiet_NaN());
  for (auto* column : {&readings.positive, &readings.negative})
    column->assign(rows, std::numeric_limits<float>::quiet_NaN());
  for (auto* column :
       {&readings.words, &readings.mentions, &readings.hashtags, &readings.links, &readings.emoji})
    column->assign(rows, 0);
  std::vector<bool> scored;
  for (const std::string& code : reader.languages->codes()) {
    const auto& known = reader.lexicon_languages;
    scored.push_back(code == "und" || std::find(known.begin(), known.end(), code) != known.end());
  }
  ForChunks(rows, threads, [&] {
    return
        [&, one = OneByOne(reader, scored, readings)](std::size_t, std::size_t from, std::size_t to) mutable {
          for (std::size_t row = from; row < to; ++row) one.Read(texts[row], row);
        };
  });
  return readings;
}

}  // namespace backcast
