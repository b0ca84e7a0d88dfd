// SPDX-License-Identifier: Apache-2.0
// How fast texts are read: text_bench [FILE]. FILE has one text a line; without one, sentences are made up.
// One thread, CPU time, the best of five runs; the last lines show that time grows with length alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>

#include "text/masking.h"
#include "text/normal.h"
#include "text/read_texts.h"
#include "text/sentiment.h"
#include "text/terms.h"
#include "text/topics.h"

namespace {

using namespace backcast;

TextColumn MadeUp(std::size_t count) {
  static constexpr const char* kParts[] = {"the delivery was not great, ",
                                           "I love the new app :) ",
                                           "still waiting for my refund ",
                                           "@brand thanks!! ",
                                           "never had a problem, ",
                                           "so happy with the colour \xF0\x9F\x98\x8D ",
                                           "#fail again ",
                                           "see https://x.com/a/123 ",
                                           "but the hotline is really rude "};
  TextColumn texts;
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (int part = 0; part < 4; ++part) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += kParts[(state >> 40U) % std::size(kParts)];
    }
    texts.Add(text);
  }
  return texts;
}

TextColumn FromFile(const char* path) {
  std::ifstream file(path);
  TextColumn texts;
  for (std::string line; std::getline(file, line);) texts.Add(line);
  return texts;
}

double Best(const std::function<void()>& run) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t from = std::clock();
    run();
    best = std::min(best, static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
  }
  return best;
}

void Measure(const char* what, const Texts& texts, const std::function<void()>& run) {
  const double seconds = Best(run);
  std::printf("%-32s %10.0f texts/s %8.1f MB/s\n", what, static_cast<double>(texts.size()) / seconds,
              static_cast<double>(texts.bytes.size()) / 1e6 / seconds);
}

void Grows(const char* what, const std::string& piece, const TextReader& reader) {
  double seconds[2] = {};
  for (int large = 0; large < 2; ++large) {
    std::string text;
    while (text.size() < (large ? 4U << 20 : 1U << 20)) text += piece;
    TextColumn column;
    column.Add(text);
    seconds[large] = Best([&] {
      if (ReadTexts(column.view(), reader, 1).size() != 1 || MaskTexts(column.view(), {}, 1).size() != 1)
        std::abort();
    });
  }
  std::printf("%-32s 1 MiB %7.1f ms, 4 MiB %5.2f times that\n", what, seconds[0] * 1e3,
              seconds[1] / seconds[0]);
}

}  // namespace

int main(int count, char** arguments) {
  const TextColumn column = count > 1 ? FromFile(arguments[1]) : MadeUp(100'000);
  const Texts texts = column.view();
  const auto lexicon = Lexicon::Shipped();
  const auto languages = LanguageModel::Shipped();
  const auto stop_words = StopWords::Shipped();
  if (!lexicon.ok() || !languages.ok() || !stop_words.ok()) return 1;
  const TextReader reader{&lexicon.value(), &languages.value()};
  std::printf("%zu texts, %.0f bytes on average\n", texts.size(),
              static_cast<double>(texts.bytes.size()) / static_cast<double>(texts.size()));
  std::string room;
  std::vector<TextToken> tokens;
  SentimentScorer scorer(lexicon.value());
  const auto each = [&](const auto& work) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string_view normal = Normalise(texts[i], room);
      Tokenise(normal, lexicon.value().emoticons(), tokens);
      work(normal);
    }
  };
  Measure("normal form and tokens", texts, [&] { each([](std::string_view) {}); });
  Measure("  and sentiment", texts,
          [&] { each([&](std::string_view n) { (void)scorer.Score(n, tokens); }); });
  Measure("  and language", texts,
          [&] { each([&](std::string_view n) { (void)languages.value().Read(n, tokens); }); });
  Measure("all in one pass, columns out", texts, [&] { (void)ReadTexts(texts, reader, 1); });
  Measure("masking", texts, [&] { (void)MaskTexts(texts, {}, 1); });
  TermMatrix terms;
  Measure("terms", texts, [&] { terms = CountTerms(texts, stop_words.value(), {}, 1); });
  Measure("topics", texts, [&] { (void)FindTopics(terms, {}, 1); });
  Grows("plain words", "not bad but the hotline is really rude. ", reader);
  Grows("direction overrides",
        "\xE2\x80\xAE"
        "a\xE2\x80\xAC",
        reader);
  Grows("joined emoji", "\xF0\x9F\x91\xA9\xE2\x80\x8D", reader);
  Grows("piles of accents", "\xCC\x81\xCC\xA3", reader);
  Grows("no UTF-8", "\xFF\xC0\x80", reader);
  Grows("one letter", "a", reader);
  Grows("digits and brackets", "(+1 2", reader);
  Grows("at signs", "a@b", reader);
  Grows("exclamation marks", "!?", reader);
  Grows("references", "&#x1F600;&amp", reader);
}
