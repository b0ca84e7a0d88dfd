// SPDX-License-Identifier: Apache-2.0
// For tests and fuzzing: everything that a file's readers give, in one value.
#pragma once

#include <string>
#include <vector>

#include "ingest/read/open.h"

namespace backcast {

struct ReadTableWhole {
  Head head;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::int64_t> lines;
  std::vector<RefusedRecord> refused;
  std::string fault;  ///< the sentence with which reading ended, empty for the end of the table
};

struct ReadFileWhole {
  std::vector<ReadTableWhole> tables;
  std::string fault;  ///< the sentence with which opening failed
};

inline ReadFileWhole ReadWhole(std::string bytes, const std::string& name = "file.csv",
                               const ReadLimits& limits = {}) {
  ReadFileWhole file;
  auto readers = OpenRecordsIn(std::move(bytes), name, limits);
  if (!readers.ok()) {
    file.fault = ToSentence(readers.error());
    return file;
  }
  for (const auto& reader : readers.value()) {
    ReadTableWhole table;
    table.head = reader->head();
    RecordBatch batch;
    for (;;) {
      const Result<bool> more = reader->Next(batch, table.refused);
      if (!more.ok()) table.fault = ToSentence(more.error());
      if (!more.ok() || !more.value()) break;
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        const auto first = batch.cells.begin() + static_cast<std::ptrdiff_t>(row * batch.columns);
        table.rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(batch.columns));
      }
      table.lines.insert(table.lines.end(), batch.lines.begin(), batch.lines.end());
    }
    file.tables.push_back(std::move(table));
  }
  return file;
}

}  // namespace backcast
