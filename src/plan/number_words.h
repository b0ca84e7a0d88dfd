// SPDX-License-Identifier: Apache-2.0
// Numbers in the doctor's sentences.
#pragma once

#include <string>

namespace backcast {

/// The number without needless digits: "3", "0.05", "72000".
std::string NumberWords(double number);

/// The number with a fixed count of decimals, halves to even: "12", "0.5".
std::string NumberWords(double number, int decimals);

}  // namespace backcast
