# SPDX-License-Identifier: Apache-2.0
"""A: a scorecard of 28 metrics by month and channel, asked of MetricFlow, of hand-written SQL and of Backcast."""

import os
import pathlib
import shutil
import subprocess
import sys

import agreement
from measure import Row, run_once

HERE = pathlib.Path(__file__).parent
PERIOD = "2024-01-01..2025-12-31"
BACKCAST = "`backcast score`"
METRICFLOW = "MetricFlow, `mf query`"
METRICFLOW_SQL = "the SQL that MetricFlow generates, DuckDB"
CODED = "hand-written SQL, Parquet, ids as integers"
LAKE = "hand-written SQL on Backcast's own files"


def _sql(folder: pathlib.Path, name: str, **words: str) -> pathlib.Path:
    path = folder / f"{name}.sql"
    path.write_text((HERE / "peers" / "scorecard.sql").read_text().format(**words))
    return path


def _value(python: pathlib.Path, statement: str) -> str:
    code = "import duckdb, sys; print(duckdb.sql(sys.argv[1]).fetchone()[0])"
    return subprocess.run([python, "-c", code, statement], check=True, capture_output=True, text=True).stdout.strip()


def _bits(python: pathlib.Path, column: str, files: str) -> str:
    """Exact distinct count over dense integers, the cheapest way there is in SQL."""
    return f"bit_count(bitstring_agg({column}, 0, {_value(python, f'select max({column}) from {files}')}))"


def _parquet(folder: pathlib.Path, name: str) -> str:
    return f"read_parquet('{folder}/{name}.parquet')"


def hand_written(python: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    plain = _sql(scratch, "plain", posts=_parquet(data, "posts"), sessions=_parquet(data, "sessions"), orders=_parquet(data, "orders"),
                 distinct_posts="count(distinct post_id)", distinct_visitors="count(distinct visitor_id)")
    posts, sessions = _parquet(data, "coded_posts"), _parquet(data, "coded_sessions")
    coded = _sql(scratch, "coded", posts=posts, sessions=sessions, orders=_parquet(data, "coded_orders"),
                 distinct_posts=_bits(python, "post_id", posts), distinct_visitors=_bits(python, "visitor_id", sessions))
    runner = [str(python), str(HERE / "peers" / "run_sql.py")]
    return [Row("hand-written SQL, Parquet", runner + [str(plain)]), Row(CODED, runner + [str(coded)])]


def metricflow(tools: pathlib.Path, python: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    project = scratch / "metricflow"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(HERE / "peers" / "metricflow", project)
    env = {"BENCH_DATA": str(data), "DBT_PROFILES_DIR": str(project), "DO_NOT_TRACK": "1"}
    (data / "metricflow.duckdb").unlink(missing_ok=True)
    subprocess.run([tools / "dbt", "run", "--quiet"], cwd=project, env={**os.environ, **env}, check=True, stdout=sys.stderr)
    ask = [str(tools / "mf"), "query", "--metrics", ",".join(agreement.METRICS), "--group-by", "metric_time__month,channel"]
    explained = subprocess.run([*ask, "--explain", "--quiet"], cwd=project, env={**os.environ, **env}, check=True, capture_output=True, text=True)
    sql = scratch / "metricflow.sql"
    sql.write_text(explained.stdout[explained.stdout.index("WITH"):])
    return [
        Row(METRICFLOW, [*ask, "--csv", str(project / "answer.csv")], cwd=project, env=env),
        Row(METRICFLOW_SQL, [str(python), str(HERE / "peers" / "run_sql.py"), str(sql), str(data / "metricflow.duckdb")]),
    ]


def backcast(binary: pathlib.Path, python: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    workspace = scratch / "scorecard"
    shutil.rmtree(workspace, ignore_errors=True)
    workspace.mkdir()
    shutil.copy(HERE / "scorecard_plan.yaml", workspace / "plan.yaml")
    common = ["--workspace", str(workspace), "--threads", "2", "--no-input", "--json"]
    for fact in ("ad_day", "session", "order"):
        wall, _, peak = run_once(Row(f"ingest {fact}", [str(binary), "ingest", str(data / f"{fact}.csv"), "--source", f"backcast_{fact}", *common]), scratch / "ingest.json")
        print(f"bench: ingest of {fact}: {wall:.1f} s, {peak:.0f} MiB", file=sys.stderr)
    names = [f"b_{name}" for name in agreement.SUMS + agreement.RATIOS] + ["b_carts_per_visit", "b_visits_per_visitor", "b_revenue_per_visit"]
    score = [str(binary), "score", "--metric", ",".join(names), "--by", "month,channel", "--period", PERIOD, *common]
    rows = [Row(BACKCAST, score, goal="≥ 10 × faster than `mf query`, ≥ 5 × than its SQL, ≤ 1.2 × the best hand-written, ≤ 250 MiB")]
    lake = workspace / ".backcast" / "lake"
    ads, sessions, orders = (f"read_parquet('{lake}/{fact}/**/*.parquet', hive_partitioning = false)" for fact in ("ad_day", "session", "order"))
    renamed = {
        "posts": f"(select date, channel, impressions, engagements as reactions, 0 as comments, 0 as shares, 0 as saves, clicks, spend, ad from {ads})",
        "sessions": f"(select *, coalesce(bot, false) as is_bot from {sessions})",
        "orders": f"(select date, channel, net as value from {orders})",
    }
    own = _sql(scratch, "lake", **renamed, distinct_posts=_bits(python, "ad", ads), distinct_visitors=_bits(python, "person", sessions))
    return rows + [Row(LAKE, [str(python), str(HERE / "peers" / "run_sql.py"), str(own)])]


def answer_of(row: Row, scratch: pathlib.Path) -> agreement.Answer:
    output = scratch / "answer.txt"
    run_once(row, output)
    if row.name == BACKCAST:
        return agreement.from_backcast(output.read_text())
    return agreement.from_csv((row.cwd / "answer.csv").read_text() if row.name == METRICFLOW else output.read_text())


def agree(rows: list[Row], scratch: pathlib.Path) -> list[str]:
    """Runs every row once and compares with the plain hand-written SQL; one line per row that differs."""
    reference = next(row for row in rows if row.name == "hand-written SQL, Parquet")
    truth = answer_of(reference, scratch)
    lines = []
    for row in rows:
        metrics = agreement.SUMS + agreement.RATIOS + ([] if row.name == BACKCAST else agreement.CHANGES)
        faults = disagreements_of(truth, answer_of(row, scratch), metrics, row)
        if faults:
            lines.append(f"{row.name}: {len(faults)} values differ, first {faults[0]}")
    return lines


def disagreements_of(truth: agreement.Answer, answer: agreement.Answer, metrics: list[str], row: Row) -> list[str]:
    if row.name in (METRICFLOW, METRICFLOW_SQL):
        # It adds rows for months behind the data to metrics that look a month back.
        answer = {key: values for key, values in answer.items() if key in truth}
    return agreement.disagreements(truth, answer, metrics)
