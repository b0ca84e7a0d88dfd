// SPDX-License-Identifier: Apache-2.0
// Issues that are suddenly talked about.
#include <algorithm>

#include "desk/listen_parts.h"

namespace backcast {
namespace {

constexpr std::size_t kMostIssues = 20;

}  // namespace

void HearSpeeds(Listening& listening) {
  const Mentions& all = listening.heard.mentions;
  std::vector<std::int64_t> instants, negative;
  std::vector<std::vector<std::int64_t>> issues(all.issues.size());
  std::int64_t first = 0;
  for (const std::uint32_t i : listening.in_scope) {
    const std::int64_t at = all.at[i];
    if (at == Mentions::kNoInstant) continue;
    first = instants.empty() ? at : std::min(first, at);
    listening.last_instant = instants.empty() ? at : std::max(listening.last_instant, at);
    instants.push_back(at);
    if (all.ToneAt(i) == Tone::kNegative) negative.push_back(at);
    if (all.issue[i] != kNoName) issues[all.issue[i]].push_back(at);
  }
  if (instants.empty()) {
    listening.speeds_because = "the mentions have no time of day";
    return;
  }
  const auto look = [&](std::string what, bool issue, const std::vector<std::int64_t>& of) {
    listening.speeds.push_back({std::move(what), issue,
                                VelocityOf(of, first, listening.last_instant, kHourMicros),
                                VelocityOf(of, first, listening.last_instant, kDayMicros)});
  };
  look("all mentions", false, instants);
  look("negative mentions", false, negative);
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < issues.size(); ++i) {
    if (!issues[i].empty()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return issues[left].size() > issues[right].size();
  });
  if (order.size() > kMostIssues) order.resize(kMostIssues);
  for (const std::uint32_t i : order) look(std::string(all.issues[i]), true, issues[i]);
}

}  // namespace backcast
