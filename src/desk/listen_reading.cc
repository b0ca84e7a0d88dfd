// SPDX-License-Identifier: Apache-2.0
// How mentions were read, and how often that is right.
#include <algorithm>
#include <cmath>
#include <map>

#include "desk/listen_parts.h"

namespace backcast {

Confusion LabelsAgainstReading(const ListenSettings& settings, const Mentions& mentions) {
  Confusion confusion;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const auto label = settings.labels.find(mentions.id[i]);
    if (label != settings.labels.end() && !std::isnan(mentions.read[i]))
      confusion.Add(label->second, ToneOf(mentions.read[i]));
  }
  return confusion;
}

void HearReading(const ListenSettings& settings, Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  HeardReading& reading = listening.reading;
  reading.domains = settings.domains;
  reading.own_words = settings.own_words.size();
  reading.labels = static_cast<double>(settings.labels.size());
  Confusion exports, in_force;
  std::map<std::uint32_t, double> languages;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const bool told = !std::isnan(all.told[i]), read = !std::isnan(all.read[i]);
    if (told && read) exports.Add(ToneOf(all.told[i]), ToneOf(all.read[i]));
    const auto label = settings.labels.find(all.id[i]);
    if (label != settings.labels.end()) {
      ++reading.labels_met;
      if (const auto tone = all.ToneAt(i)) in_force.Add(label->second, *tone);
    }
    if (!listening.period.Contains(all.DayOf(i))) continue;
    (told ? reading.told : read ? reading.read : reading.unclassified) += 1;
    const bool silent = listening.heard.texts.view()[i].empty();
    reading.silent += silent ? 1 : 0;
    if (!silent) ++languages[all.language[i]];
  }
  for (const auto& [language, count] : languages)
    reading.languages.emplace_back(language == kNoName ? "" : std::string(all.languages[language]), count);
  std::stable_sort(
      reading.languages.begin(), reading.languages.end(), [](const auto& left, const auto& right) {
        return left.second != right.second ? left.second > right.second : left.first < right.first;
      });
  reading.against_exports = QualityOf(exports);
  reading.against_labels = QualityOf(in_force);
  if (reading.labels > reading.labels_met)
    listening.warnings.push_back(std::to_string(std::llround(reading.labels - reading.labels_met)) + " of " +
                                 std::to_string(std::llround(reading.labels)) +
                                 " labels of labels.csv name no mention that was read.");
}

}  // namespace backcast
