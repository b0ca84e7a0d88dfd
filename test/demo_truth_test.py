#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main job on the simulated brand: what score says is what is true in its world, and the report tells it."""
import csv
import datetime
import json
import sys

import harness


class DemoTruth(harness.Case):

    def brand(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        answer = self.json("ingest", "-w", folder, folder / "exports", folder / "costs.csv")
        self.assertEqual(answer["findings"], [])
        return folder, json.loads((folder / "truth.json").read_text())

    def costs_but_media(self, folder):
        with open(folder / "costs.csv", newline="") as file:
            return sum(float(row["amount"]) for row in csv.DictReader(file) if row["kind"] != "media")

    def test_score_equals_the_truth(self):
        folder, truth = self.brand()
        exports = truth["exports"]
        period = f'{truth["period"]["from"]}..{truth["period"]["to"]}'
        expected = {
            "orders": exports["shop"]["orders"] - exports["shop"]["cancelled"],
            "revenue_net": exports["shop"]["revenue_net_cents"] / 100,
            "leads": exports["crm"]["contacts"],
            "opt_ins": exports["letters"]["confirmed"],
            "ad_spend": sum(ads["spend_cents"] for ads in exports["ads"].values()) / 100,
            "ad_impressions": sum(ads["impressions"] for ads in exports["ads"].values()),
            "other_cost": self.costs_but_media(folder),
        }
        values = self.metrics(folder, "--metric", ",".join(expected), "--period", period, "--compare", "none")
        for metric, value in expected.items():
            self.assertAlmostEqual(values[metric]["value"], value, places=6, msg=metric)
        # YouTube's table also has films older than the world and films without a day, which no period can claim.
        for platform in ("x", "facebook", "instagram"):
            posts = exports["posts"][platform]
            values = self.metrics(folder, "--metric", "posts_lifetime,reactions_lifetime", "--where", f"platform={platform}",
                                  "--period", period, "--compare", "none")
            self.assertEqual(values["posts_lifetime"]["value"], posts["rows"], platform)
            self.assertEqual(values["reactions_lifetime"]["value"], posts["likes"], platform)
        month = f'{truth["last_month"]["from"]}..{truth["last_month"]["to"]}'
        social = truth["social"]["last_month"]
        card = {m["id"]: m for m in self.json("score", "-w", folder, "--period", month)["data"]["metrics"]}
        self.assertAlmostEqual(card["o_sales"]["value"]["value"], social["revenue_net_with_source_cents"] / 100, places=6)
        self.assertEqual(card["k_visit"]["value"]["value"], social["targeted_sessions"])
        for node, verdict in truth["expected_verdicts"].items():
            if node in ("k_visit", "k_cart"):
                self.assertEqual(card[node]["verdict"], verdict, node)

    def test_parts_of_a_breakdown_sum_to_the_whole(self):
        folder, truth = self.brand()
        period = f'{truth["period"]["from"]}..{truth["period"]["to"]}'
        for metric, dimension in (("orders", "channel_group"), ("ad_spend", "platform"), ("leads", "month"), ("posts_lifetime", "platform")):
            lines = self.json("score", "-w", folder, "--metric", metric, "--by", dimension, "--period", period, "--compare", "none")["data"]["metrics"]
            parts = sum(m["value"]["value"] for m in lines if m["group"])
            whole = [m["value"]["value"] for m in lines if not m["group"]]
            self.assertEqual(len(whole), 1, metric)
            self.assertAlmostEqual(parts, whole[0], places=6, msg=metric)

    def test_every_export_is_recognised_and_a_second_read_changes_nothing(self):
        folder, _ = self.brand()
        again = self.json("ingest", "-w", folder, folder / "exports", folder / "costs.csv")
        self.assertEqual(again["data"]["totals"]["rows_unchanged"], again["data"]["totals"]["rows_kept"])
        self.assertEqual(again["data"]["totals"]["rows_restated"], 0)

    def test_a_restatement_is_reported_and_older_days_stay_as_they_were(self):
        folder = self.workspace()
        (folder / "costs.csv").write_text("date,channel,kind,amount,currency,note\n2026-03-01,x,tools,10,EUR,a\n")
        self.run_program("ingest", "-w", folder, folder / "costs.csv")
        first = self.metrics(folder, "--metric", "other_cost", "--period", "2026-03")["other_cost"]["value"]
        (folder / "costs.csv").write_text("date,channel,kind,amount,currency,note\n2026-03-01,x,tools,12,EUR,a\n")
        receipt = self.json("ingest", "-w", folder, folder / "costs.csv")["data"]["files"][0]
        self.assertEqual(receipt["rows_restated"], 1)
        self.assertAlmostEqual(receipt["restated_by"]["amount"], 2)
        self.assertEqual(first, 10)
        self.assertEqual(self.metrics(folder, "--metric", "other_cost", "--period", "2026-03")["other_cost"]["value"], 12)
        # Before the first load there was nothing; what lies between two loads is tested in the lake, whose clock can be set.
        done = self.run_program("score", "-w", folder, "--metric", "other_cost", "--period", "2026-03", "--as-of", "2020-01-01", code=3)
        self.assertIn("no data yet", done.stderr.decode())

    def test_what_the_doctor_says_of_the_brand_is_true_of_it(self):
        def noon(day):
            return {"SOURCE_DATE_EPOCH": str(int(datetime.datetime.fromisoformat(day + "T12:00:00+00:00").timestamp()))}

        def loaded_on(day):
            folder = self.folder / day
            self.run_program("demo", folder)
            self.run_program("ingest", "-q", "-w", folder, folder / "exports", folder / "costs.csv", env=noon(day))
            return {(f["rule"], f["node"]) for f in self.json("check", "-w", folder, "--fail-on", "never", env=noon("2026-11-01"))["findings"]}
        after = loaded_on("2026-11-01")
        self.assertEqual({rule for rule, _ in after}, {"D07", "D15"}, after)
        self.assertIn(("D07", "k_pickup"), after, "in this world requests come whether or not sales picks them up")
        self.assertIn(("D15", "k_visit"), after)
        self.assertNotIn(("D07", "k_visit"), after, "in this world visits make orders")
        # On the day after, the returns of the shop and the clicks of ads are open and everything else is not.
        self.assertEqual(loaded_on("2026-10-12") - after, {("D10", None)}, "in the middle of the month most of it is")

    def test_plan_and_report_stand(self):
        folder, _ = self.brand()
        self.assertIn("0 errors", self.text("check", "-w", folder).replace("The plan has no findings.", "0 errors"))
        self.run_program("report", "-w", folder, "-o", folder / "report.html")
        page = (folder / "report.html").read_text()
        self.assertLess(len(page.encode()), 1 << 20)
        self.assertIn("weakest link", page)
        for banned in ("<script", "src=\"http", "href=\"http", "@import"):
            self.assertNotIn(banned, page)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
