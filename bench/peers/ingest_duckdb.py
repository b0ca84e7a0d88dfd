# SPDX-License-Identifier: Apache-2.0
"""What a person would write in DuckDB to load the post_day CSV.

usage: ingest_duckdb.py table|parquet|upsert CSV OUTPUT
table    read_csv into a new table
parquet  CSV to Parquet with zstd
upsert   validate, put broken rows into a quarantine with line and reason, last line of a key wins, upsert by key;
         OUTPUT may hold earlier loads. Prints rows read, kept, refused and the sum of impressions."""

import pathlib
import sys

import duckdb

TYPES = {"post": "varchar", "date": "date", "platform": "varchar", "account": "varchar", "paid": "varchar", "theme": "varchar",
         "media_type": "varchar", "impressions": "bigint", "reactions": "bigint", "comments": "bigint", "shares": "bigint",
         "saves": "bigint", "link_clicks": "bigint", "spend": "decimal(12, 2)", "currency": "varchar"}
REASON = """case when post is null then 'post is missing' when date is null then 'date is missing' when paid is null then 'paid is missing'
  when impressions < 0 then 'impressions is negative' when spend < 0 then 'spend is negative' end"""


def reader(source: str, options: str = "") -> str:
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    return f"read_csv('{source}', header = true, columns = {{{columns}}}{options})"


def upsert(source: str, output: str) -> None:
    con = duckdb.connect(output, config={"threads": "2"})
    # The line number is taken in a statement of its own: behind a join DuckDB no longer keeps the order of the file.
    con.execute(f"create temp table raw as select row_number() over () as line, * from {reader(source, ', store_rejects = true')}")
    con.execute(f"create temp table staged as select hash(platform, post, date, paid) as k, {REASON} as reason, * from raw")
    con.execute("create table if not exists quarantine (line ubigint, reason varchar, text varchar)")
    columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
    con.execute(f"create table if not exists post_day (k ubigint, {columns})")
    con.execute("""insert into quarantine
        select line, any_value(column_name || ': ' || error_message), any_value(csv_line) from reject_errors group by line
        union all select line, reason, post from staged where reason is not null""")
    refused = con.execute("select (select count(distinct line) from reject_errors) + (select count(*) from staged where reason is not null)").fetchone()[0]
    read = con.execute("select (select count(*) from raw) + (select count(distinct line) from reject_errors)").fetchone()[0]
    # A window only over keys that repeat is cheaper than one over all rows.
    con.execute("create temp table twice as select k from staged where reason is null group by k having count(*) > 1")
    con.execute("""create temp table older as select line from (select line,
        row_number() over (partition by platform, post, date, paid order by line desc) as n
        from staged semi join twice using (k) where reason is null) where n > 1""")
    con.execute("begin")
    if con.execute("select exists (from post_day)").fetchone()[0]:
        con.execute("""delete from post_day using staged as s where post_day.k = s.k and s.reason is null and post_day.post = s.post
            and post_day.date = s.date and post_day.paid = s.paid and post_day.platform = s.platform""")
    con.execute("insert into post_day select * exclude (line, reason) from staged where reason is null and line not in (from older)")
    con.execute("commit")
    con.execute("checkpoint")
    total = con.execute("select sum(impressions) from post_day").fetchone()[0]
    print(read, read - refused, refused, total)


def main() -> None:
    mode, source, output = sys.argv[1:4]
    if mode == "upsert":
        upsert(source, output)
        return
    pathlib.Path(output).unlink(missing_ok=True)
    if mode == "table":
        duckdb.connect(output, config={"threads": "2"}).execute(f"create table post_day as from {reader(source)}")
    else:
        con = duckdb.connect(config={"threads": "2", "preserve_insertion_order": "false"})
        con.execute(f"copy (from {reader(source)}) to '{output}' (format parquet, compression zstd)")


main()
