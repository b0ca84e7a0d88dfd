// SPDX-License-Identifier: Apache-2.0
// The price of looking at many things at once.
#pragma once

#include <span>
#include <vector>

namespace backcast {

/// p values adjusted so that calling everything up to q significant keeps the expected share of false calls
/// at q (Benjamini and Hochberg 1995, step-up). The order is kept.
std::vector<double> BenjaminiHochberg(std::span<const double> p);

}  // namespace backcast
