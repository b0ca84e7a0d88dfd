#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The simulated brand that sells to businesses: what the commands say is what is true in its world."""
import csv
import datetime
import json
import sys

import harness

DAY = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.timezone.utc).timestamp()))}


class B2b(harness.Case):

    def brand(self, *more):
        folder = self.folder / "-".join(["brand", *more])
        self.run_program("demo", folder, "--kind", "b2b", *more)
        answer = self.json("ingest", "-w", folder, folder / "exports", folder / "costs.csv", env=DAY)
        self.assertEqual(answer["findings"], [])
        self.assertEqual(answer["data"]["totals"]["rows_refused"], 0)
        return folder, json.loads((folder / "truth.json").read_text())

    def card(self, folder):
        return {m["id"]: m for m in self.json("score", "-w", folder, env=DAY)["data"]["metrics"]}

    def test_score_equals_the_truth(self):
        folder, truth = self.brand()
        exports = truth["exports"]
        with open(folder / "costs.csv", newline="") as file:
            costs = sum(float(row["amount"]) for row in csv.DictReader(file))
        expected = {
            "leads": exports["crm"]["contacts"],
            "unworked_lead_share": exports["crm"]["never_contacted"] / exports["crm"]["contacts"],
            "deals_won": exports["crm"]["won"],
            "revenue_won": exports["crm"]["won_cents"] / 100,
            "sessions": exports["site"]["sessions"],
            "impressions": exports["posts"]["linkedin"]["impressions"],
            "organic_link_ctr": exports["posts"]["linkedin"]["link_clicks"] / exports["posts"]["linkedin"]["impressions"],
            "ad_spend": exports["ads"]["linkedin_ads"]["spend_cents"] / 100,
            "other_cost": costs,
        }
        period = f'{truth["period"]["from"]}..{truth["period"]["to"]}'
        values = self.metrics(folder, "--metric", ",".join(expected), "--period", period, "--compare", "none")
        for metric, value in expected.items():
            self.assertAlmostEqual(values[metric]["value"], value, places=6, msg=metric)
        for month in truth["months"]:
            values = self.metrics(folder, "--metric", "leads,target_leads,lead_pickup_within_2d,deals_won", "--period", month["month"], "--compare", "none")
            self.assertEqual(values["target_leads"]["value"], month["leads_target"], month)
            self.assertEqual(values["deals_won"]["value"], month["deals_won"], month)
            self.assertAlmostEqual(values["lead_pickup_within_2d"]["value"] * month["leads"], month["contacted_within_2d"], places=6, msg=month)

    def test_the_desk_is_the_weakest_link_and_not_the_page(self):
        for seed in ("7", "8"):
            with self.subTest(seed=seed):
                folder, truth = self.brand("--seed", seed)
                last = truth["months"][-1]
                card = self.card(folder)
                for node, verdict in truth["expected_verdicts"].items():
                    self.assertEqual(card[node]["verdict"], verdict, node)
                self.assertEqual([m["id"] for m in card.values() if m["weakest"]], [truth["expected_weakest"]])
                self.assertEqual(card["o_leads"]["value"]["value"], last["leads_social"])
                self.assertEqual(card["k_visit"]["value"]["value"], last["targeted_sessions_social"])
                said = [c["text"] for c in self.json("why", "o_leads", "-w", folder, env=DAY)["data"]["claims"]]
                missed = last["leads_social"] - last["social_contacted_within_2d"]
                self.assertTrue(any(text.startswith(f'{missed} of {last["leads_social"]} leads were not picked up') for text in said), said)
                self.run_program("report", "-w", folder, "-o", folder / "report.html", env=DAY)
                page = (folder / "report.html").read_text()
                self.assertIn("weakest link", page)
                self.assertIn("Nobody called back", page)

    def test_the_calculator_made_visitors_ask(self):
        folder, _ = self.brand("--scale", "4")
        changes = {c["id"]: c["expected"]["verdict"] for c in self.json("improvements", "-w", folder, env=DAY)["data"]["changes"]}
        self.assertEqual(changes["calculator"], "changed")
        self.assertEqual(changes["fair"], "cannot_tell")
        chain = {(link["from"], link["to"]): link["evidence"] for link in self.json("chain", "-w", folder, env=DAY)["data"]["links"]}
        self.assertEqual((chain["k_visit", "o_leads"], chain["k_ask", "o_leads"]), ("component", "component"))
        advice = self.text("advise", "-w", folder, env=DAY)
        self.assertIn("Leads picked up within two days moves Revenue won", advice)

    def test_the_doctor_has_nothing_against_the_plan(self):
        folder, _ = self.brand()
        found = self.json("check", "-w", folder, env=DAY)["findings"]
        self.assertEqual([f for f in found if f["rule"][0] in "TP"], [])
        self.assertEqual([f for f in found if f["severity"] == "error" or f["rule"] in ("D01", "D04", "D06", "D10")], [])
        broken = {f["node"]: f["message"] for f in found if f["rule"] == "D18"}
        self.assertIn("s.brandt", broken["k_quality"], "requests are accepted less often because the desk does not call")

    def test_an_unknown_kind_is_refused(self):
        done = self.run_program("demo", self.folder / "x", "--kind", "b2g", code=2)
        self.assertIn("use b2c or b2b", done.stderr.decode())
        self.assertFalse((self.folder / "x").exists())


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
