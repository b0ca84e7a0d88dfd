# SPDX-License-Identifier: Apache-2.0
"""Makes the data of the benchmarks: the same numbers for every machine and thread count, from hashes of row numbers.

usage: data.py FOLDER SCALE
Writes the peers' Parquet (text ids), the same with ids as integers, and canonical CSVs for Backcast."""

import pathlib
import sys

import duckdb

CHANNELS = ["facebook", "instagram", "x", "linkedin", "youtube", "tiktok", "pinterest", "google_ads", "meta_ads",
            "email", "organic_search", "direct"]
DAYS = 731  # 2024 and 2025


def make_tables(con: duckdb.DuckDBPyConnection, scale: float) -> None:
    posts, sessions, orders = round(100_000 * scale), round(5_000_000 * scale), round(30_000 * scale)
    names = ", ".join(f"'{channel}'" for channel in CHANNELS)
    con.execute(f"create macro channel_of(x) as ([{names}])[1 + least(x * 12, 11.0)::int]")
    # Uniform in [0, 1) from row number i and purpose k.
    con.execute("create macro u(i, k) as (hash(i::bigint * 1009 + k) >> 11)::double / 9007199254740992.0")
    con.execute(f"""
        create table post as select i as id, channel_of(u(i, 1) * u(i, 2)) as channel,
          date '2024-01-01' + floor(u(i, 3) * {DAYS - 20})::int as posted, 'theme_' || floor(u(i, 4) * u(i, 5) * 15)::int as theme,
          ['photo', 'video', 'reel', 'story', 'text', 'link'][1 + floor(u(i, 6) * 6)::int] as format,
          exp(4 + 3 * u(i, 7) + 2 * u(i, 8)) as base, case when u(i, 9) < 0.2 then 5 + 60 * u(i, 10) * u(i, 11) else 0 end as budget
        from range({posts}) t(i)""")
    con.execute("""
        create table posts as
        with day as (select post.*, age, id * 32 + age as n, base * exp(-0.28 * age) as b from post, range(20) r(age))
        select (posted + age::int)::date as date, channel, 'p' || lpad(id::varchar, 7, '0') as post_id, theme, format,
          ceil(b * (0.6 + 0.8 * u(n, 21)))::bigint as impressions, floor(b * 0.060 * u(n, 23))::bigint as reactions,
          floor(b * 0.008 * u(n, 24))::bigint as comments, floor(b * 0.006 * u(n, 25))::bigint as shares,
          floor(b * 0.004 * u(n, 26))::bigint as saves, floor(b * 0.012 * u(n, 27))::bigint as clicks,
          round(budget * exp(-0.2 * age) * (0.5 + u(n, 28)), 2)::decimal(12, 2) as spend
        from day order by date, post_id""")
    con.execute(f"""
        create table sessions as
        select date '2024-01-01' + floor(u(i, 31) * {DAYS})::int as date, 's' || lpad(i::varchar, 8, '0') as session_id,
          'v' || lpad(floor(u(i, 32) * u(i, 33) * {1_500_000 * scale})::int::varchar, 8, '0') as visitor_id,
          channel_of(u(i, 34)) as channel, 'campaign_' || floor(u(i, 35) * u(i, 36) * 200)::int as campaign,
          'city_' || floor(u(i, 37) * u(i, 38) * 100)::int as city, u(i, 39) < 0.04 as is_bot,
          1 + floor(-2.2 * ln(1 - u(i, 40)))::bigint as pages,
          (case when u(i, 41) < 0.08 then 1 + floor(u(i, 42) * 3) else 0 end)::bigint as cart_adds, u(i, 43) < 0.03 as is_lead,
          (case when u(i, 44) < 0.02 then round(15 + 200 * u(i, 45) * u(i, 46), 2) else 0 end)::decimal(12, 2) as order_value
        from range({sessions}) t(i) order by date, i""")
    con.execute(f"""
        create table orders as
        select 'o' || lpad(i::varchar, 7, '0') as order_id, date '2024-01-01' + floor(u(i, 51) * {DAYS})::int as date,
          'c' || lpad(floor(u(i, 52) * 20000)::int::varchar, 7, '0') as customer_id, channel_of(u(i, 53)) as channel,
          round(15 + 300 * u(i, 54) * u(i, 55), 2)::decimal(12, 2) as value
        from range({orders}) t(i) order by date, i""")


