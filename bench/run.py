# SPDX-License-Identifier: Apache-2.0
"""Benchmarks of Backcast beside what else could do the work: A the scorecard, B attribution, C the loading of
a CSV.

script/bench [--only A|B|C] [--scale 0.1] [--rounds 5] [--write]"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

import attribution
import environments
import loading
import page
import scorecard
from measure import Row, interleave, ratio

ROOT = pathlib.Path(__file__).resolve().parent.parent


def find(rows: list[Row], name: str) -> Row | None:
    return next((row for row in rows if row.name == name and row.rounds), None)


def at_most(rows: list[Row], name: str, reference: str, limit: float, words: str) -> list[tuple[str, str, bool]]:
    """The goal that row / reference stays under a limit; nothing when one of them is not there."""
    row, other = find(rows, name), find(rows, reference)
    if row is None or other is None:
        return []
    middle = ratio(row, other)[0]
    shown = f"{1 / middle:.1f} × faster" if limit < 1 and middle < 1 else f"{middle:.2f} ×"
    return [(words, shown, middle <= limit)]


def below(value: float, limit: float, unit: str, words: str) -> tuple[str, str, bool]:
    return words, f"{value:.3g} {unit}", value <= limit


def bench_scorecard(place: "Place") -> str:
    rows = []
    tools = environments.ensure("metricflow", place.folder)
    if tools:
        rows += scorecard.metricflow(tools, place.python, place.data, place.scratch)
    rows += scorecard.hand_written(place.python, place.data, place.scratch)
    rows += scorecard.backcast(place.binary, place.python, place.data, place.scratch)
    wrong = scorecard.agree(rows, place.scratch)
    rows = interleave(rows, place.rounds, place.scratch)
    mine = find(rows, scorecard.BACKCAST)
    text = ["All answers agree: sums exactly, ratios to 1e-9." if not wrong else "**Answers differ:** " + "; ".join(wrong) + "."]
    text.append(page.table(rows, [mine] if mine else []))
    if mine:
        checks = at_most(rows, mine.name, scorecard.METRICFLOW, 1 / 10, "≥ 10 × faster than `mf query`")
        checks += at_most(rows, mine.name, scorecard.METRICFLOW_SQL, 1 / 5, "≥ 5 × faster than MetricFlow's own SQL")
        checks += at_most(rows, mine.name, scorecard.LAKE, 1.2, "≤ 1.2 × the best hand-written plan on the same storage")
        checks.append(below(mine.peak(), 250, "MiB", "≤ 250 MiB"))
        text.append(page.goals(checks))
    return "\n\n".join(text)


def bench_attribution(place: "Place") -> str:
    file = attribution.make_data(place.binary, place.python, place.data, place.scale)
    rows = attribution.backcast(place.binary, file)
    tools = environments.ensure("channelattribution", place.folder)
    if tools:
        rows += attribution.peer(tools / "python", file)
    wrong = attribution.agree(rows, place.scratch)
    rows = interleave(rows, place.rounds, place.scratch)
    mine, resampled, lake = (find(rows, name) for name in (attribution.BACKCAST, attribution.RESAMPLED, attribution.LAKE))
    text = ["First, last and linear credit agree." if not wrong else "**Answers differ:** " + "; ".join(wrong[:5]) + "."]
    text.append(page.table(rows, [mine] if mine else []))
    if mine and resampled and lake:
        checks = at_most(rows, mine.name, attribution.PEER, 1 / 20, "≥ 20 × faster than ChannelAttribution, from a Parquet file")
        checks += at_most(rows, attribution.LAKE, attribution.PEER, 1 / 20, "≥ 20 × faster than ChannelAttribution, from a workspace")
        checks += at_most(rows, resampled.name, attribution.PEER, 1, "1,000 resamples in the time of its one estimate")
        checks.append(below(sorted(resampled.wall())[len(resampled.rounds) // 2], 7, "s", "1,000 resamples of all models ≤ 7 s"))
        checks.append(below(max(mine.peak(), resampled.peak(), lake.peak()), 200, "MiB", "≤ 200 MiB"))
        text.append(page.goals(checks))
    return "\n\n".join(text)


def bench_loading(place: "Place") -> str:
    rows = loading.duckdb_rows(place.python, place.data, place.scratch)
    dlt = environments.ensure("dlt", place.folder)
    if dlt:
        rows += loading.dlt_rows(dlt / "python", place.data, place.scratch)
    rows += loading.backcast_rows(place.binary, place.data, place.scratch)
    wrong = loading.check_counts(rows, place.scratch)
    rows = interleave(rows, place.rounds, place.scratch)
    first, again, restated = (find(rows, name) for name in (loading.FIRST, loading.AGAIN, loading.RESTATED))
    text = ["Counts close and are those of the SQL." if not wrong else "**Counts differ:** " + "; ".join(wrong) + "."]
    text.append(page.table(rows, [first] if first else []))
    if first and again and restated:
        checks = at_most(rows, first.name, loading.PARQUET, 1.5, "≤ 1.5 × raw CSV to Parquet")
        checks += at_most(rows, first.name, loading.DLT, 1 / 4, "≥ 4 × faster than dlt merge")
        checks.append(below(max(row.peak() for row in rows if row.name.startswith("`backcast")), 400, "MiB", "≤ 400 MiB"))
        checks.append(below(sorted(again.wall())[len(again.rounds) // 2], 0.2, "s", "the same file again ≤ 0.2 s"))
        checks += at_most(rows, restated.name, first.name, 0.1, "1 % restated ≤ 10 % of the first load")
        text.append(page.goals(checks))
    return "\n\n".join(text)


class Place:
    """Where things are; makes the data when they are not there."""

    def __init__(self, options: argparse.Namespace):
        self.folder = pathlib.Path(options.folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.binary = pathlib.Path(options.binary).resolve()
        self.rounds = options.rounds
        self.scale = options.scale
        if not self.binary.exists():
            sys.exit(f"bench: there is no {self.binary}; run script/bench, or build the preset release")
        tools = environments.ensure("duckdb", self.folder)
        if tools is None:
            sys.exit("bench: without DuckDB from PyPI there is no data to measure on")
        self.python = tools / "python"
        self.data = self.folder / f"data-{options.scale:g}"
        self.scratch = self.folder / f"scratch-{options.scale:g}"
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()
        self.data.mkdir(exist_ok=True)
        if options.only != "B" and not (self.data / "ready").exists():  # B makes its own
            print("bench: making the data", file=sys.stderr)
            subprocess.run([self.python, ROOT / "bench" / "data.py", self.data, str(options.scale)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["A", "B", "C"], help="one part")
    parser.add_argument("--scale", type=float, default=1, help="size of the data (default 1: 2 M post-days, 5 M sessions, 30 k orders)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--write", action="store_true", help="put the results into docs/performance.md")
    parser.add_argument("--folder", default=ROOT / ".deps" / "bench", help="for environments and data")
    parser.add_argument("--binary", default=ROOT / "build" / "release" / "backcast")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    place = Place(options)
    for part, title, bench in (("A", "A. Scorecard", bench_scorecard), ("B", "B. Attribution", bench_attribution), ("C", "C. Ingest", bench_loading)):
        if options.only not in (None, part):
            continue
        text = page.head(ROOT, options.scale, options.rounds, load) + "\n\n" + bench(place)
        print(f"## {title}\n\n{text}\n", flush=True)
        if options.write:
            page.put(ROOT / "docs" / "performance.md", part, text)


main()
