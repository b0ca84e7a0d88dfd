// SPDX-License-Identifier: Apache-2.0
// What the ad platforms claim and what the own books say, read from the lake.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/ready.h"
#include "money/platform_claims.h"

namespace backcast {

/// One platform's claims of one kind.
struct PlatformRow {
  PlatformClaim claim;
  std::optional<double> claimed_value, own_value;  ///< amounts in ready.currency
  std::optional<double> spend;
  /// Attribution settings (on Google: conversion actions) with the claims under each; "" where none is named.
  std::vector<std::pair<std::string, double>> settings;
};

/// Sales, or leads.
struct ClaimKind {
  std::string id;  ///< "orders", "leads"
  std::vector<PlatformRow> platforms;
  ClaimTotal total;
  std::string no_own;  ///< why there is nothing to compare with; empty when there is
};

struct Claims {
  std::vector<ClaimKind> kinds;  ///< those that some platform claims
  std::vector<std::string> sql;
  std::string money_withheld;  ///< why amounts are missing
};

/// The claims of ready.request.period. An order or lead is a platform's own when its paid channel names the
/// platform, or when only one platform advertises in its channel group. Errors: those of the engine.
Result<Claims> ReadClaims(Workspace& workspace, const Ready& ready);

}  // namespace backcast
