with
-- post_snapshot: one scan for 2 metrics
"post_snapshot_scan" as (
  select "g0",
    grouping("g0") as "is_total",
    count(distinct "post") as "a0",
    count(*) as "a1",
    sum("impressions") as "a2",
    count("post") as "r0",
    count(*) as "rows"
  from (
    select "of_post"."theme" as "g0", f."impressions", f."post"
    from (select * from (select f.*, row_number() over (partition by "post", "paid" order by "observed_on" desc) as "reading" from "post_snapshot" as f where f."published_on" >= date '2026-03-01' and f."published_on" < date '2026-04-01') as f
          where f."reading" = 1) as f  -- the latest reading
    left join "post" as "of_post" on "of_post"."post_key" = f."post"
    where f."published_on" >= date '2026-03-01' and f."published_on" < date '2026-04-01'
  ) as f
  group by grouping sets (("g0"), ())
),
"post_snapshot_windows" as (
  select cast("g0" as varchar) as "g0",
    "is_total",
    max("a0") as "a0w0",
    sum("a1") as "a1w0",
    sum("a2") as "a2w0"
  from "post_snapshot_scan"
  group by "g0", "is_total"
),
"post_snapshot_known" as (
  select (select count(*) from (select 1 as "one" from "post_snapshot" limit 1) as f) > 0 as "any_row",
    coalesce(max("r0") > 0 or max("rows") = 0, true) as "r0"  -- post is reported
  from "post_snapshot_scan"
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "post_snapshot_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "theme", "groups"."is_total" as "is_total",
  case when "post_snapshot_known"."any_row" and "post_snapshot_known"."r0" then coalesce(cast("post_snapshot_windows"."a0w0" as double), 0) end as "posts_lifetime@0", cast("post_snapshot_windows"."a1w0" as bigint) as "posts_lifetime@0:n",
  cast("post_snapshot_windows"."a2w0" as double) as "impressions_lifetime@0", cast("post_snapshot_windows"."a1w0" as bigint) as "impressions_lifetime@0:n"
from "groups"
left join "post_snapshot_windows" on "post_snapshot_windows"."is_total" = "groups"."is_total" and "post_snapshot_windows"."g0" is not distinct from "groups"."g0"
cross join "post_snapshot_known"
order by "groups"."is_total" desc, "groups"."g0" nulls last
