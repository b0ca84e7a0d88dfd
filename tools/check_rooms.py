#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that every #include under src/ follows tools/rooms.txt, whose order is the order in which data flows."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
ROOT = ROOT if ROOT.is_dir() else ROOT.parent.parent
TYPE = re.compile(r'^(?:struct|class|enum class) ([A-Z]\w+)(?: final)?\s*[:{]', re.M)
SPACE = re.compile(r'^namespace ([\w:]+)', re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s+"([a-z_0-9]+)/', re.M)


def rooms(text):
    allowed = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        room, _, names = line.partition(":")
        later = [name for name in names.split() if name not in allowed]
        if later:
            sys.exit(f"tools/rooms.txt:{number}: {room} names {later[0]}, which comes later or is unknown; data flows one way")
        allowed[room.strip()] = set(names.split()) | {room.strip()}
    return allowed


def main():
    allowed = rooms((ROOT / "tools/rooms.txt").read_text())
    faults = []
    types = {}
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        room = path.relative_to(ROOT / "src").parts[0]
        if room not in allowed:
            faults.append(f"{path.relative_to(ROOT)}: folder {room} is not a room of tools/rooms.txt")
            continue
        text = path.read_text()
        if path.suffix == ".h":
            # Two types of one name in one namespace destroy each other's objects at run time, and no linker says so.
            space = SPACE.search(text)
            for name in TYPE.findall(text):
                known = types.setdefault((space and space.group(1), name), path)
                if known != path:
                    faults.append(f"{path.relative_to(ROOT)}: type {name} is also in {known.relative_to(ROOT)}; rename one")
        for match in INCLUDE.finditer(text):
            other = match.group(1)
            if other in allowed and other not in allowed[room]:
                line = text.count("\n", 0, match.start()) + 1
                faults.append(f"{path.relative_to(ROOT)}:{line}: {room} may not include {other}; see tools/rooms.txt")
    print("\n".join(faults) if faults else f"{len(allowed)} rooms, every include follows the list")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
