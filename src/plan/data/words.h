// SPDX-License-Identifier: Apache-2.0
// Words that several rules of the data layer share.
#pragma once

#include <string>
#include <vector>

namespace backcast {

/// "k_visit, k_cart and 4 more": the first three, each shortened.
std::string Listed(const std::vector<std::string>& names);

/// 0.283 -> "28 %"; what is above zero never reads "0 %" nor what is below one "100 %".
std::string ShareWords(double share);

}  // namespace backcast
