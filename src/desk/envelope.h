// SPDX-License-Identifier: Apache-2.0
// The JSON object that every answer is: schema, workspace, as_of, period, data, findings. Included by desk
// sources only.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/day.h"
#include "plan/plan.h"

namespace backcast {

using Json = nlohmann::ordered_json;

/// `command` without slashes: "ingest" -> "backcast/ingest/1".
inline Json Envelope(const std::string& command, const std::string& workspace, Json data) {
  return {{"schema", "backcast/" + command + "/1"},
          {"workspace", workspace},
          {"as_of", nullptr},
          {"period", nullptr},
          {"data", std::move(data)},
          {"findings", Json::array()}};
}

inline Json ToJson(const Acceptance& accepted) {
  return {{"by", accepted.by},
          {"on", accepted.on},
          {"because", accepted.because},
          {"until", accepted.until.empty() ? Json(nullptr) : Json(accepted.until)}};
}

inline Json ToJson(const Finding& finding) {
  return {{"rule", finding.rule},
          {"severity", ToWord(finding.severity)},
          {"file", finding.file},
          {"line", finding.place.line},
          {"column", finding.place.column},
          {"message", finding.message},
          {"why", finding.why},
          {"fix", finding.fix},
          {"seed", finding.seed},
          {"node", finding.node.empty() ? Json(nullptr) : Json(finding.node)},
          {"accepted", finding.accepted ? ToJson(*finding.accepted) : Json(nullptr)}};
}

/// Two blanks of indentation, hostile bytes replaced, a newline at the end.
inline std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace backcast
