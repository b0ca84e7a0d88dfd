// SPDX-License-Identifier: Apache-2.0
#include "content/theme_mix.h"

#include <algorithm>
#include <numeric>

namespace backcast {
namespace {

constexpr double kWinnerGrows = 0.5, kLoserGives = 0.5, kOtherGives = 0.2;

double Sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Scales the parts down so that they add up to no more than `most`.
void Limit(std::vector<double>& parts, double most) {
  const double sum = Sum(parts);
  if (sum <= most) return;
  for (double& part : parts) part *= sum > 0 ? most / sum : 0;
}

}  // namespace

std::vector<MixShare> MixToTry(const ThemeLifts& lifts) {
  double all = 0;
  for (const ThemeEffect& theme : lifts.themes) all += theme.weight;
  std::vector<MixShare> mix;
  for (const ThemeEffect& theme : lifts.themes) {
    const double share = all > 0 ? theme.weight / all : 0;
    mix.push_back({theme.theme, share, share});
  }
  const std::size_t n = mix.size();
  std::vector<double> wanted(n, 0), dropped(n, 0), given(n, 0), room(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const double now = mix[i].now, most = std::clamp(kMostOfOneTheme - now, 0.0, kMostMoved);
    switch (lifts.themes[i].verdict) {
      case ThemeVerdict::kTryMore:
        wanted[i] = std::min(kWinnerGrows * now, most);
        break;
      case ThemeVerdict::kDrop:
        dropped[i] = std::min(kLoserGives * now, kMostMoved);
        break;
      default:
        given[i] = std::min(kOtherGives * now, kMostMoved);
        room[i] = std::min(now, most);
    }
  }
  Limit(wanted, Sum(dropped) + Sum(given));
  const double need = Sum(wanted);
  // What is dropped pays first; the others give only what is missing, or take what nobody wanted.
  Limit(given, std::max(0.0, need - Sum(dropped)));
  Limit(room, std::max(0.0, Sum(dropped) - need));
  Limit(dropped, need + Sum(room));
  for (std::size_t i = 0; i < n; ++i) mix[i].to_try += wanted[i] + room[i] - dropped[i] - given[i];
  return mix;
}

double Concentration(const std::vector<MixShare>& mix) {
  double sum = 0;
  for (const MixShare& share : mix) sum += share.now * share.now;
  return sum;
}

}  // namespace backcast
