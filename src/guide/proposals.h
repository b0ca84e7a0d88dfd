// SPDX-License-Identifier: Apache-2.0
// How driver trees become parts of a plan, as data: comes in catalogue/plan/proposals.yaml, goes out
// Proposals.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

/// A part of the company with what its people can usually change.
struct CompanyFunction {
  std::string id, role;
  std::vector<std::string> influences;
};

struct TacticPattern {
  std::string id, name, element, stage, focus, channels, only_for;
  std::vector<std::string> moves, asks_for, path, owner;
  Yaml opt_in;
};

struct Proposals {
  std::vector<CompanyFunction> functions;
  std::map<std::string, std::string, std::less<>> same_as;
  std::vector<std::string> entry;  ///< metrics with which a path begins
  std::map<std::string, std::string, std::less<>> steps;
  std::vector<TacticPattern> tactics;
  Yaml requests, segment;
  double most_of_outcome = 6, most_of_owner = 7, most_leads = 2, most_share = 0.6;

  static const Proposals& Shipped();
  /// Errors: kInput with file:line:column.
  static Result<Proposals> Parse(std::string_view yaml, std::string_view file);

  const CompanyFunction* FindFunction(std::string_view word) const;  ///< same_as is followed
};

}  // namespace backcast
