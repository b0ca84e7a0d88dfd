#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Several processes on one workspace, and processes killed at any moment."""
import os
import random
import signal
import subprocess
import sys
import time

import harness


def costs(seed, lines=400):
    rows = [f"2026-{1 + i % 6:02}-{1 + (i * 7 + seed) % 28:02},channel {i % 5},labour,{1 + i % 9}.25,EUR,file {seed} line {i}" for i in range(lines)]
    return "date,channel,kind,amount,currency,note\n" + "\n".join(rows) + "\n"


def amount(seed, lines=400):
    return sum(1 + i % 9 + 0.25 for i in range(lines))


class Concurrency(harness.Case):
    def start(self, *arguments):
        return subprocess.Popen([harness.PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=self.environment(), cwd=self.folder)

    def total(self, folder):
        return self.metrics(folder, "--period", "2026")["other_cost"]["value"]

    def test_two_ingests_and_three_scores_at_once(self):
        folder = self.workspace()
        (folder / "exports/first.csv").write_text(costs(0))
        self.run_program("ingest", "-w", folder, folder / "exports")
        before = self.total(folder)
        (folder / "a.csv").write_text(costs(1))
        (folder / "b.csv").write_text(costs(2))
        running = [self.start("ingest", "-w", folder, folder / name) for name in ("a.csv", "b.csv")]
        running += [self.start("score", "-w", folder, "--json") for _ in range(3)]
        for process in running:
            out, err = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, err.decode())
        self.assertAlmostEqual(self.total(folder), before + amount(1) + amount(2), places=6)

    def test_killed_at_any_moment(self):
        rounds = int(os.environ.get("BACKCAST_KILLS", "12"))
        folder = self.workspace()
        (folder / "exports/first.csv").write_text(costs(0))
        self.run_program("ingest", "-w", folder, folder / "exports")
        acknowledged, one = self.total(folder), amount(1)
        random.seed(4)
        for number in range(1, rounds + 1):
            path = folder / f"{number}.csv"
            path.write_text(costs(number))
            command = ("lake", "compact") if number % 4 == 0 else ("ingest", path)
            process = self.start(*command, "-w", folder)
            time.sleep(random.uniform(0, 0.25))
            process.send_signal(signal.SIGKILL)
            _, _ = process.communicate()
            now = self.total(folder)
            allowed = {acknowledged, acknowledged + one} if command[0] == "ingest" else {acknowledged}
            self.assertTrue(any(abs(now - value) < 1e-6 for value in allowed), f"round {number}: {now} is none of {allowed}")
            if command[0] == "ingest":
                self.run_program("ingest", "-w", folder, path)
                acknowledged += one
                self.assertAlmostEqual(self.total(folder), acknowledged, places=6)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
