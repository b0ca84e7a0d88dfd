// SPDX-License-Identifier: Apache-2.0
// The parts that ReadListening puts together, one file each.
#pragma once

#include "desk/listening.h"

namespace backcast {

/// Tones of the mentions `which` in both windows.
TonePair TonesOf(const Listening& listening, const std::vector<std::uint32_t>& which);

/// Brands of all mentions: shares, tones, whether they were collected alike.
void HearBrands(const ListenSettings& settings, Listening& listening);

/// Which mentions in scope the two periods may be compared by; asked once HearBrands has looked.
void LeaveOut(Listening& listening);
/// Why the two periods of the scope cannot be compared at all; empty: they can.
std::string NotAlike(const Listening& listening);

/// The name of every mention's group by this dimension (platform, language, issue, topic), aligned with
/// in_scope; kNoName for none.
struct Grouped {
  std::vector<std::uint32_t> of;
  std::vector<std::string> names;
};
Grouped GroupBy(const std::string& by, const Listening& listening);
void HearGroups(const ListenSettings& settings, const std::string& by, Listening& listening);

/// Languages, labels, accuracy.
void HearReading(const ListenSettings& settings, Listening& listening);
/// Hand labels against Backcast's own reading.
Confusion LabelsAgainstReading(const ListenSettings& settings, const Mentions& mentions);

/// Topics and terms of the mentions in scope, both windows together.
Result<Done> HearTopics(const ListenSettings& settings, const ListenQuestion& question, Listening& listening);
void HearDrivers(const std::string& by, Listening& listening);
void HearSpeeds(Listening& listening);
void HearFixes(const ListenSettings& settings, int threads, Listening& listening);

}  // namespace backcast
