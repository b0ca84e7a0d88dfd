// SPDX-License-Identifier: Apache-2.0
#include "state/forgotten.h"

#include <filesystem>

#include "state/database.h"
#include "state/schema.h"

namespace backcast {
namespace {

constexpr std::chrono::milliseconds kPatience{5000};

Result<Database> Open(const std::string& folder, bool write) {
  const std::string path = folder + "/state.sqlite";
  BACKCAST_TRY(Database database, Database::Open(path, write, kPatience));
  BACKCAST_CHECK(BringUpToDate(database, path));
  return database;
}

}  // namespace

Result<Done> KeepForgotten(const std::string& folder, const std::vector<std::string>& marks,
                           std::string_view on) {
  BACKCAST_TRY(Database database, Open(folder, true));
  return database.Change([&]() -> Result<Done> {
    for (const std::string& mark : marks)
      BACKCAST_CHECK(database.Run("INSERT OR IGNORE INTO forgotten(mark, forgotten_on) VALUES(?1, ?2)",
                                  {std::string_view(mark), on}));
    return Done{};
  });
}

Result<std::vector<std::string>> ReadForgotten(const std::string& folder) {
  std::vector<std::string> marks;
  std::error_code ignored;
  if (!std::filesystem::exists(folder + "/state.sqlite", ignored)) return marks;
  BACKCAST_TRY(Database database, Open(folder, true));
  BACKCAST_TRY(const auto rows, database.Run("SELECT mark FROM forgotten ORDER BY mark"));
  for (const Database::Row& row : rows) marks.push_back(row[0]);
  return marks;
}

}  // namespace backcast
