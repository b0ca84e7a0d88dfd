// SPDX-License-Identifier: Apache-2.0
#include "measure/link.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "measure/ar1_least_squares.h"
#include "measure/distributions.h"
#include "measure/jumps.h"
#include "measure/prewhiten.h"
#include "measure/random.h"
#include "measure/regression.h"

namespace backcast {
namespace {

constexpr double kFalseDiscovery = 0.10, kFirmDiscovery = 0.05;
constexpr double kBreakLevel = 0.01;
constexpr int kBreakWeeks = 26;

/// Correlation of a(t) with b(t + lag).
double Correlation(std::span<const double> a, std::span<const double> b, int lag) {
  const std::size_t n = a.size() - static_cast<std::size_t>(lag);
  double ma = 0, mb = 0;
  for (std::size_t i = 0; i < n; ++i) {
    ma += a[i];
    mb += b[i + static_cast<std::size_t>(lag)];
  }
  ma /= static_cast<double>(n);
  mb /= static_cast<double>(n);
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double u = a[i] - ma, v = b[i + static_cast<std::size_t>(lag)] - mb;
    aa += u * u;
    bb += v * v;
    ab += u * v;
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

/// The greatest |r| over the lags for many orders of a, with everything about b computed once.
class GreatestCorrelation {
 public:
  GreatestCorrelation(std::span<const double> b, int max_lag) : max_lag_(max_lag) {
    for (int lag = 0; lag <= max_lag; ++lag) {
      std::vector<double> tail(b.begin() + lag, b.end());
      double mean = 0;
      for (const double value : tail) mean += value / static_cast<double>(tail.size());
      double squares = 0;
      for (double& value : tail) {
        value -= mean;
        squares += value * value;
      }
      squares_.push_back(squares);
      tails_.push_back(std::move(tail));
    }
  }

  double Of(std::span<const double> a) const {
    double sum = 0, squares = 0, greatest = 0;
    for (const double value : a) {
      sum += value;
      squares += value * value;
    }
    for (int lag = 0; lag <= max_lag_; ++lag) {
      const std::vector<double>& tail = tails_[static_cast<std::size_t>(lag)];
      if (lag > 0) {
        const double last = a[tail.size()];
        sum -= last;
        squares -= last * last;
      }
      double product = 0;
      for (std::size_t i = 0; i < tail.size(); ++i) product += a[i] * tail[i];
      const double spread =
          (squares - sum * sum / static_cast<double>(tail.size())) * squares_[static_cast<std::size_t>(lag)];
      if (spread > 0) greatest = std::max(greatest, std::abs(product) / std::sqrt(spread));
    }
    return greatest;
  }

 private:
  int max_lag_;
  std::vector<std::vector<double>> tails_;
  std::vector<double> squares_;
};

/// Rows whose source or target week jumps, alone or with the other: a week of its own kind says little of
/// what an ordinary change brings, and leaving it out is right whether the jump brought anything or not.
std::set<std::size_t> JumpingRows(const LinkQuestion& question, const std::vector<std::size_t>& shared,
                                  std::size_t lag) {
  std::set<std::size_t> rows(shared.begin(), shared.end());
  const std::vector<std::size_t> sources = Jumps(question.x);
  rows.insert(sources.begin(), sources.end());
  for (const std::size_t week : shared) {
    if (week >= lag) rows.insert(week - lag);
  }
  return rows;
}

void FillElasticity(const LinkQuestion& question, const std::vector<std::size_t>& shared, LinkTest& test) {
  const std::size_t lag =
                        static_cast<std::size_t>(question.planned_lag >= 0 ? question.planned_lag : test.lag),
                    n = question.x.size();
  if (lag + 12 > n) return;
  const std::size_t rows = n - lag;
  Columns columns = SlowMovement(rows);
  columns.insert(
      columns.begin(),
      std::vector<double>(question.x.begin(), question.x.begin() + static_cast<std::ptrdiff_t>(rows)));
  for (const std::size_t row : JumpingRows(question, shared, lag)) {
    if (row >= rows) continue;
    columns.emplace_back(rows, 0.0);
    columns.back()[row] = 1;
  }
  const auto fit = Ar1LeastSquares(question.y.subspan(lag), columns);
  if (!fit) return;
  const double half = StudentCritical(0.95, fit->degrees) * fit->errors[0];
  test.elasticity = fit->coefficients[0];
  test.elasticity_low = test.elasticity - half;
  test.elasticity_high = test.elasticity + half;
}

/// Slope of b(t + lag) on a(t) over rows [from, to) of a.
struct Slope {
  double value = 0, error = 0, degrees = 0;
};

std::optional<Slope> SlopeOf(std::span<const double> a, std::span<const double> b, int lag, std::size_t from,
                             std::size_t to) {
  Columns columns(2);
  std::vector<double> target;
  for (std::size_t i = from; i < to; ++i) {
    columns[0].push_back(a[i]);
    columns[1].push_back(1);
    target.push_back(b[i + static_cast<std::size_t>(lag)]);
  }
  const auto fit = LeastSquares(target, columns);
  if (!fit) return std::nullopt;
  return Slope{fit->coefficients[0], fit->errors[0], fit->degrees};
}

}  // namespace

std::optional<LinkTest> TestLink(const LinkQuestion& question) {
  const std::size_t n = question.x.size();
  if (n != question.y.size() || n < kWeeksForLink) return std::nullopt;
  const auto white = Prewhiten(question.x, question.y);
  if (!white) return std::nullopt;
  std::vector<double> a = white->x;
  const std::vector<double>& b = white->y;
  const int max_lag = std::min({question.max_lag, static_cast<int>(n) / 6, static_cast<int>(a.size()) - 12});
  if (max_lag < 0) return std::nullopt;
  LinkTest test;
  test.n = static_cast<int>(n);
  for (int lag = 0; lag <= max_lag; ++lag) {
    const double r = Correlation(a, b, lag);
    if (lag > 0 && std::abs(r) <= std::abs(test.r)) continue;
    test.r = r;
    test.lag = lag;
  }
  const std::size_t half = (a.size() - static_cast<std::size_t>(test.lag)) / 2,
                    tail = half + static_cast<std::size_t>(test.lag);
  const double early = Correlation(std::span(a).first(tail), std::span(b).first(tail), test.lag);
  const double late = Correlation(std::span(a).last(tail), std::span(b).last(tail), test.lag);
  test.same_sign_in_halves = early * test.r > 0 && late * test.r > 0;
  const double pairs = static_cast<double>(a.size()) - test.lag,
               z = std::atanh(std::clamp(test.r, -0.999999, 0.999999));
  const double width = NormalQuantile(0.975) / std::sqrt(std::max(1.0, pairs - 3));
  test.r_low = std::tanh(z - width);
  test.r_high = std::tanh(z + width);
  FillElasticity(question, white->jumps, test);
  const GreatestCorrelation greatest(b, max_lag);
  Random random(question.seed);
  const double found = white->shrink * std::abs(test.r) - 1e-12;
  int as_large = 0;
  for (int i = 0; i < question.permutations; ++i) {
    random.Shuffle(a);
    as_large += greatest.Of(a) >= found;
  }
  test.p = (as_large + 1.0) / (question.permutations + 1.0);
  return test;
}

LinkGrade GradeLink(const LinkTest& test, double adjusted_p, int planned_sign) {
  if (adjusted_p > kFalseDiscovery)
    return test.n < kWeeksForFirmLink ? LinkGrade::kTooLittleData : LinkGrade::kNoneFound;
  if (test.r * planned_sign < 0) return LinkGrade::kAgainstPlan;
  const bool firm = adjusted_p <= kFirmDiscovery && test.n >= kWeeksForFirmLink && test.same_sign_in_halves;
  return firm ? LinkGrade::kFirm : LinkGrade::kTentative;
}

std::optional<LinkBreak> TestBreak(std::span<const double> x, std::span<const double> y, int planned_sign) {
  const std::size_t n = x.size(), cut = static_cast<std::size_t>(kBreakWeeks);
  if (n != y.size() || n < kWeeksForFirmLink + cut) return std::nullopt;
  LinkQuestion reference;
  reference.x = x.first(n - cut);
  reference.y = y.first(n - cut);
  const auto before = TestLink(reference);
  if (!before || before->p > kBreakLevel || before->r * planned_sign <= 0) return std::nullopt;
  const int lead = before->lag;
  const auto white = Prewhiten(x, y);
  if (!white) return std::nullopt;
  const std::size_t rows = white->x.size() - static_cast<std::size_t>(lead);
  const auto early = SlopeOf(white->x, white->y, lead, 0, rows - cut),
             late = SlopeOf(white->x, white->y, lead, rows - cut, rows);
  if (!early || !late) return std::nullopt;
  LinkBreak result;
  result.before = early->value;
  result.after = late->value;
  const double fall = planned_sign * (early->value - late->value) / std::hypot(early->error, late->error);
  result.p = fall > 0 ? StudentTwoSidedP(fall, late->degrees) / 2 : 1;
  result.broken = result.p <= kBreakLevel && planned_sign * late->value < planned_sign * early->value / 2;
  return result;
}

}  // namespace backcast
