// SPDX-License-Identifier: Apache-2.0
#include "text/sentiment.h"

#include <algorithm>
#include <cmath>

#include "text/signs.h"
#include "text/word_key.h"
#include "text/words.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestKey = 48;  // bytes; no word of the lexicon is longer
constexpr std::size_t kLongestPhrase = 8;
constexpr std::size_t kWindow = 3;  // words that turn or strengthen the next
constexpr double kFades[kWindow] = {1, 0.95, 0.9};
constexpr std::size_t kMostExclamations = 4;

/// std::round() of what is small, without a call: the fraction is exact.
double Rounded(double value) {
  const auto whole = static_cast<double>(static_cast<std::int64_t>(value));
  const double fraction = value - whole;
  return std::copysign(whole + (fraction >= 0.5 ? 1 : 0) - (fraction <= -0.5 ? 1 : 0), value);
}

bool EndsInNot(std::string_view key) { return key.size() > 3 && key.ends_with("n't"); }

}  // namespace

/// Letters written three times and more ("looove") twice and once: the entry of either.
const LexiconEntry* SentimentScorer::Squeezed(std::string_view key) const {
  bool long_run = false;
  for (std::size_t i = 2; i < key.size(); ++i)
    long_run = long_run || (key[i] == key[i - 1] && key[i] == key[i - 2]);
  if (!long_run) return nullptr;
  char twice[kLongestKey], once[kLongestKey];
  std::size_t twos = 0, ones = 0;
  for (std::size_t i = 0; i < key.size();) {
    std::size_t end = i;
    while (end < key.size() && key[end] == key[i]) ++end;
    const bool squeeze = end - i > 2;
    for (std::size_t n = 0; n < std::min<std::size_t>(end - i, 2); ++n) {
      if (twos < kLongestKey) twice[twos++] = key[i];
      if ((n == 0 || !squeeze) && ones < kLongestKey) once[ones++] = key[i];
    }
    i = end;
  }
  const LexiconEntry* entry = lexicon_->Find({twice, twos});
  return entry != nullptr ? entry : lexicon_->Find({once, ones});
}

constexpr bool IsName(TokenKind kind) {
  return (kind == TokenKind::kUrl) | (kind == TokenKind::kEmail) | (kind == TokenKind::kMention) |
         (kind == TokenKind::kNumber);
}

/// What a token means by itself; nullptr when nothing.
const LexiconEntry* SentimentScorer::EntryOf(const TextToken& token, std::string_view written) {
  if (IsName(token.kind) || written.size() > 4 * kLongestKey) return nullptr;
  bool folded = false;
  const auto fold = [&]() -> std::string_view {
    key_.clear();
    AppendFolded(token, written, key_);
    folded = true;
    return key_;
  };
  const LexiconEntry* entry = nullptr;
  if (token.key != 0) {
    const std::size_t sign = token.kind == TokenKind::kHashtag ? 1 : 0;
    if (written.size() <= kLongestKey + sign) entry = lexicon_->Find(token.key, fold);
  } else if (fold().size() <= kLongestKey) {
    entry = lexicon_->Find(key_);
  }
  if (entry != nullptr || token.plain) return entry;
  return OtherForm(token.kind, written, folded ? key_ : fold());
}

/// What a token means whose key is not listed as it is.
const LexiconEntry* SentimentScorer::OtherForm(TokenKind kind, std::string_view written,
                                               std::string_view key) {
  static const LexiconEntry kNot{.negates = true};
  const LexiconEntry* entry = nullptr;
  if (kind == TokenKind::kEmoji) {
    // A sequence that is not listed means what its first picture means.
    const std::size_t joiner = written.find("\xE2\x80\x8D");
    return joiner != written.npos ? lexicon_->Find(written.substr(0, joiner)) : nullptr;
  }
  if (kind == TokenKind::kEmoticon) {
    for (char& c : key_) c = static_cast<char>(LowerCase(static_cast<unsigned char>(c)));
    return lexicon_->Find(key_);
  }
  if (kind == TokenKind::kWord) {
    if (EndsInNot(key)) return &kNot;
    if (key.ends_with("'s")) entry = lexicon_->Find(key.substr(0, key.size() - 2));
  }
  return entry != nullptr ? entry : Squeezed(key);
}

