// SPDX-License-Identifier: Apache-2.0
// The embedded engine: DuckDB through its C API, in memory, over the files of one lake version.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace backcast {

struct DuckDbOptions {
  int threads = 0;                   ///< 0 = one per core
  std::string memory = "";           ///< "512MB"; empty = four fifths of the machine
  std::string spill;                 ///< folder for what does not fit; empty = no spilling
  std::vector<std::string> folders;  ///< the only folders it may touch after Lock()
};

class DuckDb final : public Engine {
 public:
  /// Errors: kUsage for a thread count or memory size that DuckDB does not accept, kUnavailable.
  static Result<std::unique_ptr<DuckDb>> Open(const DuckDbOptions& options);
  ~DuckDb() override;

  /// Closes external access to everything but options.folders and locks the configuration for good.
  /// Open() does not lock, so that a caller can still load an extension; every workspace locks before its
  /// first file.
  Result<Done> Lock();

  const Dialect& dialect() const override { return DuckDbDialect(); }
  Result<Table> Run(const Statement& statement) override;
  /// Run for SQL of the house without arguments.
  Result<Table> Run(std::string_view sql);
  /// Run for answers too large to hold: `take` gets the rows in their order, some thousands at a time, and
  /// may end it with an error. Columns: whole numbers, flags, days and instants (microseconds) in `integers`,
  /// other numbers in `numbers`, text in `words`, which are valid until `take` returns. Integers of other
  /// widths than INTEGER and BIGINT must be cast.
  Result<Done> Stream(const Statement& statement, const std::function<Result<Done>(const RowBatch&)>& take);
  /// Run when the rows do not matter.
  Result<Done> Do(std::string_view sql);
  void Interrupt() override;
  /// As given to Open(); 0 = one per core.
  int threads() const;
  /// Share of the running query that is done, 0..1; negative while unknown.
  double Progress() const;

  /// Appends batches to an existing table; the batch's columns are the table's, in order and type
  /// (kCode and kLabel and kText into VARCHAR, kMoney into DECIMAL(18,4)).
  class Appender {
   public:
    ~Appender();
    Appender(Appender&&) noexcept;
    Result<Done> Append(const RowBatch& batch);
    /// Flushes; must be the last call, else rows may be lost.
    Result<Done> Close();

   private:
    friend class DuckDb;
    Appender();
    struct State;
    std::unique_ptr<State> state_;
  };
  /// Errors: kInternal when there is no such table.
  Result<Appender> AppendTo(std::string_view table);
  /// The same while a Stream is under way, for no temporary table; its rows are seen when it is closed.
  Result<Appender> AppendBeside(std::string_view table);

 private:
  DuckDb();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace backcast
