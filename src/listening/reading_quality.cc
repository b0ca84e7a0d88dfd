// SPDX-License-Identifier: Apache-2.0
#include "listening/reading_quality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "measure/random.h"

namespace backcast {
namespace {

constexpr int kDraws = 2000;
constexpr double kLeastSkill = 0.05;

using Shares = std::array<double, kTones>;
using Rates = std::array<Shares, kTones>;  ///< P(reading | label), a row per label

double Determinant(const Rates& m) {
  return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
         m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
         m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/// The nearest point whose parts are at least nought and sum to 1 (J. Duchi and others, ICML 2008).
Shares OntoShares(const Shares& shares) {
  Shares sorted = shares;
  std::sort(sorted.rbegin(), sorted.rend());
  double sum = 0, shift = 0;
  for (std::size_t i = 0; i < kTones; ++i) {
    sum += sorted[i];
    const double candidate = (sum - 1) / static_cast<double>(i + 1);
    if (sorted[i] - candidate > 0) shift = candidate;
  }
  Shares moved;
  for (std::size_t i = 0; i < kTones; ++i) moved[i] = std::max(0.0, shares[i] - shift);
  return moved;
}

/// Shares x with x * rates = read, by Cramer's rule, made possible.
Shares Solve(const Rates& rates, const Shares& read) {
  const double whole = Determinant(rates);
  Shares shares{};
  for (std::size_t i = 0; i < kTones; ++i) {
    Rates replaced = rates;
    replaced[i] = read;
    shares[i] = Determinant(replaced) / whole;
  }
  return OntoShares(shares);
}

/// Counts of n draws with these chances.
Shares Draw(Random& random, double n, const Shares& chances) {
  Shares counts{};
  double left = n, chance = 1;
  for (std::size_t i = 0; i + 1 < kTones; ++i) {
    counts[i] = chance > 0 ? random.Binomial(left, std::clamp(chances[i] / chance, 0.0, 1.0)) : 0;
    left -= counts[i];
    chance -= chances[i];
  }
  counts[kTones - 1] = left;
  return counts;
}

Shares Divided(Shares counts, double by) {
  for (double& count : counts) count = by > 0 ? count / by : 0;
  return counts;
}

Interval Percentiles(std::vector<double> draws) {
  std::sort(draws.begin(), draws.end());
  const auto at = [&draws](double q) {
    return draws[static_cast<std::size_t>(std::llround(q * static_cast<double>(draws.size() - 1)))];
  };
  return {at(0.025), at(0.975)};
}

std::optional<Interval> Wilson(double k, double n) {
  if (n <= 0) return std::nullopt;
  const auto interval = WilsonInterval(k, n);
  return interval.ok() ? std::optional(interval.value()) : std::nullopt;
}

Error TooFewLabels(const Confusion& labels) {
  const auto whole = [](double value) { return std::to_string(std::llround(value)); };
  return {Code::kTooLittle, "", "too few hand labels to correct the shares",
          "have " + whole(labels.all()) + " (" + whole(labels.labelled(0)) + " negative, " +
              whole(labels.labelled(1)) + " neutral, " + whole(labels.labelled(2)) + " positive), need " +
              whole(kFewestLabels) + " and " + whole(kFewestOfATone) + " of each"};
}

/// Corrected and taken as they are, together.
Shares Together(const Shares& corrected, double corrected_n, const Shares& as_is, double as_is_n) {
  Shares shares{};
  for (std::size_t i = 0; i < kTones; ++i)
    shares[i] = (corrected[i] * corrected_n + as_is[i] * as_is_n) / (corrected_n + as_is_n);
  return shares;
}

Shares CountsOf(const ToneCounts& counts) { return {counts.tones[0], counts.tones[1], counts.tones[2]}; }

}  // namespace

double Confusion::labelled(std::size_t tone) const {
  return counts[tone][0] + counts[tone][1] + counts[tone][2];
}

double Confusion::all() const { return labelled(0) + labelled(1) + labelled(2); }

std::optional<ReadingQuality> QualityOf(const Confusion& confusion) {
  ReadingQuality quality;
  quality.n = confusion.all();
  if (quality.n <= 0) return std::nullopt;
  double right = 0, f1 = 0;
  for (std::size_t tone = 0; tone < kTones; ++tone) {
    double read = 0;
    for (const auto& row : confusion.counts) read += row[tone];
    const double hit = confusion.counts[tone][tone], labelled = confusion.labelled(tone);
    right += hit;
    f1 += labelled + read > 0 ? 2 * hit / (labelled + read) : 0;
    ToneQuality& one = quality.tones[tone];
    one.labelled = labelled;
    one.others = quality.n - labelled;
    const double passed = one.others - (read - hit);
    one.sensitivity = labelled > 0 ? hit / labelled : 0;
    one.specificity = one.others > 0 ? passed / one.others : 0;
    one.sensitivity_interval = Wilson(hit, labelled);
    one.specificity_interval = Wilson(passed, one.others);
  }
  quality.accuracy = right / quality.n;
  quality.macro_f1 = f1 / kTones;
  quality.interval = *Wilson(right, quality.n);
  return quality;
}

Result<CorrectedTones> CorrectTones(const ToneCounts& read, const ToneCounts& as_is, const Confusion& labels,
                                    std::string_view seed) {
  Rates rates{};
  if (labels.all() < kFewestLabels) return TooFewLabels(labels);
  for (std::size_t tone = 0; tone < kTones; ++tone) {
    if (labels.labelled(tone) < kFewestOfATone) return TooFewLabels(labels);
    for (std::size_t reading = 0; reading < kTones; ++reading)
      rates[tone][reading] = labels.counts[tone][reading] / labels.labelled(tone);
  }
  const double n = read.classified(), fixed = as_is.classified();
  if (n + fixed <= 0) return Error{Code::kTooLittle, "", "no mention is classified", ""};
  if (Determinant(rates) < kLeastSkill) {
    return Error{Code::kTooLittle, "", "the reading hardly tells the tones apart on these labels",
                 "the shares can only be taken from labels"};
  }
  const Shares read_shares = Divided(CountsOf(read), n), fixed_shares = Divided(CountsOf(as_is), fixed);
  const Shares shares = Together(n > 0 ? Solve(rates, read_shares) : Shares{}, n, fixed_shares, fixed);
  Random random(SeedOf(seed));
  std::vector<double> draws[kTones + 1];
  for (int i = 0; i < kDraws; ++i) {
    Rates drawn{};
    for (std::size_t tone = 0; tone < kTones; ++tone)
      drawn[tone] = Divided(Draw(random, labels.labelled(tone), rates[tone]), labels.labelled(tone));
    if (Determinant(drawn) < kLeastSkill / 2) continue;
    const Shares once = Together(n > 0 ? Solve(drawn, Divided(Draw(random, n, read_shares), n)) : Shares{}, n,
                                 Divided(Draw(random, fixed, fixed_shares), fixed), fixed);
    for (std::size_t tone = 0; tone < kTones; ++tone) draws[tone].push_back(once[tone]);
    draws[kTones].push_back(once[2] - once[0]);
  }
  CorrectedTones corrected;
  corrected.n = n + fixed;
  for (std::size_t tone = 0; tone < kTones; ++tone) {
    corrected.shares[tone] = shares[tone];
    corrected.share_intervals[tone] = Percentiles(std::move(draws[tone]));
  }
  corrected.net = shares[2] - shares[0];
  corrected.interval = Percentiles(std::move(draws[kTones]));
  return corrected;
}

}  // namespace backcast
