// SPDX-License-Identifier: Apache-2.0
#include "measure/tails.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace backcast {

double NormalQuantile(double p) { return boost::math::quantile(boost::math::normal(), p); }

double NormalTwoSided(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

double StudentTwoSided(double t, double degrees) {
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(degrees), std::abs(t)));
}

double ChiSquareQuantile(double p, double degrees) {
  return boost::math::quantile(boost::math::chi_squared(degrees), p);
}

}  // namespace backcast
