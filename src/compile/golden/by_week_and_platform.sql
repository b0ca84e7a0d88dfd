with
-- post_day: one scan for 1 metric
"post_day_scan" as (
  select "g0",
    "g1",
    sum("views") as "a0",
    count(*) as "a1"
  from (
    select cast(date_trunc('week', f."date") as date) as "g0", f."platform" as "g1", f."views"
    from "post_day" as f
    where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
  ) as f
  group by "g0", "g1"
),
"post_day_windows" as (
  select cast("g0" as varchar) as "g0",
    cast("g1" as varchar) as "g1",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0"
  from "post_day_scan"
  group by grouping sets (("g0", "g1"), ())
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", cast(null as varchar) as "g1", 1 as "is_total"
  union
  select "g0", "g1", "is_total" from "post_day_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "week", "groups"."g1" as "platform", "groups"."is_total" as "is_total",
  cast("post_day_windows"."a0w0" as double) as "views@0", cast("post_day_windows"."a1w0" as bigint) as "views@0:n"
from "groups"
left join "post_day_windows" on "post_day_windows"."is_total" = "groups"."is_total" and "post_day_windows"."g0" is not distinct from "groups"."g0" and "post_day_windows"."g1" is not distinct from "groups"."g1"
order by "groups"."is_total" desc, "groups"."g0" nulls last, "groups"."g1" nulls last
