# SPDX-License-Identifier: Apache-2.0
"""dlt, Arrow batches, merged on the natural key into DuckDB.  usage: ingest_dlt.py CSV FOLDER"""

import os
import sys

os.environ.update(RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="ERROR", DATA_WRITER__BUFFER_MAX_ITEMS="100000")

import dlt
import pyarrow
import pyarrow.csv

pyarrow.set_cpu_count(2)
source, folder = sys.argv[1:3]


def batches():
    for batch in pyarrow.csv.open_csv(source, read_options=pyarrow.csv.ReadOptions(block_size=16 << 20)):
        yield pyarrow.Table.from_batches([batch])


rows = dlt.resource(batches, name="post_day", write_disposition="merge", primary_key=["platform", "post", "date", "paid"])
pipeline = dlt.pipeline("post_day", destination=dlt.destinations.duckdb(f"{folder}/dlt.duckdb"), dataset_name="bench",
                        pipelines_dir=f"{folder}/pipelines")
pipeline.run(rows)
