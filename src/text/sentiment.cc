// SPDX-License-Identifier: Apache-2.0
#include "text/sentiment.h"

#include <algorithm>
#include <cmath>

#include "text/signs.h"
#include "text/words.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestKey = 48;  // bytes; no word of the lexicon is longer
constexpr std::size_t kLongestPhrase = 8;
constexpr std::size_t kWindow = 3;  // words that turn or strengthen the next
constexpr double kFades[kWindow] = {1, 0.95, 0.9};
constexpr std::size_t kMostExclamations = 4;

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

/// What a token means by itself; nullptr when nothing.
const LexiconEntry* SentimentScorer::EntryOf(const TextToken& token, std::string_view written) {
  static const LexiconEntry kNot{.negates = true};
  const bool named = token.kind == TokenKind::kUrl || token.kind == TokenKind::kEmail ||
                     token.kind == TokenKind::kMention || token.kind == TokenKind::kNumber;
  if (named || written.size() > 4 * kLongestKey) return nullptr;
  std::string_view key = written;
  if (!token.small) {
    key_.clear();
    AppendFolded(token, written, key_);
    key = key_;
  }
  const LexiconEntry* entry = key.size() <= kLongestKey ? lexicon_->Find(key) : nullptr;
  if (entry != nullptr) return entry;
  if (token.kind == TokenKind::kEmoji) {
    // A sequence that is not listed means what its first picture means.
    const std::size_t joiner = written.find("\xE2\x80\x8D");
    return joiner != written.npos ? lexicon_->Find(written.substr(0, joiner)) : nullptr;
  }
  if (token.kind == TokenKind::kEmoticon) {
    for (char& c : key_) c = static_cast<char>(LowerCase(static_cast<unsigned char>(c)));
    return lexicon_->Find(key_);
  }
  if (token.kind == TokenKind::kWord) {
    if (EndsInNot(key)) return &kNot;
    if (key.ends_with("'s")) entry = lexicon_->Find(key.substr(0, key.size() - 2));
  }
  return entry != nullptr ? entry : Squeezed(key);
}

void SentimentScorer::Push(const TextToken& token, std::string_view written, std::uint32_t number) {
  Item& item = items_.emplace_back();
  item.entry = EntryOf(token, written);
  item.token = number;
  item.upper = token.upper;
  item.sign = token.kind == TokenKind::kEmoji || token.kind == TokenKind::kEmoticon;
}

/// #NotHappy: where the whole means nothing, its parts.
void SentimentScorer::PushParts(const TextToken& token, std::string_view written, std::uint32_t number) {
  written.remove_prefix(1);
  TextToken part = token;
  part.kind = TokenKind::kWord;
  part.small = false;
  for (std::size_t from = 0, i = 1; i <= written.size(); ++i) {
    const bool ends = i == written.size();
    const bool joint = !ends && (written[i] == '-' || written[i] == '_');
    const bool hump =
        !ends && written[i] >= 'A' && written[i] <= 'Z' && written[i - 1] >= 'a' && written[i - 1] <= 'z';
    if (!ends && !joint && !hump) continue;
    if (i > from) {
      Push(part, written.substr(from, i - from), number);
      items_.back().part = true;
    }
    from = joint ? i + 1 : i;
  }
}

void SentimentScorer::Read(std::string_view normal, const std::vector<TextToken>& tokens) {
  items_.clear();
  upper_ = exclamations_ = questions_ = 0;
  bool begins = true;
  std::string_view last_emoji;
  for (std::uint32_t number = 0; number < tokens.size(); ++number) {
    const TextToken& token = tokens[number];
    const std::string_view written = token.In(normal);
    if (token.kind == TokenKind::kPunctuation) {
      if (written[0] == '!') exclamations_ += written.size();
      if (written[0] == '?') questions_ += written.size();
      begins = begins || written[0] == '.' || written[0] == '!' || written[0] == '?';
      continue;
    }
    if (token.kind == TokenKind::kEmoji) {
      // The same picture again says it louder, not anew.
      if (written == last_emoji) {
        ++exclamations_;
        continue;
      }
      last_emoji = written;
    } else {
      last_emoji = {};
    }
    const std::size_t first = items_.size();
    Push(token, written, number);
    const bool hashtag = token.kind == TokenKind::kHashtag;
    if (items_.back().entry == nullptr && hashtag) {
      items_.pop_back();
      PushParts(token, written, number);
      if (items_.size() == first) Push(token, written, number);
    }
    items_[first].begins = begins;
    begins = false;
    upper_ += token.upper ? 1 : 0;
  }
}

/// Words that make a listed phrase become one item; the longest wins.
void SentimentScorer::JoinPhrases(std::string_view normal, const std::vector<TextToken>& tokens) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items_.size(); ++kept) {
    const LexiconEntry* entry = items_[i].entry;
    const std::size_t words = entry == nullptr || entry->phrase == 0 ? 1 : PhraseAt(i, normal, tokens);
    if (kept != i) items_[kept] = items_[i];
    for (std::size_t word = 1; word < words; ++word)
      items_[kept].upper = items_[kept].upper && items_[i + word].upper;
    i += words;
  }
  items_.resize(kept);
}