void SentimentScorer::Push(std::string_view normal, const TextToken& token, const Item& item) {
  const LexiconEntry* entry = EntryOf(token, token.In(normal));
  if (entry == nullptr) return;
  Item& pushed = items_.emplace_back(item);
  pushed.entry = entry;
  pushed.upper = token.upper;
  pushed.sign = token.kind == TokenKind::kEmoji || token.kind == TokenKind::kEmoticon;
}

/// #NotHappy: where the whole means nothing, its parts. Returns how many there are.
std::uint32_t SentimentScorer::PushParts(std::string_view normal, const TextToken& token, Item item) {
  std::string_view written = token.In(normal);
  written.remove_prefix(1);
  TextToken part = token;
  part.kind = TokenKind::kWord;
  item.part = true;
  std::uint32_t parts = 0;
  for (std::uint32_t from = 0, i = 1; i <= written.size(); ++i) {
    const bool ends = i == written.size();
    const bool joint = !ends && (written[i] == '-' || written[i] == '_');
    const bool hump =
        !ends && written[i] >= 'A' && written[i] <= 'Z' && written[i - 1] >= 'a' && written[i - 1] <= 'z';
    if (!ends && !joint && !hump) continue;
    if (i > from) {
      part.from = token.from + 1 + from;
      part.to = token.from + 1 + i;
      part.key = token.ascii ? FoldedKey(part.In(normal)) : 0;
      Push(normal, part, item);
      ++item.place;
      ++parts;
    }
    from = joint ? i + 1 : i;
  }
  return parts;
}

/// The tokens to look at. Most words are none: the lexicon's filter knows that they mean nothing, also not
/// together with the word before. Written without branches, since nobody can foresee which words these are.
void SentimentScorer::Choose(std::string_view normal, const std::vector<TextToken>& tokens) {
  if (candidates_.size() < tokens.size()) candidates_.resize(tokens.size());
  const Lexicon& lexicon = *lexicon_;
  Candidate* const candidates = candidates_.data();
  words_ = 0;
  upper_ = exclamations_ = questions_ = 0;
  std::size_t chosen = 0, upper = 0;
  std::uint32_t words = 0, before = 0;
  std::uint64_t key_before = 0;
  for (std::uint32_t number = 0; number < tokens.size(); ++number) {
    const TextToken& token = tokens[number];
    if (token.kind == TokenKind::kEmoji && words > 0 && tokens[before].kind == TokenKind::kEmoji &&
        token.In(normal) == tokens[before].In(normal)) {
      ++exclamations_;  // the same picture again says it louder, not anew
      continue;
    }
    const bool joins = lexicon.MayJoin(key_before, token.key);
    candidates[chosen] = {number, before, words, joins};
    chosen +=
        static_cast<std::size_t>((!token.plain & !IsName(token.kind)) | joins | lexicon.MayMean(token.key));
    const bool word = token.kind != TokenKind::kPunctuation;
    before = word ? number : before;
    key_before = word ? token.key : key_before;
    words += static_cast<std::uint32_t>(word);
    upper += static_cast<std::size_t>(token.upper);
  }
  chosen_ = chosen;
  words_ = words;
  upper_ = upper;
}

