// SPDX-License-Identifier: Apache-2.0
#include "text/lexicon.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/embedded.h"
#include "base/nearest.h"
#include "text/normal.h"
#include "text/signs.h"
#include "text/words.h"

namespace backcast {
namespace {

constexpr double kStrongest = 4;
constexpr int kLongestPhrase = 6;

std::optional<double> ReadValence(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Error NoValence(std::string where, std::string_view word) {
  return {Code::kInput, std::move(where), fmt::format("'{}' needs a valence from -4 to 4", word),
          "write for example 'lost luggage: -2.5'"};
}

/// A key as posts are read: normalised, in lower case, single blanks. An emoticon stays as written.
std::string KeyOf(std::string_view written, const Emoticons& emoticons) {
  if (written.size() >= 2 && emoticons.At(written, 0) == written.size()) return std::string(written);
  std::string room, key;
  const std::string_view normal = Normalise(written, room);
  std::vector<TextToken> tokens;
  Tokenise(normal, emoticons, tokens);
  for (const TextToken& token : tokens) {
    if (!key.empty()) key += ' ';
    AppendFolded(token, token.In(normal), key);
  }
  return key;
}

/// Whether a token of this spelling has a key.
bool IsWord(std::string_view written) {
  return std::all_of(written.begin(), written.end(),
                     [](char c) { return IsAsciiWord(c) || c == '-' || c == '\''; });
}

}  // namespace

LexiconEntry& Lexicon::Entry(std::string_view key) {
  const std::uint32_t number = words_.Add(key);
  if (number >= entries_.size()) {
    entries_.resize(number + 1);
    entries_[number].negates = key.ends_with("n't") && key.find(' ') == key.npos;
  }
  const auto blanks = std::count(key.begin(), key.end(), ' ');
  std::string_view before;
  for (std::size_t at = 0; blanks > 0 && at < key.size();
       at = std::min(key.find(' ', at), key.size() - 1) + 1) {
    const std::string_view written = key.substr(at, key.find(' ', at) - at);
    if (at > 0 && IsWord(before) && IsWord(written)) {
      neighbours_.Add(PairKey(WordKey(before), WordKey(written)));
    } else if (at > 0) {
      for (const std::string_view word : {before, written}) words_that_mean_.Add(WordKey(word));
    }
    before = written;
    LexiconEntry& word = Entry(written);
    word.inner = word.inner || at > 0;
    if (at == 0) word.phrase = std::max(word.phrase, static_cast<std::uint8_t>(blanks + 1));
  }
  return entries_[number];
}

/// The entry of a word that means something by itself.
LexiconEntry& Lexicon::Meaning(std::string_view key) {
  words_that_mean_.Add(WordKey(key));
  return Entry(key);
}

void Lexicon::Weigh(std::string_view key, double valence) {
  LexiconEntry& entry = Meaning(key);
  entry.valence = static_cast<float>(valence);
  entry.weighs = true;
  entry.hides = false;
}

Result<Done> Lexicon::ReadBase(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    const std::string_view rest = tab == line.npos ? std::string_view() : line.substr(tab + 1);
    const auto valence = ReadValence(rest.substr(0, rest.find('\t')));
    if (!valence)
      return Error{Code::kInternal, "text/vader_en.txt", fmt::format("line '{}' has no valence", line), ""};
    const std::string_view key = line.substr(0, tab);
    if (key.find(' ') != key.npos) continue;
    emoticons_.Add(key);
    Weigh(key, *valence);
  }
  return Done{};
}

Result<Done> Lexicon::ReadEmphasis(const Yaml& node, std::string_view file) {
  const std::pair<std::string_view, double*> all[] = {{"boost", &emphasis_.boost},
                                                      {"capitals", &emphasis_.capitals},
                                                      {"negated", &emphasis_.negated},
                                                      {"exclamation", &emphasis_.exclamation},
                                                      {"question", &emphasis_.question},
                                                      {"many_questions", &emphasis_.many_questions},
                                                      {"before_contrast", &emphasis_.before_contrast},
                                                      {"behind_contrast", &emphasis_.behind_contrast},
                                                      {"spread", &emphasis_.spread}};
  for (const auto& [key, place] : all) {
    const Yaml* value = node.Find(key);
    if (value == nullptr || !value->Number())
      return Error{Code::kInternal, At(file, node.place), fmt::format("emphasis lacks the number '{}'", key),
                   ""};
    *place = *value->Number();
  }
  return Done{};
}

Result<Done> Lexicon::ReadEmoji(const Yaml& list, std::string_view file) {
  for (const Yaml& item : list.items) {
    const Yaml* valence = item.Find("valence");
    const auto number = valence != nullptr ? valence->Number() : std::nullopt;
    const std::string signs = item.Text("signs");
    if (!number || std::abs(*number) > kStrongest || signs.empty())
      return Error{Code::kInput, At(file, item.place),
                   "an entry of emoji needs a valence from -4 to 4 and signs",
                   "write for example {valence: 2, signs: \"...\"}"};
    std::string room, key;
    const std::string_view normal = Normalise(signs, room);
    std::vector<TextToken> tokens;
    Tokenise(normal, emoticons_, tokens);
    for (const TextToken& token : tokens) {
      key.clear();
      AppendFolded(token, token.In(normal), key);
      Weigh(key, *number);
    }
  }
  return Done{};
}

Result<Done> Lexicon::Read(const Yaml& root, std::string_view file, bool shipped) {
  static const std::vector<std::string> kKeys = {"version",   "words", "emoji", "neutral",
                                                 "negations", "more",  "less",  "contrast"};
  if (!root.IsMap() && !root.IsNull())
    return Error{Code::kInput, At(file, root.place), "an overlay of words is a map", "begin with 'words:'"};
  for (const Yaml::Entry& entry : root.entries) {
    const bool known = std::find(kKeys.begin(), kKeys.end(), entry.key) != kKeys.end();
    const bool own = shipped && (entry.key == "emphasis" || entry.key == "negations_near" ||
                                 entry.key == "never" || entry.key == "ever");
    if (!known && !own)
      return Error{Code::kInput, At(file, entry.place), fmt::format("unknown key '{}'", entry.key),
                   DidYouMean(entry.key, kKeys)};
  }
  const auto each = [&](std::string_view list, const auto& mark) {
    for (const std::string& word : root.Texts(list)) mark(Meaning(KeyOf(word, emoticons_)));
  };
  each("negations", [](LexiconEntry& entry) { entry.negates = true; });
  each("negations_near", [](LexiconEntry& entry) { entry.negates_near = true; });
  each("more", [&](LexiconEntry& entry) { entry.boost = static_cast<float>(emphasis_.boost); });
  each("less", [&](LexiconEntry& entry) { entry.boost = static_cast<float>(-emphasis_.boost); });
  each("contrast", [](LexiconEntry& entry) { entry.contrasts = true; });
  each("never", [](LexiconEntry& entry) { entry.never = true; });
  each("ever", [](LexiconEntry& entry) { entry.ever = true; });
  each("neutral", [](LexiconEntry& entry) {
    entry = {.inner = entry.inner, .phrase = entry.phrase};
    entry.hides = true;
  });
  if (const Yaml* emoji = root.Find("emoji"); emoji != nullptr) BACKCAST_CHECK(ReadEmoji(*emoji, file));
  const Yaml* words = root.Find("words");
  for (std::size_t i = 0; words != nullptr && i < words->entries.size(); ++i) {
    const Yaml::Entry& entry = words->entries[i];
    const auto valence = entry.value.Number();
    const std::string key = KeyOf(entry.key, emoticons_);
    if (!valence || std::abs(*valence) > kStrongest || key.empty() ||
        std::count(key.begin(), key.end(), ' ') >= kLongestPhrase)
      return NoValence(At(file, entry.place), entry.key);
    Weigh(key, *valence);
  }
  return Done{};
}

Result<Lexicon> Lexicon::Shipped() {
  const auto base = Embedded("text/vader_en.txt"), rules = Embedded("text/sentiment_en.yaml");
  if (!base || !rules) return Error{Code::kInternal, "", "the sentiment lexicon is not in this program", ""};
  Lexicon lexicon;
  BACKCAST_CHECK(lexicon.ReadBase(*base));
  BACKCAST_TRY(const Yaml root, ParseYaml(*rules, "text/sentiment_en.yaml"));
  const Yaml* emphasis = root.Find("emphasis");
  if (emphasis == nullptr) return Error{Code::kInternal, "text/sentiment_en.yaml", "emphasis is missing", ""};
  BACKCAST_CHECK(lexicon.ReadEmphasis(*emphasis, "text/sentiment_en.yaml"));
  BACKCAST_CHECK(lexicon.Read(root, "text/sentiment_en.yaml", true));
  lexicon.version_ = "en@" + root.Text("version", "0");
  return lexicon;
}

Result<Done> Lexicon::AddDomain(std::string_view name) {
  const std::string file = fmt::format("text/domains/{}.yaml", name);
  const auto text = Embedded(file);
  if (text) {
    BACKCAST_TRY(const Yaml root, ParseYaml(*text, file));
    version_ += fmt::format("+{}@{}", name, root.Text("version", "0"));
    return Read(root, file, false);
  }
  std::vector<std::string> known;
  for (const EmbeddedFile& domain : EmbeddedFiles("text/domains/")) {
    const std::string_view stem = domain.path.substr(domain.path.rfind('/') + 1);
    known.emplace_back(stem.substr(0, stem.rfind('.')));
  }
  const std::string hint = DidYouMean(name, known);
  return Error{Code::kUsage, "", fmt::format("no words of the domain '{}' ship with Backcast", name),
               hint.empty() ? fmt::format("there are: {}", fmt::join(known, ", ")) : hint};
}

Result<Done> Lexicon::Overlay(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  return Read(root, file, false);
}

Result<Done> Lexicon::OverlayCsv(std::string_view csv, std::string_view file) {
  for (int number = 1; !csv.empty(); ++number) {
    std::string_view line = csv.substr(0, csv.find('\n'));
    csv.remove_prefix(std::min(csv.size(), line.size() + 1));
    if (line.find_first_not_of(" \r\t") == line.npos) continue;
    const std::size_t comma = line.rfind(',');
    std::string_view word = line.substr(0, comma);
    if (word.size() >= 2 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
    const auto valence = comma == line.npos ? std::nullopt : ReadValence(line.substr(comma + 1));
    const std::string key = KeyOf(word, emoticons_);
    if (valence && std::abs(*valence) <= kStrongest && !key.empty()) {
      Weigh(key, *valence);
    } else if (number > 1 || valence) {
      return NoValence(fmt::format("{}:{}", file, number), word);
    }
  }
  return Done{};
}

}  // namespace backcast
