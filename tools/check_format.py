#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that every C++ file reads as the pinned formatter would write it; `--fix` writes it so."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FORMATTER = "clang-format-19"
FOLDERS = ("src", "test", "fuzz", "bench", "truth")

files = sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in (".cc", ".h"))
how = ["-i"] if "--fix" in sys.argv[1:] else ["--dry-run", "--Werror"]
try:
    code = subprocess.run([FORMATTER, *how, *files], cwd=ROOT).returncode
except FileNotFoundError:
    sys.exit(f"check_format: {FORMATTER} is missing; script/setup installs it")
if code != 0:
    sys.exit("check_format: the places above differ; tools/check_format.py --fix writes them")
print(f"check_format: {len(files)} files read as {FORMATTER} writes them")
