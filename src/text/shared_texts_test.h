// SPDX-License-Identifier: Apache-2.0
// Public sets of labelled texts that lie beside the repository, for tests that measure accuracy.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace backcast {

/// The file's bytes; nothing when it is not there.
inline std::optional<std::string> SharedTexts(const char* name) {
  const char* given = std::getenv("BACKCAST_SHARED");
  const auto data = given != nullptr ? std::filesystem::path(given)
                                     : std::filesystem::path(BACKCAST_SOURCE_DIR) / "../shared/data";
  std::ifstream file(data / name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Rows of a CSV with quotes, the header left out.
inline std::vector<std::vector<std::string>> CsvRows(const std::string& bytes) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '"' && quoted && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      cell += bytes[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(cell);
      cell.clear();
      if (c == '\n') rows.emplace_back();
    } else if (quoted || c != '\r') {
      cell += c;
    }
  }
  if (!cell.empty() || !rows.back().empty()) rows.back().push_back(cell);
  if (rows.back().empty()) rows.pop_back();
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

}  // namespace backcast
