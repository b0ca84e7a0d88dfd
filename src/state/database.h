// SPDX-License-Identifier: Apache-2.0
// One SQLite file and its faults in sentences. Comes in: SQL and values; goes out: rows of text.
// Only the room's own sources include this.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace backcast {

class Database {
 public:
  using Bound = std::variant<std::int64_t, std::string_view>;
  using Row = std::vector<std::string>;  ///< NULL is an empty text

  /// Opens the file, which `write` makes if it is absent. Several processes may have it open: readers never
  /// wait, a writer waits for the other at most `patience`. Without `write`, a file in a folder that cannot
  /// be written is read as it lies. Errors: kUnavailable.
  static Result<Database> Open(const std::string& path, bool write, std::chrono::milliseconds patience);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// One statement with its values for ?1, ?2 ... Errors: kUnavailable (locked, read-only, damaged, disk
  /// full).
  Result<std::vector<Row>> Run(std::string_view statement, const std::vector<Bound>& values = {});
  /// Statements without values.
  Result<Done> RunAll(const std::string& statements);

  /// Does `work` whole or not at all. It holds the writers' lock from the beginning, so that what it reads is
  /// still true when it writes.
  template <class Work>
  auto Change(const Work& work) -> decltype(work()) {
    BACKCAST_CHECK(RunAll("BEGIN IMMEDIATE"));
    auto result = work();
    if (result.ok()) {
      const Result<Done> kept = RunAll("COMMIT");
      if (kept.ok()) return result;
      (void)RunAll("ROLLBACK");
      return kept.error();
    }
    (void)RunAll("ROLLBACK");
    return result;
  }

 private:
  struct Handle;
  explicit Database(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace backcast