/// How many words the longest phrase at `at` has, 1 for none; its entry becomes the item's.
std::size_t SentimentScorer::PhraseAt(std::size_t at, std::string_view normal,
                                      const std::vector<TextToken>& tokens) {
  const std::size_t most =
      std::min<std::size_t>({items_[at].entry->phrase, items_.size() - at, kLongestPhrase});
  std::size_t ends[kLongestPhrase] = {}, words = 0;
  key_.clear();
  for (; words < most; ++words) {
    const Item& next = items_[at + words];
    if (next.part || next.entry == nullptr || (words > 0 && (next.begins || !next.entry->inner))) break;
    if (words > 0) key_ += ' ';
    AppendFolded(tokens[next.token], tokens[next.token].In(normal), key_);
    ends[words] = key_.size();
  }
  for (; words > 1; --words) {
    const LexiconEntry* phrase = lexicon_->Find(std::string_view(key_).substr(0, ends[words - 1]));
    if (phrase == nullptr) continue;
    items_[at].entry = phrase;
    break;
  }
  return std::max<std::size_t>(words, 1);
}

/// Whether the item `back` places before `at` belongs to its sentence.
bool SentimentScorer::ReadsOn(std::size_t at, std::size_t back) const {
  for (std::size_t i = 0; i < back; ++i) {
    if (items_[at - i].begins) return false;
  }
  return true;
}

double SentimentScorer::ValenceOf(std::size_t at) const {
  const Item& item = items_[at];
  const Emphasis& rule = lexicon_->emphasis();
  const bool cap_differs = upper_ > 0 && upper_ < items_.size();
  double valence = item.entry->valence;
  const auto weighs_next = [&] {
    return at + 1 < items_.size() && !items_[at + 1].begins && items_[at + 1].entry != nullptr &&
           items_[at + 1].entry->weighs && !items_[at + 1].sign;
  };
  if (item.sign) return valence;
  if (item.entry->boost != 0 && weighs_next()) return 0;  // "truly awful": it strengthens, and weighs nothing
  const auto near = [&](std::size_t back) {
    return at >= back && ReadsOn(at, back) && items_[at - back].entry != nullptr &&
           items_[at - back].entry->negates_near;
  };
  if (item.entry->negates_near) {
    if (weighs_next() && !items_[at + 1].entry->negates_near) valence = 0;
  } else if (near(1) || near(2)) {
    valence = item.entry->valence * rule.negated;
  }
  if (item.upper && cap_differs) valence += valence > 0 ? rule.capitals : -rule.capitals;
  bool ever = false;
  for (std::size_t back = 1; back <= kWindow && back <= at && ReadsOn(at, back); ++back) {
    const Item& before = items_[at - back];
    if (before.entry == nullptr || (before.entry->weighs && before.entry->boost == 0)) continue;
    if (before.entry->boost != 0) {
      double boost = before.entry->boost;
      if (valence < 0) boost = -boost;
      if (before.upper && cap_differs) boost += valence > 0 ? rule.capitals : -rule.capitals;
      valence += boost * kFades[back - 1];
    }
    ever = ever || before.entry->ever;
    if (before.entry->negates && !(ever && before.entry->never)) valence *= rule.negated;
  }
  return valence;
}

Sentiment SentimentScorer::Sum() const {
  const Emphasis& rule = lexicon_->emphasis();
  double sum = 0, positive = 0, negative = 0;
  Sentiment sentiment;
  std::size_t neutral = 0;
  for (const Item& item : items_) {
    sum += item.valence;
    if (item.valence > 0) positive += item.valence + 1;
    if (item.valence < 0) negative += 1 - item.valence;
    if (item.valence == 0) ++neutral;
    sentiment.weighed += item.entry != nullptr && item.entry->weighs ? 1 : 0;
  }
  if (items_.empty()) return sentiment;
  const double questions = questions_ < 2    ? 0
                           : questions_ <= 3 ? static_cast<double>(questions_) * rule.question
                                             : rule.many_questions;
  const double louder =
      static_cast<double>(std::min(exclamations_, kMostExclamations)) * rule.exclamation + questions;
  if (sum > 0) sum += louder;
  if (sum < 0) sum -= louder;
  if (positive > negative) positive += louder;
  if (positive < negative) negative += louder;
  sentiment.compound = std::round(sum / std::sqrt(sum * sum + rule.spread) * 1e4) / 1e4;
  const double total = positive + negative + static_cast<double>(neutral);
  sentiment.positive = positive / total;
  sentiment.negative = negative / total;
  sentiment.neutral = static_cast<double>(neutral) / total;
  return sentiment;
}

Sentiment SentimentScorer::Score(std::string_view normal, const std::vector<TextToken>& tokens) {
  Read(normal, tokens);
  JoinPhrases(normal, tokens);
  std::size_t contrast = items_.size();
  for (std::size_t at = 0; at < items_.size(); ++at) {
    const LexiconEntry* entry = items_[at].entry;
    if (entry == nullptr) continue;
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
