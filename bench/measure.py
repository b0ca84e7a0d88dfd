# SPDX-License-Identifier: Apache-2.0
"""Whole processes, timed from outside, in interleaved rounds: every row sees the same neighbours and the same weather."""

import dataclasses
import os
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable


@dataclasses.dataclass
class Row:
    """One contender. `before` prepares its files and is not timed; `rounds` fills with (wall s, CPU s, peak MiB)."""

    name: str
    command: list[str]
    cwd: pathlib.Path | None = None
    env: dict[str, str] = dataclasses.field(default_factory=dict)
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    goal: str = ""
    rounds: list[tuple[float, float, float]] = dataclasses.field(default_factory=list)

    def wall(self) -> list[float]:
        return [wall for wall, _, _ in self.rounds]

    def cpu(self) -> float:
        return statistics.median(cpu for _, cpu, _ in self.rounds)

    def peak(self) -> float:
        return max(peak for _, _, peak in self.rounds)


class Failed(Exception):
    """A contender that ended with another code than 0."""


def run_once(row: Row, output: pathlib.Path) -> tuple[float, float, float]:
    """Runs the row's command, stdout into `output`; wall, CPU and peak memory are those of the process and its children."""
    if row.before:
        row.before()
    errors = output.with_suffix(".err")
    with open(output, "wb") as out, open(errors, "wb") as err:
        start = time.perf_counter()
        process = subprocess.Popen(row.command, stdout=out, stderr=err, cwd=row.cwd, env={**os.environ, **row.env})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = " / ".join(errors.read_text(errors="replace").strip().splitlines()[-3:])
        raise Failed(f"{row.name}: exit {process.returncode}: {tail[-400:]}")
    if row.after:
        row.after()
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def interleave(rows: list[Row], rounds: int, scratch: pathlib.Path) -> list[Row]:
    """One warm-up round, then `rounds` that count. A row that fails is said and left out. Returns the rows that ran."""
    alive = list(rows)
    for turn in range(rounds + 1):
        for row in list(alive):
            try:
                sample = run_once(row, scratch / "stdout.txt")
            except Failed as failure:
                print(f"bench: left out: {failure}", file=sys.stderr)
                alive.remove(row)
                continue
            if turn > 0:
                row.rounds.append(sample)
        print(f"bench: round {turn} of {rounds}", file=sys.stderr)
    return alive


def ratio(row: Row, reference: Row) -> tuple[float, float, float]:
    """Median, least and greatest of row / reference, taken round by round."""
    pairs = [mine / theirs for mine, theirs in zip(row.wall(), reference.wall())]
    return statistics.median(pairs), min(pairs), max(pairs)
