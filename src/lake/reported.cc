// SPDX-License-Identifier: Apache-2.0
#include "lake/reported.h"

#include <fmt/format.h>

#include "sql/dialect.h"

namespace backcast {

std::string CostsOnce(const Fact& costs, const Fact& spending, const std::string& delivered) {
  // "TikTok", "tiktok_ads" and "TikTok Ads" are one platform.
  constexpr std::string_view kPlatform = "regexp_replace(lower(platform), '[ _]ads$', '')";
  return fmt::format(
      R"(with spent as (
  select distinct {platform} as platform, channel_group, date_trunc('month', {spent_on}) as month
  from {spending} where spend is not null)
select * replace (coalesce(reported, case
  when kind is distinct from 'media' then false
  when platform is not null then ({platform}, date_trunc('month', {paid_on})) in (
    select (platform, month) from spent where platform is not null)
  else (channel_group, date_trunc('month', {paid_on})) in (
    select (channel_group, month) from spent where channel_group is not null)
  end, false) as reported)
from {delivered})",
      fmt::arg("platform", kPlatform), fmt::arg("spent_on", QuoteName(spending.day)),
      fmt::arg("paid_on", QuoteName(costs.day)), fmt::arg("spending", QuoteName(spending.id)),
      fmt::arg("delivered", QuoteName(delivered)));
}

}  // namespace backcast
