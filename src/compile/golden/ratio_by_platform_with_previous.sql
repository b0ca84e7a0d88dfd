with
-- post_day: one scan for 2 metrics
"post_day_scan" as (
  select "g0",
    "stretch",
    sum("impressions") as "a0",
    count(*) as "a1",
    sum(case when coalesce("reactions", "comments", "shares", "saves") is not null then coalesce("reactions", 0) + coalesce("comments", 0) + coalesce("shares", 0) + coalesce("saves", 0) end) filter (where "c0") as "a2",
    count(*) filter (where "c0") as "a3"
  from (
    select *, not coalesce("impressions" is null, false) as "c0"
    from (
      select f."platform" as "g0", case when f."date" < date '2026-03-01' then 0 else 1 end as "stretch", f."comments", f."impressions", f."reactions", f."saves", f."shares"
      from "post_day" as f
      where f."date" >= date '2026-02-01' and f."date" < date '2026-04-01'
    ) as f
  ) as f
  group by "g0", "stretch"
),
"post_day_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") filter (where "stretch" = 1) as "a0w0",
    sum("a0") filter (where "stretch" = 0) as "a0w1",
    sum("a1") filter (where "stretch" = 1) as "a1w0",
    sum("a1") filter (where "stretch" = 0) as "a1w1",
    sum("a2") filter (where "stretch" = 1) as "a2w0",
    sum("a2") filter (where "stretch" = 0) as "a2w1",
    sum("a3") filter (where "stretch" = 1) as "a3w0",
    sum("a3") filter (where "stretch" = 0) as "a3w1"
  from "post_day_scan"
  group by grouping sets (("g0"), ())
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "post_day_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "platform", "groups"."is_total" as "is_total",
  (cast("post_day_windows"."a2w0" as double) / nullif(cast("post_day_windows"."a0w0" as double), 0)) as "engagement_rate_impressions@0", cast("post_day_windows"."a1w0" as bigint) as "engagement_rate_impressions@0:n", cast("post_day_windows"."a0w0" as double) as "engagement_rate_impressions@0:base",
  (cast("post_day_windows"."a2w1" as double) / nullif(cast("post_day_windows"."a0w1" as double), 0)) as "engagement_rate_impressions@1", cast("post_day_windows"."a1w1" as bigint) as "engagement_rate_impressions@1:n", cast("post_day_windows"."a0w1" as double) as "engagement_rate_impressions@1:base",
  cast("post_day_windows"."a0w0" as double) as "impressions@0", cast("post_day_windows"."a1w0" as bigint) as "impressions@0:n",
  cast("post_day_windows"."a0w1" as double) as "impressions@1", cast("post_day_windows"."a1w1" as bigint) as "impressions@1:n"
from "groups"
left join "post_day_windows" on "post_day_windows"."is_total" = "groups"."is_total" and "post_day_windows"."g0" is not distinct from "groups"."g0"
order by "groups"."is_total" desc, "groups"."g0" nulls last
