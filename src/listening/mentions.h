// SPDX-License-Identifier: Apache-2.0
// Mentions as columns: what exports say of each, and what was read from its text.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "listening/tone.h"
#include "text/word_table.h"

namespace backcast {

/// Names by number in the order in which they were met; nothing has kNoName.
inline constexpr std::uint32_t kNoName = WordTable::kNone;

/// One entry per mention in every column.
struct Mentions {
  static constexpr std::int64_t kNoInstant = std::numeric_limits<std::int64_t>::min();

  WordTable brands, platforms, issues, languages, topics;
  std::vector<std::string> id;
  std::vector<std::int32_t> day;  ///< since 1970-01-01
  std::vector<std::int64_t> at;   ///< microseconds since then; kNoInstant when only the day is known
  std::vector<std::uint32_t> brand, platform, issue;
  std::vector<std::uint32_t> topic;     ///< of the export; kNoName: it says none
  std::vector<std::uint32_t> language;  ///< as read from the text; kNoName: it could not be told
  std::vector<std::uint8_t> own;        ///< 1 own brand, 0 another, 2 not known
  std::vector<double> engagements;      ///< NaN: not told
  std::vector<double> told;             ///< sentiment of the export; NaN: none
  std::vector<double> read;             ///< sentiment as Backcast reads the text; NaN: not classified

  std::size_t size() const { return id.size(); }
  Day DayOf(std::size_t i) const { return Day{std::chrono::days{day[i]}}; }
  /// The export's own label wins over the reading.
  std::optional<Tone> ToneAt(std::size_t i) const {
    const double score = told[i] == told[i] ? told[i] : read[i];
    return score == score ? std::optional(ToneOf(score)) : std::nullopt;
  }
};

}  // namespace backcast
