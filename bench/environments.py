# SPDX-License-Identifier: Apache-2.0
"""Python environments of the peers, from PyPI, pinned. What cannot be had is said and left out."""

import pathlib
import subprocess
import sys

PACKAGES = {
    "duckdb": ["duckdb==1.4.4", "pyarrow==22.0.0", "numpy<3"],
    "dlt": ["duckdb==1.4.4", "pyarrow==22.0.0", "numpy<3", "dlt[duckdb]==1.31.0"],
    "channelattribution": ["duckdb==1.4.4", "pandas<3", "numpy<3", "cython", "matplotlib", "setuptools>=77", "channelattribution==2.2.5"],
    "metricflow": ["dbt-core<1.12", "dbt-metricflow==0.15.0", "dbt-duckdb", "duckdb==1.4.4"],
}


def ensure(name: str, folder: pathlib.Path) -> pathlib.Path | None:
    """The `bin` folder of the environment, made when it is not there; None, with a line on stderr, when it cannot be."""
    home = folder / f"env-{name}"
    ready = home / "ready"
    wanted = "\n".join(PACKAGES[name])
    if ready.exists() and ready.read_text() == wanted:
        return home / "bin"
    print(f"bench: setting up {name}", file=sys.stderr)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(home)],
        [str(home / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", *PACKAGES[name]],
    ):
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            print(f"bench: without {name}: {last}", file=sys.stderr)
            return None
    ready.write_text(wanted)
    return home / "bin"
