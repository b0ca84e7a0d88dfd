# SPDX-License-Identifier: Apache-2.0
"""Results as Markdown: seconds for the curious, paired ratios for everybody."""

import datetime
import pathlib
import platform
import subprocess

from measure import Row, ratio


def machine() -> str:
    """Words about the machine, without its name."""
    model = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    kilobytes = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    cores = sum(line.startswith("processor") for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines())
    return f"{cores} cores ({model}), {kilobytes / 1024**2:.0f} GiB, Linux {platform.release().split('-')[0]}"


def commit(root: pathlib.Path) -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def head(root: pathlib.Path, scale: float, rounds: int, load: float) -> str:
    return (f"{machine()}; load at the start {load:.1f}; {datetime.date.today()}; commit {commit(root)}; scale {scale:g}; "
            f"{rounds} interleaved rounds after a warm-up; whole processes, at most two threads each.")


def table(rows: list[Row], references: list[Row]) -> str:
    """One line per row; `references` become columns with row / reference, round by round."""
    titles = ["who", "wall s, min / median", "CPU s", "peak MiB"] + [f"× {reference.name}" for reference in references]
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    for row in rows:
        cells = [row.name, f"{min(row.wall()):.2f} / {sorted(row.wall())[len(row.rounds) // 2]:.2f}", f"{row.cpu():.2f}", f"{row.peak():.0f}"]
        for reference in references:
            middle, low, high = ratio(row, reference)
            cells.append("1" if row is reference else f"{middle:.2f} ({low:.2f} to {high:.2f})")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def goals(checks: list[tuple[str, str, bool]]) -> str:
    """(goal, result, met)."""
    lines = ["| goal | here | |", "|---|---|---|"]
    lines += [f"| {goal} | {result} | {'met' if met else 'missed'} |" for goal, result, met in checks]
    return "\n".join(lines)


def put(path: pathlib.Path, section: str, text: str) -> None:
    """Replaces what stands between the marks of `section` in the page; words of people around them stay."""
    begin, end = f"<!-- {section}: measured -->", f"<!-- {section}: end -->"
    page = path.read_text()
    before, rest = page.split(begin, 1)
    path.write_text(before + begin + "\n" + text + "\n" + end + rest.split(end, 1)[1])
