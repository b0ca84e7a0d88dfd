with
-- order: one scan for 2 metrics
"order_scan" as (
  select "g0",
    count(*) filter (where (not coalesce("cancelled", false) and not coalesce("test", false))) as "a0"
  from (
    select f."channel_group" as "g0", f."cancelled", f."test"
    from "order" as f
    where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
      and f."channel_group" in ('organic_social', 'paid_social')
  ) as f
  group by "g0"
),
"order_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0"
  from "order_scan"
  group by grouping sets (("g0"), ())
),
"order_known" as (
  select (select count(*) from (select 1 as "one" from "order" limit 1) as f) > 0 as "any_row"
),
-- ad_day: one scan for 1 metric
"ad_day_scan" as (
  select "g0",
    sum("spend") as "a0",
    count(*) as "a1",
    min("currency") filter (where "spend" is not null) as "a2",
    max("currency") filter (where "spend" is not null) as "a3"
  from (
    select f."channel_group" as "g0", f."currency", f."spend"
    from "ad_day" as f
    where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
      and f."channel_group" in ('organic_social', 'paid_social')
  ) as f
  group by "g0"
),
"ad_day_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0",
    min("a2") as "a2w0",
    max("a3") as "a3w0"
  from "ad_day_scan"
  group by grouping sets (("g0"), ())
),
-- cost: one scan for 1 metric
"cost_scan" as (
  select "g0",
    sum("amount") filter (where "c0") as "a0",
    count(*) filter (where "c0") as "a1",
    min("currency") filter (where "c0" and "amount" is not null) as "a2",
    max("currency") filter (where "c0" and "amount" is not null) as "a3"
  from (
    select *, not coalesce("reported", false) as "c0"
    from (
      select f."channel_group" as "g0", f."amount", f."currency", f."reported"
      from "cost" as f
      where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
        and f."channel_group" in ('organic_social', 'paid_social')
    ) as f
  ) as f
  group by "g0"
),
"cost_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0",
    min("a2") as "a2w0",
    max("a3") as "a3w0"
  from "cost_scan"
  group by grouping sets (("g0"), ())
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "order_windows"
  union
  select "g0", "is_total" from "ad_day_windows"
  union
  select "g0", "is_total" from "cost_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "channel_group", "groups"."is_total" as "is_total",
  (case when coalesce(cast("ad_day_windows"."a0w0" as double), cast("cost_windows"."a0w0" as double)) is not null then coalesce(cast("ad_day_windows"."a0w0" as double), 0) + coalesce(cast("cost_windows"."a0w0" as double), 0) end / nullif(case when "order_known"."any_row" then coalesce(cast("order_windows"."a0w0" as double), 0) end, 0)) as "cost_per_order@0", cast("order_windows"."a0w0" as bigint) as "cost_per_order@0:n", case when "order_known"."any_row" then coalesce(cast("order_windows"."a0w0" as double), 0) end as "cost_per_order@0:base", case when least(coalesce("ad_day_windows"."a2w0", "cost_windows"."a2w0"), coalesce("cost_windows"."a2w0", "ad_day_windows"."a2w0")) is null then 0 when least(coalesce("ad_day_windows"."a2w0", "cost_windows"."a2w0"), coalesce("cost_windows"."a2w0", "ad_day_windows"."a2w0")) = greatest(coalesce("ad_day_windows"."a3w0", "cost_windows"."a3w0"), coalesce("cost_windows"."a3w0", "ad_day_windows"."a3w0")) then 1 else 2 end as "cost_per_order@0:currencies",
  case when "order_known"."any_row" then coalesce(cast("order_windows"."a0w0" as double), 0) end as "orders@0", cast("order_windows"."a0w0" as bigint) as "orders@0:n"
from "groups"
left join "order_windows" on "order_windows"."is_total" = "groups"."is_total" and "order_windows"."g0" is not distinct from "groups"."g0"
left join "ad_day_windows" on "ad_day_windows"."is_total" = "groups"."is_total" and "ad_day_windows"."g0" is not distinct from "groups"."g0"
left join "cost_windows" on "cost_windows"."is_total" = "groups"."is_total" and "cost_windows"."g0" is not distinct from "groups"."g0"
cross join "order_known"
order by "groups"."is_total" desc, "groups"."g0" nulls last
