// SPDX-License-Identifier: Apache-2.0
#include "content/post_curve.h"

#include <algorithm>
#include <cmath>

#include "measure/robust.h"

namespace backcast {
namespace {

constexpr double kSameAge = 1e-9;
constexpr double kNearby = 2;
constexpr double kSteepest = 1.5;

/// Slope of the logs, held where a counter that only grows can have it.
double SlopeOf(const std::vector<CurvePoint>& points) {
  const auto n = static_cast<double>(points.size());
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const CurvePoint& point : points) {
    x += std::log(point.age) / n;
    y += std::log1p(point.value) / n;
  }
  for (const CurvePoint& point : points) {
    const double dx = std::log(point.age) - x;
    xx += dx * dx;
    xy += dx * (std::log1p(point.value) - y);
  }
  return xx > 1e-6 ? std::clamp(xy / xx, 0.0, kSteepest) : 0;
}

}  // namespace

std::optional<double> AtAge(const PostCurve& curve, double age, double widest) {
  const auto after = std::find_if(curve.begin(), curve.end(),
                                  [&](const CurvePoint& point) { return point.age >= age - kSameAge; });
  if (after == curve.end()) return std::nullopt;
  if (after->age <= age + kSameAge) return after->value;
  if (after == curve.begin()) return std::nullopt;
  const CurvePoint& before = *(after - 1);
  const double span = after->age - before.age;
  if (span > widest) return std::nullopt;
  return before.value + (after->value - before.value) * (age - before.age) / span;
}

std::string_view ToWord(AgainstUsual answer) {
  switch (answer) {
    case AgainstUsual::kAbove:
      return "above";
    case AgainstUsual::kWithin:
      return "within";
    case AgainstUsual::kBelow:
      return "below";
    case AgainstUsual::kTooLittle:
      return "too_little_data";
  }
  return "";
}

UsualBand AgainstPast(double value, std::span<const double> past) {
  UsualBand usual;
  usual.posts = static_cast<int>(past.size());
  if (usual.posts < kFewestForBand) return usual;
  std::vector<double> sorted(past.begin(), past.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t rank = (sorted.size() + 1) / 10;
  usual.band = {sorted[rank - 1], sorted[sorted.size() - rank]};
  usual.level = 1 - 2 * static_cast<double>(rank) / static_cast<double>(sorted.size() + 1);
  usual.median = Median(sorted);
  usual.answer = value > usual.band.high  ? AgainstUsual::kAbove
                 : value < usual.band.low ? AgainstUsual::kBelow
                                          : AgainstUsual::kWithin;
  return usual;
}

UsualBand AgainstNearbyAges(const CurvePoint& post, std::span<const CurvePoint> past) {
  std::vector<CurvePoint> near;
  for (const CurvePoint& point : past) {
    if (point.age > 0 && point.age >= post.age / kNearby && point.age <= post.age * kNearby)
      near.push_back(point);
  }
  std::vector<double> carried;
  const double slope = near.size() < 2 ? 0 : SlopeOf(near);
  for (const CurvePoint& point : near)
    carried.push_back(std::expm1(std::log1p(point.value) + slope * std::log(post.age / point.age)));
  return AgainstPast(post.value, carried);
}

}  // namespace backcast
