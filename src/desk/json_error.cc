// SPDX-License-Identifier: Apache-2.0
#include "desk/json_error.h"

#include "desk/envelope.h"

namespace backcast {

std::string JsonError(const Error& error) {
  static constexpr const char* kCodes[] = {"usage",    "input",           "unavailable",
                                           "internal", "too_little_data", "interrupted"};
  const Json body = {{"code", kCodes[static_cast<std::size_t>(error.code)]},
                     {"where", error.where.empty() ? Json(nullptr) : Json(error.where)},
                     {"what", error.what},
                     {"hint", error.hint.empty() ? Json(nullptr) : Json(error.hint)}};
  return Dump({{"schema", "backcast/error/1"}, {"error", body}});
}

}  // namespace backcast
