// rooms: plan
// seeds: src/plan/cases
// SPDX-License-Identifier: Apache-2.0
// Any text is a plan, an error or findings; every finding has a place and words.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "plan/data_layer.h"
#include "plan/plan.h"

namespace {

using backcast::Catalogue;

const Catalogue& Metrics() {
  static const Catalogue catalogue = [] {
    const auto schemas = backcast::Schemas::Shipped();
    if (!schemas.ok()) std::abort();
    auto shipped = Catalogue::Shipped(schemas.value());
    return shipped.ok() ? std::move(shipped).value() : Catalogue();
  }();
  return catalogue;
}

void Check(const std::vector<backcast::Finding>& findings) {
  for (const backcast::Finding& finding : findings) {
    if (finding.rule.empty() || finding.message.empty() || finding.why.empty() || finding.fix.empty())
      std::abort();
    if (finding.place.line < 1 || finding.place.column < 1) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reading = backcast::ReadPlan(text, "plan.yaml", Metrics());
  if (!reading.ok()) {
    if (reading.error().where.empty() || reading.error().what.empty()) std::abort();
    return 0;
  }
  Check(reading.value().findings);
  Check(backcast::ExamineChain(reading.value().plan, Metrics(), backcast::ParseIsoDay("2026-06-15").value()));
  // A lake with rows of some facts and nothing else known, as after a first load.
  backcast::DataPicture picture;
  picture.as_of = backcast::ParseIsoDay("2026-06-10").value();
  picture.rows = {{"order", 9}, {"site_day", 9}};
  picture.steps = {{"orders", 0}, {"sessions", std::nullopt}};
  picture.automatic_share = 0.5;
  Check(backcast::ExamineData(reading.value().plan, Metrics(), picture,
                              backcast::ParseIsoDay("2026-06-15").value()));
  const std::string own = backcast::CustomMetricsYaml(reading.value().plan);
  if (!own.empty() && !backcast::ParseYaml(own, "plan.yaml").ok()) std::abort();
  return 0;
}
