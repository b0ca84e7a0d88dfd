// SPDX-License-Identifier: Apache-2.0
#include "truth/tally.h"

#include <cstdio>

#include "measure/interval.h"

namespace backcast::truth {
namespace {

std::string Percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

std::string Promised(const Promise& promise) {
  if (promise.least <= 0) return "at most " + Percent(promise.most);
  if (promise.most >= 1) return "at least " + Percent(promise.least);
  return Percent(promise.least) + " to " + Percent(promise.most);
}

}  // namespace

bool Promise::Contradicted() const {
  if (rate.all == 0) return true;
  const Interval interval =
      WilsonInterval(static_cast<double>(rate.hits), static_cast<double>(rate.all)).value();
  return interval.low > most || interval.high < least;
}

std::string ToText(const Rate& rate) {
  if (rate.all == 0) return "no case";
  const Interval interval =
      WilsonInterval(static_cast<double>(rate.hits), static_cast<double>(rate.all)).value();
  return Percent(rate.value()) + " (" + std::to_string(rate.hits) + " of " + std::to_string(rate.all) + "; " +
         Percent(interval.low) + " to " + Percent(interval.high) + ")";
}

std::string ToPage(const std::vector<Chapter>& chapters, int worlds) {
  std::string out =
      "# What the methods find in worlds whose causes are known\n\n"
      "Written by `script/truth`. Every world is simulated (truth/*_worlds.cc) and looked at through the "
      "same doors as a real\n"
      "workspace (the rooms of src that hold the methods). The seed of a world is the hash of its kind and "
      "number, so that a rate can be "
      "computed again to\n"
      "the last case. In brackets: cases, and Wilson's 95 % interval of the rate itself. Worlds of a kind: " +
      std::to_string(worlds) + ".\n";
  for (const Chapter& chapter : chapters) {
    out += "\n## " + chapter.title + "\n\n" + chapter.lead + "\n\n";
    if (!chapter.promises.empty()) {
      out += "| promise | wanted | measured | |\n|---|---|---|---|\n";
      for (const Promise& promise : chapter.promises)
        out += "| " + promise.what + " | " + Promised(promise) + " | " + ToText(promise.rate) + " | " +
               (promise.Kept() ? "kept" : "**missed**") + " |\n";
    }
    if (!chapter.also.empty()) {
      out += "\n| also measured | |\n|---|---|\n";
      for (const auto& [what, rate] : chapter.also) out += "| " + what + " | " + ToText(rate) + " |\n";
    }
  }
  return out;
}

}  // namespace backcast::truth
