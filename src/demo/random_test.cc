// SPDX-License-Identifier: Apache-2.0
#include "demo/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/sha256.h"

namespace backcast::demo {
namespace {

struct Moments {
  double mean = 0, variance = 0;
};

Moments Draw(int count, const std::function<double()>& next) {
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    const double value = next();
    sum += value;
    squares += value * value;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

TEST(Random, FunctionsAgreeWithTheLibrary) {
  for (int step = 0; step < 163; ++step) {
    const double x = -30 + 0.37 * step;
    EXPECT_NEAR(StableExp(x) / std::exp(x), 1, 1e-12) << x;
    EXPECT_NEAR(StableLog(std::exp(x)), x, 1e-12) << x;
  }
  EXPECT_EQ(StableExp(-1000), 0);
}

TEST(Random, DistributionsHaveTheirMoments) {
  Random random(11, "moments");
  constexpr int kDraws = 20000;
  for (const double mean : {0.4, 7.0, 90.0, 199.0, 900.0}) {
    const Moments m = Draw(kDraws, [&] { return static_cast<double>(random.Poisson(mean)); });
    EXPECT_NEAR(m.mean, mean, 5 * std::sqrt(mean / kDraws)) << mean;
    EXPECT_NEAR(m.variance / mean, 1, 0.07) << mean;
  }
  for (const auto& [trials, p] : {std::pair{10, 0.3}, {400, 0.02}, {400, 0.9}, {5000, 0.3}}) {
    const double variance = trials * p * (1 - p);
    const Moments m =
        Draw(kDraws, [&, n = trials, q = p] { return static_cast<double>(random.Binomial(n, q)); });
    EXPECT_NEAR(m.mean, trials * p, 5 * std::sqrt(variance / kDraws));
    EXPECT_NEAR(m.variance / variance, 1, 0.07);
  }
  for (const double shape : {0.5, 3.0}) {
    const Moments m = Draw(kDraws, [&] { return random.Gamma(shape); });
    EXPECT_NEAR(m.mean, shape, 5 * std::sqrt(shape / kDraws));
    EXPECT_NEAR(m.variance / shape, 1, 0.1);
  }
}

TEST(Random, BinomialStaysWithinItsTrials) {
  Random random(3, "edges");
  EXPECT_EQ(random.Binomial(0, 0.5), 0);
  EXPECT_EQ(random.Binomial(10, 0), 0);
  EXPECT_EQ(random.Binomial(10, 1), 10);
  for (int i = 0; i < 2000; ++i) EXPECT_LE(random.Binomial(70, 0.97), 70);
}

// A fixed sequence: a change here changes every demo that was ever written down.
TEST(Random, GivesTheSameSequenceEverywhere) {
  Random random(7, "sequence");
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += std::to_string(random.Bits()) + " " + std::to_string(random.Poisson(300.5)) + " " +
            std::to_string(random.Binomial(900, 0.4)) + " " + std::to_string(random.Overdispersed(40, 3)) +
            "\n";
  EXPECT_EQ(Sha256Hex(text).substr(0, 16), "30e766bd349e9f86");
  Random other(7, "another");
  EXPECT_NE(Random(7, "sequence").Bits(), other.Bits());
}

}  // namespace
}  // namespace backcast::demo
