// SPDX-License-Identifier: Apache-2.0
#include "ingest/date_words.h"

#include <string>
#include <unordered_map>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

using Words = std::unordered_map<std::string, DateWord>;

const Words& AllWords() {
  static const Words words = [] {
    Words made;
    const auto text = Embedded("languages/dates.yaml");
    const Result<Yaml> parsed = ParseYaml(text.value_or(""), "languages/dates.yaml");
    if (!parsed.ok()) return made;
    const Yaml& root = parsed.value();
    const auto each = [&](std::string_view key, auto&& set) {
      const Yaml* list = root.Find(key);
      if (list == nullptr) return;
      int place = 0;
      for (const Yaml& item : list->items) {
        ++place;
        for (const std::string& word : item.Texts()) set(made[word], place);
      }
    };
    each("months", [](DateWord& word, int month) { word.month = month; });
    each("weekdays", [](DateWord& word, int) { word.weekday = true; });
    each("fillers", [](DateWord& word, int) { word.filler = true; });
    each("before_noon", [](DateWord& word, int) { word.before_noon = true; });
    each("after_noon", [](DateWord& word, int) { word.after_noon = true; });
    each("mangled", [](DateWord& word, int) { word.mangled = true; });
    if (const Yaml* offsets = root.Find("offsets")) {
      for (const Yaml::Entry& entry : offsets->entries) {
        DateWord& word = made[entry.key];
        word.offset = true;
        word.offset_minutes = static_cast<int>(entry.value.Number().value_or(0));
      }
    }
    return made;
  }();
  return words;
}

}  // namespace

DateWord FindDateWord(std::string_view word) {
  const auto found = AllWords().find(std::string(word));
  return found == AllWords().end() ? DateWord{} : found->second;
}

}  // namespace backcast
