// SPDX-License-Identifier: Apache-2.0
// What words, phrases, emoticons and emoji weigh, and which words turn, strengthen or weaken others. Comes
// in: the lexicon that ships (docs/text.md), catalogue/text/*.yaml, a brand's own overlay; goes out: one
// lookup per word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "text/tokens.h"
#include "text/word_filter.h"
#include "text/word_table.h"

namespace backcast {

/// How strongly each rule works: the means that Hutto and Gilbert (ICWSM 2014) found from human ratings.
struct Emphasis {
  double boost = 0, capitals = 0, negated = 0, exclamation = 0, question = 0, many_questions = 0;
  double before_contrast = 0, behind_contrast = 0, spread = 0;
};

struct LexiconEntry {
  float valence = 0;          ///< -4 to 4
  float boost = 0;            ///< added to what follows
  bool weighs = false;        ///< has a valence, perhaps 0
  bool negates = false;       ///< turns what follows within three words
  bool negates_near = false;  ///< "no": turns what follows within two words, weighs itself when nothing does
  bool contrasts = false;     ///< "but"
  bool never = false;         ///< "never" and "haven't" turn nothing that "so" or "this" stands before
  bool ever = false;          ///< "so", "this"
  bool hides = false;         ///< a phrase whose words mean nothing by themselves: "bus stop"
  bool inner = false;         ///< stands second or later in some phrase
  std::uint8_t phrase = 0;    ///< words of the longest phrase that begins with this one; 0 for none
};

class Lexicon {
 public:
  /// English as it ships. Error: kInternal; the tests read it.
  static Result<Lexicon> Shipped();

  /// An overlay that ships, by its name: "care" is for messages to a brand. Error: kUsage with the nearest
  /// name.
  Result<Done> AddDomain(std::string_view name);
  /// A brand's or a domain's words on top, which win over what was there. Keys: `words` (word or phrase:
  /// valence from -4 to 4), `emoji` (list of {valence, signs}), `neutral`, `negations`, `more`, `less`,
  /// `contrast` (lists). Errors: kInput with file:line:column.
  Result<Done> Overlay(std::string_view yaml, std::string_view file);
  /// The same from lines "word or phrase,valence"; a first line without a number is a header. Errors: kInput
  /// with file:line.
  Result<Done> OverlayCsv(std::string_view csv, std::string_view file);

  /// By a word in lower case, a phrase with single blanks, an emoticon as written, or an emoji without skin
  /// tone; nullptr when it means nothing here.
  const LexiconEntry* Find(std::string_view key) const { return Numbered(words_.Find(key)); }
  /// The same by WordKey() of the key; `spelled()` gives the key itself where that does not tell.
  template <class Spelled>
  const LexiconEntry* Find(std::uint64_t key, const Spelled& spelled) const {
    return Numbered(words_.Find(key, spelled));
  }

  /// False for a word that means nothing unless it is part of a phrase; true for some of these.
  bool MayMean(std::uint64_t key) const { return words_that_mean_.May(key); }
  /// False for two words that no phrase has one behind the other; true for some of these.
  bool MayJoin(std::uint64_t first, std::uint64_t second) const {
    return neighbours_.May(PairKey(first, second));
  }

  const Emphasis& emphasis() const { return emphasis_; }
  const Emoticons& emoticons() const { return emoticons_; }
  std::size_t size() const { return entries_.size(); }
  /// What ships and its versions: "en@1", with a domain "en@1+care@1". A brand's own words have none.
  const std::string& version() const { return version_; }

 private:
  const LexiconEntry* Numbered(std::uint32_t number) const {
    return number == WordTable::kNone ? nullptr : &entries_[number];
  }
  LexiconEntry& Entry(std::string_view key);
  LexiconEntry& Meaning(std::string_view key);
  void Weigh(std::string_view key, double valence);
  Result<Done> ReadBase(std::string_view lines);
  Result<Done> ReadEmphasis(const Yaml& node, std::string_view file);
  Result<Done> Read(const Yaml& root, std::string_view file, bool shipped);
  Result<Done> ReadEmoji(const Yaml& list, std::string_view file);

  WordTable words_;
  std::vector<LexiconEntry> entries_;
  WordFilter words_that_mean_, neighbours_;
  Emoticons emoticons_;
  Emphasis emphasis_;
  std::string version_;
};

}  // namespace backcast
