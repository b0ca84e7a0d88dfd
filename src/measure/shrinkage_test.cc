// SPDX-License-Identifier: Apache-2.0
#include "measure/shrinkage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace backcast {
namespace {

TEST(EmpiricalBayes, AgreesWithAnIndependentSolution) {
  const std::vector<double> means{0.2, -0.1, 0.5, 0.05, 0.0}, errors{0.1, 0.2, 0.15, 0.3, 0.12};
  const Shrinkage shrinkage = EmpiricalBayes(means, errors).value();
  EXPECT_NEAR(shrinkage.mean, 0.15190503971223074, 1e-9);
  EXPECT_NEAR(shrinkage.between_variance, 0.028338377889756364, 1e-9);
  const std::vector<double> plain{0.18745513948814727, 0.04744572375926426, 0.34594046994459793,
                                  0.12750193755946918, 0.05118192780967506};
  const std::vector<double> plain_sd{0.09016247701129626, 0.14248345855320982, 0.12110173299803854,
                                     0.16680291400164995, 0.10382180359645397};
  const std::vector<double> morris{0.19372756974407365, -0.026277138120367874, 0.42297023497229896,
                                   0.0887509687797346, 0.02559096390483753};
  const std::vector<double> morris_sd{0.0949844604828703, 0.18895095153782987, 0.16110139175726806,
                                      0.2518520012687959, 0.11591222675454455};
  for (std::size_t group = 0; group < means.size(); ++group) {
    EXPECT_NEAR(shrinkage.groups[group].plain_estimate, plain[group], 1e-9);
    EXPECT_NEAR(shrinkage.groups[group].plain_sd, plain_sd[group], 1e-9);
    EXPECT_NEAR(shrinkage.groups[group].estimate, morris[group], 1e-9);
    EXPECT_NEAR(shrinkage.groups[group].sd, morris_sd[group], 1e-9);
  }
}

TEST(EmpiricalBayes, SeesNoDifferenceWhereThereIsNone) {
  const std::vector<double> same(6, 0.3), errors{0.1, 0.2, 0.1, 0.4, 0.1, 0.1};
  const Shrinkage shrinkage = EmpiricalBayes(same, errors).value();
  EXPECT_EQ(shrinkage.between_variance, 0);
  for (const ShrunkenEffect& group : shrinkage.groups) EXPECT_NEAR(group.estimate, 0.3, 1e-12);
}

TEST(EmpiricalBayes, RefusesFewGroupsAndErrorsThatAreNone) {
  const std::vector<double> three{1, 2, 3}, four{1, 2, 3, 4}, zero{1, 1, 0, 1};
  EXPECT_EQ(EmpiricalBayes(three, three).error().code, Code::kTooLittle);
  EXPECT_FALSE(EmpiricalBayes(four, three).ok());
  EXPECT_FALSE(EmpiricalBayes(four, zero).ok());
}

struct Measured {
  double covered_raw = 0, covered_plain = 0, covered = 0, squares_raw = 0, squares = 0, flagged = 0;
};

// Twelve themes of 3 to 40 posts, post sd .9 in logs: the world of METHODS 5.
Measured Simulate(double true_sd, int runs) {
  std::mt19937_64 random(21);
  std::normal_distribution<double> normal;
  const std::vector<double> posts{3, 5, 8, 12, 20, 40, 3, 5, 8, 12, 20, 40};
  Measured measured;
  for (int run = 0; run < runs; ++run) {
    std::vector<double> truth, means, errors;
    for (const double count : posts) {
      truth.push_back(true_sd * normal(random));
      errors.push_back(0.9 / std::sqrt(count));
      means.push_back(truth.back() + errors.back() * normal(random));
    }
    const Shrinkage shrinkage = EmpiricalBayes(means, errors).value();
    bool flagged = false;
    for (std::size_t theme = 0; theme < posts.size(); ++theme) {
      const ShrunkenEffect& effect = shrinkage.groups[theme];
      const double share = 1.0 / (static_cast<double>(posts.size()) * runs);
      measured.covered_raw += share * (std::abs(means[theme] - truth[theme]) <= 1.96 * errors[theme]);
      measured.covered_plain +=
          share * (std::abs(effect.plain_estimate - truth[theme]) <= 1.96 * effect.plain_sd);
      measured.covered += share * (std::abs(effect.estimate - truth[theme]) <= 1.96 * effect.sd);
      measured.squares_raw += share * std::pow(means[theme] - truth[theme], 2);
      measured.squares += share * std::pow(effect.estimate - truth[theme], 2);
      flagged = flagged || std::abs(effect.estimate - shrinkage.mean) > 1.96 * effect.sd;
    }
    measured.flagged += static_cast<double>(flagged) / runs;
  }
  return measured;
}

TEST(EmpiricalBayes, CoversAndComesCloserThanTheRawMeans) {
  const Measured themes_differ = Simulate(0.25, 600);
  EXPECT_GT(themes_differ.covered, 0.95);
  EXPECT_LT(themes_differ.covered_plain, themes_differ.covered);
  EXPECT_LT(themes_differ.squares, 0.5 * themes_differ.squares_raw);
  // Nobody is announced a winner where no theme differs, in at least 19 of 20 quarters.
  EXPECT_LT(Simulate(0, 600).flagged, 0.05);
}

}  // namespace
}  // namespace backcast
