-- SPDX-License-Identifier: Apache-2.0
-- The 28 metrics by month and channel, written by hand: every table read once, joined after aggregation.
with p as (
  select date_trunc('month', date) as month, channel, sum(impressions) as impressions,
    sum(reactions + comments + shares + saves) as engagements, sum(clicks) as clicks, sum(spend) as spend,
    {distinct_posts} as active_posts
  from {posts} group by all
), s as (
  select date_trunc('month', date) as month, channel, count(*) as visits, {distinct_visitors} as visitors,
    count(*) filter (is_lead) as leads, sum(cart_adds) as cart_adds, sum(pages) as pages, sum(order_value) as web_revenue
  from {sessions} where not is_bot group by all
), o as (
  select date_trunc('month', date) as month, channel, count(*) as orders, sum(value) as order_value
  from {orders} group by all
), joined as (
  select *, lag(month) over w as month_before, lag(impressions) over w as impressions_before,
    lag(leads) over w as leads_before, lag(web_revenue) over w as web_revenue_before
  from p full join s using (month, channel) full join o using (month, channel)
  window w as (partition by channel order by month)
)
select month, channel, impressions, engagements, clicks, spend, active_posts, visits, visitors, leads, cart_adds, web_revenue,
  orders, order_value,
  engagements / nullif(impressions, 0) as engagement_rate, clicks / nullif(impressions, 0) as ctr,
  spend / nullif(clicks, 0) as cpc, spend / nullif(engagements, 0) as cpe, spend * 1000.0 / nullif(impressions, 0) as cpm,
  engagements / nullif(active_posts, 0) as engagements_per_post, leads / nullif(visits, 0) as lead_rate,
  pages / nullif(visits, 0) as pages_per_visit, spend / nullif(visits, 0) as cost_per_visit,
  spend / nullif(leads, 0) as cost_per_lead, web_revenue / nullif(spend, 0) as roas,
  order_value / nullif(orders, 0) as aov, spend / nullif(orders, 0) as cost_per_order,
  case when month_before = month - interval 1 month
    then (impressions - impressions_before) * 1.0 / nullif(impressions_before, 0) end as impressions_mom,
  case when month_before = month - interval 1 month then (leads - leads_before) * 1.0 / nullif(leads_before, 0) end as leads_mom,
  case when month_before = month - interval 1 month
    then (web_revenue - web_revenue_before) * 1.0 / nullif(web_revenue_before, 0) end as web_revenue_mom
from joined order by month, channel
