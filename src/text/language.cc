// SPDX-License-Identifier: Apache-2.0
// Words are cut into overlapping pieces of four bytes, three apart, their first and last piece marked by a
// blank. Each piece is listed with the languages in which it is frequent; the sum of the weights decides.
#include "text/language.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "text/signs.h"
#include "text/word_key.h"

namespace backcast {
namespace {

constexpr std::size_t kMostBytes = 350;
constexpr std::size_t kLongestWord = 70;
constexpr std::size_t kMostLanguages = 64;
constexpr std::uint32_t kLeastWeight = 53;  // the lists leave it out
constexpr float kScale = 25;
constexpr std::uint32_t kFewestGrams = 4;
constexpr float kShareOfUsual = 0.75F;
constexpr float kLeastMargin = 40;

/// At most seven bytes and how many they are.
std::uint64_t Pack(std::string_view gram) {
  return LoadBytes(gram.data(), gram.size()) | std::uint64_t{gram.size()} << 56U;
}

std::uint64_t Spread(std::uint64_t gram) {
  gram *= 0x9e3779b97f4a7c15ULL;
  return gram ^ (gram >> 32U);
}

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned byte = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace

class LanguageModel::Counter {
 public:
  explicit Counter(const LanguageModel& model) : model_(model) {}

  bool full() const { return bytes_ > kMostBytes; }

  void Letter(char32_t code) {
    if (size_ + 4 > kMostKept + 3) return;
    if (code < 0x80) {
      word_[1 + size_++] = static_cast<char>(code);
    } else {
      letter_.clear();
      AppendUtf8(code, letter_);
      for (const char c : letter_) word_[1 + size_++] = c;
    }
  }

  /// A whole word of ASCII letters.
  void Word(std::string_view letters) {
    size_ = std::min(letters.size(), kMostKept);
    for (std::size_t i = 0; i < size_; ++i) word_[1 + i] = static_cast<char>(letters[i] | 0x20);
    EndWord();
  }

  void EndWord() {
    while (size_ > 0 && word_[size_] == '\'') --size_;
    if (size_ == 0) return;
    bytes_ += size_ + 1;
    const std::size_t length = std::min(size_, kLongestWord);
    std::size_t at = 0;
    for (; at + 4 < length; at += 3) Add({word_ + (at == 0 ? 0 : at + 1), at == 0 ? 5U : 4U});
    word_[1 + length] = ' ';
    const std::size_t last = length > 4 ? length - 4 : 0;
    if (at == 0) {
      Add({word_, length + 2});
    } else {
      Add({word_ + 1 + last, length - last + 1});
    }
    size_ = 0;
  }

  Language Verdict() {
    Weigh();
    std::size_t best = 0;
    std::uint32_t most = 0, second = 0;
    for (std::size_t i = 1; i < model_.codes_.size(); ++i) {
      const std::uint32_t sum = model_.allowed_[i] != 0 ? sums_[i] : 0;
      second = std::max(second, std::min(sum, most));
      best = sum > most ? i : best;
      most = std::max(most, sum);
    }
    Language language;
    if (best == 0 || grams_ == 0) return language;
    const float mean = static_cast<float>(most) / static_cast<float>(grams_);
    language.score = mean / (mean + kScale);
    language.margin = static_cast<float>(most - second);
    const bool clear = grams_ >= kFewestGrams && language.margin >= kLeastMargin &&
                       language.score >= kShareOfUsual * model_.usual_[best];
    if (clear) language.code = static_cast<std::uint8_t>(best);
    return language;
  }

 private:
  /// Pieces wait until there are some, so that the memory they are looked up in is fetched for all at once.
  void Add(std::string_view gram) {
    if (waiting_ == kMostWaiting) Weigh();
    const std::uint64_t spread = Spread(Pack(gram));
    __builtin_prefetch(&model_.slots_[model_.HomeOf(spread)]);
    spreads_[waiting_++] = spread;
  }

  void Weigh() {
    grams_ += static_cast<std::uint32_t>(waiting_);
    std::uint32_t listed[kMostWaiting] = {};
    for (std::size_t i = 0; i < waiting_; ++i) {
      listed[i] = model_.slots_[model_.PlaceOf(spreads_[i])].weights;
      __builtin_prefetch(model_.weights_.data() + (listed[i] >> 8U));
    }
    for (std::size_t i = 0; i < waiting_; ++i) {
      const Weight* weight = model_.weights_.data() + (listed[i] >> 8U);
      for (const Weight* const end = weight + (listed[i] & 0xFFU); weight != end; ++weight)
        sums_[weight->language] += weight->weight + kLeastWeight;
    }
    waiting_ = 0;
  }

  static constexpr std::size_t kMostWaiting = 64;
  static constexpr std::size_t kMostKept = kLongestWord + 3;  // bytes: the last letter may have four

