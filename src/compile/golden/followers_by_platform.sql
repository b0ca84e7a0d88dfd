with
-- account_day: one scan for 2 metrics
"account_day_scan" as (
  select "g0",
    "stretch",
    "platform",
    "account",
    arg_max("followers_end", "date") filter (where "followers_end" is not null) as "a0",
    max("date") filter (where "followers_end" is not null) as "a0d",
    sum("followers_gained") as "a1",
    count(*) as "a2",
    sum("followers_lost") as "a3"
  from (
    select f."platform" as "g0", case when f."date" < date '2026-03-01' then 0 else 1 end as "stretch", f."account", f."date", f."followers_end", f."followers_gained", f."followers_lost", f."platform"
    from "account_day" as f
    where f."date" >= date '2026-02-01' and f."date" < date '2026-04-01'
  ) as f
  group by "g0", "stretch", "platform", "account"
),
-- per account and the like: levels are taken on their last day, not added over days
"account_day_series" as (
  select "g0",
    "platform",
    "account",
    grouping("g0") as "is_total",
    arg_max("a0", "a0d") filter (where "stretch" = 1 and "a0" is not null) as "a0w0",
    arg_max("a0", "a0d") filter (where "stretch" = 0 and "a0" is not null) as "a0w1",
    sum("a1") filter (where "stretch" = 1) as "a1w0",
    sum("a1") filter (where "stretch" = 0) as "a1w1",
    sum("a2") filter (where "stretch" = 1) as "a2w0",
    sum("a2") filter (where "stretch" = 0) as "a2w1",
    sum("a3") filter (where "stretch" = 1) as "a3w0",
    sum("a3") filter (where "stretch" = 0) as "a3w1"
  from "account_day_scan"
  group by grouping sets (("g0", "platform", "account"), ("platform", "account"))
),
"account_day_windows" as (
  select cast("g0" as varchar) as "g0",
    "is_total",
    sum("a0w0") as "a0w0",
    count("a0w0") as "a0w0n",
    sum("a0w1") as "a0w1",
    count("a0w1") as "a0w1n",
    sum("a1w0") as "a1w0",
    sum("a1w1") as "a1w1",
    sum("a2w0") as "a2w0",
    sum("a2w1") as "a2w1",
    sum("a3w0") as "a3w0",
    sum("a3w1") as "a3w1"
  from "account_day_series"
  group by "g0", "is_total"
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "account_day_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "platform", "groups"."is_total" as "is_total",
  cast("account_day_windows"."a0w0" as double) as "followers@0", cast("account_day_windows"."a0w0n" as bigint) as "followers@0:n",
  cast("account_day_windows"."a0w1" as double) as "followers@1", cast("account_day_windows"."a0w1n" as bigint) as "followers@1:n",
  (cast("account_day_windows"."a1w0" as double) - cast("account_day_windows"."a3w0" as double)) as "followers_net_growth@0", cast("account_day_windows"."a2w0" as bigint) as "followers_net_growth@0:n",
  (cast("account_day_windows"."a1w1" as double) - cast("account_day_windows"."a3w1" as double)) as "followers_net_growth@1", cast("account_day_windows"."a2w1" as bigint) as "followers_net_growth@1:n"
from "groups"
left join "account_day_windows" on "account_day_windows"."is_total" = "groups"."is_total" and "account_day_windows"."g0" is not distinct from "groups"."g0"
order by "groups"."is_total" desc, "groups"."g0" nulls last
