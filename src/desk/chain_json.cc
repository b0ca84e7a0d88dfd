// SPDX-License-Identifier: Apache-2.0
#include "desk/chain_json.h"

#include <cmath>

namespace backcast {
namespace {

Json OrNull(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json();
}

Json Object(const char* state, const std::optional<double>& value, const std::optional<double>& low,
            const std::optional<double>& high, const std::string& unit, double n, const std::string& reason) {
  Json json = {{"state", state},
               {"value", OrNull(value)},
               {"low", OrNull(low)},
               {"high", OrNull(high)},
               {"level", low && high ? Json(0.95) : Json()},
               {"n", n > 0 ? Json(std::llround(n)) : Json()},
               {"unit", unit},
               {"basis", "period"},
               {"coverage", nullptr},
               {"definition", nullptr}};
  if (!reason.empty()) json["reason"] = reason;
  return json;
}

}  // namespace

Json ValueJson(std::optional<double> value, const std::string& unit, double n, const std::string& missing) {
  if (!value)
    return Object("not_offered", value, {}, {}, unit, n,
                  missing.empty() ? "nothing was reported for this period" : missing);
  return Object(*value == 0 ? "zero" : "value", value, {}, {}, unit, n, "");
}

Json ValueJson(double value, std::optional<double> low, std::optional<double> high, const std::string& unit,
               double n) {
  return Object(value == 0 ? "zero" : "value", value, low, high, unit, n, "");
}

Json ToJson(const Claim& claim) {
  Json quantities = Json::object();
  for (const Quantity& quantity : claim.quantities()) {
    quantities[quantity.name] = {{"value", OrNull(quantity.value)},
                                 {"low", OrNull(quantity.low)},
                                 {"high", OrNull(quantity.high)},
                                 {"n", quantity.n ? Json(*quantity.n) : Json()},
                                 {"unit", quantity.unit}};
  }
  return {{"key", claim.key()}, {"text", claim.text()}, {"quantities", std::move(quantities)}};
}

Json ToJson(const std::vector<Claim>& claims) {
  Json list = Json::array();
  for (const Claim& claim : claims) list.push_back(ToJson(claim));
  return list;
}

std::string FindingLines(const ChainData& data) {
  std::string lines;
  for (const Finding& finding : data.findings)
    lines += (finding.rule.starts_with("L") ? "Tone: " : "Money: ") + finding.message + "\n";
  return lines;
}

Json ChainEnvelope(const std::string& command, const std::string& workspace, const ChainData& data,
                   Json content) {
  Json json = Envelope(command, workspace, std::move(content));
  json["as_of"] = ToIso(data.last);
  json["period"] = {{"from", ToIso(data.period.from)}, {"to", ToIso(data.period.to - std::chrono::days{1})}};
  for (const Finding& finding : data.findings) json["findings"].push_back(ToJson(finding));
  return json;
}

}  // namespace backcast
