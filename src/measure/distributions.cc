// SPDX-License-Identifier: Apache-2.0
#include "measure/distributions.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace backcast {
namespace {

// The policy keeps Boost from throwing on overflow: a tail that underflows is zero.
using Quiet = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, Quiet>;
using ChiSquare = boost::math::chi_squared_distribution<double, Quiet>;
using Binomial = boost::math::binomial_distribution<double, Quiet>;
using Beta = boost::math::beta_distribution<double, Quiet>;
using Student = boost::math::students_t_distribution<double, Quiet>;

}  // namespace

double NormalQuantile(double probability) { return boost::math::quantile(Normal(), probability); }

double NormalCritical(double level) { return NormalQuantile(0.5 + level / 2); }

double ChiSquareQuantile(double probability, double degrees) {
  return boost::math::quantile(ChiSquare(degrees), probability);
}

double BinomialAtMost(int successes, int trials, double chance) {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return boost::math::cdf(Binomial(trials, chance), successes);
}

int BinomialQuantile(double probability, int trials, double chance) {
  // Bisection over whole numbers: the definition itself, without the rounding rules of a library.
  int low = 0, high = trials;
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (BinomialAtMost(middle, trials, chance) >= probability)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

double BetaAtMost(double at, double first_shape, double second_shape) {
  return boost::math::cdf(Beta(first_shape, second_shape), at);
}

double BetaQuantile(double probability, double first_shape, double second_shape) {
  return boost::math::quantile(Beta(first_shape, second_shape), probability);
}

double StudentCritical(double level, double degrees) {
  return boost::math::quantile(Student(degrees), 0.5 + level / 2);
}

double StudentTwoSidedP(double statistic, double degrees) {
  if (std::isinf(statistic)) return 0;
  return 2 * boost::math::cdf(boost::math::complement(Student(degrees), std::abs(statistic)));
}

}  // namespace backcast
