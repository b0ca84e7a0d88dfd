// SPDX-License-Identifier: Apache-2.0
// Parts of the JSON answers about a chain. Included by desk sources only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/claim.h"
#include "desk/chain_data.h"
#include "desk/envelope.h"

namespace backcast {

/// The value object of the contract. `missing`: the reason when there is no value.
Json ValueJson(std::optional<double> value, const std::string& unit, double n, const std::string& missing);
/// The same with an interval.
Json ValueJson(double value, std::optional<double> low, std::optional<double> high, const std::string& unit,
               double n);
Json ToJson(const Claim& claim);
Json ToJson(const std::vector<Claim>& claims);
/// The findings about all numbers, a line each.
std::string FindingLines(const ChainData& data);
/// Envelope with workspace, last day, period and findings filled in.
Json ChainEnvelope(const std::string& command, const std::string& workspace, const ChainData& data,
                   Json content);

}  // namespace backcast
