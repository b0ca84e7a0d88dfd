// SPDX-License-Identifier: Apache-2.0
// The changes of a zone are taken from ICU once and kept as a list.
#include "base/zone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tzrule.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

namespace backcast {

/// From instant `from[i]` on (microseconds, ascending), local time is UTC + `offset[i]`; before, it is
/// `first`.
struct Zone::Changes {
  std::int64_t first = 0;
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> offset;

  std::int64_t OffsetAt(std::int64_t instant) const {
    const auto next = std::upper_bound(from.begin(), from.end(), instant);
    return next == from.begin() ? first : offset[static_cast<std::size_t>(next - from.begin() - 1)];
  }
};

Zone::Zone() : changes_(std::make_shared<Changes>()) {}

Result<Zone> Zone::Open(std::string_view iana) {
  const std::string name(iana);
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())))));
  const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
  icu::UnicodeString id;
  if (zone) zone->getID(id);
  const bool unknown = id == icu::UnicodeString(UCAL_UNKNOWN_ZONE_ID);
  if (basic == nullptr || unknown || name.empty()) {
    return Error{Code::kInput, "", "there is no time zone '" + name.substr(0, 60) + "'",
                 "write its IANA name, such as Europe/Berlin or UTC"};
  }
  constexpr double kFrom = -2'208'988'800'000.0, kTo = 4'102'444'800'000.0;  // 1900 and 2100, in milliseconds
  auto changes = std::make_shared<Changes>();
  std::int32_t raw = 0, saving = 0;
  UErrorCode fault = U_ZERO_ERROR;
  basic->getOffset(kFrom, false, raw, saving, fault);
  changes->first = (std::int64_t{raw} + saving) * 1000;
  icu::TimeZoneTransition transition;
  for (double at = kFrom; basic->getNextTransition(at, false, transition) && transition.getTime() < kTo;) {
    at = transition.getTime();
    const icu::TimeZoneRule* rule = transition.getTo();
    changes->from.push_back(static_cast<std::int64_t>(at) * 1000);
    changes->offset.push_back((std::int64_t{rule->getRawOffset()} + rule->getDSTSavings()) * 1000);
  }
  Zone opened;
  opened.changes_ = std::move(changes);
  return opened;
}

Instant Zone::FromLocal(std::chrono::local_time<std::chrono::microseconds> local) const {
  const std::int64_t wanted = local.time_since_epoch().count();
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t before = changes_->OffsetAt(wanted - kDay);
  const std::int64_t instant = wanted - before;
  // The offset from before the change holds when it is still in force then, and in the hour that is skipped.
  if (changes_->OffsetAt(instant) == before) return Instant{std::chrono::microseconds{instant}};
  const std::int64_t after = changes_->OffsetAt(instant);
  const std::int64_t other = wanted - after;
  const bool skipped = changes_->OffsetAt(other) != after;
  return Instant{std::chrono::microseconds{skipped ? instant : other}};
}

Instant Zone::LocalOf(Instant instant) const {
  const std::int64_t micros = instant.time_since_epoch().count();
  return Instant{std::chrono::microseconds{micros + changes_->OffsetAt(micros)}};
}

Day Zone::DayOf(Instant instant) const { return std::chrono::floor<std::chrono::days>(LocalOf(instant)); }

int Zone::HourOf(Instant instant) const {
  const Instant local = LocalOf(instant);
  return static_cast<int>(
      std::chrono::floor<std::chrono::hours>(local - std::chrono::floor<std::chrono::days>(local)).count());
}

}  // namespace backcast
