// rooms: desk
// SPDX-License-Identifier: Apache-2.0
// Any bytes as a table of paths or touches end in a sentence or in credits: every conversion is credited or
// has a cause, every model that answers gives out what there was, and no interval is the wrong way round.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "desk/attribute_file.h"
#include "ingest/read/open.h"

namespace {

using namespace backcast;

bool Near(double one, double other) {
  return std::abs(one - other) <= 1e-6 * std::max({1.0, std::abs(one), std::abs(other)});
}

void CheckModel(const ModelCredit& model, const JourneyTotals& totals) {
  if (model.state != ModelCredit::State::kAnswered) {
    if (model.reason.empty()) std::abort();
    return;
  }
  double credit = 0;
  for (const ChannelCredit& channel : model.channels) {
    credit += channel.credit;
    if (channel.low.has_value() != channel.high.has_value()) std::abort();
    if (channel.low && !(*channel.low <= *channel.high)) std::abort();
  }
  if (!Near(credit, totals.conversions) || !Near(model.credit, totals.conversions)) std::abort();
}

void CheckCoverage(const AskedJourneys& asked, const JourneyTotals& totals) {
  double known = totals.conversions;
  for (const CoverageCause& cause : asked.causes) {
    if (!cause.credited) known += cause.conversions;
    if (cause.says.empty() || cause.fix.empty()) std::abort();
  }
  if (!Near(known, asked.conversions)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ReadLimits limits;
  limits.unpacked_bytes = 8 << 20;
  limits.field_bytes = 1 << 20;
  limits.members = 20;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  auto readers = OpenRecordsIn(bytes, "paths.csv", limits);
  if (!readers.ok() || readers.value().empty()) return 0;
  RecordReader& reader = *readers.value().front();
  const auto columns = FindJourneyColumns(reader.head().header, "paths.csv:1");
  if (!columns.ok()) return 0;

  AttributeCommand command;
  command.paths = "paths.csv";
  command.threads = 1;
  command.resamples = size % 4 == 0 ? 40 : 0;
  command.order = 1 + static_cast<int>(size % 3);
  command.collapse = size % 5 == 0;
  command.drop_direct = size % 7 == 0;
  if (size % 2 == 0) command.window_days = static_cast<int>(size % 60);
  const auto asked = columns.value().paths ? ReadPathRows(reader, columns.value(), command)
                                           : ReadTouchRows(reader, columns.value(), command);
  if (!asked.ok()) {
    if (asked.error().what.empty()) std::abort();
    return 0;
  }
  const JourneyTotals totals = TotalsOf(asked.value().journeys);
  CheckCoverage(asked.value(), totals);
  const Credits credits = CreditsOf(asked.value(), command);
  for (const ModelCredit& model : credits.models) CheckModel(model, totals);
  if (ShowCredits(asked.value(), credits, command, "").out.empty()) std::abort();
  return 0;
}
