// rooms: text
// seeds: src/text/cases
// SPDX-License-Identifier: Apache-2.0
// Any bytes are read: the normal form is valid UTF-8, tokens lie one behind the other, scores stay in their
// bounds for any number of threads, and what was masked once holds nothing more to mask.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "text/masking.h"
#include "text/normal.h"
#include "text/read_texts.h"
#include "text/sentiment.h"
#include "text/terms.h"
#include "text/topics.h"

namespace {

using namespace backcast;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct Kernels {
  Lexicon lexicon = Lexicon::Shipped().value();
  LanguageModel languages = LanguageModel::Shipped().value();
  StopWords stop_words = StopWords::Shipped().value();
};

void ReadOne(std::string_view text, const Kernels& kernels) {
  std::string room;
  const std::string normal(Normalise(text, room));
  for (std::size_t at = 0; at < normal.size();) {
    const std::size_t from = at;
    const char32_t code = NextCodePoint(normal, at);
    Require(code != kReplacementCharacter || normal.compare(from, 3, "\xEF\xBF\xBD") == 0);
  }
  std::vector<TextToken> tokens;
  Tokenise(normal, kernels.lexicon.emoticons(), tokens);
  std::size_t last = 0;
  for (const TextToken& token : tokens) {
    Require(token.from >= last && token.to > token.from && token.to <= normal.size());
    last = token.to;
  }
  const Sentiment sentiment = SentimentScorer(kernels.lexicon).Score(normal, tokens);
  Require(std::abs(sentiment.compound) <= 1);
  const double shares = sentiment.positive + sentiment.negative + sentiment.neutral;
  Require(shares == 0 || std::abs(shares - 1) < 1e-9);
  for (const MaskRules& rules : {MaskRules{}, MaskRules{.url = true, .handle = true}}) {
    const std::string masked = MaskPrivate(text, rules);
    Require(MaskPrivate(masked, rules) == masked);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Kernels kernels;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  TextColumn texts;
  for (std::size_t at = 0; at <= bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    texts.Add(bytes.substr(at, end - at));
    ReadOne(bytes.substr(at, end - at), kernels);
    at = end + 1;
  }
  const TextReader reader{&kernels.lexicon, &kernels.languages};
  Require(ReadTexts(texts.view(), reader, 1).size() == texts.size());
  const TermMatrix terms = CountTerms(texts.view(), kernels.stop_words, {.fewest_texts = 1}, 1);
  Require(terms.texts() == texts.size());
  if (const auto topics = FindTopics(terms, {}, 1); topics.ok())
    Require(topics.value().coverage >= 0 && topics.value().coverage <= 1);
  if (bytes.starts_with("words")) {
    Lexicon lexicon = kernels.lexicon;
    (void)lexicon.Overlay(bytes, "fuzz.yaml");
    (void)lexicon.OverlayCsv(bytes, "fuzz.csv");
    ReadOne(bytes, {std::move(lexicon), kernels.languages, kernels.stop_words});
  }
  return 0;
}
