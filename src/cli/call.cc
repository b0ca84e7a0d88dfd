// SPDX-License-Identifier: Apache-2.0
#include "cli/call.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace backcast {

Day Today() {
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    return Day{std::chrono::days{std::atoll(fixed) / 86400}};
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

Result<ScoreOptions> CardOptionsOf(const Call& call) {
  ScoreOptions options;
  options.period = call.words.Get("--period");
  options.compare = call.words.Get("--compare", "previous");
  options.by = call.words.List("--by");
  options.metrics = call.words.List("--metric");
  options.as_of = call.words.Get("--as-of");
  options.currency = call.words.Get("--currency");
  options.sql = call.words.Has("--sql");
  options.rows = call.words.Get("--rows");
  options.format = call.format;
  options.style = call.style;
  const auto where = call.words.options.find("--where");
  if (where == call.words.options.end()) return options;
  for (const std::string& text : where->second) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return Error{Code::kUsage, "", "--where needs DIM=VALUE, not '" + text + "'",
                   "for example --where platform=instagram,facebook"};
    }
    Filter filter{text.substr(0, equals), {}};
    for (std::size_t from = equals + 1; from <= text.size();) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      if (comma > from) filter.values.push_back(text.substr(from, comma - from));
      from = comma + 1;
    }
    options.filters.push_back(std::move(filter));
  }
  return options;
}

Result<double> NumberOf(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0' && std::isfinite(number)) return number;
  return Error{Code::kUsage, "", option + " needs a number, not '" + text + "'",
               "for example " + option + " 80000"};
}

}  // namespace backcast
