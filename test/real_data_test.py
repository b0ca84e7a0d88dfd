#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Real exports: recognised, and their known figures come out exactly; a second ingest changes nothing."""
import csv
import sys

import harness


def column_sum(paths, name):
    total = 0
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as file:
            total += sum(float(row[name]) for row in csv.DictReader(file))
    return total


class RealData(harness.Case):
    def ingest_twice(self, folder, *options):
        first = self.json("ingest", "-w", folder, folder / "exports", *options)
        for file in first["data"]["files"]:
            self.assertEqual(file["rows_read"], file["rows_kept"] + file["rows_refused"], file)
        second = self.json("ingest", "-w", folder, folder / "exports", *options)
        for file in second["data"]["files"]:
            self.assertEqual(file["rows_unchanged"], file["rows_kept"], file)
        return first

    def test_x_posts_and_days_are_two_grains(self):
        posts = sorted(harness.shared("x-analytics-lisadebruine").glob("tweet_*.csv"))
        days = sorted(harness.shared("x-analytics-lisadebruine").glob("daily_*.csv"))
        folder = self.workspace(*posts, *days)
        answer = self.ingest_twice(folder)
        self.assertEqual({f["source"] for f in answer["data"]["files"]}, {"x_posts", "x_daily"})
        values = {k: v["value"] for k, v in self.metrics(folder).items()}
        self.assertEqual(values["posts_lifetime"], 1439)
        self.assertEqual(values["impressions_lifetime"], 3223116)
        self.assertEqual(values["impressions_lifetime"], column_sum(posts, "impressions"))
        self.assertEqual(values["account_impressions"], 3228731)
        self.assertNotIn(3223116 + 3228731, values.values())

    def test_x_months_equal_the_files(self):
        posts = sorted(harness.shared("x-analytics-lisadebruine").glob("tweet_*.csv"))
        folder = self.workspace(*posts)
        self.json("ingest", "-w", folder, folder / "exports")
        answer = self.json("score", "-w", folder, "--metric", "impressions_lifetime", "--by", "month")
        got = sorted(m["value"]["value"] for m in answer["data"]["metrics"] if m["group"])
        self.assertEqual(got, sorted([423290, 393479, 551679, 774022, 508212, 572434]))

    def test_youtube_days_and_geography(self):
        folder = self.workspace(*harness.shared("youtube-studio-geography-codingtrain").glob("*.csv"))
        self.ingest_twice(folder, "--account", "codingtrain")
        totals = {m["value"]["value"] for m in self.json("score", "-w", folder)["data"]["metrics"] if not m["group"]}
        self.assertIn(15503810, totals)
        self.assertIn(14344009, totals)

    def test_uci_facebook_posts(self):
        folder = self.workspace(harness.shared("uci-facebook-metrics", "dataset_Facebook.csv"))
        answer = self.ingest_twice(folder, "--account", "cosmetics", "--year", "2014")
        self.assertEqual(answer["data"]["totals"]["rows_kept"], 500)
        values = {k: v["value"] for k, v in self.metrics(folder).items()}
        self.assertEqual(values["posts_lifetime"], 500)
        self.assertEqual(values["impressions_lifetime"], 14792974)

    def test_every_connector_table_is_named_as_unknown_or_read(self):
        for path in sorted(harness.shared("fivetran-facebook-pages").glob("*.csv")):
            done = self.run_program("sources", "detect", path, code=3)
            self.assertIn("backcast:", done.stderr.decode())


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
