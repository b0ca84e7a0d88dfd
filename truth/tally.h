// SPDX-License-Identifier: Apache-2.0
// Counting over many worlds.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace backcast::truth {

/// k of n.
struct Rate {
  std::int64_t hits = 0, all = 0;
  void Add(bool hit) {
    hits += hit;
    ++all;
  }
  Rate& operator+=(const Rate& more) {
    hits += more.hits;
    all += more.all;
    return *this;
  }
  double value() const { return all == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(all); }
};

/// "4.2 % (21 of 500; 2.8 to 6.3 %)" with Wilson's 95 % interval.
std::string ToText(const Rate& rate);

/// What a promise is and whether it was kept.
struct Promise {
  std::string what;
  Rate rate;
  double least = 0, most = 1;  ///< the value must lie between
  bool Kept() const { return rate.all > 0 && rate.value() >= least && rate.value() <= most; }
  /// The cases seen speak against it: even the interval of the rate lies outside. For a small set of worlds.
  bool Contradicted() const;
};

/// One heading of the page.
struct Chapter {
  std::string title, lead;
  std::vector<Promise> promises;
  std::vector<std::pair<std::string, Rate>> also;  ///< measured, nothing promised
};

Chapter LinkChapter(int worlds);
Chapter FunnelChapter(int worlds);
Chapter BackoutChapter(int worlds);
Chapter ChangeChapter(int worlds);
Chapter CostChapter(int worlds);
Chapter AttributionChapter(int worlds);
Chapter HoldOutChapter(int worlds);
Chapter TagChapter(int worlds);
Chapter ContentChapter(int worlds);
Chapter ListeningChapter(int worlds);

/// docs/truth.md.
std::string ToPage(const std::vector<Chapter>& chapters, int worlds);

}  // namespace backcast::truth