/// Items of the candidates.
void SentimentScorer::Read(std::string_view normal, const std::vector<TextToken>& tokens) {
  items_.clear();
  std::uint32_t sentence = 0, more_parts = 0;
  for (std::size_t i = 0; i < chosen_; ++i) {
    const Candidate& candidate = candidates_[i];
    const TextToken& token = tokens[candidate.token];
    const std::uint32_t place = candidate.place + more_parts;
    if (token.kind == TokenKind::kPunctuation) {
      const char sign = normal[token.from];
      if (sign == '!') exclamations_ += token.to - token.from;
      if (sign == '?') questions_ += token.to - token.from;
      if (sign == '.' || sign == '!' || sign == '?') sentence = place;
      continue;
    }
    const bool waits = items_.empty() || items_.back().token != candidate.before;
    if (candidate.joins && waits && place > sentence)
      Push(normal, tokens[candidate.before],
           {.token = candidate.before, .place = place - 1, .sentence = sentence});
    const Item item = {.token = candidate.token, .place = place, .sentence = sentence};
    const std::size_t items = items_.size();
    Push(normal, token, item);
    if (token.kind == TokenKind::kHashtag && items_.size() == items)
      more_parts += std::max(PushParts(normal, token, item), 1U) - 1;
  }
  words_ += more_parts;
}

/// Words that make a listed phrase become one item; the longest wins.
void SentimentScorer::JoinPhrases(std::string_view normal, const std::vector<TextToken>& tokens) {
  std::size_t kept = 0;
  std::uint32_t joined = 0;
  for (std::size_t i = 0; i < items_.size(); ++kept) {
    const std::size_t words = items_[i].entry->phrase == 0 ? 1 : PhraseAt(i, normal, tokens);
    for (std::size_t word = 1; word < words; ++word)
      items_[i].upper = items_[i].upper && items_[i + word].upper;
    items_[i].place -= joined;
    if (kept != i) items_[kept] = items_[i];
    joined += static_cast<std::uint32_t>(words - 1);
    i += words;
  }
  items_.resize(kept);
  words_ -= joined;
}

/// How many words the longest phrase at `at` has, 1 for none; its entry becomes the item's.
std::size_t SentimentScorer::PhraseAt(std::size_t at, std::string_view normal,
                                      const std::vector<TextToken>& tokens) {
  const Item& first = items_[at];
  const std::size_t most = std::min<std::size_t>({first.entry->phrase, items_.size() - at, kLongestPhrase});
  std::size_t words = 1;
  for (; words < most; ++words) {
    const Item& next = items_[at + words];
    if (next.place != first.place + words || next.sentence != first.sentence || next.part ||
        !next.entry->inner)
      break;
  }
  if (words < 2 || first.part) return 1;
  std::size_t ends[kLongestPhrase] = {};
  key_.clear();
  for (std::size_t i = 0; i < words; ++i) {
    const TextToken& token = tokens[items_[at + i].token];
    if (i > 0) key_ += ' ';
    AppendFolded(token, token.In(normal), key_);
    ends[i] = key_.size();
  }
  for (; words > 1; --words) {
    const LexiconEntry* phrase = lexicon_->Find(std::string_view(key_).substr(0, ends[words - 1]));
    if (phrase == nullptr) continue;
    items_[at].entry = phrase;
    break;
  }
  return words;
}

/// What stands `back` words before the item `at` in its sentence, where that means something.
const SentimentScorer::Item* SentimentScorer::Before(std::size_t at, std::size_t back) const {
  const Item& item = items_[at];
  for (std::size_t i = 1; i <= back && i <= at; ++i) {
    const Item& before = items_[at - i];
    if (before.place + back == item.place && before.sentence == item.sentence) return &before;
  }
  return nullptr;
}

/// The word behind the item `at` in its sentence, where that means something.
const SentimentScorer::Item* SentimentScorer::Next(std::size_t at) const {
  if (at + 1 == items_.size()) return nullptr;
  const Item& item = items_[at];
  const Item& next = items_[at + 1];
  return next.place == item.place + 1 && next.sentence == item.sentence ? &next : nullptr;
}

