// SPDX-License-Identifier: Apache-2.0
#include "listening/tone.h"

#include <algorithm>
#include <cmath>

#include "measure/benjamini_hochberg.h"
#include "measure/distributions.h"

namespace backcast {
namespace {

constexpr double kCut = 0.05, kLevel = 0.95, kGreatestP = 0.05;

/// Variance of the mean of +1, 0, -1.
double Variance(const ToneCounts& counts) {
  const double n = counts.classified(), a = counts.tones[2] / n, b = counts.tones[0] / n;
  return std::max(0.0, a + b - (a - b) * (a - b)) / n;
}

/// Variance of the difference of two means when both periods are one: the test's, steadier than that of two.
double PooledVariance(const ToneCounts& now, const ToneCounts& before) {
  ToneCounts both = now;
  for (std::size_t tone = 0; tone < kTones; ++tone) both.tones[tone] += before.tones[tone];
  return Variance(both) * both.classified() * (1 / now.classified() + 1 / before.classified());
}

double Mean(const ToneCounts& counts) { return (counts.tones[2] - counts.tones[0]) / counts.classified(); }

std::string Needs(const ToneCounts& now, const ToneCounts& before) {
  const auto whole = [](double value) { return std::to_string(std::llround(value)); };
  return "have " + whole(now.classified()) + " classified now and " + whole(before.classified()) +
         " before, need " + whole(kFewestClassified) + " in each";
}

}  // namespace

std::string_view ToWord(Tone tone) {
  switch (tone) {
    case Tone::kNegative:
      return "negative";
    case Tone::kNeutral:
      return "neutral";
    case Tone::kPositive:
      return "positive";
  }
  return "";
}

Tone ToneOf(double sentiment) {
  return sentiment >= kCut ? Tone::kPositive : sentiment <= -kCut ? Tone::kNegative : Tone::kNeutral;
}

std::string_view ToWord(ToneVerdict verdict) {
  switch (verdict) {
    case ToneVerdict::kBetter:
      return "better";
    case ToneVerdict::kWorse:
      return "worse";
    case ToneVerdict::kNoDifferenceShown:
      return "no_difference_shown";
    case ToneVerdict::kTooLittle:
      return "too_little_data";
  }
  return "";
}

std::optional<NetSentiment> NetOf(const ToneCounts& counts) {
  const double n = counts.classified();
  const auto score = NpsInterval(counts.tones[2], counts.tones[0], n);
  if (n <= 0 || !score.ok()) return std::nullopt;
  NetSentiment net{
      score.value().value / 100, {score.value().interval.low / 100, score.value().interval.high / 100}, n};
  for (std::size_t tone = 0; tone < kTones; ++tone) {
    if (counts.tones[tone] != n) continue;
    const auto share = WilsonInterval(n, n);
    const double others = share.ok() ? 1 - share.value().low : 1, far = tone == 1 ? others : 2 * others;
    net.interval = {net.value - far, net.value + far};
  }
  net.interval = {std::max(-1.0, net.interval.low), std::min(1.0, net.interval.high)};
  return net;
}

std::vector<ToneChange> CompareTones(std::span<const TonePair> pairs) {
  std::vector<ToneChange> changes(pairs.size());
  std::vector<double> p;
  std::vector<std::size_t> judged;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto& [now, before] = pairs[i];
    ToneChange& change = changes[i];
    if (now.classified() > 0 && before.classified() > 0) {
      change.n = now.classified() + before.classified();
      change.difference = Mean(now) - Mean(before);
      const double error = std::sqrt(Variance(now) + Variance(before));
      const double half = NormalCritical(kLevel) * error;
      change.interval = {change.difference - half, change.difference + half};
      const double spread = std::sqrt(PooledVariance(now, before));
      change.p = spread > 0 ? std::erfc(std::abs(change.difference) / spread / std::sqrt(2.0)) : 1;
    }
    if (std::min(now.classified(), before.classified()) < kFewestClassified) {
      change.needs = Needs(now, before);
      continue;
    }
    judged.push_back(i);
    p.push_back(change.p);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    ToneChange& change = changes[judged[i]];
    change.adjusted_p = adjusted[i];
    change.verdict = adjusted[i] > kGreatestP || change.interval.low * change.interval.high <= 0
                         ? ToneVerdict::kNoDifferenceShown
                     : change.difference > 0 ? ToneVerdict::kBetter
                                             : ToneVerdict::kWorse;
  }
  return changes;
}

}  // namespace backcast
