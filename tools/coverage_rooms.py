#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lines covered per room from gcovr's JSON summary: a Markdown table, the files below the limit, and 1 when a room is below it.

tools/coverage_rooms.py SUMMARY.json PERCENT; the one-line summary goes to file descriptor 3 when that is open.
"""
import json
import os
import sys


def percent(covered, total):
    return 100 * covered / total if total else 100.0


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        files = json.load(file)["files"]
    limit = float(sys.argv[2])
    rooms = {}
    for entry in files:
        room = rooms.setdefault(entry["filename"].split("/")[1], [0, 0])
        room[0] += entry["line_covered"]
        room[1] += entry["line_total"]
    print("| room | lines | covered |\n|---|---:|---:|")
    for name, (covered, total) in sorted(rooms.items()):
        print(f"| {name} | {total} | {percent(covered, total):.1f} % |")
    covered, total = (sum(room[i] for room in rooms.values()) for i in (0, 1))
    print(f"| all | {total} | {percent(covered, total):.1f} % |\n")
    for entry in sorted(files, key=lambda e: e["line_percent"] or 0):
        if percent(entry["line_covered"], entry["line_total"]) < limit:
            print(f"below {limit:.0f} %: {entry['filename']} {entry['line_covered']} of {entry['line_total']}")
    low = [name for name, room in sorted(rooms.items()) if percent(*room) < limit]
    summary = f"{percent(covered, total):.1f} % of {total} lines" + (f"; below {limit:.0f} %: {' '.join(low)}" if low else "")
    try:
        os.write(3, (summary + "\n").encode())
    except OSError:
        print(summary)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
