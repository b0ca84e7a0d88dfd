with
-- account_period: one scan for 2 metrics
"account_period_scan" as (
  select max("engaged_unique") filter (where "c0" and "period_start" = date '2026-03-01' and "period_end" = date '2026-03-31') as "a0w0",
    count("engaged_unique") filter (where "c0" and "period_start" = date '2026-03-01' and "period_end" = date '2026-03-31') as "a1w0",
    max("reach_unique") filter (where "c0" and "period_start" = date '2026-03-01' and "period_end" = date '2026-03-31') as "a2w0",
    count("reach_unique") filter (where "c0" and "period_start" = date '2026-03-01' and "period_end" = date '2026-03-31') as "a3w0"
  from (
    select *, "dimension" = 'total' as "c0"
    from (
      select f."dimension", f."engaged_unique", f."period_end", f."period_start", f."reach_unique"
      from "account_period" as f
      where f."period_end" >= date '2026-03-01' and f."period_end" < date '2026-04-01'
    ) as f
  ) as f
),
"account_period_windows" as (
  select 1 as "is_total",
    max("a0w0") as "a0w0",
    sum("a1w0") as "a1w0",
    max("a2w0") as "a2w0",
    sum("a3w0") as "a3w0"
  from "account_period_scan"
),
-- every group that a fact knows, and the total
"groups" as (
  select 1 as "is_total"
)
-- facts meet only here; ratios come last
select "groups"."is_total" as "is_total",
  case when "account_period_windows"."a3w0" = 1 then cast("account_period_windows"."a2w0" as double) end as "reach@0", cast("account_period_windows"."a3w0" as bigint) as "reach@0:n",
  case when "account_period_windows"."a1w0" = 1 then cast("account_period_windows"."a0w0" as double) end as "engaged_accounts@0", cast("account_period_windows"."a1w0" as bigint) as "engaged_accounts@0:n"
from "groups"
left join "account_period_windows" on "account_period_windows"."is_total" = "groups"."is_total"
order by "groups"."is_total" desc
