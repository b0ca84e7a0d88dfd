# SPDX-License-Identifier: Apache-2.0
"""Drives the backcast program in folders of its own; standard library only."""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("BACKCAST", str(ROOT / "build/release/backcast"))
SHARED = pathlib.Path(os.environ.get("BACKCAST_SHARED", ROOT.parent / "shared/data"))


def shared(*parts):
    """A folder or file of the real data, or a skip that says what is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        raise unittest.SkipTest(f"real data are absent: {'/'.join(parts)}")
    return path


def write(path, header, rows):
    """A table as CSV; its folder is made. header: a list, or names with commas between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header.split(",") if isinstance(header, str) else header, *rows])
    return path


def wilson(k, n, z=1.959963984540054):
    """Both ends of the interval of the share k of n."""
    p = k / n
    centre, half = (p + z * z / 2 / n) / (1 + z * z / n), z * (p * (1 - p) / n + z * z / 4 / n / n) ** 0.5 / (1 + z * z / n)
    return centre - half, centre + half


class Case(unittest.TestCase):
    """One test case with a folder of its own."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="backcast-test-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("BACKCAST_")}
        return {**kept, "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(self.folder / "config")}

    def run_program(self, *arguments, code=0, **options):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=options.pop("cwd", self.folder),
                              env={**self.environment(), **options.pop("env", {})}, timeout=240, **options)
        self.assertEqual(done.returncode, code, f"{arguments}\nstdout: {done.stdout[-2000:]!r}\nstderr: {done.stderr[-2000:]!r}")
        return done

    def text(self, *arguments, **options):
        return self.run_program(*arguments, **options).stdout.decode()

    def json(self, *arguments, **options):
        answer = json.loads(self.run_program(*arguments, "--json", **options).stdout)
        self.assert_intervals_say_n(answer, "")
        return answer

    def assert_intervals_say_n(self, answer, where):
        """No interval without the n behind it, in any answer."""
        if isinstance(answer, dict):
            if answer.get("low") is not None or answer.get("high") is not None:
                self.assertGreater(answer.get("n") or 0, 0, f"an interval without its n: {where} {answer}")
            for key, value in answer.items():
                self.assert_intervals_say_n(value, f"{where}.{key}")
        elif isinstance(answer, list):
            for position, value in enumerate(answer):
                self.assert_intervals_say_n(value, f"{where}[{position}]")

    def workspace(self, *files):
        """A new workspace with the files copied into exports/."""
        folder = self.folder / "workspace"
        (folder / "exports").mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / "exports" / pathlib.Path(file).name).write_bytes(pathlib.Path(file).read_bytes())
        return folder

    def facts(self, folder, **facts):
        """Writes canonical files, one per fact: a header and its rows; reads them in."""
        for fact, (header, rows) in facts.items():
            write(folder / f"exports/backcast_{fact}.csv", header, rows)
        self.run_program("ingest", "-q", "--strict", "-w", folder, folder / "exports")
        return folder

    def example_of(self, page, name, files):
        """The text of a page and the workspace that its "Try it" makes by `cat > NAME/FILE`, read in."""
        text = (ROOT / page).read_text()
        found = re.findall(rf"cat > {name}/(\S+) <<'END'\n(.*?)END\n", text, re.S)
        self.assertEqual([file for file, _ in found], files)
        folder = self.folder / name
        (folder / "exports").mkdir(parents=True)
        for file, content in found:
            (folder / file).write_text(content)
        self.run_program("ingest", "-q", "--strict", "-w", folder, folder / "exports")
        return text, folder

    def metrics(self, folder, *arguments):
        """Total values of a score by metric id."""
        answer = self.json("score", "-w", folder, *arguments)
        return {m["id"]: m["value"] for m in answer["data"]["metrics"] if not m["group"]}


def main(module):
    """--list names the cases; one argument runs one case, exit code 77 when it was skipped."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    names = {test.id().removeprefix(module + "."): test for group in suite for test in group}
    if sys.argv[1:] == ["--list"]:
        print("\n".join(sorted(names)))
        return 0
    chosen = unittest.TestSuite(names[name] for name in sys.argv[1:]) if sys.argv[1:] else unittest.TestSuite(names.values())
    result = unittest.TextTestRunner(verbosity=2).run(chosen)
    if result.skipped and not result.failures and not result.errors and len(result.skipped) == result.testsRun:
        return 77
    return 0 if result.wasSuccessful() else 1
