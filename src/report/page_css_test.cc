// SPDX-License-Identifier: Apache-2.0
// The page's colours: readable in light and dark, and paper is the light page.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/embedded.h"

namespace backcast {
namespace {

using Tokens = std::map<std::string, std::string>;

/// One map per block that sets --paper: light, dark, print.
std::vector<Tokens> ReadTokens() {
  const std::string css(Embedded("report/page.css").value_or(""));
  std::vector<Tokens> blocks;
  for (std::size_t at = css.find("--paper:"); at != std::string::npos; at = css.find("--paper:", at + 1)) {
    Tokens tokens;
    const std::size_t end = css.find('}', at);
    for (std::size_t name = at; name < end; name = css.find("--", name + 2)) {
      const std::size_t colon = css.find(':', name), stop = css.find(';', name);
      tokens[css.substr(name + 2, colon - name - 2)] = css.substr(colon + 2, stop - colon - 2);
    }
    blocks.push_back(tokens);
  }
  return blocks;
}

/// Relative luminance of WCAG 2.2.
double Luminance(const std::string& colour) {
  const auto channel = [&](std::size_t at) {
    const double share = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double Contrast(const std::string& one, const std::string& other) {
  const double a = Luminance(one), b = Luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST(PageCss, WordsAndLinesStandOutInLightAndDark) {
  const std::vector<Tokens> blocks = ReadTokens();
  ASSERT_EQ(blocks.size(), 3U);
  for (const Tokens& tokens : blocks) {
    for (const char* ground : {"paper", "box", "tint", "strong-tint"}) {
      for (const char* words : {"ink", "quiet", "met", "likely", "open", "strong"}) {
        EXPECT_GE(Contrast(tokens.at(words), tokens.at(ground)), 4.5) << words << " on " << ground;
      }
      for (const char* lines : {"line", "edge", "goal", "strong-line"}) {
        EXPECT_GE(Contrast(tokens.at(lines), tokens.at(ground)), 3.0) << lines << " on " << ground;
      }
    }
    EXPECT_GE(Contrast(tokens.at("strong-line"), "#000000"), 4.5) << "black words on the weakest link's tab";
  }
}

TEST(PageCss, PaperIsTheLightPage) {
  const std::vector<Tokens> blocks = ReadTokens();
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[0], blocks[2]);
  EXPECT_NE(blocks[0], blocks[1]);
}

}  // namespace
}  // namespace backcast
