// SPDX-License-Identifier: Apache-2.0
#include "attribution/journey_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace backcast {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

}  // namespace

JourneyBuilder::JourneyBuilder(JourneyRules rules, ChannelCode direct)
    : rules_(rules), direct_(direct), window_(rules.window_days * kDay), index_(journeys_) {
  journeys_.has_times = true;
}

void JourneyBuilder::Add(const EventBatch& batch) {
  for (std::size_t at = 0; at < batch.person.size(); ++at) {
    if (!any_ || batch.person[at] != person_) {
      if (any_) EndPerson();
      any_ = true;
      person_ = batch.person[at];
    }
    const std::int64_t time = batch.time[at];
    if (batch.channel[at] != kNoChannel) {
      open_.push_back({time, batch.channel[at]});
      ++touches_of_person_;
    }
    if (batch.converts[at] != 0) EndJourney(true, time, batch.value[at]);
  }
}

// The touches that count, in path_ and times_; false when there are none.
bool JourneyBuilder::TakePath(std::int64_t at) {
  path_.clear();
  times_.clear();
  const std::int64_t since = rules_.window_days > 0 ? at - window_ : std::numeric_limits<std::int64_t>::min();
  const auto first =
      std::find_if(open_.begin(), open_.end(), [since](const Touch& touch) { return touch.time >= since; });
  coverage_.too_old += static_cast<double>(first - open_.begin());
  open_.erase(open_.begin(), first);
  for (const Touch& touch : open_) {
    path_.push_back(touch.channel);
    times_.push_back(touch.time);
  }
  ShapePath(rules_, direct_, path_, &times_, coverage_.shaped);
  return !path_.empty();
}

// Ages are taken from the newest touch, which changes no weight and keeps old journeys from vanishing.
void JourneyBuilder::AddDecay() {
  const double scale = rules_.half_life_days * static_cast<double>(kDay);
  double sum = 0;
  const std::size_t from = journeys_.decay.size();
  for (const std::int64_t time : times_) {
    const double weight = std::exp2(static_cast<double>(time - times_.back()) / scale);
    sum += weight;
    journeys_.decay.push_back(weight);
  }
  for (std::size_t touch = from; touch < journeys_.decay.size(); ++touch) journeys_.decay[touch] /= sum;
}

void JourneyBuilder::EndJourney(bool converted, std::int64_t at, double value) {
  const bool counts = at >= rules_.count_from;
  if (!counts) {
    open_.clear();
    return;
  }
  coverage_.touches += static_cast<double>(open_.size());
  const bool had_touch = !open_.empty();
  const bool has_path = TakePath(at);
  open_.clear();
  coverage_.conversions += converted ? 1 : 0;
  if (!has_path) {
    if (converted) missed_.push_back({touches_of_person_ > 0, had_touch});
    return;
  }
  ++coverage_.journeys;
  const std::uint32_t path = index_.Of(path_);
  PersonJourney made{path, kNotConverted};
  if (converted) {
    ++coverage_.credited;
    if (std::all_of(path_.begin(), path_.end(), [this](ChannelCode channel) { return channel == direct_; }))
      ++coverage_.only_direct;
    journeys_.converting[path] += 1;
    journeys_.value[path] += value;
    made.conversion = static_cast<std::uint32_t>(journeys_.conversions.size());
    journeys_.conversions.push_back({path, false, value, static_cast<std::uint32_t>(journeys_.decay.size())});
    AddDecay();
  } else {
    journeys_.not_converting[path] += 1;
  }
  made_.push_back(made);
}

void JourneyBuilder::EndPerson() {
  if (!open_.empty()) EndJourney(false, open_.back().time, 0);
  for (const Missed& missed : missed_) {
    if (touches_of_person_ == 0) {
      ++coverage_.never_seen;
    } else if (!missed.touched_before) {
      ++coverage_.only_after;
    } else if (missed.too_old) {
      ++coverage_.outside_window;
    } else {
      ++coverage_.since_previous;
    }
  }
  if (!made_.empty()) ++journeys_.persons;
  if (made_.size() == 1) {
    const PersonJourney& only = made_[0];
    if (only.conversion == kNotConverted) {
      journeys_.alone_not_converting[only.path] += 1;
    } else {
      journeys_.alone_converting[only.path] += 1;
      journeys_.conversions[only.conversion].alone = true;
    }
  } else if (!made_.empty()) {
    journeys_.several.insert(journeys_.several.end(), made_.begin(), made_.end());
    journeys_.several_offsets.push_back(static_cast<std::uint32_t>(journeys_.several.size()));
  }
  made_.clear();
  missed_.clear();
  touches_of_person_ = 0;
}

Journeys JourneyBuilder::Finish() {
  if (any_) EndPerson();
  any_ = false;
  SortConversions(journeys_);
  return std::exchange(journeys_, Journeys{});
}

}  // namespace backcast
