// SPDX-License-Identifier: Apache-2.0
#include "lake/readings.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/result.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

/// Counters of both facts that add up over days; people counted once cannot be subtracted.
std::vector<const FactColumn*> Counters(const Fact& fact, const Fact& readings) {
  std::vector<const FactColumn*> counters;
  for (const FactColumn& column : fact.columns) {
    const FactColumn* read = readings.Find(column.name);
    const bool number = column.type == Type::kCount || column.type == Type::kNumber;
    if (read != nullptr && number && column.adding == Adding::kAdds && read->adding == Adding::kAdds) {
      counters.push_back(&column);
    }
  }
  return counters;
}

/// What a day's row says beside its counters: words of the reading, or of the post where the reading has
/// none.
std::string Carried(const FactColumn& column, const Fact& fact, const Fact& readings) {
  const std::string name = QuoteName(column.name);
  if (column.name == fact.day) return "s.since + n::integer as " + name;
  if (column.name == "derivation") return "case when s.days = 1 then 'delta' else 'gap' end as derivation";
  if (column.name == "correction") return "s.correction";
  const bool word = column.type == Type::kLabel || column.type == Type::kText || column.type == Type::kCode;
  if (word && readings.Find(column.name) != nullptr) return "s." + name;
  if (word && column.name != "currency") return "p." + name;
  return fmt::format("null::{} as {}", SqlType(column.type), name);
}

/// One day's part of a difference; whole counters stay whole, the last day takes the rest.
std::string Part(const FactColumn& column) {
  const std::string name = QuoteName(column.name);
  const char* divide = column.type == Type::kCount ? "//" : "/";
  return fmt::format(
      "case when n = s.days then s.{0} - (s.{0} {1} s.days) * (s.days - 1) else s.{0} {1} s.days end as {0}",
      name, divide);
}

std::string Listed(const std::vector<std::string>& names, const std::string& before = "") {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + before + QuoteName(name);
  return text;
}

}  // namespace

std::string DaysFromReadings(const Fact& fact, const Fact& readings, const std::string& delivered) {
  const std::vector<const FactColumn*> counters = Counters(fact, readings);
  std::vector<std::string> subject, names;
  std::copy_if(fact.key.begin(), fact.key.end(), std::back_inserter(subject),
               [&](const std::string& column) { return column != fact.day; });
  const FactColumn& coded =
      *std::find_if(fact.columns.begin(), fact.columns.end(),
                    [](const FactColumn& column) { return column.type == Type::kCode; });
  std::string before, differences, falls, parts;
  for (const FactColumn* counter : counters) {
    const std::string name = QuoteName(counter->name), old = QuoteName(counter->name + " before");
    before += fmt::format(", lag({0}) over earlier as {1}", name, old);
    differences += fmt::format("{2}case when read_before is null then {0} else {0} - {1} end as {0}", name,
                               old, differences.empty() ? "" : ", ");
    falls += fmt::format("{}{} < {}", falls.empty() ? "" : " or ", name, old);
  }
  for (const FactColumn& column : fact.columns) {
    const bool counted = std::find(counters.begin(), counters.end(), &column) != counters.end();
    parts += (parts.empty() ? "" : ",\n    ") + (counted ? Part(column) : Carried(column, fact, readings));
    names.push_back(column.name);
  }
  names.insert(names.end(), std::begin(kLineage), std::end(kLineage));
  return fmt::format(
      R"(with
read as (
  select *, lag({read_on}) over earlier as read_before{before}
  from {readings}
  where {post} not in (select {post} from {delivered} where {post} is not null)
  window earlier as (partition by {subject} order by {read_on})),
account_reading as (
  select platform, account, {read_on}, count(distinct {post}) as posts,
    count(distinct {post}) filter (where read_before is not null) as read_again
  from read group by platform, account, {read_on}),
account_before as (
  select platform, account, {read_on}, lag({read_on}) over earlier as account_read_before,
    2 * read_again >= lag(posts) over earlier as continues
  from account_reading
  window earlier as (partition by platform, account order by {read_on})),
span as (
  select r.*, case when r.read_before is not null then r.read_before
    when a.continues and r.{published} > a.account_read_before then r.{published} - 1 end as since
  from read r join account_before a on r.{read_on} = a.{read_on}
    and r.platform is not distinct from a.platform and r.account is not distinct from a.account),
difference as (
  select * replace ({differences}), {read_on} - since as days, coalesce({falls}, false) as correction
  from span where {read_on} - since between 1 and {longest})
select {names} from {delivered}
union all
select {parts},
    {lineage}
from difference s left join {dimension} p on p.{key} = s.{post}, unnest(range(1, s.days + 1)) as spread(n))",
      fmt::arg("read_on", QuoteName(readings.latest)), fmt::arg("published", QuoteName(readings.asked_by)),
      fmt::arg("readings", QuoteName(readings.id)), fmt::arg("delivered", QuoteName(delivered)),
      fmt::arg("post", QuoteName(coded.name)), fmt::arg("dimension", QuoteName(coded.of)),
      fmt::arg("key", QuoteName(coded.of + "_key")), fmt::arg("subject", Listed(subject)),
      fmt::arg("before", before), fmt::arg("differences", differences), fmt::arg("falls", falls),
      fmt::arg("longest", kLongestGap), fmt::arg("names", Listed(names)), fmt::arg("parts", parts),
      fmt::arg("lineage", Listed({std::begin(kLineage), std::end(kLineage)}, "s.")));
}

}  // namespace backcast