def write_peers(con: duckdb.DuckDBPyConnection, folder: pathlib.Path) -> None:
    for table in ("posts", "sessions", "orders"):
        con.execute(f"copy {table} to '{folder}/{table}.parquet' (format parquet, compression zstd)")
    con.execute(f"copy posts to '{folder}/posts.csv' (header)")
    # What an ingest with dictionaries would store: dense integers for ids, narrow counts.
    con.execute(f"""
        copy (select date, channel, substr(post_id, 2)::uinteger as post_id, impressions::integer as impressions,
          reactions::integer as reactions, comments::integer as comments, shares::integer as shares, saves::integer as saves,
          clicks::integer as clicks, spend from posts) to '{folder}/coded_posts.parquet' (format parquet, compression zstd)""")
    con.execute(f"""
        copy (select date, channel, substr(visitor_id, 2)::uinteger as visitor_id, is_bot, pages::smallint as pages,
          cart_adds::smallint as cart_adds, is_lead, order_value from sessions)
        to '{folder}/coded_sessions.parquet' (format parquet, compression zstd)""")
    con.execute(f"copy (select date, channel, value from orders) to '{folder}/coded_orders.parquet' (format parquet, compression zstd)")


POST_DAY = """select post_id as post, date, channel as platform, 'brand' as account, 'organic' as paid, theme, format as media_type,
  impressions, reactions, comments, shares, saves, clicks as link_clicks, spend, 'EUR' as currency from posts"""


def write_canonical(con: duckdb.DuckDBPyConnection, folder: pathlib.Path) -> None:
    """Headers are the columns of the canonical facts. post_day knows no channel, so for the scorecard the same rows are
    an ad_day too, and its spend, added up per day and channel, is the cost list."""
    def copy(name: str, query: str) -> None:
        con.execute(f"copy ({query}) to '{folder}/{name}.csv' (header)")

    copy("post_day", POST_DAY)
    copy("ad_day", """select post_id as ad, date, channel as platform, 'brand' as account, theme as campaign, format as placement,
      'default' as attribution_setting, channel, 'EUR' as currency, spend, impressions, clicks,
      reactions + comments + shares + saves as engagements from posts""")
    copy("session", """select session_id, visitor_id as person, date, channel, campaign, city, pages, cart_adds, is_lead,
      order_value > 0 as purchased, order_value, 'EUR' as currency, is_bot as bot from sessions""")
    copy("order", """select order_id, customer_id as person, date, channel, 'paid' as status, value as gross, value as net,
      value as total, 'EUR' as currency from orders""")
    copy("cost", """select date, channel, 'media' as kind, sum(spend)::decimal(14, 2) as amount, 'EUR' as currency, 'paid posts' as note
      from posts group by all having sum(spend) > 0 order by all""")


def write_restated(con: duckdb.DuckDBPyConnection, folder: pathlib.Path) -> None:
    """The newest days that hold 1 % of the rows, with newer counters."""
    con.execute("""create table newest as select date from (select date, sum(count(*)) over (order by date desc) as seen
      from posts group by date) where seen <= (select count(*) from posts) / 100""")
    changed = POST_DAY.replace("impressions,", "impressions + 3 as impressions,", 1)
    con.execute(f"copy (select * from ({changed}) where date in (from newest)) to '{folder}/post_day_restated.csv' (header)")


def write_dirty(con: duckdb.DuckDBPyConnection, folder: pathlib.Path) -> None:
    """All rows, 1 % of them once more further down with other numbers, and 0.1 % broken ones: number, day, key."""
    con.execute(f"create table clean as select row_number() over () as n, * replace (date::varchar as date, impressions::varchar as impressions) from ({POST_DAY})")
    total = con.execute("select count(*) from clean").fetchone()[0]
    con.execute(f"""copy (select * exclude (n) from (
        select * from clean
        union all select * replace (n + {total // 2} as n, (impressions::bigint + 5)::varchar as impressions) from clean where n % 100 = 7
        union all select * replace (n + {total // 4} as n, 'b' || post as post,
          case when (n // 1000) % 3 = 0 then '2024-13-41' when (n // 1000) % 3 = 1 then '' else date end as date,
          case when (n // 1000) % 3 = 2 then 'n/a?' else impressions end as impressions) from clean where n % 1000 = 13
      ) order by n) to '{folder}/post_day_dirty.csv' (header)""")


def main() -> None:
    folder, scale = pathlib.Path(sys.argv[1]), float(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"threads": "2"})
    make_tables(con, scale)
    write_peers(con, folder)
    write_canonical(con, folder)
    write_restated(con, folder)
    write_dirty(con, folder)
    (folder / "ready").write_text("")


main()
