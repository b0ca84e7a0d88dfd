// SPDX-License-Identifier: Apache-2.0
#include "desk/care_values.h"

#include <algorithm>
#include <array>

#include "desk/care_answer.h"

namespace backcast {
namespace {

constexpr std::array<std::string_view, 5> kMetrics = {"frt_median", "frt_p90", "resolution_time_median",
                                                      "frt_business_median", "first_contact_resolution"};

Value Missing(State state, std::string reason) {
  Value value;
  value.state = state;
  value.reason = std::move(reason);
  return value;
}

Value TimeValue(const WaitingTime& waiting, int items) {
  if (items == 0) return Missing(State::kNotOffered, "nothing was reported for this period");
  Value value = Missing(State::kTooLittleData, waiting.needs);
  value.n = items;
  if (!waiting.time) return value;
  value.value = waiting.time->value;
  value.low = waiting.time->low;
  value.high = waiting.time->high;
  if (!value.value) {
    value.state = State::kNotOffered;
    value.reason = "not reached: too many still wait";
    value.low = value.high = std::nullopt;
    return value;
  }
  value.state = *value.value == 0 ? State::kZero : State::kValue;
  return value;
}

Value FirstContactValue(const CareAnswer& answer) {
  const FirstContact& first = answer.groups.front().first_contact;
  if (!answer.has_resolution || !answer.has_persons)
    return Missing(State::kNotOffered, "no export says who asked and when it was resolved");
  if (first.chains == 0) return Missing(State::kTooLittleData, "no contact is a week old");
  Value value;
  value.value = static_cast<double>(first.settled) / first.chains;
  value.state = first.settled == 0 ? State::kZero : State::kValue;
  value.low = first.share.low;
  value.high = first.share.high;
  value.n = first.chains;
  return value;
}

Value ValueOf(const CareAnswer& answer, std::string_view metric) {
  if (!answer.has_conversations) return Missing(State::kNotOffered, "no export fills conversation yet");
  const CareGroup& whole = answer.groups.front();
  if (metric == "first_contact_resolution") return FirstContactValue(answer);
  if (metric == "frt_p90") return TimeValue(whole.first_response.p90, whole.first_response.items);
  if (metric == "resolution_time_median")
    return TimeValue(whole.time_to_resolution.median, whole.time_to_resolution.items);
  return TimeValue(whole.first_response.median, whole.first_response.items);
}

/// One reading of care for a period by the clock of a metric, or why there is none.
Result<Value> Read(Workspace& workspace, const Ready& ready, const Window& period, std::string_view metric) {
  if (period.days() <= 0) return Missing(State::kNotOffered, "no comparison was asked");
  Ready asked = ready;
  asked.request.period = period;
  CareCommand command;
  if (metric == "frt_business_median") command.clock = "business";
  auto answer = ReadCare(workspace, asked, command);
  if (answer.ok()) return ValueOf(answer.value(), metric);
  if (answer.error().code != Code::kInput) return answer.error();
  return Missing(State::kNotOffered, ToSentence(answer.error()));
}

}  // namespace

Result<std::map<std::string, ComputedValue, std::less<>>> CareValues(Workspace& workspace, const Ready& ready,
                                                                     const Outline& outline) {
  std::map<std::string, ComputedValue, std::less<>> values;
  for (const std::string_view metric : kMetrics) {
    const bool asked = std::any_of(outline.lines.begin(), outline.lines.end(),
                                   [&](const ScoreLine& line) { return line.metric == metric; });
    if (!asked) continue;
    ComputedValue& value = values[std::string(metric)];
    BACKCAST_TRY(value.now, Read(workspace, ready, ready.request.period, metric));
    BACKCAST_TRY(value.before, Read(workspace, ready, ready.request.compare, metric));
  }
  return values;
}

}  // namespace backcast
