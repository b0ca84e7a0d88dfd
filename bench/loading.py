# SPDX-License-Identifier: Apache-2.0
"""C: a CSV of two million rows into storage, by Backcast and by what a person would otherwise use."""

import json
import pathlib
import shutil
import sys

from measure import Row, run_once

HERE = pathlib.Path(__file__).parent
FIRST = "`backcast ingest`, new workspace"
AGAIN = "`backcast ingest`, the same file again"
RESTATED = "`backcast ingest`, newest 1 % restated"
DIRTY = "`backcast ingest`, repeats and broken rows"
PARQUET = "DuckDB, CSV to Parquet zstd"
UPSERT = "DuckDB, validate + dedupe + quarantine + upsert in SQL"
UPSERT_AGAIN = "the same SQL, the same file again"
UPSERT_RESTATED = "the same SQL, newest 1 % restated"
UPSERT_DIRTY = "the same SQL, repeats and broken rows"
DLT = "dlt, Arrow batches, merge on key"


def _fresh(path: pathlib.Path, copy_of: pathlib.Path | None = None):
    """Puts `path` back to nothing, or to a copy."""
    def do() -> None:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if copy_of is None:
            return
        shutil.copytree(copy_of, path) if copy_of.is_dir() else shutil.copy(copy_of, path)
    return do


def _empty_folder(path: pathlib.Path):
    def do() -> None:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    return do


def duckdb_rows(python: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    def row(name: str, mode: str, csv: str, output: str, start_from: pathlib.Path | None = None) -> Row:
        command = [str(python), str(HERE / "peers" / "ingest_duckdb.py"), mode, str(data / f"{csv}.csv"), str(scratch / output)]
        return Row(name, command, before=_fresh(scratch / output, start_from))

    loaded = scratch / "upsert-loaded.duckdb"
    _fresh(loaded)()
    run_once(row(UPSERT, "upsert", "post_day", "upsert-loaded.duckdb"), scratch / "stdout.txt")
    return [
        row("DuckDB, read_csv into a table", "table", "post_day", "table.duckdb"),
        row(PARQUET, "parquet", "post_day", "loaded.parquet"),
        row(UPSERT, "upsert", "post_day", "upsert.duckdb"),
        row(UPSERT_AGAIN, "upsert", "post_day", "upsert-again.duckdb", loaded),
        row(UPSERT_RESTATED, "upsert", "post_day_restated", "upsert-restated.duckdb", loaded),
        row(UPSERT_DIRTY, "upsert", "post_day_dirty", "upsert-dirty.duckdb"),
    ]


def dlt_rows(python: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    home = scratch / "dlt"
    return [Row(DLT, [str(python), str(HERE / "peers" / "ingest_dlt.py"), str(data / "post_day.csv"), str(home)], before=_empty_folder(home))]


def backcast_rows(binary: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path) -> list[Row]:
    def row(name: str, csv: str, folder: str, start_from: pathlib.Path | None = None, goal: str = "") -> Row:
        command = [str(binary), "ingest", str(data / f"{csv}.csv"), "--workspace", str(scratch / folder), "--threads", "2", "--no-input", "--json"]
        return Row(name, command, goal=goal, before=_fresh(scratch / folder, start_from) if start_from else _empty_folder(scratch / folder))

    loaded = scratch / "workspace-loaded"
    _empty_folder(loaded)()
    run_once(row(FIRST, "post_day", "workspace-loaded"), scratch / "stdout.txt")
    return [
        row(FIRST, "post_day", "workspace", goal="≤ 1.5 × CSV to Parquet, ≥ 4 × faster than dlt, ≤ 400 MiB"),
        row(AGAIN, "post_day", "workspace-again", loaded, "≤ 0.2 s"),
        row(RESTATED, "post_day_restated", "workspace-restated", loaded, "≤ 10 % of the first load"),
        row(DIRTY, "post_day_dirty", "workspace-dirty", goal="read = kept + refused"),
    ]


def check_counts(rows: list[Row], scratch: pathlib.Path) -> list[str]:
    """Loads every file once: counts must close and be the same as those of the SQL; a line per fault."""
    by_name = {row.name: row for row in rows}
    faults = []
    for mine, theirs in ((FIRST, UPSERT), (RESTATED, UPSERT_RESTATED), (DIRTY, UPSERT_DIRTY)):
        output = scratch / "answer.txt"
        run_once(by_name[theirs], output)
        read, kept, refused = (int(word) for word in output.read_text().split()[:3])
        run_once(by_name[mine], output)
        totals = json.loads(output.read_text())["data"]["totals"]
        got = totals["rows_read"], totals["rows_kept"], totals["rows_refused"]
        print(f"bench: {mine}: read, kept, refused {got}, restated {totals['rows_restated']}", file=sys.stderr)
        if got[0] != got[1] + got[2]:
            faults.append(f"{mine}: {got[0]} read is not {got[1]} kept + {got[2]} refused")
        if got != (read, kept, refused):
            faults.append(f"{mine}: read, kept, refused are {got}, the SQL says {(read, kept, refused)}")
    return faults
