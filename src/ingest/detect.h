// SPDX-License-Identifier: Apache-2.0
// Which layout a table is. Comes in: its head and the file's name; goes out: a layout with reasons, or the
// nearest ones with what they miss.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/mapping.h"
#include "ingest/records.h"

namespace backcast {

struct Alternative {
  std::string source;
  double confidence = 0;
  std::vector<std::string> missing;  ///< required columns the file does not have
};

struct Detection {
  std::string source;              ///< empty: no layout fits well enough, or two fit equally well
  std::vector<std::string> facts;  ///< that would be filled, the main one first
  double confidence = 0;           ///< 0..1; of the source, or of the nearest layout
  std::vector<std::string> reasons;
  std::vector<Alternative> alternatives;  ///< at most five, best first, without the source itself
};

/// A layout below this confidence is not taken.
inline constexpr double kEnoughConfidence = 0.7;

/// Looks at the header (columns required and explained), the title lines and the file's name. Deterministic.
Detection DetectSource(const Head& head, std::string_view path, const Sources& sources);

/// The sentence for a file that no layout fits: what was seen, the nearest layouts and what they miss.
/// kInput.
Error UnknownLayout(const Detection& detection, const Head& head, std::string_view path);

}  // namespace backcast
