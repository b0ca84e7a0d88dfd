// SPDX-License-Identifier: Apache-2.0
#include "measure/quantiles.h"

#include <boost/math/distributions/students_t.hpp>

namespace backcast {

double StudentCritical(double level, double degrees) {
  return boost::math::quantile(boost::math::students_t(degrees), 0.5 + level / 2);
}

}  // namespace backcast
