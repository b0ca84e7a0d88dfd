// SPDX-License-Identifier: Apache-2.0
// What every traffic report of Google Analytics begins with, and how its file is called.
#pragma once

#include <string>

#include "base/day.h"

namespace backcast::demo {

/// Nine lines of remarks before the header.
std::string Ga4Preamble(const std::string& account, const std::string& property, const Window& window);

/// exports/ga4/traffic_acquisition_FROM-TO.csv
std::string Ga4Path(const Window& window);

}  // namespace backcast::demo
