// SPDX-License-Identifier: Apache-2.0
#include "demo/ga4.h"

#include <chrono>

#include "demo/csv.h"

namespace backcast::demo {

std::string Ga4Preamble(const std::string& account, const std::string& property, const Window& window) {
  const std::string line = "# ----------------------------------------\n";
  return line + "# Traffic acquisition: Session source / medium\n# Account: " + account +
         "\n# Property: " + property + "\n" + line +
         "# \n# All Users\n# Start date: " + Compact(window.from) +
         "\n# End date: " + Compact(window.to - std::chrono::days{1}) + "\n";
}

std::string Ga4Path(const Window& window) {
  return "exports/ga4/traffic_acquisition_" + Compact(window.from) + "-" +
         Compact(window.to - std::chrono::days{1}) + ".csv";
}

}  // namespace backcast::demo
