// SPDX-License-Identifier: Apache-2.0
#include "care/taxonomy.h"

#include <cmath>

#include "base/embedded.h"
#include "base/yaml.h"
#include "care/driver_area.h"

namespace backcast {
bool TaxonomyRules::IsOther(std::string_view issue) const { return other.contains(PlainWords(issue)); }

Result<TaxonomyRules> ShippedTaxonomyRules() {
  constexpr std::string_view kFile = "care/taxonomy.yaml";
  const auto text = Embedded(kFile);
  if (!text) return Error{Code::kInternal, std::string(kFile), "the rules are not in the program", ""};
  BACKCAST_TRY(const Yaml root, ParseYaml(*text, kFile));
  TaxonomyRules rules;
  for (const std::string& word : root.Texts("other")) rules.other.insert(word);
  rules.version = static_cast<int>(root.Number("version", 1));
  rules.fewest_issues = static_cast<int>(root.Number("fewest_issues", rules.fewest_issues));
  rules.most_issues = static_cast<int>(root.Number("most_issues", rules.most_issues));
  rules.fewest_cases = static_cast<int>(root.Number("fewest_cases", rules.fewest_cases));
  rules.most_other = root.Number("most_other", rules.most_other);
  rules.least_coded = root.Number("least_coded", rules.least_coded);
  rules.most_in_one = root.Number("most_in_one", rules.most_in_one);
  rules.rare = root.Number("rare", rules.rare);
  rules.key_share = root.Number("key_share", rules.key_share);
  return rules;
}

TaxonomyHealth ReadTaxonomy(const std::map<std::string, double>& by_issue, const TaxonomyRules& rules) {
  TaxonomyHealth health;
  for (const auto& [issue, contacts] : by_issue) {
    health.contacts += contacts;
    if (issue.empty()) continue;
    health.coded += contacts;
    if (rules.IsOther(issue)) health.other += contacts;
  }
  double entropy = 0;
  for (const auto& [issue, contacts] : by_issue) {
    if (issue.empty() || contacts <= 0 || rules.IsOther(issue)) continue;
    const double share = contacts / health.coded;
    ++health.issues;
    health.rare += share < rules.rare;
    entropy -= share * std::log(share);
    if (share > health.largest_share) {
      health.largest_share = share;
      health.largest = issue;
    }
  }
  if (health.other > 0) entropy -= health.other / health.coded * std::log(health.other / health.coded);
  health.effective = health.coded > 0 ? std::exp(entropy) : 0;
  health.enough = health.contacts >= rules.fewest_cases;
  if (!health.enough) return health;
  const auto fault = [&health](bool is, const char* id, double have, double limit) {
    if (is) health.faults.push_back({id, have, limit});
  };
  const double coded_share = health.coded / health.contacts;
  fault(coded_share < rules.least_coded, "uncoded", coded_share, rules.least_coded);
  if (health.coded <= 0) return health;
  fault(health.issues < rules.fewest_issues, "too_few", health.issues, rules.fewest_issues);
  fault(health.issues > rules.most_issues, "too_many", health.issues, rules.most_issues);
  const double other_share = health.other / health.coded;
  fault(other_share > rules.most_other, "other", other_share, rules.most_other);
  fault(health.largest_share > rules.most_in_one, "one_takes_all", health.largest_share, rules.most_in_one);
  return health;
}

}  // namespace backcast
