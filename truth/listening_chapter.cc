// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "chain/changes.h"
#include "listening/issue_velocity.h"
#include "listening/reading_quality.h"
#include "listening/tone.h"
#include "truth/parallel.h"
#include "truth/tally.h"
#include "truth/world.h"

namespace backcast::truth {
namespace {

/// A reader as wrong as ours is on tweets to airlines: how it reads negative, neutral and positive mentions.
constexpr double kReads[kTones][kTones] = {{0.64, 0.19, 0.17}, {0.18, 0.49, 0.33}, {0.04, 0.09, 0.87}};

std::size_t Pick(Random& random, const double* chances) {
  const double at = random.Uniform();
  return at < chances[0] ? 0 : at < chances[0] + chances[1] ? 1 : 2;
}

struct Mix {
  double chances[kTones];
  double net() const { return chances[2] - chances[0]; }
};

Mix MakeMix(Random& random) {
  const double negative = 0.15 + 0.5 * random.Uniform(), positive = (1 - negative) * random.Uniform();
  return {{negative, 1 - negative - positive, positive}};
}

ToneCounts Spoken(Random& random, const Mix& mix, int mentions) {
  ToneCounts counts;
  for (int i = 0; i < mentions; ++i) ++counts.tones[Pick(random, mix.chances)];
  return counts;
}

struct Tones {
  Rate any_called, covers;
};

/// Six brands of 50 to 500 mentions, whose net sentiment does not move.
Tones StillWorld(int index) {
  Random random(WorldSeed("still tones", index));
  Tones seen;
  std::vector<TonePair> pairs;
  for (int brand = 0; brand < 6; ++brand) {
    const Mix mix = MakeMix(random);
    const auto mentions = [&] { return static_cast<int>(50 * std::pow(10.0, random.Uniform())); };
    pairs.push_back({Spoken(random, mix, mentions()), Spoken(random, mix, mentions())});
    const auto net = NetOf(pairs.back().now);
    seen.covers.Add(net->interval.low <= mix.net() && mix.net() <= net->interval.high);
  }
  bool called = false;
  for (const ToneChange& change : CompareTones(pairs))
    called = called || change.verdict == ToneVerdict::kBetter || change.verdict == ToneVerdict::kWorse;
  seen.any_called.Add(called);
  return seen;
}

struct Corrected {
  Rate covers, plain_covers, nearer;
};

/// 500 to 5,000 mentions read by a reader that is often wrong, 250 to 800 of another mix labelled by hand.
Corrected ReadWorld(int index) {
  Random random(WorldSeed("read tones", index));
  Corrected seen;
  const Mix mix = MakeMix(random), sample = {{0.35, 0.35, 0.3}};
  const int mentions = static_cast<int>(500 * std::pow(10.0, random.Uniform())),
            labelled = 250 + static_cast<int>(random.Below(550));
  ToneCounts read;
  for (int i = 0; i < mentions; ++i) ++read.tones[Pick(random, kReads[Pick(random, mix.chances)])];
  Confusion labels;
  for (int i = 0; i < labelled; ++i) {
    const std::size_t label = Pick(random, sample.chances);
    labels.Add(static_cast<Tone>(label), static_cast<Tone>(Pick(random, kReads[label])));
  }
  const auto corrected = CorrectTones(read, {}, labels, "world " + std::to_string(index));
  if (!corrected.ok()) return seen;
  const Interval &interval = corrected.value().interval, plain = NetOf(read)->interval;
  seen.covers.Add(interval.low <= mix.net() && mix.net() <= interval.high);
  seen.plain_covers.Add(plain.low <= mix.net() && mix.net() <= plain.high);
  seen.nearer.Add(std::abs(corrected.value().net - mix.net()) < std::abs(NetOf(read)->value - mix.net()));
  return seen;
}

struct Speed {
  Rate hour, day, burst;
};

/// An issue of 0.1 to 30 mentions an hour with times of day and weekdays; five to fourteen weeks of it.
Speed SpeedWorld(int index) {
  Random random(WorldSeed("speeds", index));
  const int hours = (5 + static_cast<int>(random.Below(10))) * 168;
  const double mean = std::pow(10.0, -1 + 2.5 * random.Uniform());
  std::vector<std::int64_t> instants;
  for (int hour = 0; hour < hours; ++hour) {
    const double rate =
        mean * (1 + 0.8 * std::sin(hour % 24 / 24.0 * 6.283)) * (hour / 24 % 7 < 5 ? 1.2 : 0.5);
    for (auto left = std::lround(random.Poisson(rate)); left > 0; --left)
      instants.push_back(hour * kHourMicros + 1 + static_cast<std::int64_t>(random.Below(kHourMicros)));
  }
  const std::int64_t end = hours * kHourMicros;
  Speed seen;
  seen.hour.Add(VelocityOf(instants, 0, end, kHourMicros).alarm);
  seen.day.Add(VelocityOf(instants, 0, end, kDayMicros).alarm);
  // Ten, and five times the usual hour, more.
  for (auto left = std::lround(std::ceil(10 + 5 * mean)); left > 0; --left)
    instants.push_back(end - static_cast<std::int64_t>(random.Below(kHourMicros)));
  seen.burst.Add(VelocityOf(instants, 0, end, kHourMicros).alarm);
  return seen;
}

/// The share of an issue in the mentions of 240 days; from day 200 on `left` of it. Its logarithm has this
/// memory and a standard deviation of 0.15.
bool FixIsCalled(int index, double memory, double left) {
  Random random(WorldSeed("fixes " + std::to_string(memory), index));
  constexpr std::size_t kDays = 240, kFix = 200;
  const std::vector<double> logs = Wander(random, kDays, memory, 0.15);
  const Day first{std::chrono::days{20000}};
  ChangeQuestion question;
  question.metric = {Combine::kRate, first, {}, {}};
  for (std::size_t day = 0; day < kDays; ++day) {
    const double mentions = random.Poisson(day % 7 < 5 ? 60 : 35);
    question.metric.base.push_back(mentions);
    question.metric.amount.push_back(
        random.Binomial(mentions, 0.25 * std::exp(logs[day]) * (day >= kFix ? left : 1)));
  }
  question.change.id = question.change.title = "fix";
  question.change.metric = "share";
  question.change.direction = -1;
  question.change.on = first + std::chrono::days{kFix};
  const auto verdict = TestChanges({question})[0].expected.test.verdict;
  return verdict == BeforeAfter::Verdict::kChanged ||
         (left == 1 && verdict == BeforeAfter::Verdict::kChangedAgainst);
}

Rate Fixes(int worlds, double memory, double left) {
  Rate rate;
  for (const int called : ForAll<int>(worlds, [&](int i) { return FixIsCalled(i, memory, left) ? 1 : 0; }))
    rate.Add(called != 0);
  return rate;
}

}  // namespace

Chapter ListeningChapter(int worlds) {
  Tones tones;
  for (const Tones& each : ForAll<Tones>(worlds, StillWorld)) {
    tones.any_called += each.any_called;
    tones.covers += each.covers;
  }
  Corrected corrected;
  for (const Corrected& each : ForAll<Corrected>(worlds, ReadWorld)) {
    corrected.covers += each.covers;
    corrected.plain_covers += each.plain_covers;
    corrected.nearer += each.nearer;
  }
  Speed speed;
  for (const Speed& each : ForAll<Speed>(worlds, SpeedWorld)) {
    speed.hour += each.hour;
    speed.day += each.day;
    speed.burst += each.burst;
  }
  Chapter chapter{
      "Listening",
      "Six brands of 50 to 500 mentions whose tone does not move; a reader as wrong as ours is on "
      "tweets, corrected by 250 to 800 labels; issues of 0.1\n"
      "to 30 mentions an hour; an issue's share of 35 to 60 mentions a day over 200 days before a "
      "fix and 40 after it.",
      {},
      {}};
  chapter.promises = {
      {"nothing moved: net sentiment of any of six brands called changed", tones.any_called, 0, 0.05},
      {"95 % interval of net sentiment holds the truth", tones.covers, 0.93, 0.97},
      {"95 % interval of net sentiment corrected by labels holds the truth", corrected.covers, 0.93, 0.98},
      {"usual hour: alarm", speed.hour, 0, 0.002},
      {"usual day: alarm", speed.day, 0, 0.002},
      {"a fix that did nothing called a change of its issue's share, memory 0", Fixes(worlds, 0, 1), 0, 0.05},
      {"the same, memory 0.4", Fixes(worlds, 0.4, 1), 0, 0.05},
      {"the same, memory 0.7", Fixes(worlds, 0.7, 1), 0, 0.05}};
  chapter.also = {{"the interval as classified, without labels, holds the truth", corrected.plain_covers},
                  {"corrected is nearer to the truth than as classified", corrected.nearer},
                  {"an hour with ten and five times the usual more: alarm", speed.burst},
                  {"a fix that takes a fifth of its issue found, memory 0.4", Fixes(worlds, 0.4, 0.8)},
                  {"a fix that halves its issue found, memory 0.4", Fixes(worlds, 0.4, 0.5)}};
  return chapter;
}

}  // namespace backcast::truth
