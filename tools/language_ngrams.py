#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the language data of the npm package eld into lines that the program reads.

tools/language_ngrams.py PACKAGE OUT; the first lines name the languages, one each: code, a tab, the average score of a right verdict. Behind
an empty line stands one n-gram a line: its bytes in hex, then language number and weight in pairs.
"""
import pathlib
import re
import sys

SIZE = "small"


def letters(package):
    """The package writes bytes over 127 as single characters: here is which byte each stands for."""
    listing = (package / "src/dictionary.js").read_text(encoding="utf-8").split("dictionary = [")[1]
    signs = [second or first.encode().decode("unicode_escape") for first, second in re.findall(r"'(\\.)'|'(.)'", listing)]
    if len(signs) != 256:
        sys.exit(f"language_ngrams: dictionary.js names {len(signs)} bytes, expected 256")
    return {sign: byte for byte, sign in enumerate(signs) if byte > 127 and sign != " "}


def grams(text):
    """(name, pairs) of every entry of an object literal whose keys may be quoted."""
    entry = re.compile(r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s'",:{}]+)):\{([0-9:,]*)\}""")
    for match in entry.finditer(text):
        name = match.group(1) or match.group(2) or match.group(3)
        yield name.replace("\\'", "'").replace("\\\\", "\\"), match.group(4)


def main():
    package, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    sign_bytes = letters(package)
    averages = dict(re.findall(r"'(\w\w)': ([0-9.]+)", (package / "src/avgScore.js").read_text(encoding="utf-8")))
    data = (package / f"src/ngrams/{SIZE}.js").read_text(encoding="utf-8")
    head, _, body = data.partition("ngrams:{")
    languages = re.findall(r"\d+:'(\w\w)'", head)
    lines = [f"{code}\t{averages[code]}" for code in languages] + [""]
    listed = []
    for name, pairs in grams(body):
        raw = b"".join(bytes([sign_bytes[sign]]) if sign in sign_bytes else sign.encode("ascii") for sign in name)
        listed.append(f"{raw.hex()} {pairs.replace(':', ' ').replace(',', ' ')}")
    if len(listed) != len(set(listed)) or len(listed) < 40000:
        sys.exit(f"language_ngrams: read {len(listed)} n-grams, which cannot be right")
    out.write_text("\n".join(lines + sorted(listed)) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
