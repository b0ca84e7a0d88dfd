// rooms: journey
// SPDX-License-Identifier: Apache-2.0
// A workspace's channels.yaml, then, behind a line of ---, arrivals: six texts a line between tabs. The list
// is taken or refused with its place; every arrival gets the verdict of the first rule that fits.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "journey/channel_rules.h"

namespace {

using namespace backcast;

void CheckArrival(const ChannelRules& rules, const Arrival& arrival) {
  const auto verdict = rules.Classify(arrival);
  const auto fitting = rules.Fitting(arrival);
  if (verdict.has_value() == fitting.empty()) std::abort();
  if (!verdict) return;
  if (verdict->rule != fitting.front() || verdict->channel_group.empty()) std::abort();
  for (const ChannelRule* rule : fitting) rules.Because(*rule, arrival);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kBetween = "\n---\n";
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find(kBetween);
  ChannelRules rules = ChannelRules::Shipped().value();
  const auto taken = rules.Override(text.substr(0, end), "channels.yaml");
  if (!taken.ok() && (taken.error().what.empty() || taken.error().where.empty())) std::abort();
  if (!taken.ok() || end == std::string_view::npos) return 0;

  std::string_view lines = text.substr(end + kBetween.size());
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    Arrival arrival;
    arrival.visit = line.size() % 2 == 0;
    for (std::string& said : arrival.said) {
      const std::size_t tab = line.find('\t');
      said = line.substr(0, tab);
      line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
    }
    CheckArrival(rules, arrival);
  }
  return 0;
}
