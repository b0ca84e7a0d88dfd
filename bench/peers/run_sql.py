# SPDX-License-Identifier: Apache-2.0
"""Runs one statement in DuckDB and writes its rows as CSV to stdout.  usage: run_sql.py SQL_FILE [DATABASE]"""

import csv
import pathlib
import sys

import duckdb

con = duckdb.connect(sys.argv[2], read_only=True, config={"threads": "2"}) if len(sys.argv) > 2 else duckdb.connect(config={"threads": "2"})
result = con.execute(pathlib.Path(sys.argv[1]).read_text())
writer = csv.writer(sys.stdout)
writer.writerow([column[0] for column in result.description])
writer.writerows(result.fetchall())
