// rooms: ingest
// seeds: catalogue/sources
// SPDX-License-Identifier: Apache-2.0
// Any text is a mapping or an error with a place and words; a mapping that was taken binds to any header.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/binding.h"
#include "ingest/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backcast;
  static const Schemas facts = Schemas::Shipped().value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mapping = ParseMapping(text, "mapping.yaml", facts, {});
  if (!mapping.ok()) {
    if (mapping.error().where.empty() || mapping.error().what.empty()) std::abort();
    return 0;
  }
  Head head;
  head.header = {"date", "Date", "", "id", "date"};
  for (const Field& field : mapping.value().fields)
    head.header.insert(head.header.end(), field.names.begin(), field.names.end());
  (void)Bind(mapping.value(), head, "folder/file.csv");
  return 0;
}
