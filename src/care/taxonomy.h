// SPDX-License-Identifier: Apache-2.0
// Whether a list of issues can tell anything: enough of them, not too many, and little in "other" or nowhere.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

/// catalogue/care/taxonomy.yaml.
struct TaxonomyRules {
  std::set<std::string, std::less<>> other;
  int version = 1, fewest_issues = 3, most_issues = 25, fewest_cases = 30;
  double most_other = 0.15, least_coded = 0.8, most_in_one = 0.6, rare = 0.01, key_share = 0.8;

  /// "Other", " misc " and what else desks call the rest.
  bool IsOther(std::string_view issue) const;
};

/// Errors: kInternal.
Result<TaxonomyRules> ShippedTaxonomyRules();

/// One fault of the list, as an id ("too_few", "too_many", "other", "uncoded", "one_takes_all") and the
/// numbers behind it.
struct TaxonomyFault {
  std::string id;
  double have = 0, limit = 0;
};

struct TaxonomyHealth {
  double contacts = 0, coded = 0, other = 0;  ///< coded: has an issue, other ones too
  int issues = 0, rare = 0;
  double effective = 0;  ///< exp of the entropy: as many issues of equal size would tell as much
  std::string largest;
  double largest_share = 0;  ///< of the coded contacts
  std::vector<TaxonomyFault> faults;
  bool enough = true;  ///< false: fewer contacts than the rules ask for; no fault is named then
};

/// `by_issue`: contacts by the issue they are filed under; "" for those without.
TaxonomyHealth ReadTaxonomy(const std::map<std::string, double>& by_issue, const TaxonomyRules& rules);

}  // namespace backcast
