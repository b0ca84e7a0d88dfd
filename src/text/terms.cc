// SPDX-License-Identifier: Apache-2.0
#include "text/terms.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/embedded.h"
#include "base/yaml.h"
#include "text/chunks.h"
#include "text/normal.h"
#include "text/words.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestTerm = 64;  // bytes of one word
constexpr std::size_t kMostWords = 2000;  // of one text: the rest of a very long one adds nothing new

/// Plural to singular by D. Harman's three rules (Journal of the American Society for Information Science 42,
/// 1991). Wrong for other languages now and then, but wrong in the same way for all texts.
void Singular(std::string& word) {
  const auto ends = [&](std::string_view ending) { return std::string_view(word).ends_with(ending); };
  if (word.size() < 4 || !ends("s")) return;
  if (ends("ies") && !ends("eies") && !ends("aies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (!ends("us") && !ends("ss") && !ends("is")) {
    word.pop_back();
  }
}

/// Terms of one chunk, numbered as they come.
struct Part {
  WordTable words;
  std::vector<std::uint32_t> counts;  ///< texts by term
  std::vector<std::uint32_t> ids;
  std::vector<std::size_t> ends;  ///< in ids, by text
};

class Finder {
 public:
  explicit Finder(const StopWords& stop_words) : stop_words_(stop_words) {}

  void Read(std::string_view text, Part& part) {
    const std::string_view normal = Normalise(text, room_);
    Tokenise(normal, emoticons_, tokens_);
    last_.clear();
    const std::size_t from = part.ids.size();
    std::size_t words = 0;
    for (const TextToken& token : tokens_) {
      if (words > kMostWords) break;
      const std::string_view written = token.In(normal);
      if (token.kind == TokenKind::kPunctuation &&
          (written[0] == '.' || written[0] == '!' || written[0] == '?'))
        last_.clear();
      if ((token.kind != TokenKind::kWord && token.kind != TokenKind::kHashtag) ||
          written.size() > kLongestTerm)
        continue;
      ++words;
      Word(token, written, part);
    }
    auto begin = part.ids.begin() + static_cast<std::ptrdiff_t>(from);
    std::sort(begin, part.ids.end());
    part.ids.erase(std::unique(begin, part.ids.end()), part.ids.end());
    part.counts.resize(part.words.size());
    for (std::size_t i = from; i < part.ids.size(); ++i) ++part.counts[part.ids[i]];
    part.ends.push_back(part.ids.size());
  }

 private:
  void Word(const TextToken& token, std::string_view written, Part& part) {
    word_.clear();
    AppendFolded(token, written, word_);
    if (word_.ends_with("'s")) word_.resize(word_.size() - 2);
    if (word_.size() < 2 || stop_words_.Has(word_)) return;
    Singular(word_);
    part.ids.push_back(part.words.Add(word_));
    if (!last_.empty()) {
      last_ += ' ';
      last_ += word_;
      part.ids.push_back(part.words.Add(last_));
    }
    last_ = word_;
  }

  const StopWords& stop_words_;
  Emoticons emoticons_;
  std::vector<TextToken> tokens_;
  std::string room_, word_, last_;
};

/// All chunks under one numbering.
struct Merged {
  WordTable words;
  std::vector<std::uint64_t> counts;
  std::vector<std::vector<std::uint32_t>> numbers;  ///< by chunk, by its own number
};

Merged Merge(const std::vector<Part>& parts) {
  Merged merged;
  for (const Part& part : parts) {
    std::vector<std::uint32_t>& numbers = merged.numbers.emplace_back(part.words.size());
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = merged.words.Add(part.words[i]);
      merged.counts.resize(merged.words.size());
      merged.counts[numbers[i]] += part.counts[i];
    }
  }
  return merged;
}

/// The terms that are kept, best first.
std::vector<std::uint32_t> Choose(const Merged& merged, std::size_t texts, const TermRules& rules) {
  const double most = rules.greatest_share * static_cast<double>(texts);
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = 0; i < merged.words.size(); ++i) {
    if (merged.counts[i] >= rules.fewest_texts && static_cast<double>(merged.counts[i]) <= most)
      chosen.push_back(i);
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (merged.counts[a] != merged.counts[b]) return merged.counts[a] > merged.counts[b];
    return merged.words[a] < merged.words[b];
  });
  if (chosen.size() > rules.most_terms) chosen.resize(rules.most_terms);
  return chosen;
}

}  // namespace

Result<StopWords> StopWords::Shipped() {
  constexpr std::string_view kFile = "languages/stopwords.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, std::string(kFile), "the stop words are not in this program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  StopWords words;
  for (const Yaml::Entry& entry : root.entries) {
    if (!entry.value.IsList()) continue;
    for (const std::string& word : entry.value.Texts()) words.Add(word);
  }
  return words;
}

TermMatrix CountTerms(const Texts& texts, const StopWords& stop_words, const TermRules& rules, int threads) {
  std::vector<Part> parts(ChunkCount(texts.size()));
  ForChunks(texts.size(), threads, [&] {
    return [&, finder = Finder(stop_words)](std::size_t chunk, std::size_t from, std::size_t to) mutable {
      for (std::size_t i = from; i < to; ++i) finder.Read(texts[i], parts[chunk]);
    };
  });
  const Merged merged = Merge(parts);
  const std::vector<std::uint32_t> chosen = Choose(merged, texts.size(), rules);
  std::vector<std::uint32_t> number(merged.words.size(), WordTable::kNone);
  TermMatrix matrix;
  for (const std::uint32_t word : chosen) {
    number[word] = static_cast<std::uint32_t>(matrix.terms.size());
    matrix.terms.emplace_back(merged.words[word]);
    matrix.texts_with.push_back(static_cast<std::uint32_t>(merged.counts[word]));
  }
  for (std::size_t chunk = 0; chunk < parts.size(); ++chunk) {
    std::size_t at = 0;
    for (const std::size_t end : parts[chunk].ends) {
      for (; at < end; ++at) {
        const std::uint32_t id = number[merged.numbers[chunk][parts[chunk].ids[at]]];
        if (id != WordTable::kNone) matrix.ids.push_back(id);
      }
      std::sort(matrix.ids.begin() + static_cast<std::ptrdiff_t>(matrix.begins.back()), matrix.ids.end());
      matrix.begins.push_back(matrix.ids.size());
    }
  }
  return matrix;
}

std::vector<double> TextsWith(const TermMatrix& matrix, const std::vector<bool>& in_group) {
  std::vector<double> counts(matrix.terms.size());
  for (std::size_t text = 0; text < matrix.texts() && text < in_group.size(); ++text) {
    if (!in_group[text]) continue;
    for (const std::uint32_t id : matrix.Of(text)) ++counts[id];
  }
  return counts;
}

}  // namespace backcast