  const LanguageModel& model_;
  std::array<std::uint32_t, kMostLanguages> sums_{};
  char word_[kLongestWord + 8] = {' '};
  std::size_t size_ = 0, bytes_ = 0;
  std::uint64_t spreads_[kMostWaiting];
  std::size_t waiting_ = 0;
  std::uint32_t grams_ = 0;
  std::string letter_;
};

Language LanguageModel::Read(std::string_view normal, const std::vector<TextToken>& tokens) const {
  Counter counter(*this);
  for (const TextToken& token : tokens) {
    if (token.kind != TokenKind::kWord) continue;
    if (counter.full()) break;
    if (token.plain) {
      counter.Word(token.In(normal).substr(0, 4 * kMostBytes));
      continue;
    }
    const std::string_view word = token.In(normal).substr(0, 4 * kMostBytes);
    for (std::size_t at = 0; at < word.size();) {
      const char32_t code = token.ascii ? static_cast<unsigned char>(word[at++]) : NextCodePoint(word, at);
      const bool letter =
          code < 0x80 ? IsAsciiLetter(static_cast<char>(code)) : SignOf(code) == Sign::kLetter;
      if (letter || code == '\'') {
        counter.Letter(code < 0x80 ? (code | (letter ? 0x20U : 0U)) : LowerCase(code));
      } else {
        counter.EndWord();
      }
    }
    counter.EndWord();
  }
  return counter.Verdict();
}

std::size_t LanguageModel::PlaceOf(std::uint64_t spread) const {
  const auto print = static_cast<std::uint32_t>(spread);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = HomeOf(spread);
  while (slots_[at].weights != 0 && slots_[at].print != print) at = (at + 1) & mask;
  return at;
}

Result<Done> LanguageModel::AddLine(std::string_view line) {
  const auto broken = [&] {
    return Error{Code::kInternal, "text/languages.txt", fmt::format("the line '{}' is no n-gram", line), ""};
  };
  const std::string gram = FromHex(line.substr(0, line.find(' ')));
  if (gram.empty() || gram.size() > 7) return broken();
  const auto first_weight = static_cast<std::uint32_t>(weights_.size());
  const char* at = line.data() + line.find(' ');
  const char* const end = line.data() + line.size();
  while (at < end) {
    unsigned language = 0, weight = 0;
    const auto first = std::from_chars(at + 1, end, language);
    if (first.ec != std::errc() || first.ptr == end) return broken();
    const auto second = std::from_chars(first.ptr + 1, end, weight);
    if (second.ec != std::errc() || language + 1 >= codes_.size() || weight > 255) return broken();
    weights_.push_back({static_cast<std::uint8_t>(language + 1), static_cast<std::uint8_t>(weight)});
    at = second.ptr;
  }
  const auto count = static_cast<std::uint32_t>(weights_.size()) - first_weight;
  Slot& slot = slots_[PlaceOf(Spread(Pack(gram)))];
  if (count == 0 || count > 255 || slot.weights != 0 || ++grams_ > slots_.size() * 3 / 4) return broken();
  slot = {static_cast<std::uint32_t>(Spread(Pack(gram))), first_weight << 8U | count};
  return Done{};
}

Result<LanguageModel> LanguageModel::Shipped() {
  const auto text = Embedded("text/languages.txt");
  if (!text) return Error{Code::kInternal, "", "the language data is not in this program", ""};
  LanguageModel model;
  bool head = true;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty()) {
      head = false;
    } else if (head) {
      float usual = 0;
      const std::size_t tab = line.find('\t');
      if (tab != line.npos) std::from_chars(line.data() + tab + 1, line.data() + line.size(), usual);
      model.codes_.emplace_back(line.substr(0, tab));
      model.usual_.push_back(usual);
    } else {
      BACKCAST_CHECK(model.AddLine(line));
    }
  }
  if (model.codes_.size() > kMostLanguages || 2 * model.weights_.size() < model.codes_.size())
    return Error{Code::kInternal, "text/languages.txt", "the language data is damaged", ""};
  model.allowed_.assign(model.codes_.size(), 1);
  return model;
}

Result<Done> LanguageModel::Restrict(const std::vector<std::string>& codes) {
  std::vector<std::uint8_t> allowed(codes_.size(), codes.empty() ? 1 : 0);
  for (const std::string& code : codes) {
    const auto found = std::find(codes_.begin() + 1, codes_.end(), code);
    if (found == codes_.end())
      return Error{Code::kUsage, "", fmt::format("the language '{}' is not known", code),
                   DidYouMean(code, codes_)};
    allowed[static_cast<std::size_t>(found - codes_.begin())] = 1;
  }
  allowed_ = std::move(allowed);
  return Done{};
}

}  // namespace backcast