double SentimentScorer::ValenceOf(std::size_t at) const {
  const Item& item = items_[at];
  const Emphasis& rule = lexicon_->emphasis();
  const bool cap_differs = upper_ > 0 && upper_ < words_;
  double valence = item.entry->valence;
  const auto weighs_next = [&] {
    const Item* next = Next(at);
    return next != nullptr && next->entry->weighs && !next->sign;
  };
  if (item.sign) return valence;
  if (item.entry->boost != 0 && weighs_next()) return 0;  // "truly awful": it strengthens, and weighs nothing
  const auto near = [&](std::size_t back) {
    const Item* before = Before(at, back);
    return before != nullptr && before->entry->negates_near;
  };
  if (item.entry->negates_near) {
    if (weighs_next() && !items_[at + 1].entry->negates_near) valence = 0;
  } else if (near(1) || near(2)) {
    valence = item.entry->valence * rule.negated;
  }
  if (item.upper && cap_differs) valence += valence > 0 ? rule.capitals : -rule.capitals;
  bool ever = false;
  for (std::size_t back = 1; back <= kWindow; ++back) {
    const Item* before = Before(at, back);
    if (before == nullptr || (before->entry->weighs && before->entry->boost == 0)) continue;
    if (before->entry->boost != 0) {
      double boost = before->entry->boost;
      if (valence < 0) boost = -boost;
      if (before->upper && cap_differs) boost += valence > 0 ? rule.capitals : -rule.capitals;
      valence += boost * kFades[back - 1];
    }
    ever = ever || before->entry->ever;
    if (before->entry->negates && !(ever && before->entry->never)) valence *= rule.negated;
  }
  return valence;
}

Sentiment SentimentScorer::Sum() const {
  const Emphasis& rule = lexicon_->emphasis();
  double sum = 0, positive = 0, negative = 0;
  Sentiment sentiment;
  std::size_t neutral = words_;
  for (const Item& item : items_) {
    sum += item.valence;
    if (item.valence > 0) positive += item.valence + 1;
    if (item.valence < 0) negative += 1 - item.valence;
    if (item.valence != 0) --neutral;
    sentiment.weighed += item.entry->weighs ? 1 : 0;
  }
  if (words_ == 0) return sentiment;
  const double questions = questions_ < 2    ? 0
                           : questions_ <= 3 ? static_cast<double>(questions_) * rule.question
                                             : rule.many_questions;
  const double louder =
      static_cast<double>(std::min(exclamations_, kMostExclamations)) * rule.exclamation + questions;
  if (sum > 0) sum += louder;
  if (sum < 0) sum -= louder;
  if (positive > negative) positive += louder;
  if (positive < negative) negative += louder;
  if (sum != 0) sentiment.compound = Rounded(sum / std::sqrt(sum * sum + rule.spread) * 1e4) / 1e4;
  const double total = positive + negative + static_cast<double>(neutral);
  sentiment.positive = positive / total;
  sentiment.negative = negative / total;
  sentiment.neutral = static_cast<double>(neutral) / total;
  return sentiment;
}

Sentiment SentimentScorer::Score(std::string_view normal, const std::vector<TextToken>& tokens) {
  Choose(normal, tokens);
  Read(normal, tokens);
  JoinPhrases(normal, tokens);
  std::size_t contrast = items_.size();
  for (std::size_t at = 0; at < items_.size(); ++at) {
    const LexiconEntry* entry = items_[at].entry;
    if (entry->weighs) items_[at].valence = ValenceOf(at);
    if (contrast == items_.size() && entry->contrasts) contrast = at;
  }
  if (contrast < items_.size()) {
    for (std::size_t at = 0; at < items_.size(); ++at)
      items_[at].valence *= at < contrast   ? lexicon_->emphasis().before_contrast
                            : at > contrast ? lexicon_->emphasis().behind_contrast
                                            : 1;
  }
  return Sum();
}

}  // namespace backcast
