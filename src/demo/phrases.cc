// SPDX-License-Identifier: Apache-2.0
#include "demo/phrases.h"

#include <array>
#include <utility>
#include <vector>

#include "base/embedded.h"

namespace backcast::demo {
namespace {

constexpr double kEmoji = 0.3, kHashtag = 0.25;

const Yaml* Under(const Yaml* map, std::string_view key) { return map == nullptr ? nullptr : map->Find(key); }

/// One item of a list of texts; empty when there is no such list.
std::string One(const Yaml* list, Random& random) {
  if (list == nullptr || list->items.empty()) return "";
  return list->items[static_cast<std::size_t>(random.Below(static_cast<int>(list->items.size())))].text;
}

void Replace(std::string& text, std::string_view place, std::string_view with) {
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + with.size()))
    text.replace(at, place.size(), with);
}

/// A language by its share.
int PickLanguage(const Yaml& root, Random& random) {
  double at = random.Uniform();
  for (std::size_t i = 0; i + 1 < kLanguages.size(); ++i) {
    const Yaml* language = root.Find(kLanguages[i]);
    const double share = language == nullptr ? 0 : language->Number("share", 0);
    if (at < share) return static_cast<int>(i);
    at -= share;
  }
  return static_cast<int>(kLanguages.size()) - 1;
}

}  // namespace

Result<Phrases> Phrases::Read(const std::string& kind) {
  const std::string name = "demo/" + kind + "/phrases.yaml";
  const auto text = Embedded(name);
  if (!text) return Error{Code::kInternal, name, "the sentences of the demo are not built in", ""};
  BACKCAST_TRY(Yaml root, ParseYaml(*text, name));
  return Phrases(std::move(root));
}

std::string Phrases::Filled(std::string text, std::string_view brand, Random& random) const {
  const std::string place = One(root_.Find("places"), random);
  const std::string number = std::to_string(4 + random.Below(60));
  Replace(text, "{brand}", brand);
  Replace(text, "{place}", place);
  Replace(text, "{number}", number);
  return text;
}

void Phrases::Write(Mention& mention, std::string_view topic, std::string_view brand, Random& random) const {
  if (mention.spam) {
    mention.language = 1;
    mention.tone = Tone::kNeutral;
    mention.text = Filled(One(root_.Find("spam"), random), brand, random);
    return;
  }
  mention.language = PickLanguage(root_, random);
  const Yaml* language = root_.Find(kLanguages[static_cast<std::size_t>(mention.language)]);
  const Yaml* about = Under(language, topic);
  const std::string_view list = mention.of_fix ? "fixed" : kTones[static_cast<std::size_t>(mention.tone)];
  if (about == nullptr || (mention.of_fix && about->Find(list) == nullptr)) {
    mention.language = mention.author % 2;  // German or English, which have everything
    language = root_.Find(kLanguages[static_cast<std::size_t>(mention.language)]);
    about = Under(language, topic);
  }
  if (mention.of_fix) mention.tone = Tone::kPositive;
  const Yaml* sentences = Under(about, list);
  if (sentences == nullptr) {
    mention.tone = Tone::kNegative;
    sentences = Under(about, kTones[0]);
  }
  std::string text = One(Under(language, "openings"), random) + One(sentences, random) +
                     One(Under(language, "closings"), random);
  const std::string emoji =
      One(Under(root_.Find("emoji"), kTones[static_cast<std::size_t>(mention.tone)]), random);
  const std::string hashtag = One(root_.Find("hashtags"), random);
  if (random.Chance(kEmoji)) text += " " + emoji;
  if (random.Chance(kHashtag)) text += " " + hashtag;
  mention.text = Filled(std::move(text), brand, random);
}

std::string Phrases::Asks(std::string_view topic, Random& random) const {
  return One(Under(root_.Find("asks"), topic), random);
}

std::string Phrases::Answer(Random& random) const { return One(root_.Find("answers"), random); }

}  // namespace backcast::demo
