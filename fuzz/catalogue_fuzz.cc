// rooms: catalog
// seeds: catalogue/metrics
// SPDX-License-Identifier: Apache-2.0
// Any text is a set of metrics or errors in sentences; a formula that was read has one spelling, which reads
// to the same tree.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "catalog/catalogue.h"

namespace {

using namespace backcast;

void CheckSpelling(std::string_view formula) {
  const auto read = ParseFormula(formula);
  if (!read.ok()) {
    if (read.error().where.empty() || read.error().what.empty()) std::abort();
    return;
  }
  const std::string spelling = ToText(read.value());
  const auto again = ParseFormula(spelling);
  // A spelling has all its brackets and may exceed what a formula may; an aggregate's names its fact apart.
  if (!again.ok()) {
    if (spelling.size() < 100 && spelling.find(':') == std::string::npos) std::abort();
    return;
  }
  if (ToText(again.value()) != spelling) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Schemas facts = Schemas::Shipped().value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckSpelling(text);
  Catalogue catalogue;
  for (const Error& fault : catalogue.Add(text, "metrics.yaml", facts)) {
    if (fault.what.empty()) std::abort();
  }
  for (const Metric& metric : catalogue.all()) {
    if (!metric.HasFormula()) continue;
    CheckSpelling(metric.formula);
    (void)catalogue.FactsOf(metric);
  }
  return 0;
}
