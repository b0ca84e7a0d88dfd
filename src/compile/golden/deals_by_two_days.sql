with
-- deal: one scan for 1 metric
"deal_by_closed_on_scan" as (
  select "g0",
    count(*) filter (where ("won" or "lost")) as "a0",
    count(*) filter (where "won") as "a1",
    count("won") as "r0",
    count(*) as "rows"
  from (
    select f."owner" as "g0", f."lost", f."won"
    from "deal" as f
    where f."closed_on" >= date '2026-03-01' and f."closed_on" < date '2026-04-01'
  ) as f
  group by "g0"
),
"deal_by_closed_on_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0"
  from "deal_by_closed_on_scan"
  group by grouping sets (("g0"), ())
),
"deal_by_closed_on_known" as (
  select (select count(*) from (select 1 as "one" from "deal" limit 1) as f) > 0 as "any_row",
    coalesce(max("r0") > 0 or max("rows") = 0, true) as "r0"  -- won is reported
  from "deal_by_closed_on_scan"
),
-- deal: one scan for 1 metric
"deal_scan" as (
  select "g0",
    sum("amount") as "a0",
    count(*) as "a1",
    min("currency") filter (where "amount" is not null) as "a2",
    max("currency") filter (where "amount" is not null) as "a3"
  from (
    select f."owner" as "g0", f."amount", f."currency"
    from "deal" as f
    where f."date" >= date '2026-03-01' and f."date" < date '2026-04-01'
  ) as f
  group by "g0"
),
"deal_windows" as (
  select cast("g0" as varchar) as "g0",
    grouping("g0") as "is_total",
    sum("a0") as "a0w0",
    sum("a1") as "a1w0",
    min("a2") as "a2w0",
    max("a3") as "a3w0"
  from "deal_scan"
  group by grouping sets (("g0"), ())
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "deal_by_closed_on_windows"
  union
  select "g0", "is_total" from "deal_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "owner", "groups"."is_total" as "is_total",
  (case when "deal_by_closed_on_known"."any_row" and "deal_by_closed_on_known"."r0" then coalesce(cast("deal_by_closed_on_windows"."a1w0" as double), 0) end / nullif(case when "deal_by_closed_on_known"."any_row" then coalesce(cast("deal_by_closed_on_windows"."a0w0" as double), 0) end, 0)) as "win_rate@0", cast("deal_by_closed_on_windows"."a0w0" as bigint) as "win_rate@0:n", case when "deal_by_closed_on_known"."any_row" then coalesce(cast("deal_by_closed_on_windows"."a0w0" as double), 0) end as "win_rate@0:base",
  cast("deal_windows"."a0w0" as double) as "pipeline_opened@0", cast("deal_windows"."a1w0" as bigint) as "pipeline_opened@0:n", case when "deal_windows"."a2w0" is null then 0 when "deal_windows"."a2w0" = "deal_windows"."a3w0" then 1 else 2 end as "pipeline_opened@0:currencies"
from "groups"
left join "deal_by_closed_on_windows" on "deal_by_closed_on_windows"."is_total" = "groups"."is_total" and "deal_by_closed_on_windows"."g0" is not distinct from "groups"."g0"
left join "deal_windows" on "deal_windows"."is_total" = "groups"."is_total" and "deal_windows"."g0" is not distinct from "groups"."g0"
cross join "deal_by_closed_on_known"
order by "groups"."is_total" desc, "groups"."g0" nulls last
