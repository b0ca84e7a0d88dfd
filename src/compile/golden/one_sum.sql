with
-- post_day: one scan for 1 metric
"post_day_scan" as (
  select sum("impressions") as "a0",
    count(*) as "a1"
  from (
    select f."impressions"
    from "post_day" as f
    where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
  ) as f
),
"post_day_windows" as (
  select 1 as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0"
  from "post_day_scan"
),
-- every group that a fact knows, and the total
"groups" as (
  select 1 as "is_total"
)
-- facts meet only here; ratios come last
select "groups"."is_total" as "is_total",
  cast("post_day_windows"."a0w0" as double) as "impressions@0", cast("post_day_windows"."a1w0" as bigint) as "impressions@0:n"
from "groups"
left join "post_day_windows" on "post_day_windows"."is_total" = "groups"."is_total"
order by "groups"."is_total" desc
