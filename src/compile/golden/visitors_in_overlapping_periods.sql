with
-- session: one scan for 1 metric
"session_scan" as (
  select "g0",
    "stretch",
    grouping("g0") as "is_total",
    count(distinct "person") filter (where "c0" and "stretch" in (0, 1)) as "a0w0",
    count(distinct "person") filter (where "c0") as "a0",
    count(*) filter (where "c0") as "a1",
    count("person") as "r0",
    count(*) as "rows"
  from (
    select *, not coalesce("bot", false) as "c0"
    from (
      select f."channel" as "g0", case when f."date" < date '2026-03-01' then 0 else 1 end as "stretch", f."bot", f."person"
      from "session" as f
      where f."date" >= date '2026-01-01' and f."date" < date '2026-04-01'
    ) as f
  ) as f
  group by grouping sets (("g0", "stretch"), ("stretch"), ("g0"), ())
),
"session_windows" as (
  select cast("g0" as varchar) as "g0",
    "is_total",
    max("a0w0") filter (where "stretch" is null) as "a0w0",
    max("a0") filter (where "stretch" = 1) as "a0w1",
    sum("a1") filter (where "stretch" in (0, 1)) as "a1w0",
    sum("a1") filter (where "stretch" = 1) as "a1w1"
  from "session_scan"
  group by "g0", "is_total"
),
"session_known" as (
  select (select count(*) from (select 1 as "one" from "session" limit 1) as f) > 0 as "any_row",
    coalesce(max("r0") > 0 or max("rows") = 0, true) as "r0"  -- person is reported
  from "session_scan"
),
-- every group that a fact knows, and the total
"groups" as (
  select cast(null as varchar) as "g0", 1 as "is_total"
  union
  select "g0", "is_total" from "session_windows"
)
-- facts meet only here; ratios come last
select "groups"."g0" as "channel", "groups"."is_total" as "is_total",
  case when "session_known"."any_row" and "session_known"."r0" then coalesce(cast("session_windows"."a0w0" as double), 0) end as "visitors@0", cast("session_windows"."a1w0" as bigint) as "visitors@0:n",
  case when "session_known"."any_row" and "session_known"."r0" then coalesce(cast("session_windows"."a0w1" as double), 0) end as "visitors@1", cast("session_windows"."a1w1" as bigint) as "visitors@1:n"
from "groups"
left join "session_windows" on "session_windows"."is_total" = "groups"."is_total" and "session_windows"."g0" is not distinct from "groups"."g0"
cross join "session_known"
order by "groups"."is_total" desc, "groups"."g0" nulls last
