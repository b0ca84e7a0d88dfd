// SPDX-License-Identifier: Apache-2.0
// A place where questions run. A new engine is one subclass and one Dialect; no other room names one.
#pragma once

#include "base/result.h"
#include "facts/table.h"
#include "sql/dialect.h"

namespace backcast {

class Engine {
 public:
  virtual ~Engine() = default;
  virtual const Dialect& dialect() const = 0;
  /// Runs one statement and returns all its rows. Thread-safe.
  /// Errors: kInternal for SQL the engine refuses (its own words kept), kUnavailable for memory, disk, files,
  /// kInterrupted after Interrupt().
  virtual Result<Table> Run(const Statement& statement) = 0;
  /// Ends what runs now with kInterrupted; callable from any thread or a signal watcher.
  virtual void Interrupt() = 0;
};

}  // namespace backcast
