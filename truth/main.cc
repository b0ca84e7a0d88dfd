// SPDX-License-Identifier: Apache-2.0
// backcast_truth WORLDS [FILE]: looks at so many worlds of every kind and writes the page; exit code 1 when a
// promise was missed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "truth/tally.h"

int main(int count, char** words) {
  using namespace backcast::truth;
  const int worlds = count > 1 ? std::atoi(words[1]) : 500;
  if (worlds < 20) {
    std::fputs("backcast_truth: give the number of worlds, 20 or more\n", stderr);
    return 2;
  }
  const std::vector<Chapter> chapters = {
      LinkChapter(worlds),    FunnelChapter(worlds),      BackoutChapter(worlds), ChangeChapter(worlds),
      CostChapter(worlds),    AttributionChapter(worlds), HoldOutChapter(worlds), TagChapter(worlds),
      ContentChapter(worlds), ListeningChapter(worlds)};
  const std::string page = ToPage(chapters, worlds);
  if (count > 2) {
    std::ofstream file(words[2], std::ios::binary);
    file << page;
  } else {
    std::fputs(page.c_str(), stdout);
  }
  const bool contradicted = std::any_of(chapters.begin(), chapters.end(), [](const Chapter& chapter) {
    return std::any_of(chapter.promises.begin(), chapter.promises.end(),
                       [](const Promise& promise) { return promise.Contradicted(); });
  });
  return contradicted ? 1 : 0;
}
