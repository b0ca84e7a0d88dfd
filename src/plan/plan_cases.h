// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: files, the shipped catalogue, and plans made from cases.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace backcast {

inline std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string CaseText(const std::string& name) {
  return ReadText(std::filesystem::path(BACKCAST_SOURCE_DIR) / "src/plan/cases" / name);
}

/// A file of the shared measurement papers beside the repository; empty when they are not there.
inline std::string SharedText(const std::string& name) {
  const char* data = std::getenv("BACKCAST_SHARED");
  const std::filesystem::path folder = data != nullptr
                                           ? std::filesystem::path(data).parent_path()
                                           : std::filesystem::path(BACKCAST_SOURCE_DIR) / "../shared";
  return ReadText(folder / "metrics" / name);
}

inline const Catalogue& ShippedCatalogue() {
  static const Catalogue catalogue = [] {
    const auto schemas = Schemas::Shipped();
    EXPECT_TRUE(schemas.ok());
    auto shipped = Catalogue::Shipped(schemas.value());
    EXPECT_TRUE(shipped.ok()) << ToSentence(shipped.error());
    return shipped.ok() ? std::move(shipped).value() : Catalogue();
  }();
  return catalogue;
}

inline Day DayOf(std::string_view iso) { return ParseIsoDay(iso).value(); }

inline PlanReading ReadSoundly(std::string_view text) {
  auto reading = ReadPlan(text, "plan.yaml", ShippedCatalogue());
  EXPECT_TRUE(reading.ok()) << ToSentence(reading.error());
  return reading.ok() ? std::move(reading).value() : PlanReading();
}

/// "P18 outcome 12:5 message": one finding for a test's message.
inline std::string ToLine(const Finding& finding) {
  return finding.rule + " " + std::to_string(finding.place.line) + ":" +
         std::to_string(finding.place.column) + " " + std::string(ToWord(finding.severity)) + " | " +
         finding.message + " | " + finding.fix;
}

inline std::string ToLines(const std::vector<Finding>& findings) {
  std::string lines;
  for (const Finding& finding : findings) lines += ToLine(finding) + "\n";
  return lines;
}

}  // namespace backcast
