# SPDX-License-Identifier: Apache-2.0
"""ChannelAttribution on touches whose paths DuckDB puts together; prints the credits as JSON.

usage: attribution_paths.py touch.parquet"""

import contextlib
import json
import sys

import duckdb

with contextlib.redirect_stdout(sys.stderr):  # it greets whoever imports it
    import ChannelAttribution

paths = duckdb.connect(config={"threads": "2"}).execute(f"""
    with one as (select string_agg(channel, ' > ' order by ts) as path, max(converted::int) as converted, sum(value)::double as value
      from '{sys.argv[1]}' group by customer_id)
    select path, sum(converted)::bigint as converting, sum(value) as value, sum(1 - converted)::bigint as other from one group by path""").df()
with contextlib.redirect_stdout(sys.stderr):
    rules = ChannelAttribution.heuristic_models(paths, "path", "converting", var_value="value", flg_pro=False)
    markov = ChannelAttribution.markov_model(paths, "path", "converting", var_value="value", var_null="other", order=1, seed=1, ncore=2, verbose=False,
                                             flg_pro=False)
names = {"first": "first_touch_conversions", "last": "last_touch_conversions", "linear": "linear_touch_conversions"}
answer = {model: dict(zip(rules["channel_name"], rules[column])) for model, column in names.items() if column in rules}
answer["markov"] = dict(zip(markov["channel_name"], markov.iloc[:, 1]))
print(json.dumps(answer, default=float))
