// SPDX-License-Identifier: Apache-2.0
#include "plan/number_words.h"

#include <fmt/format.h>

namespace backcast {

std::string NumberWords(double number) { return fmt::format("{:.10g}", number); }

std::string NumberWords(double number, int decimals) { return fmt::format("{:.{}f}", number, decimals); }

}  // namespace backcast
