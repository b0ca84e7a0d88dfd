// rooms: ingest
// SPDX-License-Identifier: Apache-2.0
// Any bytes are read to their end without a crash; every row has the header's width, every text is valid
// UTF-8.
#include <cstdint>
#include <cstdlib>

#include "ingest/cells.h"
#include "ingest/read/encoding.h"
#include "ingest/read/reading.h"
#include "text/masking.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backcast;
  ReadLimits limits;
  limits.unpacked_bytes = 8 << 20;
  limits.field_bytes = 1 << 20;
  const ReadFileWhole file =
      ReadWhole(std::string(reinterpret_cast<const char*>(data), size), "file", limits);
  const Zone utc;
  for (const ReadTableWhole& table : file.tables) {
    for (const auto& row : table.rows) {
      if (row.size() != table.head.header.size()) std::abort();
      for (const std::string& cell : row) {
        if (ValidUtf8(cell) != cell.size()) std::abort();
        const std::string_view cells[] = {cell};
        const DateFormat format = GuessDates(cells).value_or(DateFormat{});
        (void)ReadInstant(cell, format, utc);
        (void)ReadDayRange(cell, format);
        (void)ReadCount(cell, GuessStyle(cells));
        (void)ReadMoney(cell);
        (void)ReadPercent(cell, PercentKind::kPercent);
        (void)ReadDuration(cell);
        (void)LooksMangled(cell);
        if (ValidUtf8(MaskPrivate(cell)) < MaskPrivate(cell).size()) std::abort();
      }
    }
    for (const RefusedRecord& refused : table.refused) {
      if (refused.text.size() > 200 || ValidUtf8(refused.text) != refused.text.size() ||
          refused.reason.empty())
        std::abort();
    }
  }
  return 0;
}
