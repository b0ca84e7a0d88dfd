# SPDX-License-Identifier: Apache-2.0
"""B: credit of conversions to channels from about three million touches, by Backcast and by ChannelAttribution."""

import json
import pathlib
import subprocess

from measure import Row, run_once

HERE = pathlib.Path(__file__).parent
BACKCAST = "`backcast attribute`, all models, Parquet"
RESAMPLED = "`backcast attribute`, 1,000 resamples of all models"
LAKE = "`backcast attribute`, all models, a workspace"
CSV = "`backcast attribute`, all models, CSV"
PEER = "ChannelAttribution, paths prepared in SQL"


def make_data(binary: pathlib.Path, python: pathlib.Path, data: pathlib.Path, scale: float) -> pathlib.Path:
    """The table of touches, and beside it a workspace that holds the same."""
    file, workspace = data / "touch.parquet", data / "touches"
    if not (data / "touch.csv").exists():
        subprocess.run([python, HERE / "touches.py", file, str(scale)], check=True)
    if not (workspace / ".backcast").exists():
        subprocess.run([binary, "ingest", "-w", workspace, workspace / "exports"], check=True, stdout=subprocess.DEVNULL)
    return file


def backcast(binary: pathlib.Path, file: pathlib.Path) -> list[Row]:
    def row(name: str, source: pathlib.Path, resamples: int) -> Row:
        return Row(name, [str(binary), "attribute", "--paths", str(source), "--most-channels", "12", "--resamples", str(resamples),
                          "--most-touches", "0", "--threads", "2", "--json"])
    lake = Row(LAKE, [str(binary), "attribute", "-w", str(file.parent / "touches"), "--by", "channel", "--period", "2024-01-31..2026-12-31",
                      "--most-channels", "12", "--resamples", "0", "--threads", "2", "--json"])
    return [row(BACKCAST, file, 0), lake, row(RESAMPLED, file, 1000), row(CSV, file.with_suffix(".csv"), 0)]


def peer(python: pathlib.Path, file: pathlib.Path) -> list[Row]:
    return [Row(PEER, [str(python), str(HERE / "peers" / "attribution_paths.py"), str(file)])]


def agree(rows: list[Row], scratch: pathlib.Path) -> list[str]:
    """First, last and linear credit of both must be equal; Markov is a simulation there and is only compared."""
    answers = {}
    for row in rows:
        if row.name in (BACKCAST, PEER):
            run_once(row, scratch / "answer.json")
            answers[row.name] = json.loads((scratch / "answer.json").read_text())
    if len(answers) < 2:
        return []
    mine = {model["model"]: {c["channel"]: c["credit"] for c in model["channels"]} for model in answers[BACKCAST]["data"]["models"]}
    faults = []
    for model, credits in answers[PEER].items():
        tolerance = 0.5 if model == "markov" else 1e-6
        for channel, credit in credits.items():
            if abs(mine[model][channel] - credit) > tolerance * max(1, abs(credit)):
                faults.append(f"{model} of {channel}: {mine[model][channel]} and {credit}")
    return faults
