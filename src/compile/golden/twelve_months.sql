with
-- order: one scan for 1 metric
"order_scan" as (
  select "stretch",
    sum("net") filter (where "c0") as "a0",
    count(*) filter (where "c0") as "a1",
    min("currency") filter (where "c0" and "net" is not null) as "a2",
    max("currency") filter (where "c0" and "net" is not null) as "a3"
  from (
    select *, (not coalesce("cancelled", false) and not coalesce("test", false)) as "c0"
    from (
      select case when f."date" < date '2025-05-01' then 0 when f."date" < date '2025-06-01' then 1 when f."date" < date '2025-07-01' then 2 when f."date" < date '2025-08-01' then 3 when f."date" < date '2025-09-01' then 4 when f."date" < date '2025-10-01' then 5 when f."date" < date '2025-11-01' then 6 when f."date" < date '2025-12-01' then 7 when f."date" < date '2026-01-01' then 8 when f."date" < date '2026-02-01' then 9 when f."date" < date '2026-03-01' then 10 else 11 end as "stretch", f."cancelled", f."currency", f."net", f."test"
      from "order" as f
      where f."date" >= date '2025-04-01' and f."date" < date '2026-04-01'
    ) as f
  ) as f
  group by "stretch"
),
"order_windows" as (
  select 1 as "is_total",
    sum("a0") filter (where "stretch" = 0) as "a0w0",
    sum("a0") filter (where "stretch" = 1) as "a0w1",
    sum("a0") filter (where "stretch" = 2) as "a0w2",
    sum("a0") filter (where "stretch" = 3) as "a0w3",
    sum("a0") filter (where "stretch" = 4) as "a0w4",
    sum("a0") filter (where "stretch" = 5) as "a0w5",
    sum("a0") filter (where "stretch" = 6) as "a0w6",
    sum("a0") filter (where "stretch" = 7) as "a0w7",
    sum("a0") filter (where "stretch" = 8) as "a0w8",
    sum("a0") filter (where "stretch" = 9) as "a0w9",
    sum("a0") filter (where "stretch" = 10) as "a0w10",
    sum("a0") filter (where "stretch" = 11) as "a0w11",
    sum("a1") filter (where "stretch" = 0) as "a1w0",
    sum("a1") filter (where "stretch" = 1) as "a1w1",
    sum("a1") filter (where "stretch" = 2) as "a1w2",
    sum("a1") filter (where "stretch" = 3) as "a1w3",
    sum("a1") filter (where "stretch" = 4) as "a1w4",
    sum("a1") filter (where "stretch" = 5) as "a1w5",
    sum("a1") filter (where "stretch" = 6) as "a1w6",
    sum("a1") filter (where "stretch" = 7) as "a1w7",
    sum("a1") filter (where "stretch" = 8) as "a1w8",
    sum("a1") filter (where "stretch" = 9) as "a1w9",
    sum("a1") filter (where "stretch" = 10) as "a1w10",
    sum("a1") filter (where "stretch" = 11) as "a1w11",
    min("a2") filter (where "stretch" = 0) as "a2w0",
    min("a2") filter (where "stretch" = 1) as "a2w1",
    min("a2") filter (where "stretch" = 2) as "a2w2",
    min("a2") filter (where "stretch" = 3) as "a2w3",
    min("a2") filter (where "stretch" = 4) as "a2w4",
    min("a2") filter (where "stretch" = 5) as "a2w5",
    min("a2") filter (where "stretch" = 6) as "a2w6",
    min("a2") filter (where "stretch" = 7) as "a2w7",
    min("a2") filter (where "stretch" = 8) as "a2w8",
    min("a2") filter (where "stretch" = 9) as "a2w9",
    min("a2") filter (where "stretch" = 10) as "a2w10",
    min("a2") filter (where "stretch" = 11) as "a2w11",
    max("a3") filter (where "stretch" = 0) as "a3w0",
    max("a3") filter (where "stretch" = 1) as "a3w1",
    max("a3") filter (where "stretch" = 2) as "a3w2",
    max("a3") filter (where "stretch" = 3) as "a3w3",
    max("a3") filter (where "stretch" = 4) as "a3w4",
    max("a3") filter (where "stretch" = 5) as "a3w5",
    max("a3") filter (where "stretch" = 6) as "a3w6",
    max("a3") filter (where "stretch" = 7) as "a3w7",
    max("a3") filter (where "stretch" = 8) as "a3w8",
    max("a3") filter (where "stretch" = 9) as "a3w9",
    max("a3") filter (where "stretch" = 10) as "a3w10",
    max("a3") filter (where "stretch" = 11) as "a3w11"
  from "order_scan"
),
-- every group that a fact knows, and the total
"groups" as (
  select 1 as "is_total"
)
-- facts meet only here; ratios come last
select "groups"."is_total" as "is_total",
  cast("order_windows"."a0w0" as double) as "revenue_net@0", cast("order_windows"."a1w0" as bigint) as "revenue_net@0:n", case when "order_windows"."a2w0" is null then 0 when "order_windows"."a2w0" = "order_windows"."a3w0" then 1 else 2 end as "revenue_net@0:currencies",
  cast("order_windows"."a0w1" as double) as "revenue_net@1", cast("order_windows"."a1w1" as bigint) as "revenue_net@1:n", case when "order_windows"."a2w1" is null then 0 when "order_windows"."a2w1" = "order_windows"."a3w1" then 1 else 2 end as "revenue_net@1:currencies",
  cast("order_windows"."a0w2" as double) as "revenue_net@2", cast("order_windows"."a1w2" as bigint) as "revenue_net@2:n", case when "order_windows"."a2w2" is null then 0 when "order_windows"."a2w2" = "order_windows"."a3w2" then 1 else 2 end as "revenue_net@2:currencies",
  cast("order_windows"."a0w3" as double) as "revenue_net@3", cast("order_windows"."a1w3" as bigint) as "revenue_net@3:n", case when "order_windows"."a2w3" is null then 0 when "order_windows"."a2w3" = "order_windows"."a3w3" then 1 else 2 end as "revenue_net@3:currencies",
  cast("order_windows"."a0w4" as double) as "revenue_net@4", cast("order_windows"."a1w4" as bigint) as "revenue_net@4:n", case when "order_windows"."a2w4" is null then 0 when "order_windows"."a2w4" = "order_windows"."a3w4" then 1 else 2 end as "revenue_net@4:currencies",
  cast("order_windows"."a0w5" as double) as "revenue_net@5", cast("order_windows"."a1w5" as bigint) as "revenue_net@5:n", case when "order_windows"."a2w5" is null then 0 when "order_windows"."a2w5" = "order_windows"."a3w5" then 1 else 2 end as "revenue_net@5:currencies",
  cast("order_windows"."a0w6" as double) as "revenue_net@6", cast("order_windows"."a1w6" as bigint) as "revenue_net@6:n", case when "order_windows"."a2w6" is null then 0 when "order_windows"."a2w6" = "order_windows"."a3w6" then 1 else 2 end as "revenue_net@6:currencies",
  cast("order_windows"."a0w7" as double) as "revenue_net@7", cast("order_windows"."a1w7" as bigint) as "revenue_net@7:n", case when "order_windows"."a2w7" is null then 0 when "order_windows"."a2w7" = "order_windows"."a3w7" then 1 else 2 end as "revenue_net@7:currencies",
  cast("order_windows"."a0w8" as double) as "revenue_net@8", cast("order_windows"."a1w8" as bigint) as "revenue_net@8:n", case when "order_windows"."a2w8" is null then 0 when "order_windows"."a2w8" = "order_windows"."a3w8" then 1 else 2 end as "revenue_net@8:currencies",
  cast("order_windows"."a0w9" as double) as "revenue_net@9", cast("order_windows"."a1w9" as bigint) as "revenue_net@9:n", case when "order_windows"."a2w9" is null then 0 when "order_windows"."a2w9" = "order_windows"."a3w9" then 1 else 2 end as "revenue_net@9:currencies",
  cast("order_windows"."a0w10" as double) as "revenue_net@10", cast("order_windows"."a1w10" as bigint) as "revenue_net@10:n", case when "order_windows"."a2w10" is null then 0 when "order_windows"."a2w10" = "order_windows"."a3w10" then 1 else 2 end as "revenue_net@10:currencies",
  cast("order_windows"."a0w11" as double) as "revenue_net@11", cast("order_windows"."a1w11" as bigint) as "revenue_net@11:n", case when "order_windows"."a2w11" is null then 0 when "order_windows"."a2w11" = "order_windows"."a3w11" then 1 else 2 end as "revenue_net@11:currencies"
from "groups"
left join "order_windows" on "order_windows"."is_total" = "groups"."is_total"
order by "groups"."is_total" desc
