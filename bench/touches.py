# SPDX-License-Identifier: Apache-2.0
"""Makes the touches of part B: 600 k persons, about 3 M touches on 12 channels, one in ten persons converts. Pure SQL on
hashes of row numbers: the same rows for every machine and thread count.

usage: touches.py FILE.parquet SCALE"""

import pathlib
import sys

CHANNELS = ["facebook", "instagram", "x", "linkedin", "youtube", "tiktok", "pinterest", "google_ads", "meta_ads",
            "email", "organic_search", "direct"]
# How often a person meets a channel, and what one touch of it does for the chance to convert.
WEIGHTS = [.16, .15, .07, .05, .07, .10, .03, .11, .09, .06, .07, .04]
EFFECTS = [.020, .026, .012, .022, .018, .030, .008, .060, .045, .070, .050, .040]


def statements(file: str, scale: float) -> list[str]:
    persons = round(600_000 * scale)
    steps, sum_so_far = [], 0.0
    for number, weight in enumerate(WEIGHTS[:-1]):
        sum_so_far += weight
        steps.append(f"when x < {sum_so_far:.2f} then {number}")
    pick = "case " + " ".join(steps) + f" else {len(WEIGHTS) - 1} end"
    names = ", ".join(f"'{name}'" for name in CHANNELS)
    effects = ", ".join(str(effect) for effect in EFFECTS)
    return [
        "create macro u(i, k) as (hash(i::bigint * 1009 + k) >> 11)::double / 9007199254740992.0",
        f"create macro pick(x) as ({pick})",
        f"""create table person as select i as person, least(30, 1 + floor(ln(1 - u(i, 61)) / ln(0.8)))::int as touches,
              pick(u(i, 62)) as favourite, (u(i, 63) * 690 * 86400)::bigint as start, u(i, 64) as luck,
              round(20 + 180 * u(i, 65) * u(i, 66), 2) as worth from range({persons}) t(i)""",
        # A touch is on the favourite channel, on the one of the touch before, or on any.
        """create table step as select person, touches, place, luck, worth, start,
              (case when u(n, 71) < 0.35 then favourite when u(n, 71) > 0.85 and place > 0 then pick(u(n - 1, 72))
                 else pick(u(n, 72)) end)::int as channel,
              case when place = 0 then 0 else 1 + (-ln(1 - u(n, 73)) * 1.7 * 86400)::bigint end as gap
            from (select *, person * 32 + place as n from person, unnest(range(touches)) r(place))""",
        f"""create table timed as select person, place, touches, channel, worth,
              start + sum(gap) over (partition by person order by place) as second,
              luck < least(0.9, 0.55 * sum([{effects}][1 + channel]) over (partition by person)) as converts from step""",
        f"""copy (select 'c' || lpad(person::varchar, 7, '0') as customer_id,
              timestamp '2024-01-01' + to_seconds(second) as ts, [{names}][1 + channel] as channel,
              converts and place = touches - 1 as converted,
              (case when converts and place = touches - 1 then worth else 0 end)::decimal(12, 2) as value
            from timed order by second, person) to '{file}' (format parquet, compression zstd)""",
    ]


def main() -> None:
    file, scale = pathlib.Path(sys.argv[1]), float(sys.argv[2])
    if sys.argv[3:] == ["--sql"]:
        print(";\n".join(statements(str(file), scale)) + ";")
        return
    import duckdb
    con = duckdb.connect(config={"threads": "2"})
    for statement in statements(str(file), scale):
        con.execute(statement)
    con.execute(f"copy (from '{file}') to '{file.with_suffix('.csv')}' (header)")
    exports = file.parent / "touches" / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    row = "select row_number() over () as {0}, customer_id as person, ts as {1}, ts::date as date"
    con.execute(f"""copy ({row.format('touch_id', 'touched_at')}, channel from '{file}')
                    to '{exports}/backcast_touch.csv' (header)""")
    con.execute(f"""copy ({row.format('conversion_id', 'converted_at')}, value from '{file}' where converted)
                    to '{exports}/backcast_conversion.csv' (header)""")


main()
