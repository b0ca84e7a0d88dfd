// SPDX-License-Identifier: Apache-2.0
#include "desk/own_brand.h"

#include "sql/dialect.h"

namespace backcast {
std::vector<std::string> OwnBrandNames(const Plan& plan) {
  std::vector<std::string> names;
  if (const Yaml* listening = plan.root.Find("listening"); listening != nullptr && listening->IsMap())
    names = listening->Texts("own");
  if (names.empty() && !plan.brand.empty()) names.push_back(plan.brand);
  return names;
}

Result<Done> ApplyOwnBrand(const Plan& plan, const LakeStatistics& statistics, DuckDb& engine) {
  const std::vector<std::string> names = OwnBrandNames(plan);
  const auto told = statistics.find("mention");
  if (names.empty() || told == statistics.end() || told->second.rows == 0 ||
      told->second.missing.contains("brand"))
    return Done{};
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "lower(" : ", lower(") + QuoteText(name) + ")";
  const std::string is_own = "lower(trim(brand)) in (" + list + ")";
  BACKCAST_TRY(const Table found, engine.Run("select 1 from mention where " + is_own + " limit 1"));
  if (found.rows == 0) return Done{};
  BACKCAST_CHECK(engine.Do("drop view if exists mention_as_delivered"));
  BACKCAST_CHECK(engine.Do("alter view mention rename to mention_as_delivered"));
  return engine.Do("create view mention as select * replace (coalesce(is_own_brand, " + is_own +
                   ") as is_own_brand) from mention_as_delivered");
}

}  // namespace backcast
