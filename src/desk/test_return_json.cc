// SPDX-License-Identifier: Apache-2.0
#include "desk/test_return_json.h"

#include "desk/chain_json.h"

namespace backcast {

Json ToJson(const TestReturn& found) {
  Json json = {{"test", found.id},
               {"first_day", ToIso(found.days.from)},
               {"last_day", ToIso(found.days.to - std::chrono::days{1})}};
  if (!found.result) {
    json["incremental_roas"] = ValueJson({}, "ratio", 0, "needs " + found.needs);
    return json;
  }
  const auto n = static_cast<double>(found.n);
  json["incremental_roas"] =
      ValueJson(found.result->value, found.result->low, found.result->high, "ratio", n);
  json["incremental_roas"]["definition"] = "incremental_roas@1";
  json["brought"] = ValueJson(found.result->brought, found.result->brought_low, found.result->brought_high,
                              found.currency, n);
  json["spend"] = ValueJson(found.spent, found.currency, n, "");
  json["claims"] = ToJson(found.claims);
  return json;
}

}  // namespace backcast
